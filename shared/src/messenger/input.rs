//! What goes into a [`Messenger`](super::Messenger): facts about links and time, and what the user wants.

use crate::model::{ConversationId, LinkId, Presence, Secret, UserHandle};
use crate::payload::TextFormat;
use crate::session::outcome::{Change, CloseReason};

/// One thing that happened outside.
#[derive(Clone, Debug)]
pub enum Input {
    /// The byte stream stands: after `Connect`, and again after `Redirect` once the new server is reached.
    Opened {
        /// Which link.
        link: LinkId,
    },
    /// Bytes came in, cut anywhere.
    Received {
        /// Which link.
        link: LinkId,
        /// The bytes, not empty.
        bytes: Vec<u8>,
    },
    /// The link is gone, or could not be opened. Never sent for a link that got `Disconnect`.
    Closed {
        /// Which link.
        link: LinkId,
        /// Why, as far as the driver knows.
        reason: CloseReason,
    },
    /// The device slept, or its network is another one: links that look alive may be dead.
    Resumed,
    /// The time of the last `WakeAt` has come. A wake-up too early or too many does no harm.
    Woke,
    /// The user wants something.
    Intent(Intent),
}

/// What the user wants. Values are checked before they get here; only the moment can be wrong, and then
/// the answer is [`Event::IntentRefused`](super::Event::IntentRefused).
#[derive(Clone, Debug)]
pub enum Intent {
    /// Sign in. Ignored while signed in or signing in.
    SignIn {
        /// The account.
        handle: UserHandle,
        /// Its password; it leaves this crate only as a digest, and is forgotten when the session ends:
        /// a server may refer a session elsewhere, and asks again there.
        password: Secret<String>,
        /// How to appear: any state but [`Presence::Offline`].
        presence: Presence,
    },
    /// Sign out, or cancel a sign-in that is under way.
    SignOut,
    /// Change lists, settings or my own data. [`Event::Lists`](super::Event::Lists) tells what came of it.
    Change(Change),
    /// Change my own presence; [`Presence::Offline`] is refused.
    ChangePresence(Presence),
    /// Show the conversation with one person: the one there is, or a new one.
    OpenConversation {
        /// With whom.
        with: UserHandle,
    },
    /// The same with exactly these people, to go on with what an earlier session left behind.
    TakeUpConversation {
        /// With whom.
        with: Vec<UserHandle>,
    },
    /// Send a text. It is queued until somebody is there to read it.
    SendText {
        /// In which conversation.
        conversation: ConversationId,
        /// The text; not empty. Line breaks may be any of CR, LF and CRLF. One that is too long for a
        /// message goes in several, each told and confirmed by itself.
        text: String,
    },
    /// How all texts that I send from now on look.
    ChangeFormat(TextFormat),
    /// Ask one more person into a conversation.
    Invite {
        /// Into which conversation.
        conversation: ConversationId,
        /// Whom.
        handle: UserHandle,
    },
    /// Nudge everybody in a conversation; refused while nobody is there.
    SendNudge {
        /// In which conversation.
        conversation: ConversationId,
    },
    /// I am typing; call it on every key press, it is throttled here.
    NotifyTyping {
        /// In which conversation.
        conversation: ConversationId,
    },
    /// Leave a conversation and forget it.
    CloseConversation {
        /// Which.
        conversation: ConversationId,
    },
}
