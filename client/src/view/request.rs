//! What a view asks for. The page translates it into intents and actions.

use msnp6::model::{Presence, Secret, UserHandle};
use web_sys::File;

use crate::store::{ConversationKey, DialogKind, LineKey, Notice, Setting};

/// Something the user wants.
#[derive(Clone, Debug)]
pub enum Request {
    /// Take the session over from another tab of this browser.
    UseHere,
    /// Fetch the configuration again.
    LoadConfig,
    /// Sign in.
    SignIn(Credentials),
    /// Sign out, or cancel a sign-in.
    SignOut,
    /// Try at once to come back into the session that was lost.
    TryNow,
    /// Try no more.
    StopTrying,
    /// Put a text that waits for the connection back into the composer.
    TakeBack {
        /// In which conversation.
        key: ConversationKey,
        /// Which.
        line: LineKey,
    },
    /// Appear otherwise.
    ChangePresence(Presence),
    /// Talk to somebody.
    OpenConversation(UserHandle),
    /// Bring a conversation to the front.
    ShowConversation(ConversationKey),
    /// Go back to the list, on a narrow page.
    ShowList,
    /// Close a conversation.
    CloseConversation(ConversationKey),
    /// The draft is this now.
    EditDraft {
        /// In which conversation.
        key: ConversationKey,
        /// The draft.
        text: String,
    },
    /// Write an earlier text of mine once more, or the one after it.
    RecallText {
        /// In which conversation.
        key: ConversationKey,
        /// Whether an earlier one.
        is_older: bool,
    },
    /// Send a text.
    SendText {
        /// In which conversation.
        key: ConversationKey,
        /// The text.
        text: String,
    },
    /// Send a text that did not arrive once more.
    SendAgain {
        /// In which conversation.
        key: ConversationKey,
        /// Its line.
        line: LineKey,
    },
    /// Open the help, unless another window is open.
    Help,
    /// Open a window over the page.
    OpenDialog(DialogKind),
    /// Close it.
    CloseDialog,
    /// Change a setting of the page.
    Set(Setting),
    /// Do what its form says.
    Answer(Answer),
    /// Nudge the others in a conversation.
    Nudge(ConversationKey),
    /// Decide about somebody who has added me.
    Decide {
        /// Whom.
        handle: UserHandle,
        /// What.
        decision: Decision,
    },
    /// Put somebody on the list.
    Add(UserHandle),
    /// Let somebody neither see nor call me.
    Block(UserHandle),
    /// Let them again.
    Unblock(UserHandle),
    /// Play a recording.
    Replay(String),
    /// Play the recording in a file.
    ReplayFile(File),
    /// Stop playing, and go back to what was before.
    StopReplay,
    /// Open the wire view, or close it.
    ShowWire(bool),
    /// Forget what it shows.
    ClearWire,
    /// Copy what it shows.
    CopyWire,
    /// A notice has been read.
    Dismiss(Notice),
}

/// What a form over the page holds when it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What was entered into its text fields, in their order.
    pub texts: Vec<String>,
    /// The values of what was ticked or chosen.
    pub chosen: Vec<String>,
    /// The value of the button that sent it.
    pub button: String,
}

/// What to do about somebody who has added me.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They may see and call me.
    Allow,
    /// The same, and they come on my list.
    AllowAndAdd,
    /// They may not.
    Block,
}

/// What the sign-in form gives.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub handle: UserHandle,
    /// Its password.
    pub password: Secret<String>,
    /// The name of the server; `None` when there is no choice.
    pub server: Option<String>,
    /// The label of the server, to show.
    pub server_label: Option<String>,
    /// How to appear.
    pub presence: Presence,
    /// Whether the browser should remember all this but the password.
    pub is_remembered: bool,
}
