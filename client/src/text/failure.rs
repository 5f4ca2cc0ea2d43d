//! Why a session did not begin or did not go on, in words, each time with the next step.

use std::borrow::Cow;

use msnp6::command::ErrorCode;
use msnp6::messenger::{IntentRefusal, SignInFailure, SignOutReason};

use super::{link_closed, step_under_way};
use crate::store::{ConfigFailure, Ending};

/// What happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What happened: one or two whole sentences.
    pub what: Cow<'static, str>,
    /// What the reader can do about it: whole sentences.
    pub next: Cow<'static, str>,
}

impl Sentence {
    /// Both halves in one.
    pub fn whole(&self) -> String {
        format!("{} {}", self.what, self.next)
    }

    /// Two halves.
    pub fn new(what: impl Into<Cow<'static, str>>, next: impl Into<Cow<'static, str>>) -> Self {
        Self {
            what: what.into(),
            next: next.into(),
        }
    }
}

/// What comes of going on in this tab.
pub const OTHER_TAB_NEXT: &str = "Use it here, and the other tab signs out.";

/// Why there is no session.
pub fn ending(ending: &Ending) -> Sentence {
    match ending {
        Ending::Failed(failure) => sign_in_failure(failure),
        Ending::Ended(reason) => sign_out_reason(reason),
        Ending::OtherTab => {
            Sentence::new("You are using Messenger in another tab.", OTHER_TAB_NEXT)
        }
    }
}

fn sign_in_failure(failure: &SignInFailure) -> Sentence {
    match failure {
        SignInFailure::Link(reason) => link_closed(*reason),
        SignInFailure::Refused(code) => refused(*code),
        SignInFailure::Dialect => Sentence::new(
            "The server speaks none of the dialects of this page.",
            "It has to offer MSNP6 or an older one; choose another server.",
        ),
        SignInFailure::Method => Sentence::new(
            "The server does not offer the MD5 sign-in that this page uses.",
            "Choose another server, or ask its operator to switch old-client sign-in on.",
        ),
        SignInFailure::TimedOut(step) => Sentence::new(
            format!("The server did not answer while {}.", step_under_way(step)),
            "It may be busy. Try again in a minute.",
        ),
        SignInFailure::TooManyReferrals => Sentence::new(
            "The server passed you on to another one too many times.",
            "Try again later. If it stays so, the server is set up wrongly.",
        ),
        SignInFailure::Garbled => garbled(),
        SignInFailure::Dismissed(reason) => sign_out_reason(reason),
        SignInFailure::Cancelled => Sentence::new("You cancelled.", "Sign in when you like."),
    }
}

/// 911 covers more than a wrong password, and its second cause is one that nobody guesses.
fn refused(code: ErrorCode) -> Sentence {
    if code == ErrorCode::AUTHENTICATION_FAILED {
        return Sentence::new(
            "The address or the password is wrong.",
            "Check both and try again. Some servers also want sign-in from old clients switched on for the \
             account first: look for an \u{201c}MSN password\u{201d} or \u{201c}old clients\u{201d} option on \
             the server's own site.",
        );
    }
    Sentence::new(format!("{} ({code})", code.sentence()), next(code.0))
}

/// What to do about a sign-in that was refused with a number.
const fn next(code: u16) -> &'static str {
    match code {
        600..=605 | 640 | 910 | 912 | 914..=916 | 918 | 919 | 921 | 922 => SOON,
        917 => "Sign in with an address of this server, or choose another server.",
        920 => "Sign in with an account that you have here already, or choose another server.",
        923 => "A parent has to give it on the server's own site. Then sign in.",
        924 => "Follow the link in the mail that the server has sent you. Then sign in.",
        927 => "It is suspended. Only the server's operator can change that.",
        928 => {
            "Enter your password once more. If it stays so, set a new one on the server's own site."
        }
        _ => ASK,
    }
}

/// What to do about a server that has enough to do.
pub(super) const SOON: &str = "Try again in a few minutes.";

/// What to do when nothing better is known.
pub(super) const ASK: &str =
    "Try again. If it stays so, ask the server's operator about that number.";

fn sign_out_reason(reason: &SignOutReason) -> Sentence {
    match reason {
        SignOutReason::Requested => Sentence::new("You signed out.", "Sign in when you like."),
        SignOutReason::ElsewhereSignedIn => Sentence::new(
            "You were signed out here because this account signed in somewhere else.",
            "Sign in again to move it back here.",
        ),
        SignOutReason::ServerShutdown => Sentence::new(
            "The server is shutting down.",
            "Sign in again when it is back, in a few minutes.",
        ),
        SignOutReason::Dismissed => Sentence::new(
            "The server ended the session without saying why.",
            "Sign in again.",
        ),
        SignOutReason::Link(reason) => link_closed(*reason),
        SignOutReason::TimedOut => Sentence::new(
            "The server went silent.",
            "Check your network, then sign in again.",
        ),
        SignOutReason::Garbled => garbled(),
        SignOutReason::Refused(code) => Sentence::new(
            format!("The server ended the session: {} ({code})", code.sentence()),
            "Sign in again. If it stays so, ask the server's operator about that number.",
        ),
        SignOutReason::TooManyReferrals => Sentence::new(
            "The server passed you on to another one too many times.",
            "Sign in again later.",
        ),
    }
}

