//! Words: what the page says about states, failures and times. Pure; no element, no browser.

mod change;
mod clock;
mod deed;
mod delivery;
mod dialog;
mod failure;
mod form;
mod link;
mod presence;
mod steps;

pub use change::change_failed;
pub use clock::{clock, date, duration};
pub use deed::deed;
pub use delivery::not_delivered;
pub use dialog::{fault, on_list, privacy, telephone};
pub use failure::{Sentence, config_failure, ending, refusal};
pub use form::bad_address;
pub use link::link_closed;
pub use presence::presence;
pub use steps::{step, step_under_way};

use msnp6::messenger::MAX_TEXT_BYTES;

/// How many bytes of one message a text needs: line breaks count two, letters outside ASCII several.
pub fn message_bytes(text: &str) -> usize {
    let breaks = text.bytes().filter(|byte| *byte == b'\n').count();
    text.len() + breaks
}

/// How many bytes a text may still grow; negative when it is too long for one message.
pub fn room_left(text: &str) -> isize {
    let signed = |bytes: usize| isize::try_from(bytes).unwrap_or(isize::MAX);
    signed(MAX_TEXT_BYTES) - signed(message_bytes(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_count_two_and_letters_as_their_bytes() {
        assert_eq!(message_bytes("a\nb"), 4);
        assert_eq!(message_bytes("é☕"), 5);
    }

    #[test]
    fn room_is_negative_over_the_limit() {
        assert_eq!(room_left(&"a".repeat(MAX_TEXT_BYTES)), 0);
        assert_eq!(room_left(&"\n".repeat(MAX_TEXT_BYTES / 2 + 1)), -2);
    }
}
