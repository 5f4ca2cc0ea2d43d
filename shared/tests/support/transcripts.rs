//! The recordings as people read them. The files of `bytes/` are the proof that nothing is lost when they are
//! turned back into what was said.

pub(crate) use msnp6::transcript::Said;
use msnp6::transcript::parse;

/// One thing that happened in one of them.
pub(crate) type Entry = msnp6::transcript::Entry<'static>;

/// One recording.
pub(crate) struct Transcript {
    /// The file's name without its ending.
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

macro_rules! transcripts {
    ($($name:literal,)*) => {
        /// All of them.
        pub(crate) const TRANSCRIPTS: &[Transcript] = &[
            $(Transcript {
                name: $name,
                text: include_str!(concat!("../transcripts/", $name, ".txt")),
            },)*
        ];
    };
}

transcripts! {
    "01-signin",
    "02-signin-failures",
    "03-ver-variants",
    "05-syn-serials",
    "06-presence",
    "08-add-rem",
    "09-add-errors",
    "12-prp-bpr",
    "14-url-png",
    "15-double-login",
    "16-xfr",
    "17-chat-two",
    "18-chat-three",
    "19-chat-errors",
    "20-messages",
    "24-junk",
    "28-odd-names",
}

/// What happened in the recording of that name.
pub(crate) fn transcript(name: &str) -> Vec<Entry> {
    TRANSCRIPTS
        .iter()
        .find(|it| it.name == name)
        .expect("a recording of that name")
        .entries()
}

impl Transcript {
    /// What happened, in order.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        parse(self.text)
    }
}
