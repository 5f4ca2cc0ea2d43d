//! Writes one command. No value can smuggle a line end or a space into it.

use core::fmt::Write as _;

use crate::model::percent;

/// A line under construction, and its payload.
#[derive(Debug)]
pub struct LineWriter {
    line: Vec<u8>,
}

impl LineWriter {
    /// Begins a line with its verb.
    pub fn new(verb: &str) -> Self {
        let mut writer = Self {
            line: Vec::with_capacity(64),
        };
        writer.push(verb);
        writer
    }

    /// Adds a parameter that needs no encoding: a word whose type allows neither space nor line end.
    ///
    /// Should a value ever break that, the offending bytes are written percent-encoded: another value,
    /// but never another line.
    #[must_use]
    pub fn word(mut self, word: &str) -> Self {
        self.line.push(b' ');
        self.push(word);
        self
    }

    /// Adds free text, percent-encoded.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.word(&percent::encode(text))
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, number: impl Into<u64>) -> Self {
        let mut digits = String::new();
        // Writing to a string cannot fail.
        let _ = write!(digits, "{}", number.into());
        self.word(&digits)
    }

    /// Ends the line of a command without payload.
    pub fn finish(mut self) -> Vec<u8> {
        self.line.extend_from_slice(b"\r\n");
        self.line
    }

    /// Adds the payload's length as last parameter, ends the line, and puts the payload behind it.
    pub fn finish_with(self, payload: &[u8]) -> Vec<u8> {
        let length = u64::try_from(payload.len()).unwrap_or(u64::MAX);
        let mut bytes = self.number(length).finish();
        bytes.extend_from_slice(payload);
        bytes
    }

    fn push(&mut self, word: &str) {
        for byte in word.bytes() {
            if byte <= b' ' || byte == 0x7f {
                self.line
                    .extend_from_slice(format!("%{byte:02X}").as_bytes());
            } else {
                self.line.push(byte);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn no_value_can_begin_another_line_or_word() {
        let line = LineWriter::new("ADD")
            .word("a\r\nOUT b")
            .text("c d\n")
            .number(7u32)
            .finish();
        assert_eq!(line, b"ADD a%0D%0AOUT%20b c%20d%0A 7\r\n");
    }

    #[test]
    fn the_length_of_a_payload_counts_bytes() {
        let bytes = LineWriter::new("MSG")
            .number(4u32)
            .word("N")
            .finish_with("☕".as_bytes());
        assert_eq!(bytes, "MSG 4 N 3\r\n☕".as_bytes());
    }
}
