//! Which conversation is in front, and where the focus should go. Not the conversations themselves.

use super::ConversationKey;

/// What is in front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Windows {
    /// The conversation in front, if any.
    pub selected: Option<ConversationKey>,
    /// What a narrow page shows; a wide one shows both.
    pub pane: Pane,
    /// The latest order to move the focus; only the user's own deeds give one.
    pub focus: Focus,
}

/// The two halves of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The contacts, or the sign-in form.
    #[default]
    List,
    /// The conversation in front.
    Conversation,
}

/// An order to move the focus into a pane. A view obeys each serial once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    /// Counts the orders; 0 is none yet.
    pub serial: u32,
    /// Where to.
    pub pane: Pane,
}

impl Windows {
    pub(super) fn show(&mut self, key: ConversationKey) {
        self.selected = Some(key);
        self.pane = Pane::Conversation;
        self.focus_on(Pane::Conversation);
    }

    pub(super) fn show_list(&mut self) {
        self.pane = Pane::List;
        self.focus_on(Pane::List);
    }

    /// After a conversation was closed: its neighbour comes to the front, or the list.
    pub(super) fn close(&mut self, key: ConversationKey, neighbour: Option<ConversationKey>) {
        if self.selected != Some(key) {
            return;
        }
        match (neighbour, self.pane) {
            (Some(next), Pane::Conversation) => self.show(next),
            (next, _) => {
                self.selected = next;
                self.show_list();
            }
        }
    }

    /// Whether the user has a conversation before their eyes, provided that they look at the page.
    pub(super) fn shows(&self, key: ConversationKey) -> bool {
        self.selected == Some(key) && self.pane == Pane::Conversation
    }

    pub(super) fn focus_on(&mut self, pane: Pane) {
        let serial = self.focus.serial.wrapping_add(1).max(1);
        self.focus = Focus { serial, pane };
    }
}
