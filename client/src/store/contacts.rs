//! Everybody on my lists, with presence. Not how they are grouped on the page: see `select`.

use std::collections::BTreeMap;

use msnp6::model::{
    Contact, ContactList, FriendlyName, ListKind, Membership, Presence, UserHandle,
};

use super::{Shared, label};

/// Everybody on any of the four lists, by handle.
#[derive(Clone, Debug, Default)]
pub struct ContactTable {
    entries: BTreeMap<UserHandle, Shared<ContactEntry>>,
}

/// Somebody on a list.
#[derive(Clone, Debug)]
pub struct ContactEntry {
    /// Who.
    pub handle: UserHandle,
    /// What to call them: their name, or the handle when that shows nothing.
    pub label: String,
    /// How reachable.
    pub presence: Presence,
    /// The lists they are on.
    pub membership: Membership,
    /// The label in lower case, to sort by.
    pub sort_key: String,
}

impl ContactTable {
    /// The table of a list as the server sent it: everybody is offline so far.
    pub fn new(contacts: &ContactList) -> Self {
        let entry = |contact: &Contact| {
            let entry = ContactEntry::new(contact);
            (contact.handle.clone(), Shared::new(entry))
        };
        Self {
            entries: contacts.iter().map(entry).collect(),
        }
    }

    /// Takes over a presence and perhaps a name; somebody who is on no list is ignored.
    pub fn set_presence(
        &mut self,
        handle: &UserHandle,
        name: Option<&FriendlyName>,
        presence: Presence,
    ) {
        let Some(entry) = self.entries.get_mut(handle) else {
            return;
        };
        let entry = entry.make_mut();
        entry.presence = presence;
        if let Some(name) = name {
            entry.rename(name);
        }
    }

    /// Somebody on a list.
    pub fn get(&self, handle: &UserHandle) -> Option<&Shared<ContactEntry>> {
        self.entries.get(handle)
    }

    /// The people whose presence I receive, in order of their handles.
    pub fn forward(&self) -> impl Iterator<Item = &Shared<ContactEntry>> {
        self.entries
            .values()
            .filter(|entry| entry.membership.contains(ListKind::Forward))
    }
}

impl ContactEntry {
    fn new(contact: &Contact) -> Self {
        let mut entry = Self {
            handle: contact.handle.clone(),
            label: String::new(),
            presence: Presence::Offline,
            membership: contact.membership,
            sort_key: String::new(),
        };
        entry.rename(&contact.name);
        entry
    }

    fn rename(&mut self, name: &FriendlyName) {
        self.label = label(name, &self.handle);
        self.sort_key = self.label.to_lowercase();
    }
}
