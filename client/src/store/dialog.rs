//! The window over the page: what it asks, and what became of the answer.

use msnp6::messenger::{Change, ChangeFailure, IntentRefusal};
use msnp6::model::{FriendlyNameError, UserHandle, UserHandleError};

use super::{AppState, ConversationKey, Notice, Pane};

/// The window that is open. There is one at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    /// What it is for.
    pub kind: DialogKind,
    /// What the server was asked and has not answered.
    pub pending: Option<Change>,
    /// What was wrong with the latest answer of the user.
    pub fault: Option<DialogFault>,
}

/// What a window is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogKind {
    /// To put somebody on the list.
    Add,
    /// To choose what to do about a contact.
    Menu(UserHandle),
    /// To see what is known of a contact.
    Properties(UserHandle),
    /// To take a contact off the list, once it is confirmed.
    Remove(UserHandle),
    /// To change my name.
    Rename,
    /// To ask more people into a conversation.
    Invite(ConversationKey),
    /// To change how the page behaves.
    Options,
}

/// Why what the user entered does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogFault {
    /// It is no address.
    Address(UserHandleError),
    /// It is no name.
    Name(FriendlyNameError),
    /// Nobody was chosen.
    Nobody,
    /// They are on the list.
    IsContact,
    /// The page does not do it.
    Refused(IntentRefusal),
    /// The server did not do it, or may not have.
    Change(Change, ChangeFailure),
}

impl Dialog {
    /// A window in which nothing has been entered.
    pub const fn new(kind: DialogKind) -> Self {
        Self {
            kind,
            pending: None,
            fault: None,
        }
    }
}

impl AppState {
    /// The user has entered something: it is asked for, or does not do.
    pub(super) fn answer_dialog(&mut self, answer: Result<Change, DialogFault>) {
        if let Some(dialog) = &mut self.dialog {
            dialog.fault = answer.as_ref().err().cloned();
            dialog.pending = answer.ok();
        }
    }

    /// The window closes when what was asked for has come true.
    pub(super) fn settle_dialog(&mut self) {
        let pending = self.dialog.as_ref().and_then(|d| d.pending.as_ref());
        if !pending.is_some_and(|change| self.is_so(change)) {
            return;
        }
        // Where the focus would go back to has gone with the contact.
        if matches!(pending, Some(Change::RemoveContact(_))) {
            self.windows.focus_on(Pane::List);
        }
        self.dialog = None;
    }

    /// A failure is told where the user looks: in the window that waits for it, else as a notice.
    pub(super) fn on_change_failed(&mut self, change: Change, failure: ChangeFailure) {
        match self.dialog.as_mut() {
            Some(dialog) if dialog.pending.as_ref() == Some(&change) => {
                dialog.pending = None;
                dialog.fault = Some(DialogFault::Change(change, failure));
            }
            // Whoever is added is allowed first; what comes of the adding tells both.
            Some(Dialog {
                pending: Some(Change::AddContact(added)),
                ..
            }) if matches!(&change, Change::Allow(allowed) if allowed == added) => {}
            _ => self.notify(Notice::ChangeFailed { change, failure }),
        }
    }

    /// The server may spell a name in another way than I asked for.
    pub(super) fn settle_rename(&mut self) {
        let pending = self.dialog.as_ref().and_then(|d| d.pending.as_ref());
        if matches!(pending, Some(Change::Rename(_))) {
            self.dialog = None;
        }
    }

    fn is_so(&self, change: &Change) -> bool {
        match change {
            Change::AddContact(handle) => self.is_contact(handle),
            Change::RemoveContact(handle) => !self.is_contact(handle),
            _ => false,
        }
    }

    /// Whether somebody is on my contact list.
    pub fn is_contact(&self, handle: &UserHandle) -> bool {
        let entry = self.contacts.as_ref().and_then(|all| all.get(handle));
        entry.is_some_and(|entry| entry.is_contact())
    }
}
