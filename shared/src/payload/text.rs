//! `text/plain`: what people write to each other (reference §8.2). Fonts and colours are not read here yet.

/// A text, line breaks as LF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainText {
    text: String,
}

impl PlainText {
    const HEADERS: &'static str =
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n";

    /// A text to send; any of CR, LF and CRLF is a line break.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.replace("\r\n", "\n").replace('\r', "\n"),
        }
    }

    /// Reads what follows the headers: UTF-8, or else Latin-1, which no sequence of bytes breaks.
    pub fn parse(content: &[u8]) -> Self {
        match core::str::from_utf8(content) {
            Ok(text) => Self::new(text),
            Err(_) => Self::new(&content.iter().copied().map(char::from).collect::<String>()),
        }
    }

    /// The text, line breaks as LF.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many bytes the text takes on the wire, without headers.
    pub fn wire_len(&self) -> usize {
        self.text.len() + self.text.bytes().filter(|&b| b == b'\n').count()
    }

    /// The whole body, headers included, line breaks as CRLF.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(Self::HEADERS.len() + self.wire_len());
        body.extend_from_slice(Self::HEADERS.as_bytes());
        body.extend_from_slice(self.text.replace('\n', "\r\n").as_bytes());
        body
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::payload::Payload;

    #[test]
    fn a_text_reads_back_with_its_line_breaks() {
        let text = PlainText::new("hello ☕\r\nsecond\rthird");
        assert_eq!(text.as_str(), "hello ☕\nsecond\nthird");
        assert_eq!(Payload::parse(&text.encode()), Payload::Text(text));
    }

    #[test]
    fn the_body_is_what_a_real_client_sent() {
        assert_eq!(PlainText::new("hello bob").encode().len(), 71);
    }

    #[test]
    fn what_is_no_utf_8_is_latin_1() {
        assert_eq!(PlainText::parse(b"caf\xe9").as_str(), "café");
    }
}
