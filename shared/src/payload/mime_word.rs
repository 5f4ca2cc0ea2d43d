//! Encoded words of mail headers, `=?charset?B|Q?text?=`. Only as much of RFC 2047 as senders and
//! subjects of notices need: what is not understood stays as it is.

use crate::model::search;

/// Decodes every encoded word of a header's value; white space between two of them goes.
pub(super) fn decode(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    let mut is_behind_word = false;
    while let Some(at) = search::find(rest, "=?") {
        let (before, tail) = rest.split_at(at);
        let Some((word, after)) = encoded_word(tail) else {
            let (mark, after) = tail.split_at(2);
            out.push_str(before);
            out.push_str(mark);
            (rest, is_behind_word) = (after, false);
            continue;
        };
        if !(is_behind_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        out.push_str(&word);
        (rest, is_behind_word) = (after, true);
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control());
    out
}

/// The encoded word at the beginning of a text, and what follows it.
fn encoded_word(text: &str) -> Option<(String, &str)> {
    let mut parts = text.strip_prefix("=?")?.splitn(3, '?');
    let (charset, encoding, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let (content, after) = search::split_once(rest, "?=")?;
    let bytes = match encoding {
        "B" | "b" => base64(content)?,
        "Q" | "q" => quoted(content)?,
        _ => return None,
    };
    let text = match charset.to_ascii_lowercase().as_str() {
        "utf-8" | "us-ascii" => String::from_utf8_lossy(&bytes).into_owned(),
        "iso-8859-1" | "windows-1252" => bytes.iter().copied().map(char::from).collect(),
        _ => return None,
    };
    Some((text, after))
}

fn quoted(content: &str) -> Option<Vec<u8>> {
    let mut bytes = content.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'_' => b' ',
            b'=' => hex(bytes.next()?)? << 4 | hex(bytes.next()?)?,
            other => other,
        });
    }
    Some(out)
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

fn base64(content: &str) -> Option<Vec<u8>> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0u32, 0u32);
    for byte in content.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn words_are_decoded_and_the_space_between_two_of_them_goes() {
        for (value, text) in [
            ("plain", "plain"),
            (
                "=?UTF-8?B?QsO2Yg==?= and =?utf-8?q?caf=C3=A9?=",
                "Böb and café",
            ),
            (
                "=?UTF-8?B?QQ==?= =?UTF-8?B?Qg==?= =?UTF-8?B?QUJD?=",
                "ABABC",
            ),
            ("=?iso-8859-1?Q?a_b=E9?=", "a bé"),
            ("=?UTF-8?B?QUI?=", "AB"),
            ("=?UTF-8?B?Pz8/fn5+?=", "???~~~"),
        ] {
            assert_eq!(decode(value), text, "{value}");
        }
    }

    #[test]
    fn what_is_no_encoded_word_stays() {
        for value in [
            "=?",
            "=?UTF-8?B?",
            "=?UTF-8?X?abc?=",
            "=?koi8-r?B?QQ==?=",
            "=?UTF-8?Q?=Z1?=",
            "=?UTF-8?B?!!?=",
        ] {
            assert_eq!(decode(value), value);
        }
    }

    #[test]
    fn no_control_character_gets_through() {
        assert_eq!(decode("=?UTF-8?Q?a=0D=0Ab=00?="), "ab");
    }
}
