//! Why a change of lists or of my own data did not happen, in words.

use msnp6::messenger::{Change, ChangeFailure};

use super::Sentence;

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
            format!("{whose} was not {done}. {} ({code})", code.sentence()),
            next(code.0),
        ),
        ChangeFailure::Unconfirmed => Sentence::new(
            format!("{whose} was perhaps not {done}: the server did not answer."),
            "Look whether it happened, and try again if not.",
        ),
    }
}

const fn next(code: u16) -> &'static str {
    match code {
        201 | 205 | 208 => "Check the address for a slip.",
        209 => "Choose another name.",
        219 => "Move them in the privacy window first.",
        600..=605 | 640 => "Try again in a few minutes.",
        210 => "Remove somebody from your list first.",
        _ => "Try again. If it stays so, ask the server's operator about that number.",
    }
}

#[cfg(test)]
mod tests {
    use msnp6::command::ErrorCode;
    use msnp6::model::UserHandle;

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
    fn a_change_without_an_answer_is_left_open() {
        let sentence = adding_bob(ChangeFailure::Unconfirmed);
        assert!(sentence.what.contains("perhaps"), "{}", sentence.what);
    }
}
