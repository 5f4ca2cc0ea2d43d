//! What a notification session wants done and tells, in its own words; the messenger puts them into those
//! of the user.

use crate::command::{ClientCommand, Cookie, ErrorCode, Rng};
use crate::model::{ConversationId, Endpoint, FriendlyName, ListSnapshot, Presence, UserHandle};
use crate::payload::{Alert, MailNotice};
use crate::session::outcome::{ListEvent, SignInFailure, SignInStep, SignOutReason};

/// What a session wants its owner to do.
#[derive(Debug)]
pub(crate) enum Effect {
    Send(ClientCommand),
    Tell(NotificationEvent),
    /// Look whether the way to the server stands.
    Look,
}

/// What happened, for the messenger.
#[derive(Debug)]
pub(crate) enum NotificationEvent {
    Progress(SignInStep),
    SignedIn {
        handle: UserHandle,
        name: FriendlyName,
        is_verified: bool,
    },
    Failed(SignInFailure),
    SignedOut(SignOutReason),
    /// Go to that server and begin again there.
    Referred(Endpoint),
    ListsReceived(ListSnapshot),
    OwnPresence(Presence),
    PresenceRefused,
    ContactPresence {
        handle: UserHandle,
        name: Option<FriendlyName>,
        presence: Presence,
    },
    Maintenance {
        minutes: u32,
    },
    Rung(Rng),
    SwitchboardGranted {
        conversation: ConversationId,
        endpoint: Endpoint,
        cookie: Cookie,
    },
    /// `None` when the server did not answer.
    SwitchboardRefused {
        conversation: ConversationId,
        code: Option<ErrorCode>,
    },
    Lists(ListEvent),
    Mail(MailNotice),
    Alerted(Alert),
    Oddity(String),
}
