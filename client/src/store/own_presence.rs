//! The states that I can choose for myself. The words for them are in `text`.

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

/// The state of a stored or selected code, if it is one that can be chosen.
pub fn choosable(code: &str) -> Option<Presence> {
    CHOOSABLE
        .into_iter()
        .find(|presence| presence.code() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_chosen_is_read_back() {
        assert_eq!(choosable("AWY"), Some(Presence::Away));
        for code in ["FLN", "IDL", "", "awy"] {
            assert_eq!(choosable(code), None, "{code:?}");
        }
    }
}
