//! What the wire view shows: what went over the links. It is kept only while the view is open.

use std::rc::Rc;

use msnp6::transcript::Recorded;
pub use msnp6::transcript::Side;

/// How many things are kept at most. Beyond it some in the middle go: a copy can be played only with the
/// sign-in at its beginning, and the latest are what the reader has before them.
pub const MAX_WIRE_LINES: usize = 20_000;

/// How many bytes of text are kept at most, so that a copy is no longer than a file that can be played.
const MAX_BYTES: usize = 3_500_000;

/// The first line of a recording.
const TITLE: &str = "=== recorded in the page\n";

/// What went over the links, all of it or all but some in the middle.
#[derive(Clone, Debug, Default)]
pub struct WireLog {
    lines: Vec<WireLine>,
    next: u32,
    bytes: usize,
    /// Where lines are missing, if any are: before that one.
    gap: usize,
    /// How many are missing.
    pub missing: usize,
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
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &WireLine> {
        self.lines.iter()
    }

    /// The serial of the latest.
    pub fn latest(&self) -> u32 {
        self.next
    }

    /// All that is kept as one text, which reads back and says where something is missing.
    pub fn recording(&self) -> String {
        let mut text = TITLE.to_owned();
        for (index, line) in self.lines.iter().enumerate() {
            if self.missing > 0 && index == self.gap {
                text.push_str(&self.missing.to_string());
                text.push_str(" lines are missing here\n");
            }
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }

    pub(super) fn add(&mut self, recorded: Vec<Recorded>) {
        for Recorded { side, text } in recorded {
            self.next = self.next.wrapping_add(1);
            self.bytes += text.len();
            self.lines.push(WireLine {
                serial: self.next,
                side,
                text: text.into(),
            });
            while self.lines.len() > MAX_WIRE_LINES || self.bytes > MAX_BYTES {
                self.thin_out();
            }
        }
    }

    /// The second quarter goes, and all up to where something is missing already, so that it is missing in one
    /// place only. Of fewer than four the oldest goes.
    fn thin_out(&mut self) {
        let count = self.lines.len();
        let quarter = count / 4;
        let (mut from, mut end) = (quarter, count / 2);
        if self.missing > 0 {
            (from, end) = (from.min(self.gap), end.max(self.gap));
        }
        let gone = self.lines.drain(from..end.max(from + 1));
        self.missing += gone.len();
        self.bytes -= gone.map(|line| line.text.len()).sum::<usize>();
        self.gap = from;
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.bytes = 0;
        self.missing = 0;
        self.copied = None;
    }
}
