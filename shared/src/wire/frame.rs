//! One command with its payload, borrowed from the buffer it was framed in.

use core::fmt;

use super::Params;

/// A framed command. `Debug` shows only its word and sizes: parameters can be secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    line: &'a [u8],
    payload: &'a [u8],
}

impl<'a> Frame<'a> {
    /// A frame from a line without its end, and the payload that followed it.
    pub const fn new(line: &'a [u8], payload: &'a [u8]) -> Self {
        Self { line, payload }
    }

    /// The first word: three capital letters, or three digits of an error.
    pub fn verb(&self) -> &'a [u8] {
        let end = match self.line {
            // What nearly all lines look like.
            [a, b, c, b' ', ..] if ![a, b, c].contains(&&b' ') => 3,
            line => line.iter().position(|&b| b == b' ').unwrap_or(line.len()),
        };
        self.line.get(..end).unwrap_or_default()
    }

    /// A cursor over the parameters behind the first word.
    pub fn params(&self) -> Params<'a> {
        let verb = self.verb();
        Params::new(verb, self.line.get(verb.len() + 1..).unwrap_or_default())
    }

    /// The line without its end.
    pub const fn line(&self) -> &'a [u8] {
        self.line
    }

    /// The payload; empty when the command has none.
    pub const fn payload(&self) -> &'a [u8] {
        self.payload
    }
}

impl fmt::Debug for Frame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = self.verb();
        let verb = verb.get(..3).unwrap_or(verb);
        write!(
            f,
            "{} ({} + {} bytes)",
            verb.escape_ascii(),
            self.line.len(),
            self.payload.len()
        )
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_first_word_ends_at_the_first_space() {
        for (line, verb) in [
            ("NLN BSY a@b", "NLN"),
            ("QNG", "QNG"),
            ("QNG ", "QNG"),
            ("AB CDEF", "AB"),
            ("A B C", "A"),
            (" AB CD", ""),
            ("ABCD EF", "ABCD"),
            ("", ""),
        ] {
            let frame = Frame::new(line.as_bytes(), &[]);
            assert_eq!(frame.verb(), verb.as_bytes(), "{line:?}");
        }
    }

    #[test]
    fn debug_output_shows_the_word_and_sizes_alone() {
        let frame = Frame::new(b"USR 4 MD5 S hunter2", b"secret");
        assert_eq!(format!("{frame:?}"), "USR (19 + 6 bytes)");
    }
}
