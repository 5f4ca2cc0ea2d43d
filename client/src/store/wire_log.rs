//! What the wire view shows: the latest of what went over the links. It is kept only while the view is open.

use std::collections::VecDeque;
use std::rc::Rc;

use msnp6::transcript::Recorded;
pub use msnp6::transcript::Side;

/// How many things are kept at most; the oldest goes.
pub const MAX_WIRE_LINES: usize = 1000;

/// How many bytes of text are kept at most.
const MAX_BYTES: usize = 512 * 1024;

/// The first line of a recording.
const TITLE: &str = "=== recorded in the page\n";

/// The latest of what went over the links.
#[derive(Clone, Debug, Default)]
pub struct WireLog {
    lines: VecDeque<WireLine>,
    next: u32,
    bytes: usize,
    /// Whether the latest copy could be made, until something follows.
    pub copied: Option<bool>,
}

/// One command, or a note.
#[derive(Clone, Debug)]
pub struct WireLine {
    /// Counts them.
    pub serial: u32,
    /// Who said it.
    pub side: Side,
    /// How it stands in a recording.
    pub text: Rc<str>,
}

impl WireLog {
    /// All that is kept, the oldest first.
    pub fn lines(&self) -> impl Iterator<Item = &WireLine> {
        self.lines.iter()
    }

    /// The serial of the latest.
    pub fn latest(&self) -> u32 {
        self.next
    }

    /// All that is kept as one text, which reads back.
    pub fn recording(&self) -> String {
        let mut text = TITLE.to_owned();
        for line in &self.lines {
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }

    pub(super) fn add(&mut self, recorded: Vec<Recorded>) {
        for Recorded { side, text } in recorded {
            self.next = self.next.wrapping_add(1);
            self.bytes += text.len();
            self.lines.push_back(WireLine {
                serial: self.next,
                side,
                text: text.into(),
            });
            while self.lines.len() > MAX_WIRE_LINES || self.bytes > MAX_BYTES {
                let gone = self.lines.pop_front();
                self.bytes -= gone.map_or(self.bytes, |line| line.text.len());
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.bytes = 0;
        self.copied = None;
    }
}
