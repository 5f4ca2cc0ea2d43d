//! From a recording back to what was said: who, on which connection, when, and the bytes. It reads any text:
//! what makes no sense is a note, or stands for itself.

use super::CLOSED;
use crate::model::{Timestamp, search};
use crate::wire::Direction;

/// One thing that happened in a recording.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// When, counted from the beginning of the recording.
    pub at: Timestamp,
    /// The title of the section; empty before the first.
    pub section: &'a str,
    /// On which connection, such as `sb-2`.
    pub connection: &'a str,
    /// What.
    pub said: Said,
}

/// What one side said or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The server: one command.
    Server(Vec<u8>),
    /// The client: one command, or whatever bytes it sent at once.
    Client(Vec<u8>),
    /// The server closed the connection.
    Closed,
}

impl Entry<'_> {
    /// The bytes of that side, if it said any.
    pub fn bytes_from(&self, side: Direction) -> Option<&[u8]> {
        match (&self.said, side) {
            (Said::Server(bytes), Direction::FromServer)
            | (Said::Client(bytes), Direction::FromClient) => Some(bytes),
            _ => None,
        }
    }
}

/// What happened, in order.
pub fn parse(text: &str) -> Vec<Entry<'_>> {
    let mut all: Vec<Entry<'_>> = Vec::new();
    let mut section = "";
    // Whether the line before was part of a payload, which then goes on behind a line break.
    let mut is_in_payload = false;
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("=== ") {
            section = title;
        } else if let Some(payload) = line.trim_start().strip_prefix('|') {
            if let Some(last) = all.last_mut() {
                last.said.extend(payload, is_in_payload);
            }
            is_in_payload = true;
            continue;
        } else if let Some((at, connection, said)) = happened(line) {
            all.push(Entry {
                at,
                section,
                connection,
                said,
            });
        }
        is_in_payload = false;
    }
    all
}

impl Said {
    fn extend(&mut self, payload: &str, goes_on: bool) {
        let line = payload.strip_prefix(' ').unwrap_or(payload);
        let (bytes, escape) = match self {
            Self::Server(bytes) => (bytes, Escape::Character),
            Self::Client(bytes) => (bytes, Escape::Byte),
            Self::Closed => return,
        };
        if goes_on {
            bytes.extend_from_slice(b"\r\n");
        }
        unescape(line, escape, bytes);
    }
}

/// A line of the recording, unless it is only a note.
fn happened(line: &str) -> Option<(Timestamp, &str, Said)> {
    let (time, rest) = search::split_once(line, "] ")?;
    let (connection, rest) = rest.split_once(' ')?;
    let rest = rest.trim_start();
    let said = if let Some(words) = rest.strip_prefix("S: ") {
        let mut bytes = Vec::new();
        unescape(words, Escape::Character, &mut bytes);
        bytes.extend_from_slice(b"\r\n");
        Said::Server(bytes)
    } else if let Some(words) = rest.strip_prefix("C: ") {
        Said::Client(of_client(words))
    } else if rest == CLOSED {
        Said::Closed
    } else {
        return None;
    };
    Some((milliseconds(time), connection, said))
}

/// The digits of `[   0.198`, which has three of them behind the point.
fn milliseconds(time: &str) -> Timestamp {
    let digits = time.bytes().filter(u8::is_ascii_digit);
    Timestamp(digits.fold(0, |sum: u64, digit| {
        sum.saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'))
    }))
}

