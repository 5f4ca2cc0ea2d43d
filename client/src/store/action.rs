//! What changes the state: events of the messenger, and deeds of the user that concern only the page.

use msnp6::messenger::{Alert, Change, ChangeFailure, Event, IntentRefusal};
use msnp6::model::{Presence, UserHandle};
use msnp6::transcript::Recorded;

use super::{
    Config, ConfigFailure, ConversationKey, DialogFault, DialogKind, LineKey, Remembered, Setting,
    Settings,
};

/// One change.
#[derive(Clone, Debug)]
pub enum Action {
    /// Something happened.
    Event(Event),
    /// Time has passed: what was to be shown for a while may be over.
    Ticked,
    /// The browser remembers an earlier sign-in, or nothing any more.
    Recalled(Option<Remembered>),
    /// The browser kept these settings.
    SettingsRecalled(Settings),
    /// The user changed a setting.
    SettingChanged(Setting),
    /// The configuration is asked for.
    ConfigAsked,
    /// The configuration is here, or not.
    ConfigAnswered(Result<Config, ConfigFailure>),
    /// The user pressed "Sign in".
    SignInAsked {
        /// With which account.
        handle: UserHandle,
        /// What the form was filled in with.
        form: Remembered,
        /// The label of the server; `None` when the page knows none.
        server_label: Option<String>,
    },
    /// The user wants a conversation in front.
    ConversationShown(ConversationKey),
    /// The user went back to the list, on a narrow page.
    ListShown,
    /// The user closed a conversation.
    ConversationClosed(ConversationKey),
    /// The user typed.
    DraftEdited {
        /// In which conversation.
        key: ConversationKey,
        /// What the draft is now.
        text: String,
    },
    /// The user asked for an earlier text of theirs, or for the one after it.
    TextRecalled {
        /// In which conversation.
        key: ConversationKey,
        /// Whether for an earlier one.
        is_older: bool,
    },
    /// A line is taken away, because its text is sent anew.
    LineDropped {
        /// In which conversation.
        key: ConversationKey,
        /// Which line.
        line: LineKey,
    },
    /// The user opened a window over the page.
    DialogOpened(DialogKind),
    /// The user closed it.
    DialogClosed,
    /// The user answered it: these changes were asked for, or the answer does not do.
    DialogAnswered(Result<Vec<Change>, DialogFault>),
    /// The user nudged the others in a conversation.
    Nudged(ConversationKey),
    /// The user has decided about somebody who added me.
    AdderDecided(UserHandle),
    /// The user has read a notice.
    NoticeDismissed(Notice),
    /// A part of the page that comes later could not be loaded.
    PartMissed,
    /// A recording of this person's session is played.
    ReplayBegan(UserHandle),
    /// All of it was played.
    ReplayOver,
    /// The user has seen enough of it.
    ReplayStopped,
    /// The user opened the wire view, or closed it.
    WireShown(bool),
    /// Something went over the links.
    WireRecorded(Vec<Recorded>),
    /// The user wants an empty wire view.
    WireCleared,
    /// What the wire view shows was copied, or the browser did not allow it.
    WireCopied(bool),
    /// The browser kept this of the session that has begun anew.
    KeptRecalled(String),
    /// The user moved the session to another tab of this browser, or that one is done with it.
    OtherTab(bool),
    /// The page came before the user's eyes, or left them.
    PageShown(bool),
    /// The device has a network now, or has none.
    NetworkChanged(bool),
    /// The device slept.
    Resumed,
    /// The user does not want to wait for the next try.
    TryHastened,
    /// A try to come back begins.
    TryBegun,
    /// The user wants no more tries.
    TriesStopped,
    /// The user signed out while there was no connection.
    SignedOutAway,
    /// The user chose how to appear.
    PresenceChosen(Presence),
    /// The user touched the page.
    Touched,
    /// The server is asked for the presence that is due.
    PresenceAsked,
    /// The user wants to talk to somebody while there is no connection.
    ConversationBegun(UserHandle),
    /// The user sent a text while there was no connection.
    TextPutOff {
        /// In which conversation.
        key: ConversationKey,
        /// The text.
        text: String,
    },
    /// What was put off in a conversation is handed to the messenger.
    OutboxHanded(ConversationKey),
    /// The user wants a text that was put off back in the composer.
    TextTakenBack {
        /// In which conversation.
        key: ConversationKey,
        /// Which.
        line: LineKey,
    },
}

/// Something the user should know that ends nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A part of the page could not be loaded.
    PartMissing,
    /// The account's address is not verified.
    Unverified,
    /// Something the user wanted needs a connection, and there is none.
    Away,
    /// A mail has come.
    Mail {
        /// Who it is from.
        from: String,
        /// What it is about; may be empty.
        subject: String,
    },
    /// The server goes down soon.
    Maintenance {
        /// Minutes from when it was announced.
        minutes: u32,
    },
    /// Something the user wanted came at a wrong moment.
    Refused(IntentRefusal),
    /// The server passes on a word of some service.
    Alert(Alert),
    /// A change of lists or of my own data did not happen, or may not have.
    ChangeFailed {
        /// Which.
        change: Change,
        /// Why.
        failure: ChangeFailure,
    },
}
