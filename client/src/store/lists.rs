//! What news about lists, names and settings does to the state.

use msnp6::messenger::ListEvent;

use super::{AppState, ContactTable};

impl AppState {
    pub(super) fn on_lists(&mut self, event: ListEvent) {
        match event {
            ListEvent::ContactChanged(contact) => {
                self.change_contacts(|contacts| contacts.put(&contact));
            }
            ListEvent::ContactRemoved(handle) => {
                self.change_contacts(|contacts| contacts.remove(&handle));
            }
            ListEvent::OwnName(name) => self.change_account(|account| account.name = name),
            ListEvent::Privacy(privacy) => self.privacy = privacy,
            ListEvent::Prompt(prompt) => self.prompt = prompt,
            ListEvent::ChangeFailed { change, failure } => {
                self.on_change_failed(change, failure);
            }
            // The page has no place for these yet.
            ListEvent::AddedBy { .. } | ListEvent::OwnProperty { .. } => {}
        }
        self.settle_dialog();
    }

    pub(super) fn change_contacts(&mut self, edit: impl FnOnce(&mut ContactTable)) {
        if let Some(contacts) = &mut self.contacts {
            edit(contacts.make_mut());
        }
    }
}
