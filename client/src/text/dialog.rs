//! What is wrong with what was entered into a window over the page, in words.

use std::borrow::Cow;

use msnp6::model::{FriendlyNameError, ListKind, Property, UserHandleError};

use super::{bad_address, change_failed, refusal};
use crate::store::DialogFault;

/// What it means that somebody is on a list.
pub const fn on_list(list: ListKind) -> &'static str {
    match list {
        ListKind::Forward => "On your contact list",
        ListKind::Allow => "May see and call you",
        ListKind::Block => "Blocked: may neither see nor call you",
        ListKind::Reverse => "Has you on their contact list",
    }
}

/// The heading of a list of people who may, or may not.
pub const fn privacy(list: ListKind) -> &'static str {
    match list {
        ListKind::Allow => "May see and call me",
        _ => "Blocked",
    }
}

/// What to call a telephone number, or `None` for what is no number.
pub const fn telephone(property: Property) -> Option<&'static str> {
    match property {
        Property::HomePhone => Some("Home phone"),
        Property::WorkPhone => Some("Work phone"),
        Property::MobilePhone => Some("Mobile phone"),
        _ => None,
    }
}

/// What is said of a wish that needs a connection while there is none.
pub const AWAY: &str =
    "There is no connection to the server now. Wait until it is back, then do it again.";

/// Why it does not do, and what to do.
pub fn fault(fault: &DialogFault) -> Cow<'static, str> {
    match fault {
        DialogFault::Address(UserHandleError::Empty) => "Enter an e-mail address.".into(),
        DialogFault::Address(error) => bad_address(*error).into(),
        DialogFault::Name(FriendlyNameError::Empty) => "Enter a name.".into(),
        DialogFault::Name(FriendlyNameError::ControlCharacter) => {
            "A name has no line breaks or other control characters.".into()
        }
        DialogFault::Name(FriendlyNameError::TooLong) => {
            "That name is too long. Shorten it; accents and signs count several times.".into()
        }
        DialogFault::Number => "A number is too long, or has characters that none has.".into(),
        DialogFault::Nobody => "Choose somebody first.".into(),
        DialogFault::NoRecording => {
            "Nobody signs in in that text. Choose a recording that begins before the sign-in."
                .into()
        }
        DialogFault::IsContact => "This person is on your list already.".into(),
        DialogFault::Away => AWAY.into(),
        DialogFault::Refused(reason) => refusal(*reason).whole().into(),
        DialogFault::Change(change, failure) => change_failed(change, *failure).whole().into(),
    }
}
