//! Words: what the page says about states, failures and times. Pure; no element, no browser.

mod change;
mod clock;
mod deed;
mod delivery;
mod dialog;
mod emoticon;
mod failure;
mod form;
mod help;
mod link;
mod look;
mod losses;
mod pieces;
mod presence;
mod steps;

pub use change::change_failed;
pub use clock::{clock, date, duration};
pub use deed::deed;
pub use delivery::not_delivered;
pub use dialog::{AWAY, fault, on_list, privacy, telephone};
pub use emoticon::{EMOTICONS, Emoticon};
pub use failure::{OTHER_TAB_NEXT, Sentence, config_failure, ending, refusal};
pub use form::bad_address;
pub use help::{SAFETY, SHORTCUTS, meaning};
pub use link::link_closed;
pub use look::look;
pub use losses::losses;
pub use pieces::{Piece, pieces, spoken, target};
pub use presence::{UNKNOWN, presence, status};
pub use steps::{step, step_under_way};

use std::borrow::Cow;

use msnp6::messenger::{MAX_SEND_BYTES, MAX_TEXT_BYTES, messages_needed};

/// That a mail has come. What its writer chose may turn the direction of the line, and not beyond itself.
pub fn new_mail(from: &str, subject: &str) -> String {
    let subject = if subject.is_empty() {
        "(no subject)"
    } else {
        subject
    };
    format!("New e-mail from \u{2068}{from}\u{2069}: \u{2068}{subject}\u{2069}")
}

/// From how many bytes on the page says how many are left.
const ROOM_SHOWN: usize = 200;

/// How many bytes of a message a text needs: line breaks count two, letters outside ASCII several.
pub fn message_bytes(text: &str) -> usize {
    let breaks = text.bytes().filter(|byte| *byte == b'\n').count();
    text.len() + breaks
}

/// What there is to say about the length of a text, what of it to tell those who hear the page, and whether
/// it can be sent.
pub fn room(text: &str) -> (Cow<'static, str>, &'static str, bool) {
    let bytes = message_bytes(text);
    if bytes > MAX_SEND_BYTES {
        let over = bytes - MAX_SEND_BYTES;
        let words = format!("Too long by {over}. Shorten it, or send it in parts.");
        return (words.into(), "Too long to be sent.", false);
    }
    let (words, told) = match MAX_TEXT_BYTES.checked_sub(bytes) {
        None => {
            let words = format!("Goes as {} messages", messages_needed(text));
            (words.into(), "Goes as several messages.")
        }
        Some(left) if left < ROOM_SHOWN => {
            (format!("{left} left").into(), "One message is nearly full.")
        }
        Some(_) => ("".into(), ""),
    };
    (words, told, true)
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
    fn room_is_told_near_a_limit_and_beyond() {
        let told = |bytes: usize| {
            let (words, _, can_be_sent) = room(&"a".repeat(bytes));
            (words.into_owned(), can_be_sent)
        };
        assert_eq!(told(1200), (String::new(), true));
        assert_eq!(told(1390), ("10 left".to_owned(), true));
        assert_eq!(told(1401), ("Goes as 2 messages".to_owned(), true));
        assert!(told(MAX_SEND_BYTES).1);
        let (words, can_be_sent) = told(MAX_SEND_BYTES + 3);
        assert!(words.starts_with("Too long by 3.") && !can_be_sent);
    }

    #[test]
    fn room_is_heard_when_a_limit_comes_near_or_is_crossed_and_not_at_each_key() {
        let heard = |bytes: usize| room(&"a".repeat(bytes)).1;
        assert_eq!(heard(1200), "");
        assert_eq!(heard(1201), "One message is nearly full.");
        assert_eq!(heard(1201), heard(1400));
        assert_eq!(heard(1401), heard(MAX_SEND_BYTES));
        assert_eq!(heard(MAX_SEND_BYTES + 1), "Too long to be sent.");
    }
}
