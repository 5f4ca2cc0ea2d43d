//! What comes out of a [`Messenger`](super::Messenger): orders to the driver, and events for the user.

use crate::model::{
    ContactList, ConversationId, Endpoint, FriendlyName, LinkId, ListVersion, Presence,
    PrivacyDefault, Property, PropertyValue, ReverseListPrompt, Secret, SortedMap, TextId,
    Timestamp, UserHandle,
};
use crate::payload::{Alert, Datacast, MailNotice, Offer, TextFormat};
use crate::session::outcome::{
    Delivery, DeliveryFailure, ListEvent, Participant, SignInFailure, SignInStep, SignOutReason,
};

/// One thing to do outside, in order.
#[derive(Clone, Debug)]
pub enum Output {
    /// Open a byte stream; answer `Opened` or `Closed`.
    Connect {
        /// The name of the new link.
        link: LinkId,
        /// Where to.
        to: Destination,
    },
    /// The server refers this link to another address. A driver with sockets of its own closes the old
    /// one and dials the address; behind the gateway the same WebSocket goes on. Answer `Opened` or `Closed`.
    Redirect {
        /// Which link.
        link: LinkId,
        /// Where to.
        to: Endpoint,
    },
    /// Send these bytes. Do not log them: they can hold a digest.
    Transmit {
        /// Which link.
        link: LinkId,
        /// The bytes.
        bytes: Secret<Vec<u8>>,
    },
    /// Close a link after what was transmitted; nothing more is wanted from it.
    Disconnect {
        /// Which link.
        link: LinkId,
    },
    /// Look whether the way of this link still stands as far as can be seen without the server, which
    /// does not answer; `Closed` within ten seconds says that it does not. Nothing is fine as well.
    Probe {
        /// Which link.
        link: LinkId,
    },
    /// Send `Woke` at this time. The latest one replaces those before.
    WakeAt(Timestamp),
    /// Tell the user.
    Event(Event),
}

/// Where a new link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// The server that the user chose.
    Server,
    /// A switchboard that the server named.
    Switchboard(Endpoint),
}

/// What happened, in words of the user's world.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The sign-in reached a step.
    SignInProgress(SignInStep),
    /// The server accepted the account.
    SignedIn {
        /// My handle as the server spells it.
        handle: UserHandle,
        /// My name.
        name: FriendlyName,
        /// Whether the account's address is verified; warn when it is not.
        is_verified: bool,
    },
    /// The sign-in ended without success; no link is left.
    SignInFailed(SignInFailure),
    /// The session ended; no link is left.
    SignedOut(SignOutReason),
    /// The whole contact list, new. It replaces what was known; presence of everybody on it is offline
    /// until an event says otherwise.
    ///
    /// The fields are those of a [`ListSnapshot`](crate::model::ListSnapshot): whoever keeps them as they
    /// come can give them to [`remember_lists`](super::Messenger::remember_lists) at the next start. What
    /// changed since then has changed the server's serial as well, and brings all of it again.
    ContactListReceived {
        /// The serial of this copy; 0 when it is not whole and must not be kept.
        version: ListVersion,
        /// Everybody on any list.
        contacts: ContactList,
        /// What happens to people on neither the allow nor the block list.
        privacy: PrivacyDefault,
        /// What happens when somebody adds me.
        prompt: ReverseListPrompt,
        /// My own telephone numbers and the like.
        properties: SortedMap<Property, PropertyValue>,
    },
    /// My own presence is in force.
    OwnPresenceChanged(Presence),
    /// A contact's presence or name.
    ContactPresence {
        /// Who.
        handle: UserHandle,
        /// The name; `None` when the server sent none.
        name: Option<FriendlyName>,
        /// How reachable; never [`Presence::AppearOffline`].
        presence: Presence,
    },
    /// News about lists, names, settings and telephone numbers.
    Lists(ListEvent),
    /// News about mail.
    Mail(MailNotice),
    /// An alert, or a page from a telephone.
    Alerted(Alert),
    /// The server goes down for maintenance soon.
    MaintenanceAnnounced {
        /// Minutes from now.
        minutes: u32,
    },
    /// A conversation is there: I opened it, or somebody wrote.
    ConversationOpened {
        /// Its name from here on.
        conversation: ConversationId,
        /// Who takes part, without me.
        participants: Vec<Participant>,
        /// Whether I opened it; if not, nothing may steal the focus.
        is_mine: bool,
    },
    /// Somebody is in the room now.
    ParticipantJoined {
        /// Which conversation.
        conversation: ConversationId,
        /// Who.
        participant: Participant,
    },
    /// Somebody left the room. In a conversation of two they remain its partner.
    ParticipantLeft {
        /// Which conversation.
        conversation: ConversationId,
        /// Who.
        handle: UserHandle,
        /// Whether the server ended an idle session; then it is no news to anybody.
        is_idle: bool,
    },
    /// Somebody is typing; show it for [`TYPING_SHOWN`](super::TYPING_SHOWN), or until their text comes.
    TypingReceived {
        /// Which conversation.
        conversation: ConversationId,
        /// Who.
        handle: UserHandle,
    },
    /// A text came in.
    TextReceived {
        /// Which conversation.
        conversation: ConversationId,
        /// Who wrote it.
        handle: UserHandle,
        /// The writer's name at that moment; may be empty.
        name: FriendlyName,
        /// The text, line breaks as LF.
        text: String,
        /// How it looks.
        format: TextFormat,
    },
    /// Somebody nudged, or threw something else of later clients at me.
    DatacastReceived {
        /// Which conversation.
        conversation: ConversationId,
        /// Who.
        handle: UserHandle,
        /// What.
        datacast: Datacast,
    },
    /// Somebody offered a file, a call or the like; it has been refused as not possible here.
    OfferRefused {
        /// Which conversation.
        conversation: ConversationId,
        /// Who.
        handle: UserHandle,
        /// What they offered.
        offer: Offer,
    },
    /// Somebody whom I invited does not come.
    InviteFailed {
        /// Which conversation.
        conversation: ConversationId,
        /// Who.
        handle: UserHandle,
        /// Why.
        failure: DeliveryFailure,
    },
    /// A text of mine was taken; show it.
    TextQueued {
        /// Which conversation.
        conversation: ConversationId,
        /// Its name from here on.
        text_id: TextId,
        /// The text, line breaks as LF.
        text: String,
    },
    /// What became of a text of mine.
    TextDelivery {
        /// Which conversation.
        conversation: ConversationId,
        /// Which text.
        text_id: TextId,
        /// How far it got.
        delivery: Delivery,
    },
    /// The moment was wrong for what the user wanted.
    IntentRefused(IntentRefusal),
    /// A line was not understood and skipped; for developers. Holds no content.
    Oddity {
        /// What was odd, such as `LST: the index is no number`.
        what: String,
    },
}

/// Why an intent was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntentRefusal {
    /// It needs a session.
    NotSignedIn,
    /// There is one already.
    AlreadySignedIn,
    /// There is no such conversation.
    NoSuchConversation,
    /// That presence cannot be chosen.
    Presence,
    /// The text is empty, or longer than [`MAX_SEND_BYTES`](super::MAX_SEND_BYTES).
    Text,
    /// Nobody is there to be nudged.
    NobodyThere,
    /// One neither converses with oneself nor has oneself in a list.
    Oneself,
}