fn garbled() -> Sentence {
    Sentence::new(
        "The server sent something that is no MSN Messenger protocol.",
        "Choose another server, or tell whoever runs this page.",
    )
}

/// Why the page knows nothing about the gateway.
pub fn config_failure(failure: ConfigFailure) -> Sentence {
    let what = match failure {
        ConfigFailure::Unreachable => "The gateway behind this page does not answer.".into(),
        ConfigFailure::Status(status) => Cow::Owned(format!(
            "The gateway behind this page answered with HTTP error {status}."
        )),
        ConfigFailure::Malformed => "The gateway's configuration cannot be read.".into(),
    };
    Sentence::new(what, "Check your network and try again.")
}

/// Why something that the user wanted was not done.
pub fn refusal(refusal: IntentRefusal) -> Sentence {
    let (what, next) = match refusal {
        IntentRefusal::NotSignedIn => ("You are not signed in.", "Sign in first."),
        IntentRefusal::AlreadySignedIn => ("You are signed in already.", "Sign out first."),
        IntentRefusal::NoSuchConversation => (
            "That conversation is over.",
            "Open it again from your contacts.",
        ),
        IntentRefusal::Presence => ("That status cannot be chosen.", "Choose another one."),
        IntentRefusal::Text => (
            "That text cannot be sent in one message.",
            "Shorten it, or send it in parts.",
        ),
        IntentRefusal::NobodyThere => ("Nobody is there to be nudged.", "Write something first."),
        IntentRefusal::Oneself => ("That is your own address.", "Choose somebody else."),
    };
    Sentence::new(what, next)
}

#[cfg(test)]
mod tests {
    use msnp6::command::ServerError;
    use msnp6::messenger::{Change, ChangeFailure, DeliveryFailure};
    use msnp6::model::UserHandle;

    use super::*;
    use crate::text::{change_failed, not_delivered};

    #[test]
    fn a_wrong_password_also_mentions_old_client_sign_in() {
        let failure = SignInFailure::Refused(ErrorCode::AUTHENTICATION_FAILED);
        let sentence = ending(&Ending::Failed(failure));
        assert_eq!(sentence.what, "The address or the password is wrong.");
        assert!(sentence.next.contains("old clients"));
    }

    #[test]
    fn every_error_of_a_server_has_a_cause_and_a_next_step_wherever_it_ends_something() {
        for &error in ServerError::ALL {
            let code = error.code();
            for end in [
                Ending::Failed(SignInFailure::Refused(code)),
                Ending::Ended(SignOutReason::Refused(code)),
            ] {
                let Sentence { what, next } = ending(&end);
                let has_cause = what.contains(error.sentence()) || code.0 == 911;
                assert!(has_cause && next.ends_with('.'), "{error:?}: {what} {next}");
            }
            let text = not_delivered(&DeliveryFailure::Server(code));
            assert!(text.contains(error.sentence()), "{error:?}: {text}");
            let change = Change::AddContact(UserHandle::parse("bob@example.com").unwrap());
            let Sentence { what, next } = change_failed(&change, ChangeFailure::Refused(code));
            let has_cause = what.contains(error.sentence());
            assert!(has_cause && next.ends_with('.'), "{error:?}: {what} {next}");
        }
    }

    #[test]
    fn a_refusal_that_trying_again_does_not_mend_says_what_does() {
        for code in [917, 920, 923, 924, 927, 928] {
            let sentence = ending(&Ending::Failed(SignInFailure::Refused(ErrorCode(code))));
            assert!(!sentence.next.starts_with("Try again"), "{code}");
        }
        let busy = ending(&Ending::Failed(SignInFailure::Refused(ErrorCode(910))));
        assert_eq!(busy.next, "Try again in a few minutes.");
    }

    #[test]
    fn any_other_refusal_names_its_number() {
        let sentence = ending(&Ending::Failed(SignInFailure::Refused(ErrorCode(920))));
        assert!(sentence.what.contains("920"), "{}", sentence.what);
    }

    #[test]
    fn being_signed_in_elsewhere_tells_how_to_come_back() {
        let sentence = ending(&Ending::Ended(SignOutReason::ElsewhereSignedIn));
        assert!(sentence.what.contains("somewhere else"));
        assert!(sentence.next.contains("Sign in again"));
    }
}
