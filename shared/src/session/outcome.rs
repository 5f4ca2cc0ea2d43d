//! How things end and how far they got: words that sessions and the messenger share with the user.

use crate::command::ErrorCode;
use crate::gateway::CloseCode;
use crate::model::{Endpoint, FriendlyName, UserHandle};

/// Why a link ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseReason {
    /// The gateway said why; a native driver maps its errors to the same codes.
    Code(CloseCode),
    /// The link broke without a word: the gateway is gone or unreachable, or the network is.
    Lost,
}

/// Somebody in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub handle: UserHandle,
    /// Their name; may be empty.
    pub name: FriendlyName,
}

/// The steps of a sign-in, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInStep {
    /// A link is being opened.
    Connecting,
    /// `VER` and `INF`: agreeing on dialect and method.
    Negotiating,
    /// `USR`: name and digest.
    Authenticating,
    /// The account lives on another server.
    Referred {
        /// Its address.
        to: Endpoint,
    },
    /// `SYN`: the lists are on their way.
    Synchronizing,
}

/// Why a sign-in ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInFailure {
    /// The link could not be opened, or broke.
    Link(CloseReason),
    /// The server refused with a code. `Error(911)` means a wrong address or password.
    Refused(ErrorCode),
    /// The server speaks none of our dialects.
    Dialect,
    /// The server offers no MD5 sign-in.
    Method,
    /// The server did not answer a step in time.
    TimedOut(SignInStep),
    /// One server referred to the next, too often.
    TooManyReferrals,
    /// The server sent what is no MSNP.
    Garbled,
    /// The server said goodbye in the middle, for example because the same account signed in elsewhere.
    Dismissed(SignOutReason),
    /// The user cancelled.
    Cancelled,
}

/// Why a session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOutReason {
    /// The user wanted it.
    Requested,
    /// `OUT OTH`: the same account signed in elsewhere.
    ElsewhereSignedIn,
    /// `OUT SSD`: the server is shutting down.
    ServerShutdown,
    /// `OUT` without a known reason.
    Dismissed,
    /// The link broke.
    Link(CloseReason),
    /// The server went silent.
    TimedOut,
    /// The server sent what is no MSNP.
    Garbled,
    /// The server ended the session with an error.
    Refused(ErrorCode),
    /// A referral in mid-session could not be followed.
    TooManyReferrals,
}

/// How far a text of mine got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// On its way to the switchboard.
    Sent,
    /// The switchboard says that it arrived.
    Delivered,
    /// It was sent, and no answer came: some servers never say.
    Unconfirmed,
    /// It did not arrive; the user may send it again.
    Failed(DeliveryFailure),
}

/// Why a text of mine did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryFailure {
    /// The other is not online, hides, or blocks me.
    NotReachable,
    /// The other was called and did not come.
    NoAnswer,
    /// I appear offline; nobody can be called.
    Hidden,
    /// The switchboard answered `NAK`.
    Refused,
    /// The server answered with a code.
    Server(ErrorCode),
    /// The link broke; the text may or may not have arrived.
    Link(CloseReason),
    /// The server did not answer in time.
    TimedOut,
    /// I signed out, or was signed out.
    SignedOut,
    /// Too many conversations are going on at once.
    TooManyRooms,
    /// The switchboard sent what is no MSNP.
    Garbled,
}

impl DeliveryFailure {
    /// What a code means when somebody cannot be called (reference §7.1).
    pub(crate) const fn of_code(code: ErrorCode) -> Self {
        match code.0 {
            216 | 217 => Self::NotReachable,
            913 => Self::Hidden,
            _ => Self::Server(code),
        }
    }
}
