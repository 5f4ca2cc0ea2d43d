//! From what goes over the links to a recording, one command at a time, without secrets.

use core::fmt::Write as _;

use super::CLOSED;
use super::secrets::hide;
use crate::model::{LinkId, SortedMap, Timestamp};
use crate::wire::{Direction, Framer};

/// How far payloads stand to the right.
const INDENT: &str = "                       | ";

/// Who has said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The client.
    Client,
    /// The server.
    Server,
    /// Whoever records: a note.
    Note,
}

/// One thing that happened, as it stands in a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Who did it.
    pub side: Side,
    /// Its line, and one for each line of its payload; the last one has no end.
    pub text: String,
}

/// Writes a recording, beginning with whatever is told first.
///
/// ```
/// use msnp6::model::{LinkId, Timestamp};
/// use msnp6::transcript::Recorder;
/// use msnp6::wire::Direction;
///
/// let (mut recorder, mut recording) = (Recorder::default(), Vec::new());
/// recorder.opened(Timestamp(0), LinkId(1), "ns", &mut recording);
/// let digest = b"USR 4 MD5 S 7b564d80ec61e9f3ae503f01c82418f4\r\n";
/// recorder.passed(Timestamp(4), LinkId(1), Direction::FromClient, digest, &mut recording);
/// let text = "[   0.004] ns-1       C: USR 4 MD5 S ********************************";
/// assert_eq!(recording[1].text, text);
/// ```
#[derive(Debug, Default)]
pub struct Recorder {
    since: Option<Timestamp>,
    taps: SortedMap<LinkId, Tap>,
}

/// What is known of one link.
#[derive(Debug)]
struct Tap {
    name: String,
    from_client: Framer,
    from_server: Framer,
}

impl Recorder {
    /// A link stands, or stands anew after a referral. Its name is that of its kind, with its number.
    pub fn opened(&mut self, now: Timestamp, link: LinkId, kind: &str, to: &mut Vec<Recorded>) {
        let tap = Tap {
            name: format!("{kind}-{}", link.0),
            from_client: Framer::new(Direction::FromClient),
            from_server: Framer::new(Direction::FromServer),
        };
        self.taps.insert(link, tap);
        self.note(now, link, "-- connected", to);
    }

    /// Bytes went over a link, cut anywhere. Bytes that are no commands are passed over.
    pub fn passed(
        &mut self,
        now: Timestamp,
        link: LinkId,
        from: Direction,
        bytes: &[u8],
        to: &mut Vec<Recorded>,
    ) {
        let Some(mut tap) = self.taps.remove(&link) else {
            return;
        };
        let (framer, side, mark) = match from {
            Direction::FromClient => (&mut tap.from_client, Side::Client, "C: "),
            Direction::FromServer => (&mut tap.from_server, Side::Server, "S: "),
        };
        framer.push(bytes);
        while let Ok(Some(frame)) = framer.next_frame() {
            let (mut words, mut payload) = (frame.line().to_vec(), frame.payload().to_vec());
            hide(from, &mut words, &mut payload);
            let mut text = self.beginning(now, &tap.name);
            text.push_str(mark);
            show(&words, &mut text);
            // A bracket there would be taken for a note.
            if side == Side::Client && text.ends_with(')') {
                text.pop();
                text.push_str("\\x{29}");
            }
            show_payload(&payload, &mut text);
            to.push(Recorded { side, text });
        }
        self.taps.insert(link, tap);
    }

    /// A link is closed: by the server, or else by the client.
    pub fn closed(
        &mut self,
        now: Timestamp,
        link: LinkId,
        by_server: bool,
        to: &mut Vec<Recorded>,
    ) {
        let words = if by_server {
            CLOSED
        } else {
            "-- client closes"
        };
        self.note(now, link, words, to);
        self.taps.remove(&link);
    }

    fn note(&mut self, now: Timestamp, link: LinkId, words: &str, to: &mut Vec<Recorded>) {
        let Some(tap) = self.taps.remove(&link) else {
            return;
        };
        let mut text = self.beginning(now, &tap.name);
        text.push_str(words);
        self.taps.insert(link, tap);
        to.push(Recorded {
            side: Side::Note,
            text,
        });
    }

    /// The time and the name that every line begins with.
    fn beginning(&mut self, now: Timestamp, name: &str) -> String {
        let since = *self.since.get_or_insert(now);
        let millis = now.0.saturating_sub(since.0);
        let (seconds, millis) = (millis / 1000, millis % 1000);
        format!("[{seconds:>4}.{millis:03}] {name:<10} ")
    }
}

fn show_payload(payload: &[u8], text: &mut String) {
    let mut rest = payload;
    while !rest.is_empty() {
        let end = rest.windows(2).position(|pair| pair == b"\r\n");
        let (line, tail) = rest.split_at(end.unwrap_or(rest.len()));
        text.push('\n');
        text.push_str(INDENT);
        show(line, text);
        rest = tail.get(2..).unwrap_or_default();
        if rest.is_empty() && !tail.is_empty() {
            text.push('\n');
            text.push_str(INDENT);
        }
    }
}

/// Adds bytes as text, escaping what is not shown.
fn show(bytes: &[u8], text: &mut String) {
    for chunk in bytes.utf8_chunks() {
        let mut rest = chunk.valid().chars();
        while let Some(c) = rest.next() {
            if is_shown(c) && !(c == '\\' && rest.as_str().starts_with('x')) {
                text.push(c);
            } else {
                escape(c.encode_utf8(&mut [0; 4]).as_bytes(), text);
            }
        }
        escape(chunk.invalid(), text);
    }
}

/// Whether a character shows, and leaves the others where they are.
fn is_shown(c: char) -> bool {
    let is_odd = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}' | '\u{feff}'
    );
    !is_odd && !c.is_control()
}

fn escape(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "\\x{{{byte:02x}}}");
    }
}
