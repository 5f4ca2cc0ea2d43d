//! How reachable a person is. Not "status", which is anything's.

/// The nine states of the protocol (reference §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Presence {
    /// `NLN`
    Online,
    /// `BSY`
    Busy,
    /// `IDL`, set by the program after inactivity.
    Idle,
    /// `BRB`
    BeRightBack,
    /// `AWY`
    Away,
    /// `PHN`
    OnThePhone,
    /// `LUN`
    OutToLunch,
    /// `HDN`: online, but others see [`Presence::Offline`].
    AppearOffline,
    /// `FLN`; never sent by this client.
    Offline,
}

impl Presence {
    /// All states, in the order in which people expect them in a menu.
    pub const ALL: [Self; 9] = [
        Self::Online,
        Self::Busy,
        Self::Idle,
        Self::BeRightBack,
        Self::Away,
        Self::OnThePhone,
        Self::OutToLunch,
        Self::AppearOffline,
        Self::Offline,
    ];

    /// The three letters on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Online => "NLN",
            Self::Busy => "BSY",
            Self::Idle => "IDL",
            Self::BeRightBack => "BRB",
            Self::Away => "AWY",
            Self::OnThePhone => "PHN",
            Self::OutToLunch => "LUN",
            Self::AppearOffline => "HDN",
            Self::Offline => "FLN",
        }
    }

    /// The state of three letters, or `None` for any other word.
    pub const fn from_code(code: &[u8]) -> Option<Self> {
        Some(match code {
            b"NLN" => Self::Online,
            b"BSY" => Self::Busy,
            b"IDL" => Self::Idle,
            b"BRB" => Self::BeRightBack,
            b"AWY" => Self::Away,
            b"PHN" => Self::OnThePhone,
            b"LUN" => Self::OutToLunch,
            b"HDN" => Self::AppearOffline,
            b"FLN" => Self::Offline,
            _ => return None,
        })
    }

    /// The state as others see it: a hidden person looks offline.
    #[must_use]
    pub const fn as_seen_by_others(self) -> Self {
        match self {
            Self::AppearOffline => Self::Offline,
            other => other,
        }
    }

    /// Whether others can start a conversation with somebody in this state.
    pub const fn is_reachable(self) -> bool {
        !matches!(self, Self::AppearOffline | Self::Offline)
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_code_reads_back() {
        for presence in Presence::ALL {
            assert_eq!(
                Presence::from_code(presence.code().as_bytes()),
                Some(presence)
            );
        }
        assert_eq!(Presence::from_code(b"nln"), None);
    }

    #[test]
    fn a_hidden_person_looks_offline_and_cannot_be_called() {
        assert_eq!(
            Presence::AppearOffline.as_seen_by_others(),
            Presence::Offline
        );
        assert!(!Presence::AppearOffline.is_reachable());
        assert!(Presence::Idle.is_reachable());
    }
}
