//! Who is signed in, and how far the signing in is. Not the password: nothing here ever holds it.

use core::time::Duration;

use msnp6::messenger::{SignInFailure, SignInStep, SignOutReason};
use msnp6::model::{FriendlyName, Presence, Timestamp, UserHandle};

/// Where the session stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// No session.
    SignedOut {
        /// What ended the last one or kept it from starting; `None` at first, and after the user's own wish.
        ending: Option<Ending>,
    },
    /// A session is being made.
    SigningIn {
        /// The steps so far, the last one under way.
        steps: Vec<Step>,
    },
    /// There is a session.
    SignedIn,
    /// There was one, and the page is on its way back into it.
    Interrupted,
}

impl Phase {
    /// Whether the page shows lists and conversations as those of a session.
    pub const fn is_inside(&self) -> bool {
        matches!(self, Self::SignedIn | Self::Interrupted)
    }
}

impl Default for Phase {
    fn default() -> Self {
        Self::SignedOut { ending: None }
    }
}

/// What the user has to be told about the end of a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// It never began.
    Failed(SignInFailure),
    /// It began and was ended by somebody or something else.
    Ended(SignOutReason),
    /// The user moved it to another tab of this browser.
    OtherTab,
}

/// A step of a sign-in with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which one.
    pub step: SignInStep,
    /// When it began.
    pub since: Timestamp,
    /// How long it took; `None` while it is under way.
    pub took: Option<Duration>,
}

/// The account of this session, or of the last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// My handle.
    pub handle: UserHandle,
    /// My name; may be empty.
    pub name: FriendlyName,
    /// Whether the server knows that the address is mine.
    pub is_verified: bool,
    /// My presence as far as the server confirmed it.
    pub presence: Option<Presence>,
}

/// Ends the step under way and begins the next.
pub(super) fn advance(steps: &mut Vec<Step>, now: Timestamp, step: SignInStep) {
    if let Some(last) = steps.last_mut()
        && last.took.is_none()
    {
        last.took = Some(Duration::from_millis(now.0.saturating_sub(last.since.0)));
    }
    steps.push(Step {
        step,
        since: now,
        took: None,
    });
}
