//! What news about lists, names and settings does to the state.

use msnp6::messenger::{Change, ListEvent, Participant};
use msnp6::model::{ListKind, UserHandle};

use super::{AppState, ContactTable};

/// How many people may wait for a decision at once. The next sign-in asks about the others.
const MAX_ADDERS: usize = 256;

impl AppState {
    pub(super) fn on_lists(&mut self, event: ListEvent) {
        match event {
            ListEvent::ContactChanged(contact) => {
                let is_on = |kind| contact.membership.contains(kind);
                if is_on(ListKind::Allow) || is_on(ListKind::Block) {
                    self.forget_adder(&contact.handle);
                }
                self.change_contacts(|contacts| contacts.put(&contact));
            }
            ListEvent::ContactRemoved(handle) => {
                self.forget_adder(&handle);
                self.change_contacts(|contacts| contacts.remove(&handle));
            }
            ListEvent::AddedBy { handle, name } => {
                let is_known = self.adders.iter().any(|known| known.handle == handle);
                if !is_known && self.adders.len() < MAX_ADDERS {
                    self.adders.push(Participant { handle, name });
                }
            }
            ListEvent::OwnName(name) => {
                self.change_account(|account| account.name = name);
                // The server may spell it in another way than I asked for.
                self.settle_dialog(&|_, change| matches!(change, Change::Rename(_)));
            }
            ListEvent::Privacy(privacy) => {
                self.privacy = privacy;
                self.settle_dialog(&|_, change| matches!(change, Change::Privacy(_)));
            }
            ListEvent::Prompt(prompt) => {
                self.prompt = prompt;
                self.settle_dialog(&|_, change| matches!(change, Change::Prompt(_)));
            }
            ListEvent::OwnProperty { property, value } => {
                self.properties.retain(|(known, _)| *known != property);
                self.properties.push((property, value));
                self.settle_dialog(
                    &|_, change| matches!(change, Change::Property(asked, _) if *asked == property),
                );
            }
            ListEvent::ChangeFailed { change, failure } => {
                self.on_change_failed(change, failure);
            }
        }
        self.settle_dialog(&Self::is_so);
    }

    pub(super) fn forget_adder(&mut self, handle: &UserHandle) {
        self.adders.retain(|known| known.handle != *handle);
    }

    pub(super) fn change_contacts(&mut self, edit: impl FnOnce(&mut ContactTable)) {
        if let Some(contacts) = &mut self.contacts {
            edit(contacts.make_mut());
        }
    }
}
