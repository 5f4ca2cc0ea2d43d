//! Percent-encoding, the one escape that parameters need. Strict in what it writes, lenient in what
//! it reads (reference §1.6).

use std::borrow::Cow;

/// Encodes text so that no byte of it can end a word or a line: everything but `A–Z a–z 0–9 - _ . ~`.
///
/// Stricter than servers ask for, because some split a client's line on any Unicode white space.
pub fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(
                    HEX.get(usize::from(digit)).copied().unwrap_or(b'0'),
                ));
            }
        }
    }
    out
}

/// Decodes `%XX`; an escape without two hexadecimal digits stays as it is, `+` is a plus sign.
pub fn decode(word: &[u8]) -> Cow<'_, [u8]> {
    if !word.contains(&b'%') {
        return Cow::Borrowed(word);
    }
    let mut out = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let digits = match (byte, tail) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)),
            _ => None,
        };
        match digits {
            Some((high, low)) => {
                out.push(high << 4 | low);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => out.push(byte),
        }
    }
    Cow::Owned(out)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn encodes_the_vector_of_the_reference() {
        assert_eq!(encode("Alice ☕"), "Alice%20%E2%98%95");
    }

    #[test]
    fn leaves_malformed_escapes_alone() {
        for word in ["%", "%4", "100%", "%zz", "a%%41"] {
            let expected: &[u8] = if word == "a%%41" {
                b"a%A"
            } else {
                word.as_bytes()
            };
            assert_eq!(decode(word.as_bytes()), expected, "{word}");
        }
    }

    #[test]
    fn decoding_undoes_encoding_for_every_byte() {
        let text: String = (0..=255).map(char::from).collect();
        assert_eq!(decode(encode(&text).as_bytes()), text.as_bytes());
    }
}
