//! How things end and how far they got: words that sessions and the messenger share with the user.

use crate::command::ErrorCode;
use crate::gateway::CloseCode;
use crate::model::{
    Contact, Endpoint, FriendlyName, PrivacyDefault, Property, PropertyValue, ReverseListPrompt,
    UserHandle,
};

/// Why a link ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseReason {
    /// The gateway said why; a native driver maps its errors to the same codes.
    Code(CloseCode),
    /// The gateway restarts, and wants to be left in peace for so many seconds.
    Restarting {
        /// How many.
        seconds: u16,
    },
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

/// A change of lists, settings or my own data that the user wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Put somebody on my contact list, and let them see me unless they are blocked.
    AddContact(UserHandle),
    /// Take somebody off my contact list. Whether they may see me stays as it is.
    RemoveContact(UserHandle),
    /// Let somebody neither see nor call me.
    Block(UserHandle),
    /// Let somebody see and call me; it undoes `Block`.
    Allow(UserHandle),
    /// Change my name.
    Rename(FriendlyName),
    /// Change what happens to people on neither the allow nor the block list.
    Privacy(PrivacyDefault),
    /// Change what happens when somebody adds me.
    Prompt(ReverseListPrompt),
    /// Change a telephone number or the like; an empty value clears it.
    Property(Property, PropertyValue),
}

/// What happened to lists, names and settings, by my own doing or unasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListEvent {
    /// Somebody's entry is new or different.
    ContactChanged(Contact),
    /// Somebody is on no list any more.
    ContactRemoved(UserHandle),
    /// Somebody has me in their list, and I have not decided about them: ask the user, who answers with
    /// [`Change::Allow`] or [`Change::Block`].
    AddedBy {
        /// Who.
        handle: UserHandle,
        /// Their name; may be empty.
        name: FriendlyName,
    },
    /// My own name is in force.
    OwnName(FriendlyName),
    /// A telephone number of mine or the like is in force.
    OwnProperty {
        /// Which.
        property: Property,
        /// The value; empty when it is cleared.
        value: PropertyValue,
    },
    /// What happens to people on neither the allow nor the block list is in force.
    Privacy(PrivacyDefault),
    /// What happens when somebody adds me is in force.
    Prompt(ReverseListPrompt),
    /// A change did not happen, or may not have.
    ChangeFailed {
        /// Which.
        change: Change,
        /// Why.
        failure: ChangeFailure,
    },
}

/// Why a change did not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeFailure {
    /// The server refused it with a code.
    Refused(ErrorCode),
    /// The server did not answer: it may or may not have happened.
    Unconfirmed,
}
