//! Telephone numbers and the like that people show to those who have them in their list.

/// What `PRP` sets for me and `BPR` tells of others (reference §3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Property {
    /// `PHH`
    HomePhone,
    /// `PHW`
    WorkPhone,
    /// `PHM`
    MobilePhone,
    /// `MOB`: whether others may page me, `Y` or `N`.
    Paging,
    /// `MBE`: whether the account has a mobile device; only the server sets it.
    MobileDevice,
    /// `MFN`, of later dialects: the friendly name.
    FriendlyName,
    /// `HSB`, of later dialects: whether there is a blog.
    HasBlog,
}

impl Property {
    /// All of them, in the order in which servers send them.
    pub const ALL: [Self; 7] = [
        Self::HomePhone,
        Self::WorkPhone,
        Self::MobilePhone,
        Self::Paging,
        Self::MobileDevice,
        Self::FriendlyName,
        Self::HasBlog,
    ];

    /// The three letters on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HomePhone => "PHH",
            Self::WorkPhone => "PHW",
            Self::MobilePhone => "PHM",
            Self::Paging => "MOB",
            Self::MobileDevice => "MBE",
            Self::FriendlyName => "MFN",
            Self::HasBlog => "HSB",
        }
    }

    /// The property of three letters, or `None` for any other word.
    pub fn from_code(code: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|property| property.code().as_bytes() == code)
    }
}

/// The value of a [`Property`], decoded: at most 95 bytes once encoded, without control characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PropertyValue(String);

impl PropertyValue {
    /// The longest value that servers take, in bytes after percent-encoding; over it they hang up.
    pub const MAX_ENCODED_BYTES: usize = 95;

    /// Takes what a person typed, or `None` when it is too long or holds a control character.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_short = super::percent::encode(text).len() <= Self::MAX_ENCODED_BYTES;
        (is_short && !text.chars().any(char::is_control)).then(|| Self(text.to_owned()))
    }

    /// Decodes a value as a peer sent it, as lenient as names are read.
    pub fn from_wire(word: &[u8]) -> Self {
        Self(super::FriendlyName::from_wire(word).as_str().to_owned())
    }

    /// The value; empty when it is not set.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_code_reads_back() {
        for property in Property::ALL {
            let code = property.code().as_bytes();
            assert_eq!(Property::from_code(code), Some(property));
        }
        assert_eq!(Property::from_code(b"phh"), None);
    }

    #[test]
    fn a_value_that_a_server_would_hang_up_over_is_refused() {
        assert!(PropertyValue::parse(&"5".repeat(95)).is_some());
        assert!(PropertyValue::parse(&"5".repeat(96)).is_none());
        assert!(PropertyValue::parse(&"+".repeat(32)).is_none());
        assert!(PropertyValue::parse("5\r\nOUT").is_none());
    }
}
