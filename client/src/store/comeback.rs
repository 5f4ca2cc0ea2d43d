//! Whether and when to connect again after a session was lost: by its cause, later after each try that
//! failed, and at another moment on each page. Pure: the clock and the chance come with each action.
//! Not the signing in itself, for which only the root has the password.

use core::time::Duration;

use msnp6::command::ErrorCode;
use msnp6::gateway::CloseCode;
use msnp6::messenger::{CloseReason, SignInFailure, SignOutReason};
use msnp6::model::Timestamp;

use super::{Action, AppState, Conversation, DialogFault, Ending, Moment, Notice, Pane, Phase};

/// The first try comes within this many milliseconds, each further one within twice as many.
const FIRST: u64 = 1_000;

/// No try waits longer by our own choice, in milliseconds.
const LONGEST: u64 = 60_000;

/// A session that held for so long was a good one: what ends it counts as the first loss.
const HELD: Duration = Duration::from_mins(1);

/// How the page stands to the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// Whether the device says that it has a network.
    pub has_network: bool,
    /// The way back, while the session is interrupted.
    pub comeback: Option<Comeback>,
    /// How many tries in a row ended too soon.
    tries: u32,
    /// When the session that there is, or was, began.
    pub(super) since: Timestamp,
}

/// The way back into a session that was lost.
#[derive(Clone, Debug, PartialEq)]
pub struct Comeback {
    /// What ended the session, or the latest try.
    pub cause: Ending,
    /// What is waited for.
    pub wait: Wait,
}

/// What the way back waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// For a time.
    Until {
        /// When the next try is due.
        at: Timestamp,
        /// How many seconds are left, to show.
        seconds: u32,
    },
    /// For a network.
    Network,
    /// For nothing: the root is to try now.
    Due,
    /// For what comes of a try.
    Trying,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            has_network: true,
            comeback: None,
            tries: 0,
            since: Timestamp(0),
        }
    }
}

impl AppState {
    /// What has to do with the network, the way back, what is put off until then, and being there.
    pub(super) fn on_life(&mut self, now: Moment, action: Action) {
        match action {
            Action::NetworkChanged(has_network) => self.set_network(has_network),
            Action::Resumed if self.connection.has_network => self.hasten(),
            Action::TryHastened => {
                self.hasten();
                self.windows.focus_front();
            }
            Action::TryBegun => self.begin_try(),
            Action::TriesStopped => self.stop_tries(),
            Action::SignedOutAway => self.on_signed_out(now, SignOutReason::Requested),
            Action::PresenceChosen(presence) => self.idle.choose(presence),
            Action::Touched => self.idle.touch(now.at),
            Action::PresenceAsked => self.idle.mark_asked(),
            Action::ConversationBegun(with) => self.begin_conversation(with),
            Action::TextPutOff { key, text } => {
                self.conversations.change(key, |c| c.put_off(text));
            }
            Action::OutboxHanded(key) => {
                self.conversations.change(key, Conversation::mark_handed);
            }
            Action::TextTakenBack { key, line } => {
                self.conversations.change(key, |c| c.take_back(line));
                // Where the focus was is gone.
                self.windows.focus_on(Pane::Conversation);
            }
            Action::PageShown(is_shown) => {
                self.is_page_shown = is_shown;
                self.mark_read();
                if is_shown && self.connection.has_network {
                    self.hasten();
                }
            }
            // Everything else was taken by the caller.
            _ => {}
        }
    }

    /// The session is lost, or a try to come back has failed. Says whether the page tries again.
    pub(super) fn interrupt(&mut self, now: Moment, cause: &Ending) -> bool {
        // A recording has no server to come back to.
        let may = self.phase.is_inside() && self.replay.is_none();
        let Some(least) = pause(cause).filter(|_| may) else {
            return false;
        };
        let connection = &mut self.connection;
        if self.phase == Phase::SignedIn {
            if now.at >= connection.since + HELD {
                connection.tries = 0;
            }
            self.phase = Phase::Interrupted;
            self.leave_off();
        }
        let connection = &mut self.connection;
        let span = (FIRST << connection.tries.min(6)).min(LONGEST);
        connection.tries += 1;
        let wait = least + span * u64::from(now.chance) / (1 << 16);
        let wait = if connection.has_network {
            Wait::until(now, now.at + Duration::from_millis(wait))
        } else {
            Wait::Network
        };
        connection.comeback = Some(Comeback {
            cause: cause.clone(),
            wait,
        });
        true
    }

    /// Time has passed.
    pub(super) fn count_down(&mut self, now: Moment) {
        if let Some(comeback) = &mut self.connection.comeback
            && let Wait::Until { at, .. } = comeback.wait
        {
            comeback.wait = Wait::until(now, at);
        }
    }

