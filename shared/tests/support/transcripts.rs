//! The recordings as people read them, turned back into what was said: who, on which connection, in which
//! order, and the bytes. The files of `bytes/` are the proof that nothing is lost on the way.
//!
//! `[time] connection C: line` is the client's, `S:` the server's; a payload stands behind `|`, line by line;
//! `=== ` begins a section. A note of the one who recorded stands behind `--`, or in brackets at the end of a
//! client's line.

use msnp6::wire::Direction;

/// One recording.
pub(crate) struct Transcript {
    /// The file's name without its ending.
    pub(crate) name: &'static str,
    text: &'static str,
}

/// One thing that happened in it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The title of the section; empty before the first.
    pub(crate) section: &'static str,
    /// On which connection, such as `alice-sb.2`.
    pub(crate) connection: &'static str,
    /// What.
    pub(crate) said: Said,
}

/// What one side said or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// The server: one command.
    Server(Vec<u8>),
    /// The client: one command, or whatever bytes it sent at once.
    Client(Vec<u8>),
    /// The server closed the connection.
    Closed,
}

impl Entry {
    /// The bytes of that side, if it said any.
    pub(crate) fn bytes_from(&self, side: Direction) -> Option<&[u8]> {
        match (&self.said, side) {
            (Said::Server(bytes), Direction::FromServer)
            | (Said::Client(bytes), Direction::FromClient) => Some(bytes),
            _ => None,
        }
    }
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
        let mut all: Vec<Entry> = Vec::new();
        let mut section = "";
        // Whether the line before was part of a payload, which then goes on behind a line break.
        let mut is_in_payload = false;
        for line in self.text.lines() {
            if let Some(title) = line.strip_prefix("=== ") {
                section = title;
            } else if let Some(payload) = line.trim_start().strip_prefix('|') {
                let last = all.last_mut().expect("a command before its payload");
                last.said.extend(payload.strip_prefix(' '), is_in_payload);
                is_in_payload = true;
                continue;
            } else if let Some((connection, said)) = happened(line) {
                all.push(Entry {
                    section,
                    connection,
                    said,
                });
            }
            is_in_payload = false;
        }
        all
    }
}

impl Said {
    fn extend(&mut self, payload: Option<&str>, goes_on: bool) {
        let line = payload.unwrap_or_default();
        let (bytes, more) = match self {
            Self::Server(bytes) => (bytes, unescape(line, Escape::Character)),
            Self::Client(bytes) => (bytes, unescape(line, Escape::Byte)),
            Self::Closed => return,
        };
        if goes_on {
            bytes.extend(b"\r\n");
        }
        bytes.extend(more);
    }
}

/// A line of the recording, unless it is only a note.
fn happened(line: &'static str) -> Option<(&'static str, Said)> {
    let (_, rest) = line.split_once("] ")?;
    let (connection, rest) = rest.split_once(' ')?;
    let rest = rest.trim_start();
    let said = if let Some(words) = rest.strip_prefix("S: ") {
        Said::Server([unescape(words, Escape::Character), b"\r\n".to_vec()].concat())
    } else if let Some(words) = rest.strip_prefix("C: ") {
        Said::Client(of_client(words))
    } else if rest == "-- SERVER CLOSED THE CONNECTION" {
        Said::Closed
    } else {
        return None;
    };
    Some((connection, said))
}

/// A client's line: whole when it shows its own line ends, else with one; without the note at its end.
fn of_client(words: &str) -> Vec<u8> {
    if let Some((shown, length)) = shortened(words) {
        let mut bytes = unescape(shown, Escape::Byte);
        // Only lines that go on as they end can be made whole; the other one stays cut.
        if let Some(&last) = bytes.last().filter(|last| bytes.ends_with(&[**last; 8])) {
            bytes.resize(length - 2, last);
            bytes.extend(b"\r\n");
        }
        return bytes;
    }
    let words = match words.rsplit_once(" (") {
        Some((line, _)) if words.ends_with(')') => line,
        _ => words,
    };
    let mut bytes = unescape(words, Escape::Byte);
    if !bytes.contains(&b'\n') {
        bytes.extend(b"\r\n");
    }
    bytes
}

/// The beginning of a line that is not shown whole, and how many bytes it had.
fn shortened(words: &str) -> Option<(&str, usize)> {
    let (shown, note) = words.rsplit_once("... (")?;
    Some((shown, note.strip_suffix(" bytes)")?.parse().ok()?))
}

/// What `\x..` stands for: servers' words are shown as text, clients' as bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    Character,
    Byte,
}

fn unescape(text: &str, escape: Escape) -> Vec<u8> {
    let mut pieces = text.split("\\x");
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let code = |digits: usize| u32::from_str_radix(&piece[..digits], 16).expect("a code");
        // Two digits that mean something printable are the first half of four.
        let digits = if matches!(code(2), 0x20..0x7f) { 4 } else { 2 };
        let character = char::from_u32(code(digits)).expect("a character");
        match u8::try_from(character) {
            Ok(byte) if escape == Escape::Byte => bytes.push(byte),
            _ => bytes.extend(character.to_string().bytes()),
        }
        bytes.extend(piece[digits..].bytes());
    }
    bytes
}
