//! `text/plain`: what people write to each other (reference §8.2).

use super::{Headers, TextFormat};

/// A text, line breaks as LF, and how it looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainText {
    text: String,
    format: TextFormat,
}

impl PlainText {
    const HEADERS: &'static str =
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n";

    /// A text to send; any of CR, LF and CRLF is a line break.
    pub fn new(text: &str) -> Self {
        Self::with_format(text, TextFormat::default())
    }

    /// A text to send that looks like this.
    pub fn with_format(text: &str, format: TextFormat) -> Self {
        Self {
            text: with_line_feeds(text),
            format,
        }
    }

    /// Reads what follows the headers: UTF-8, or else Latin-1, which no sequence of bytes breaks.
    pub(super) fn parse(headers: &Headers<'_>, content: &[u8]) -> Self {
        let format = headers.get("X-MMS-IM-Format");
        let format = format
            .map(|value| TextFormat::parse(&value))
            .unwrap_or_default();
        if let Ok(text) = core::str::from_utf8(content) {
            return Self::with_format(text, format);
        }
        let text: String = content.iter().copied().map(char::from).collect();
        Self::with_format(&text, format)
    }

    /// The text, line breaks as LF.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How it looks; the default when the sender said nothing.
    pub const fn format(&self) -> &TextFormat {
        &self.format
    }

    /// How many bytes the text takes on the wire, without headers.
    pub fn wire_len(&self) -> usize {
        self.text.len() + self.text.bytes().filter(|&b| b == b'\n').count()
    }

    /// The whole body, headers included, line breaks as CRLF. A look that nobody chose is not told.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = String::with_capacity(Self::HEADERS.len() + 100 + self.wire_len());
        body.push_str(Self::HEADERS);
        if self.format != TextFormat::default() {
            body.push_str("X-MMS-IM-Format: ");
            body.push_str(&self.format.encode());
            body.push_str("\r\n");
        }
        body.push_str("\r\n");
        body.push_str(&self.text.replace('\n', "\r\n"));
        body.into_bytes()
    }
}

/// The text with one LF for each CR, LF and CRLF.
fn with_line_feeds(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        match (before, character) {
            ('\r', '\n') => {}
            (_, '\r') => out.push('\n'),
            _ => out.push(character),
        }
        before = character;
    }
    out
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::payload::{Colour, Effects, Payload};

    fn read(body: &[u8]) -> PlainText {
        match Payload::parse(body) {
            Payload::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_text_reads_back_with_its_line_breaks() {
        let text = PlainText::new("hello ☕\r\nsecond\rthird");
        assert_eq!(text.as_str(), "hello ☕\nsecond\nthird");
        assert_eq!(read(&text.encode()), text);
        assert_eq!(text.encode().len(), 62 + text.wire_len());
    }

    #[test]
    fn the_bodies_are_what_real_clients_sent() {
        assert_eq!(PlainText::new("hello bob").encode().len(), 71);
        let format = TextFormat {
            font: Some("MS Sans Serif".to_owned()),
            effects: Effects {
                is_bold: true,
                ..Effects::default()
            },
            colour: Colour {
                red: 255,
                green: 0,
                blue: 0,
            },
            ..TextFormat::default()
        };
        let text = PlainText::with_format("Hello Alice", format);
        assert_eq!(text.encode().len(), 137);
        assert_eq!(read(&text.encode()), text);
        let format = TextFormat {
            font: Some("Arial".to_owned()),
            pitch_and_family: 0x22,
            ..TextFormat::default()
        };
        assert_eq!(
            PlainText::with_format("café ☕", format).encode().len(),
            122
        );
    }

    #[test]
    fn what_is_no_utf_8_is_latin_1() {
        assert_eq!(
            read(b"Content-Type: text/plain\r\n\r\ncaf\xe9").as_str(),
            "café"
        );
    }
}