    /// There is a reason not to wait any longer.
    pub(super) fn hasten(&mut self) {
        if let Some(comeback) = &mut self.connection.comeback
            && comeback.wait != Wait::Trying
        {
            comeback.wait = Wait::Due;
        }
    }

    /// The device has a network, or has none any more.
    pub(super) fn set_network(&mut self, has_network: bool) {
        self.connection.has_network = has_network;
        if has_network {
            self.connection.tries = 0;
            self.hasten();
        } else if let Some(comeback) = &mut self.connection.comeback
            && matches!(comeback.wait, Wait::Until { .. } | Wait::Due)
        {
            comeback.wait = Wait::Network;
        }
    }

    /// The root tries.
    pub(super) fn begin_try(&mut self) {
        if let Some(comeback) = &mut self.connection.comeback {
            comeback.wait = Wait::Trying;
            self.idle.mark_asked();
        }
    }

    /// A session is there.
    pub(super) fn come_back(&mut self, now: Moment) {
        self.connection.comeback = None;
        self.connection.since = now.at;
        // What had to wait for the connection can be done now.
        self.notices.retain(|notice| *notice != Notice::Away);
        if let Some(dialog) = &mut self.dialog {
            dialog.faults.retain(|fault| *fault != DialogFault::Away);
        }
    }
}

impl Wait {
    fn until(now: Moment, at: Timestamp) -> Self {
        let left = at.0.saturating_sub(now.at.0);
        if left == 0 {
            return Self::Due;
        }
        let seconds = u32::try_from(left.div_ceil(1000)).unwrap_or(u32::MAX);
        Self::Until { at, seconds }
    }

    /// When something about it changes.
    pub(super) fn next_change(self) -> Option<Timestamp> {
        match self {
            // When the shown number of seconds is one less.
            Self::Until { at, seconds } => {
                let rest = 1000 * u64::from(seconds.saturating_sub(1));
                Some(Timestamp(at.0.saturating_sub(rest)))
            }
            Self::Network | Self::Due | Self::Trying => None,
        }
    }
}

/// How many milliseconds to leave the other side in peace at least, or `None` when coming back is of no
/// use: nothing mends by itself then, or somebody wanted it so.
fn pause(cause: &Ending) -> Option<u64> {
    match cause {
        Ending::Failed(failure) => after_failure(failure),
        Ending::Ended(reason) => after_session(reason),
        Ending::OtherTab => None,
    }
}

fn after_failure(failure: &SignInFailure) -> Option<u64> {
    match failure {
        SignInFailure::Link(reason) => after_link(*reason),
        SignInFailure::Refused(code) => after_error(*code),
        SignInFailure::Dismissed(reason) => after_session(reason),
        SignInFailure::TimedOut(_) | SignInFailure::Garbled => Some(0),
        SignInFailure::Dialect
        | SignInFailure::Method
        | SignInFailure::TooManyReferrals
        | SignInFailure::Cancelled => None,
    }
}

fn after_session(reason: &SignOutReason) -> Option<u64> {
    match reason {
        SignOutReason::Link(reason) => after_link(*reason),
        SignOutReason::Refused(code) => after_error(*code),
        SignOutReason::ServerShutdown
        | SignOutReason::Dismissed
        | SignOutReason::TimedOut
        | SignOutReason::Garbled => Some(0),
        SignOutReason::Requested
        | SignOutReason::ElsewhereSignedIn
        | SignOutReason::TooManyReferrals => None,
    }
}

/// The server has trouble of its own in most codes from 500 on; the exceptions are about this account
/// or this program, and stay so.
const fn after_error(code: ErrorCode) -> Option<u64> {
    match code.0 {
        502 | 540 | 710 | 715 | 731 | 911 | 913 | 917 | 920 | 923..=999 => None,
        500..=999 => Some(0),
        _ => None,
    }
}

const fn after_link(reason: CloseReason) -> Option<u64> {
    match reason {
        CloseReason::Restarting { seconds } => Some(1000 * seconds as u64),
        CloseReason::Lost => Some(0),
        CloseReason::Code(code) => match code {
            CloseCode::NoSuchServer
            | CloseCode::TicketInvalid
            | CloseCode::TicketExpired
            | CloseCode::TransferRefused => None,
            CloseCode::ServerClosed
            | CloseCode::GoingAway
            | CloseCode::ServerRefused
            | CloseCode::ServerUnreachable
            | CloseCode::ServerTimeout
            | CloseCode::ServerNotFound
            | CloseCode::TlsFailed
            | CloseCode::TooManyConnections
            | CloseCode::TooFast
            | CloseCode::IdleTooLong
            | CloseCode::ProtocolError
            | CloseCode::Restarting
            | CloseCode::GatewayFault => Some(0),
        },
    }
}