/// A client's line: whole when it shows its own line ends, else with one; without the note at its end.
fn of_client(words: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some((shown, length)) = shortened(words) {
        unescape(shown, Escape::Byte, &mut bytes);
        // Only lines that go on as they end can be made whole; the other one stays cut.
        if let Some(&last) = bytes.last().filter(|last| bytes.ends_with(&[**last; 8])) {
            bytes.resize(length, last);
            bytes.extend_from_slice(b"\r\n");
        }
        return bytes;
    }
    let words = match search::rsplit_once(words, " (") {
        Some((line, _)) if words.ends_with(')') => line,
        _ => words,
    };
    unescape(words, Escape::Byte, &mut bytes);
    if !bytes.contains(&b'\n') {
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

/// The beginning of a line that is not shown whole, and how many bytes it had before its end.
fn shortened(words: &str) -> Option<(&str, usize)> {
    let (shown, note) = search::rsplit_once(words, "... (")?;
    let length: usize = note.strip_suffix(" bytes)")?.parse().ok()?;
    Some((shown, length.saturating_sub(2).min(MAX_MADE_WHOLE)))
}

/// The longest line that is made whole again.
const MAX_MADE_WHOLE: usize = 256 * 1024;

/// What `\x..` stands for: servers' words are shown as text, clients' as bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    Character,
    Byte,
}

fn unescape(text: &str, escape: Escape, bytes: &mut Vec<u8>) {
    let mut rest = text;
    while let Some((before, after)) = search::split_once(rest, "\\x") {
        bytes.extend_from_slice(before.as_bytes());
        rest = escaped(after, escape, bytes).unwrap_or_else(|| {
            bytes.extend_from_slice(b"\\x");
            after
        });
    }
    bytes.extend_from_slice(rest.as_bytes());
}

/// Adds what is escaped, and gives what comes behind it; nothing when it is no escape.
fn escaped<'a>(after: &'a str, escape: Escape, bytes: &mut Vec<u8>) -> Option<&'a str> {
    if let Some(exact) = after.strip_prefix('{') {
        let (digits, rest) = exact.split_once('}')?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        return Some(rest);
    }
    let code = |digits| u32::from_str_radix(after.get(..digits)?, 16).ok();
    // Two digits that mean something printable are the first half of four.
    let digits = if matches!(code(2)?, 0x20..0x7f) { 4 } else { 2 };
    let character = char::from_u32(code(digits)?)?;
    match u8::try_from(character) {
        Ok(byte) if escape == Escape::Byte => bytes.push(byte),
        _ => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
    after.get(digits..)
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn said(text: &str) -> Vec<Said> {
        parse(text).into_iter().map(|entry| entry.said).collect()
    }

    #[test]
    fn a_recording_tells_when_where_and_what() {
        let all = parse("=== one\n[   1.050] ns-1       C: VER 1 MSNP6\n");
        let [entry] = &all[..] else { panic!("{all:?}") };
        assert_eq!((entry.at, entry.section), (Timestamp(1050), "one"));
        assert_eq!(entry.connection, "ns-1");
        assert_eq!(entry.said, Said::Client(b"VER 1 MSNP6\r\n".to_vec()));
    }

    #[test]
    fn payloads_stand_behind_bars() {
        let text = "[0.000] sb-2 S: MSG a@b A 8\n   | a\n   |\n   | \u{e9}\\x{ff}\n";
        let bytes = b"MSG a@b A 8\r\na\r\n\r\n\xc3\xa9\xff".to_vec();
        assert_eq!(said(text), [Said::Server(bytes)]);
    }

    #[test]
    fn escapes_are_bytes_or_characters() {
        let text = "[0.000] a S: X \\x202e\\x0b\\x80\\x{80}\n[0.000] a C: X \\x80\\x202e\\x{28}\n";
        assert_eq!(
            said(text),
            [
                Said::Server(b"X \xe2\x80\xae\x0b\xc2\x80\x80\r\n".to_vec()),
                Said::Client(b"X \x80\xe2\x80\xae(\r\n".to_vec()),
            ]
        );
    }

    #[test]
    fn what_makes_no_sense_stands_for_itself_or_is_a_note() {
        assert_eq!(
            said("| no command before it\n\n] \nhello\n[x] y\n[x] y Z: 1"),
            []
        );
        for odd in [
            "\\x",
            "\\xg",
            "\\x{",
            "\\x{100}",
            "\\x\u{20ac}",
            "\\x20\u{20ac}",
        ] {
            let line = format!("[x] y S: {odd}");
            let bytes = [odd.as_bytes(), b"\r\n"].concat();
            assert_eq!(said(&line), [Said::Server(bytes)], "{odd}");
        }
    }

    #[test]
    fn a_line_that_claims_to_be_enormous_is_not_made_so() {
        let all = said("[x] y C: AAAAAAAAAA... (99999999999 bytes)");
        assert!(matches!(&all[..], [Said::Client(bytes)] if bytes.len() < 1_000_000));
    }
}
