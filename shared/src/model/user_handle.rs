//! The address a person signs in with. Not a mail address parser: servers decide which ones exist.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

/// A sign-in address such as `alice@example.com`, spelled as it came (reference §1.2, §1.5).
///
/// Two handles are equal when they differ only in ASCII case, as people expect; the spelling is kept
/// because some servers compare it byte for byte.
#[derive(Clone, Debug)]
pub struct UserHandle(String);

impl UserHandle {
    /// The longest handle that servers take, in bytes.
    pub const MAX_BYTES: usize = 129;

    /// Reads what a person typed: trimmed, in lower case, `name@domain`, printable ASCII without spaces.
    ///
    /// Lower case because at least one server refuses, after it has checked the password, any other
    /// spelling than the stored one (observed server, "Sign-in").
    pub fn parse(text: &str) -> Result<Self, UserHandleError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(UserHandleError::Empty);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(UserHandleError::TooLong);
        }
        if !text.bytes().all(|b| b.is_ascii_graphic() && b != b'%') {
            return Err(UserHandleError::Character);
        }
        match text.split_once('@') {
            Some((name, domain))
                if !name.is_empty() && !domain.is_empty() && !domain.contains('@') =>
            {
                Ok(Self(text.to_ascii_lowercase()))
            }
            _ => Err(UserHandleError::NoDomain),
        }
    }

    /// Takes a handle as a peer sent it: any word without white space or control characters.
    ///
    /// Peers also name things that are no address (`Hotmail`), so no `@` is asked for.
    pub fn from_wire(word: &str) -> Option<Self> {
        // Nearly all are plain ASCII, which needs no look at each character. A fold looks at many bytes at
        // once; a search would stop at each.
        let is_plain = |all, b: u8| all & b.is_ascii_graphic();
        let is_sound = !word.is_empty()
            && word.len() <= Self::MAX_BYTES * 3
            && (word.bytes().fold(true, is_plain)
                || !word.chars().any(|c| c.is_whitespace() || c.is_control()));
        is_sound.then(|| Self(word.to_owned()))
    }

    /// The handle as it was spelled.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for UserHandle {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for UserHandle {}

impl Hash for UserHandle {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for byte in self.0.bytes() {
            state.write_u8(byte.to_ascii_lowercase());
        }
        state.write_u8(0xff);
    }
}

impl PartialOrd for UserHandle {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for UserHandle {
    fn cmp(&self, other: &Self) -> Ordering {
        let lower = |b: u8| b.to_ascii_lowercase();
        self.0.bytes().map(lower).cmp(other.0.bytes().map(lower))
    }
}

impl fmt::Display for UserHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a typed text is no [`UserHandle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserHandleError {
    /// Nothing was typed.
    Empty,
    /// Longer than [`UserHandle::MAX_BYTES`].
    TooLong,
    /// A space, a percent sign, a control character or a letter outside ASCII.
    Character,
    /// Not of the form `name@domain`.
    NoDomain,
}

impl fmt::Display for UserHandleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the address is empty",
            Self::TooLong => "the address is longer than 129 characters",
            Self::Character => "the address holds a character that no address has",
            Self::NoDomain => "the address is not complete: name@domain",
        })
    }
}

impl core::error::Error for UserHandleError {}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_people_type_is_trimmed_and_lowered() {
        let handle = UserHandle::parse("  Alice@Example.COM ");
        assert_eq!(
            handle.map(|h| h.as_str().to_owned()).as_deref(),
            Ok("alice@example.com")
        );
    }

    #[test]
    fn refuses_what_cannot_be_an_address() {
        use UserHandleError::{Character, Empty, NoDomain, TooLong};
        for (text, why) in [
            ("  ", Empty),
            ("alice", NoDomain),
            ("@example.com", NoDomain),
            ("alice@", NoDomain),
            ("a@b@c", NoDomain),
            ("al ice@example.com", Character),
            ("a@b\r\nOUT", Character),
            ("älice@example.com", Character),
            (&"a".repeat(130), TooLong),
        ] {
            assert_eq!(UserHandle::parse(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn spelling_is_kept_but_case_does_not_tell_two_people_apart() {
        let (a, b) = (
            UserHandle::from_wire("Bob@x.org"),
            UserHandle::from_wire("bob@X.org"),
        );
        assert_eq!(a, b);
        assert_eq!(a.map(|h| h.to_string()).as_deref(), Some("Bob@x.org"));
    }

    #[test]
    fn a_wire_word_with_white_space_is_no_handle() {
        for word in ["", "a b", "a\u{a0}b", "a\rb", "a\0b"] {
            assert_eq!(UserHandle::from_wire(word), None, "{word:?}");
        }
    }
}
