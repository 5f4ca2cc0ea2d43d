//! Percent-encoding, the one escape that parameters need. Strict in what it writes, lenient in what
//! it reads (reference §1.6).

use std::borrow::Cow;

/// Encodes text so that no byte of it can end a word or a line: everything but `A–Z a–z 0–9 - _ . ~`.
///
/// Stricter than servers ask for, because some split a client's line on any Unicode white space.
pub fn encode(text: &str) -> String {
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
    let Some(first) = memchr::memchr(b'%', word) else {
        return Cow::Borrowed(word);
    };
    // Decoding only makes a word shorter: it is done in place, in a copy.
    let mut out = word.to_vec();
    let (mut from, mut to) = (first, first);
    while let Some(&byte) = word.get(from) {
        let decoded = match word.get(from..from + 3) {
            Some(&[b'%', high, low]) => digit(high).zip(digit(low)),
            _ => None,
        };
        let (value, length) = decoded.map_or((byte, 1), |(high, low)| (high << 4 | low, 3));
        if let Some(place) = out.get_mut(to) {
            *place = value;
        }
        from += length;
        to += 1;
    }
    out.truncate(to);
    Cow::Owned(out)
}

fn digit(byte: u8) -> Option<u8> {
    let value = DIGITS.get(usize::from(byte)).copied();
    value.filter(|&value| value != NO_DIGIT)
}

const NO_DIGIT: u8 = 0xff;

/// What each byte is worth as a hexadecimal digit: one look instead of several comparisons.
static DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        digits[HEX[value as usize] as usize] = value;
        digits[HEX[value as usize].to_ascii_lowercase() as usize] = value;
        value += 1;
    }
    digits
};

const HEX: &[u8; 16] = b"0123456789ABCDEF";

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
