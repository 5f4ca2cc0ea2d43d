//! The window over the page: what it asks, and what became of the answer.

use msnp6::messenger::{Change, ChangeFailure, IntentRefusal};
use msnp6::model::{FriendlyNameError, ListKind, Property, UserHandle, UserHandleError};

use super::{AppState, ConversationKey, Notice, Pane};

/// My telephone numbers, in the order in which they are shown.
pub const NUMBERS: [Property; 3] = [
    Property::HomePhone,
    Property::WorkPhone,
    Property::MobilePhone,
];

/// What stands for everybody on neither list where people are chosen; it is no address.
pub const OTHERS: &str = "*";

/// The window that is open. There is one at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    /// What it is for.
    pub kind: DialogKind,
    /// What the server was asked and has not answered.
    pub pending: Vec<Change>,
    /// What was wrong with the latest answer of the user.
    pub faults: Vec<DialogFault>,
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
    /// To change my name and my telephone numbers.
    Rename,
    /// To decide who may see and call me.
    Privacy,
    /// To ask more people into a conversation.
    Invite(ConversationKey),
    /// To change how the page behaves.
    Options,
    /// To choose a recording to be played.
    Replay,
    /// To read how the page is used.
    Help,
    /// To close that conversation, or with `None` to sign out, though something of mine would be lost.
    Leave(Option<ConversationKey>),
    /// To decide whether to go on here as somebody whose session is in another tab.
    OtherTab(UserHandle),
}

/// Why what the user entered does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogFault {
    /// It is no address.
    Address(UserHandleError),
    /// It is no name.
    Name(FriendlyNameError),
    /// It is no telephone number.
    Number,
    /// Nobody was chosen.
    Nobody,
    /// It is no recording of a session.
    NoRecording,
    /// They are on the list.
    IsContact,
    /// There is no session now that could be asked.
    Away,
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
            pending: Vec::new(),
            faults: Vec::new(),
        }
    }
}

impl Dialog {
    /// What was asked for is refused, all of it. Says whether it was this window that asked.
    pub(super) fn refuse(&mut self, fault: DialogFault) -> bool {
        if self.faults.contains(&fault) {
            return true;
        }
        let is_mine = !self.pending.is_empty();
        if is_mine {
            self.pending.clear();
            self.faults.push(fault);
        }
        is_mine
    }
}

impl DialogKind {
    /// Whether that goes wrong beside what the window is for. Whoever is added is allowed, and whoever
    /// is removed perhaps blocked.
    const fn is_beside(&self, change: &Change) -> bool {
        matches!(
            (self, change),
            (Self::Add, Change::Allow(_)) | (Self::Remove(_), Change::Block(_))
        )
    }
}

impl AppState {
    /// What was to be shown cannot be; nobody waits for it any longer.
    pub(super) fn miss_part(&mut self) {
        let was_wanted = self.dialog.take().is_some() | self.wire.take().is_some();
        if was_wanted {
            self.notify(Notice::PartMissing);
        }
    }

    /// The user has entered something: it is asked for, or does not do.
    pub(super) fn answer_dialog(&mut self, answer: Result<Vec<Change>, DialogFault>) {
        let Some(dialog) = &mut self.dialog else {
            return;
        };
        dialog.faults.clear();
        match answer {
            Ok(changes) => dialog.pending.extend(changes),
            Err(fault) => dialog.faults.push(fault),
        }
        self.close_if_done();
    }

    /// The server has answered some of what was asked for.
    pub(super) fn settle_dialog(&mut self, is_answered: &dyn Fn(&Self, &Change) -> bool) {
        let Some(mut dialog) = self.dialog.take() else {
            return;
        };
        let asked = dialog.pending.len();
        dialog.pending.retain(|change| !is_answered(self, change));
        let is_news = dialog.pending.len() < asked;
        self.dialog = Some(dialog);
        if is_news {
            self.close_if_done();
        }
    }

    /// A failure is told where the user looks: in the window that waits for it, else as a notice.
    pub(super) fn on_change_failed(&mut self, change: Change, failure: ChangeFailure) {
        let Some(dialog) = self.dialog.as_mut() else {
            return self.notify(Notice::ChangeFailed { change, failure });
        };
        let fault = DialogFault::Change(change.clone(), failure);
        let is_beside = dialog.kind.is_beside(&change) && !dialog.pending.is_empty();
        if dialog.pending.contains(&change) || is_beside {
            dialog.pending.retain(|asked| *asked != change);
            if matches!(change, Change::AddContact(_)) {
                // That they were not allowed either goes without saying.
                dialog.faults.clear();
            }
            dialog.faults.push(fault);
            self.close_if_done();
        } else if !dialog.faults.contains(&fault) {
            // One change can take two commands, and both can fail.
            self.notify(Notice::ChangeFailed { change, failure });
        }
    }

    /// A window closes when all that was asked for has come true; what went wrong beside it is told then.
    fn close_if_done(&mut self) {
        let is_done = |dialog: &mut Dialog| {
            let mut faults = dialog.faults.iter();
            dialog.pending.is_empty()
                && dialog.kind != DialogKind::Privacy
                && faults.all(|fault| matches!(fault, DialogFault::Change(change, _) if dialog.kind.is_beside(change)))
        };
        let Some(dialog) = self.dialog.take_if(is_done) else {
            return;
        };
        // Where the focus would go back to has gone with the contact.
        if matches!(dialog.kind, DialogKind::Remove(_)) {
            self.windows.focus_on(Pane::List);
        }
        for fault in dialog.faults {
            if let DialogFault::Change(change, failure) = fault {
                self.notify(Notice::ChangeFailed { change, failure });
            }
        }
    }

    /// Whether the lists say what a change was to make them say.
    pub(crate) fn is_so(&self, change: &Change) -> bool {
        let entry = |handle| self.contacts.as_ref().and_then(|all| all.get(handle));
        match change {
            Change::AddContact(handle) => self.is_contact(handle),
            Change::RemoveContact(handle) => !self.is_contact(handle),
            Change::Block(handle) => entry(handle).is_some_and(|entry| entry.is_blocked()),
            Change::Allow(handle) => entry(handle).is_some_and(|entry| {
                entry.membership.contains(ListKind::Allow) && !entry.is_blocked()
            }),
            _ => false,
        }
    }

    /// A telephone number of mine; empty when there is none.
    pub fn own_number(&self, wanted: Property) -> &str {
        let mut all = self.properties.iter();
        let found = all.find(|(property, _)| *property == wanted);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Whether somebody is on my contact list.
    pub fn is_contact(&self, handle: &UserHandle) -> bool {
        let entry = self.contacts.as_ref().and_then(|all| all.get(handle));
        entry.is_some_and(|entry| entry.is_contact())
    }
}
