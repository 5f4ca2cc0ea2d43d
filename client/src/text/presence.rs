//! Presence in words.

use msnp6::model::Presence;

/// The states that one chooses by hand; Idle comes by itself, and Offline by signing out.
pub const CHOOSABLE: [Presence; 7] = [
    Presence::Online,
    Presence::Busy,
    Presence::BeRightBack,
    Presence::Away,
    Presence::OnThePhone,
    Presence::OutToLunch,
    Presence::AppearOffline,
];

/// The word for a state.
pub const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Online => "Online",
        Presence::Busy => "Busy",
        Presence::Idle => "Idle",
        Presence::BeRightBack => "Be right back",
        Presence::Away => "Away",
        Presence::OnThePhone => "On the phone",
        Presence::OutToLunch => "Out to lunch",
        Presence::AppearOffline => "Appear offline",
        Presence::Offline => "Offline",
    }
}

/// The state of a stored or selected code, if it is one that can be chosen.
pub fn from_code(code: &str) -> Option<Presence> {
    CHOOSABLE
        .into_iter()
        .find(|presence| presence.code() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_states_share_a_word() {
        let mut words = Presence::ALL.map(presence).to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Presence::ALL.len());
    }

    #[test]
    fn only_what_can_be_chosen_is_read_back() {
        assert_eq!(from_code("AWY"), Some(Presence::Away));
        for code in ["FLN", "IDL", "", "awy"] {
            assert_eq!(from_code(code), None, "{code:?}");
        }
    }
}
