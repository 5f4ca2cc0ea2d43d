//! Header lines of a body: ordered, found without regard to case, borrowed.

use std::borrow::Cow;

/// The header block of a body. Any of CRLF, LF and CR ends a line.
#[derive(Clone, Debug, Default)]
pub struct Headers<'a> {
    lines: Vec<(&'a [u8], &'a [u8])>,
}

impl<'a> Headers<'a> {
    /// More lines than this are ignored: no sender has reason for them.
    const MAX_LINES: usize = 64;

    /// Splits a body into its headers and what follows the first empty line.
    pub fn parse(body: &'a [u8]) -> (Self, &'a [u8]) {
        let mut headers = Self::default();
        let mut rest = body;
        while !rest.is_empty() {
            let (line, tail) = split_line(rest);
            rest = tail;
            if line.is_empty() {
                break;
            }
            let colon = memchr::memchr(b':', line);
            if let Some(colon) = colon.filter(|_| headers.lines.len() < Self::MAX_LINES) {
                let name = line.get(..colon).unwrap_or_default().trim_ascii();
                let value = line.get(colon + 1..).unwrap_or_default().trim_ascii();
                headers.lines.push((name, value));
            }
        }
        (headers, rest)
    }

    /// The value of the first header of that name. Bytes that are no UTF-8 come as U+FFFD.
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let is_wanted = |line: &&(&[u8], &[u8])| line.0.eq_ignore_ascii_case(name.as_bytes());
        self.lines
            .iter()
            .find(is_wanted)
            .map(|(_, value)| String::from_utf8_lossy(value))
    }
}

fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let Some(end) = memchr::memchr2(b'\n', b'\r', bytes) else {
        return (bytes, &[]);
    };
    let line = bytes.get(..end).unwrap_or_default();
    let tail = bytes.get(end..).unwrap_or_default();
    let tail = tail
        .strip_prefix(b"\r\n")
        .unwrap_or_else(|| tail.get(1..).unwrap_or_default());
    (line, tail)
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn any_line_break_ends_a_header_and_the_first_empty_line_ends_them_all() {
        for body in [
            "A: 1\r\nB:2\r\n\r\nrest\r\n",
            "A: 1\nB:2\n\nrest\r\n",
            "A: 1\rB:2\r\rrest\r\n",
        ] {
            let (headers, rest) = Headers::parse(body.as_bytes());
            assert_eq!(headers.get("b").as_deref(), Some("2"), "{body:?}");
            assert_eq!(rest, b"rest\r\n", "{body:?}");
        }
    }

    #[test]
    fn the_first_of_two_equal_headers_stands() {
        let (headers, _) = Headers::parse(b"A: 1\r\na: 2\r\n");
        assert_eq!(headers.get("A").as_deref(), Some("1"));
        assert_eq!(headers.get("C"), None);
    }

    #[test]
    fn lines_beyond_the_limit_are_passed_over() {
        let lines: Vec<_> = (1..=65).map(|n| format!("H{n}: {n}\r\n")).collect();
        let body = lines.concat() + "\r\nrest";
        let (headers, rest) = Headers::parse(body.as_bytes());
        assert_eq!(headers.get("H64").as_deref(), Some("64"));
        assert_eq!(headers.get("H65"), None);
        assert_eq!(rest, b"rest");
    }
}
