//! Why a text of mine did not arrive, in words.

use std::borrow::Cow;

use msnp6::messenger::DeliveryFailure;

use super::failure::ASK;
use super::link_closed;

/// What comes after "Not delivered: ".
pub fn not_delivered(failure: &DeliveryFailure) -> Cow<'static, str> {
    match failure {
        DeliveryFailure::NotReachable => "this person is not online, or cannot be reached.".into(),
        DeliveryFailure::NoAnswer => "this person was called and did not come.".into(),
        DeliveryFailure::Hidden => {
            "you appear offline, and cannot start a conversation. Change your status first.".into()
        }
        DeliveryFailure::Refused => "the server could not deliver it.".into(),
        DeliveryFailure::Server(code) => format!("{} ({code}) {ASK}", code.sentence()).into(),
        DeliveryFailure::Link(reason) => format!(
            "{} It may or may not have arrived.",
            link_closed(*reason).what
        )
        .into(),
        DeliveryFailure::TimedOut => "the server did not answer in time.".into(),
        DeliveryFailure::TooManyRooms => {
            "too many conversations are open. Close one and try again.".into()
        }
        DeliveryFailure::Garbled => "the server sent something that is no MSN protocol.".into(),
        DeliveryFailure::SignedOut => "the session ended first.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use msnp6::command::ErrorCode;
    use msnp6::messenger::CloseReason;

    #[test]
    fn what_a_server_refuses_has_a_next_step() {
        let words = not_delivered(&DeliveryFailure::Server(ErrorCode(282)));
        assert!(words.contains("(error 282) Try again."), "{words}");
    }

    #[test]
    fn a_broken_link_leaves_open_whether_the_text_arrived() {
        let words = not_delivered(&DeliveryFailure::Link(CloseReason::Lost));
        assert_eq!(
            words,
            "The connection was lost. It may or may not have arrived."
        );
    }
}
