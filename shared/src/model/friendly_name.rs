//! The name a person shows to others. Hostile text: it is never markup, never a part of a line.

use core::fmt;

use super::percent;

/// A display name, decoded (reference §1.6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FriendlyName(String);

impl FriendlyName {
    /// The longest name that servers take, in bytes after percent-encoding.
    pub const MAX_ENCODED_BYTES: usize = 387;

    /// Takes what a person typed: trimmed, not empty, within the limit, without control characters.
    pub fn parse(text: &str) -> Result<Self, FriendlyNameError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FriendlyNameError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(FriendlyNameError::ControlCharacter);
        }
        if percent::encode(text).len() > Self::MAX_ENCODED_BYTES {
            return Err(FriendlyNameError::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// Decodes a name as a peer sent it: malformed escapes stay as they are, bytes that are no UTF-8
    /// become U+FFFD, control characters are dropped. It may be empty.
    pub fn from_wire(word: &[u8]) -> Self {
        let decoded = percent::decode(word).into_owned();
        let mut text = String::from_utf8(decoded).unwrap_or_else(|error| {
            let bytes = error.into_bytes();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        // Nearly all names have none of the bytes that a control character begins with. A fold looks at
        // many bytes at once; a search would stop at each.
        let is_odd = |b: u8| matches!(b, 0..b' ' | 0x7f | 0xc2);
        if text.bytes().fold(false, |found, b| found | is_odd(b)) {
            text.retain(|c| !c.is_control());
        }
        Self(text)
    }

    /// The decoded name; empty when the peer sent none.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show; show the handle instead.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Display for FriendlyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a typed text is no [`FriendlyName`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FriendlyNameError {
    /// Nothing but white space was typed.
    Empty,
    /// A line break or another control character.
    ControlCharacter,
    /// Over 387 bytes once encoded; letters outside ASCII count several times.
    TooLong,
}

impl fmt::Display for FriendlyNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the name is empty",
            Self::ControlCharacter => "the name holds a control character",
            Self::TooLong => "the name is too long",
        })
    }
}

impl core::error::Error for FriendlyNameError {}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn decodes_escapes_and_raw_utf_8_alike() {
        for word in ["Alice%20%E2%98%95", "Alice%20☕"] {
            assert_eq!(
                FriendlyName::from_wire(word.as_bytes()).as_str(),
                "Alice ☕"
            );
        }
    }

    #[test]
    fn keeps_malformed_escapes_and_plus_signs() {
        assert_eq!(FriendlyName::from_wire(b"100%+%4").as_str(), "100%+%4");
    }

    #[test]
    fn drops_control_characters_and_replaces_broken_utf_8() {
        assert_eq!(
            FriendlyName::from_wire(b"a%0D%0Ab%00%ff").as_str(),
            "ab\u{fffd}"
        );
    }

    #[test]
    fn refuses_names_over_the_encoded_limit() {
        assert!(FriendlyName::parse(&"☕".repeat(43)).is_ok());
        assert_eq!(
            FriendlyName::parse(&"☕".repeat(44)),
            Err(FriendlyNameError::TooLong)
        );
        assert_eq!(FriendlyName::parse(" \t"), Err(FriendlyNameError::Empty));
        assert_eq!(
            FriendlyName::parse("a\nb"),
            Err(FriendlyNameError::ControlCharacter)
        );
    }
}
