//! The two settings that a server keeps for an account (reference §3.3).

/// `BLP`: what happens to people on neither the allow nor the block list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PrivacyDefault {
    /// `AL`: they may see and call me.
    #[default]
    Allow,
    /// `BL`: they may not.
    Block,
}

impl PrivacyDefault {
    /// The two letters on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Allow => "AL",
            Self::Block => "BL",
        }
    }

    /// The setting of two letters, or `None` for any other word.
    pub fn from_code(code: &[u8]) -> Option<Self> {
        [Self::Allow, Self::Block]
            .into_iter()
            .find(|value| value.code().as_bytes() == code)
    }
}

/// `GTC`: what happens when somebody adds me. The server only stores it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReverseListPrompt {
    /// `A`: ask me.
    #[default]
    Ask,
    /// `N`: allow them without asking.
    Never,
}

impl ReverseListPrompt {
    /// The letter on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ask => "A",
            Self::Never => "N",
        }
    }

    /// The setting of a letter, or `None` for any other word.
    pub fn from_code(code: &[u8]) -> Option<Self> {
        [Self::Ask, Self::Never]
            .into_iter()
            .find(|value| value.code().as_bytes() == code)
    }
}
