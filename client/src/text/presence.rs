//! Presence in words.

use msnp6::model::Presence;

use crate::store::ContactEntry;

/// How reachable somebody is while there is no connection.
pub const UNKNOWN: &str = "status unknown";

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

/// The word for the state of somebody, who may be nobody whose state I am told.
pub fn status(entry: &ContactEntry) -> &'static str {
    if entry.is_unknown || !entry.is_contact() {
        return UNKNOWN;
    }
    presence(entry.presence)
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
}
