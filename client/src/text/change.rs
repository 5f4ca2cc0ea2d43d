//! Why a change of lists or of my own data did not happen, in words.

use msnp6::command::ErrorCode;
use msnp6::messenger::{Change, ChangeFailure};

use super::Sentence;
use super::failure::{ASK, SOON};

/// What did not happen, why, and what to do.
pub fn change_failed(change: &Change, failure: ChangeFailure) -> Sentence {
    let (whose, done) = match change {
        Change::AddContact(handle) => (handle.as_str(), "added"),
        Change::RemoveContact(handle) => (handle.as_str(), "removed"),
        Change::Block(handle) => (handle.as_str(), "blocked"),
        Change::Allow(handle) => (handle.as_str(), "allowed"),
        Change::Rename(_) => ("Your name", "changed"),
        Change::Privacy(_) | Change::Prompt(_) | Change::Property(..) => {
            ("Your setting", "changed")
        }
    };
    match failure {
        ChangeFailure::Refused(code) => Sentence::new(
            format!("{whose} was not {done}. {} ({code})", cause(change, code)),
            next(change, code.0),
        ),
        ChangeFailure::Unconfirmed => Sentence::new(
            format!("{whose} was perhaps not {done}: the server did not answer."),
            "Look whether it happened, and try again if not.",
        ),
    }
}

/// Some numbers mean another thing with some changes than elsewhere.
fn cause(change: &Change, code: ErrorCode) -> &'static str {
    match (change, code.0) {
        (Change::Property(..), 201) => "The server does not take that number.",
        (Change::AddContact(_), 216) => code.sentence(),
        (_, 216) => "The server does not find that on your lists.",
        _ => code.sentence(),
    }
}

fn next(change: &Change, code: u16) -> &'static str {
    match code {
        201 if matches!(change, Change::Property(..)) => {
            "Write it with digits, spaces and + alone."
        }
        216 if !matches!(change, Change::AddContact(_)) => {
            "Sign out and in again: then the page has your lists as they are at the server."
        }
        201 | 205 | 208 => "Check the address for a slip.",
        209 => "Choose another name.",
        219 => "Move them in the privacy window first.",
        600..=605 | 640 => SOON,
        210 => "Remove somebody from your list first.",
        _ => ASK,
    }
}

#[cfg(test)]
mod tests {
    use msnp6::model::{FriendlyName, Property, PropertyValue, UserHandle};

    use super::*;

    fn adding_bob(failure: ChangeFailure) -> Sentence {
        let bob = UserHandle::parse("bob@example.com").expect("a handle");
        change_failed(&Change::AddContact(bob), failure)
    }

    #[test]
    fn a_refused_change_names_the_person_the_number_and_what_to_do() {
        let sentence = adding_bob(ChangeFailure::Refused(ErrorCode(205)));
        assert!(sentence.what.starts_with("bob@example.com was not added. "));
        assert!(sentence.what.contains("205"), "{}", sentence.what);
        assert_eq!(sentence.next, "Check the address for a slip.");
    }

    #[test]
    fn a_number_of_an_error_means_what_it_means_with_that_change() {
        let refused = |change: Change, code| {
            change_failed(&change, ChangeFailure::Refused(ErrorCode(code))).whole()
        };
        let number = PropertyValue::parse("1").expect("a value");
        let told = refused(Change::Property(Property::HomePhone, number), 201);
        assert!(
            told.contains("number.") && !told.contains("address"),
            "{told}"
        );
        let bob = UserHandle::parse("bob@example.com").expect("a handle");
        let name = FriendlyName::parse("Me").expect("a name");
        for change in [Change::RemoveContact(bob), Change::Rename(name)] {
            let told = refused(change, 216);
            assert!(told.contains("lists") && !told.contains("online"), "{told}");
        }
    }

    #[test]
    fn a_change_without_an_answer_is_left_open() {
        let sentence = adding_bob(ChangeFailure::Unconfirmed);
        assert!(sentence.what.contains("perhaps"), "{}", sentence.what);
    }
}
