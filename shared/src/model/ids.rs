//! Identifiers, each a type of its own so that none can stand for another.

/// `TrID`: ties a reply to the command that asked for it (reference §1.3). 0 marks what nobody asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TransactionId(pub u32);

impl TransactionId {
    /// What a server writes in commands that answer nothing.
    pub const UNSOLICITED: Self = Self(0);
}

/// One byte stream to a server, named by whoever opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub u32);

/// What a person sees as one conversation; it survives the switchboards that carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConversationId(pub u32);

/// One text that I sent, whatever becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(pub u32);

/// The session number of a switchboard, opaque: some servers use digits, some hexadecimal (reference §7.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SwitchboardId(String);

impl SwitchboardId {
    /// Takes any word of printable ASCII.
    pub fn from_wire(word: &str) -> Option<Self> {
        let is_sound = !word.is_empty() && word.bytes().all(|b| b.is_ascii_graphic());
        is_sound.then(|| Self(word.to_owned()))
    }

    /// The word as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
