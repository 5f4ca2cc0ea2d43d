//! Texts of mine that no session has taken: put off, handed over in order, and never twice.

use super::{Conversation, LineBody, LineKey};

/// A text of mine that waits for a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// Its name, among those of the lines.
    pub key: LineKey,
    /// The text, line breaks as LF.
    pub text: String,
    /// Whether the messenger was given it: then its answer is on its way, and nobody gives it again.
    is_handed: bool,
}

impl Unsent {
    const fn new(key: LineKey, text: String) -> Self {
        let is_handed = false;
        Self {
            key,
            text,
            is_handed,
        }
    }
}

impl Conversation {
    /// A text that cannot be sent now. A draft that says the same has done its work.
    pub(super) fn put_off(&mut self, text: String) {
        if self.draft.trim() == text.trim() {
            self.set_draft(String::new());
        }
        let key = self.name_line();
        self.outbox.push(Unsent::new(key, text));
    }

    /// A line whose text the messenger took and did not send: it goes behind what was put off before.
    pub(super) fn put_off_line(&mut self, key: LineKey) {
        let line = self.lines.remove(key);
        if let Some(LineBody::Mine { text, .. }) = line.as_deref().map(|line| &line.body) {
            self.outbox.push(Unsent::new(key, text.clone()));
        }
    }

    /// What is to be handed to the messenger.
    pub fn unsent(&self) -> impl Iterator<Item = &str> {
        let all = self.outbox.iter().filter(|unsent| !unsent.is_handed);
        all.map(|unsent| unsent.text.as_str())
    }

    pub(super) fn mark_handed(&mut self) {
        for unsent in &mut self.outbox {
            unsent.is_handed = true;
        }
    }

    /// The messenger took this text, or this part of a long one. Says whether it was put off before.
    pub(super) fn take_handed(&mut self, text: &str) -> bool {
        let rest = |unsent: &Unsent| {
            let rest = unsent.text.strip_prefix(text).map(str::to_owned);
            rest.filter(|_| unsent.is_handed)
        };
        let mut all = self.outbox.iter().enumerate();
        let Some((index, rest)) = all.find_map(|(index, it)| Some((index, rest(it)?))) else {
            return false;
        };
        if rest.is_empty() {
            self.outbox.remove(index);
        } else {
            self.outbox[index].text = rest;
        }
        true
    }

    /// The session that was given them is over.
    pub(super) fn unmark_handed(&mut self) {
        for unsent in &mut self.outbox {
            unsent.is_handed = false;
        }
    }

    /// A text goes back into the composer, behind what is there.
    pub(super) fn take_back(&mut self, key: LineKey) {
        let is_meant = |unsent: &Unsent| unsent.key == key && !unsent.is_handed;
        if let Some(index) = self.outbox.iter().position(is_meant) {
            let unsent = self.outbox.remove(index);
            if !self.draft.is_empty() {
                self.draft.push('\n');
            }
            self.draft.push_str(&unsent.text);
            self.recalled = None;
        }
    }
}
