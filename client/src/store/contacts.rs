//! Everybody on my lists, with presence. Not how they are grouped on the page: see `select`.

use msnp6::messenger::Participant;
use msnp6::model::{
    Contact, ContactList, FriendlyName, ListKind, Membership, Presence, Property, PropertyValue,
    UserHandle,
};

use super::{Shared, label, lowered};

/// Everybody on any of the four lists.
#[derive(Clone, Debug, Default)]
pub struct ContactTable {
    /// In order of their handles.
    entries: Vec<Shared<ContactEntry>>,
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
    /// Whether nobody tells me how reachable: there is no session.
    pub is_unknown: bool,
    /// The lists they are on.
    pub membership: Membership,
    /// Telephone numbers and the like that they show to me.
    pub properties: Vec<(Property, PropertyValue)>,
    /// The label in lower case, to sort by.
    pub sort_key: String,
    /// The name that the list stores.
    listed_as: FriendlyName,
}

impl ContactTable {
    /// The table of a list as the server sent it: everybody is offline so far.
    pub fn new(contacts: &ContactList) -> Self {
        let entry = |contact: &Contact| Shared::new(ContactEntry::new(contact));
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
        let Ok(index) = self.find(handle) else {
            return;
        };
        let entry = self.entries[index].make_mut();
        entry.presence = presence;
        entry.is_unknown = false;
        if let Some(name) = name {
            entry.rename(name);
        }
    }

    /// There is no session any more that would tell.
    pub fn forget_presence(&mut self) {
        for entry in &mut self.entries {
            let entry = entry.make_mut();
            entry.presence = Presence::Offline;
            entry.is_unknown = true;
        }
    }

    /// Takes over an entry that is new or different. The presence that is known stays, as long as the
    /// server tells me the presence of this person; and so does the name that came with it, which is
    /// newer than the one that the list stores, unless that one has changed.
    pub fn put(&mut self, contact: &Contact) {
        let mut entry = ContactEntry::new(contact);
        match self.find(&contact.handle) {
            Ok(index) => {
                let known = &mut self.entries[index];
                if entry.is_contact() {
                    entry.presence = known.presence;
                }
                if entry.listed_as == known.listed_as {
                    entry.label.clone_from(&known.label);
                    entry.sort_key.clone_from(&known.sort_key);
                }
                *known = Shared::new(entry);
            }
            Err(index) => self.entries.insert(index, Shared::new(entry)),
        }
    }

    /// Forgets somebody who is on no list any more.
    pub fn remove(&mut self, handle: &UserHandle) {
        if let Ok(index) = self.find(handle) {
            self.entries.remove(index);
        }
    }

    /// Somebody on a list.
    pub fn get(&self, handle: &UserHandle) -> Option<&Shared<ContactEntry>> {
        self.entries.get(self.find(handle).ok()?)
    }

    /// Everybody, in order of their handles.
    pub fn iter(&self) -> impl Iterator<Item = &Shared<ContactEntry>> {
        self.entries.iter()
    }

    /// The people whose presence I receive, in order of their handles.
    pub fn forward(&self) -> impl Iterator<Item = &Shared<ContactEntry>> {
        self.entries.iter().filter(|entry| entry.is_contact())
    }

    fn find(&self, handle: &UserHandle) -> Result<usize, usize> {
        self.entries
            .binary_search_by(|entry| entry.handle.cmp(handle))
    }
}

impl ContactEntry {
    fn new(contact: &Contact) -> Self {
        let properties = contact.properties.iter();
        let mut entry = Self {
            handle: contact.handle.clone(),
            label: String::new(),
            presence: Presence::Offline,
            is_unknown: false,
            membership: contact.membership,
            properties: properties.map(|(&kind, v)| (kind, v.clone())).collect(),
            sort_key: String::new(),
            listed_as: contact.name.clone(),
        };
        entry.rename(&contact.name);
        entry
    }

    pub(super) fn on_no_list(who: &Participant) -> Self {
        Self::new(&Contact::new(who.handle.clone(), who.name.clone()))
    }

    /// Whether they are on my contact list.
    pub fn is_contact(&self) -> bool {
        self.membership.contains(ListKind::Forward)
    }

    /// Whether they may neither see nor call me.
    pub fn is_blocked(&self) -> bool {
        self.membership.contains(ListKind::Block)
    }

    fn rename(&mut self, name: &FriendlyName) {
        self.label = label(name, &self.handle);
        self.sort_key = lowered(&self.label);
    }
}
