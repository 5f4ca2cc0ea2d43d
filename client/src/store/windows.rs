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
    /// How many orders there were; no two have the same serial.
    orders: u32,
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
    /// Counts the orders; 0 is none.
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
        self.orders = self.orders.wrapping_add(1).max(1);
        let serial = self.orders;
        self.focus = Focus { serial, pane };
    }

    /// Where the focus was is gone: it goes to what is in front.
    pub(super) fn focus_front(&mut self) {
        self.focus_on(self.pane);
    }

    /// Nothing of a session is in front any more. What comes to the front next must not obey an order that
    /// was given long before.
    pub(super) fn reset(&mut self) {
        *self = Self {
            orders: self.orders,
            ..Self::default()
        };
    }

    /// The same after orders that other windows had.
    pub(super) fn focus_after(&mut self, others: &Self) {
        self.orders = others.orders;
        self.focus_front();
    }

    pub(super) fn forget_order(&mut self) {
        self.focus = Focus::default();
    }
}
