//! The four lists and the contacts on them. There are no groups in this dialect.

use super::{
    FriendlyName, PrivacyDefault, Property, PropertyValue, ReverseListPrompt, SortedMap, UserHandle,
};

/// One of the four lists that a server keeps for an account (reference §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListKind {
    /// `FL`: my contacts, whose presence I receive.
    Forward,
    /// `AL`: who may see me and call me.
    Allow,
    /// `BL`: who may not.
    Block,
    /// `RL`: who has me in their forward list; only the server changes it.
    Reverse,
}

impl ListKind {
    /// All lists, in the order in which a server sends them.
    pub const ALL: [Self; 4] = [Self::Forward, Self::Allow, Self::Block, Self::Reverse];

    /// The two letters on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Forward => "FL",
            Self::Allow => "AL",
            Self::Block => "BL",
            Self::Reverse => "RL",
        }
    }

    /// The list of two letters, or `None` for any other word.
    pub fn from_code(code: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code().as_bytes() == code)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The set of lists that somebody is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Membership(u8);

impl Membership {
    /// Whether `kind` is in the set.
    pub const fn contains(self, kind: ListKind) -> bool {
        self.0 & kind.bit() != 0
    }

    /// Puts `kind` into the set.
    pub const fn insert(&mut self, kind: ListKind) {
        self.0 |= kind.bit();
    }

    /// Takes `kind` out of the set.
    pub const fn remove(&mut self, kind: ListKind) {
        self.0 &= !kind.bit();
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<ListKind> for Membership {
    fn from_iter<I: IntoIterator<Item = ListKind>>(kinds: I) -> Self {
        let mut set = Self::default();
        kinds.into_iter().for_each(|kind| set.insert(kind));
        set
    }
}

/// The serial of a `SYN`: how new a copy of the lists is. 0 means no copy at all (reference §3.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListVersion(pub u32);

/// One entry of a [`ContactList`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who it is.
    pub handle: UserHandle,
    /// The name as the lists store it; may be empty or out of date.
    pub name: FriendlyName,
    /// The lists that this person is on.
    pub membership: Membership,
    /// Telephone numbers and the like that they show to me.
    pub properties: SortedMap<Property, PropertyValue>,
}

impl Contact {
    /// Somebody who is on no list.
    pub fn new(handle: UserHandle, name: FriendlyName) -> Self {
        Self {
            handle,
            name,
            membership: Membership::default(),
            properties: SortedMap::default(),
        }
    }
}

/// A whole copy of what a server keeps for an account, and how new it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSnapshot {
    /// The serial of this copy.
    pub version: ListVersion,
    /// Everybody on any list.
    pub contacts: ContactList,
    /// What happens to people on neither the allow nor the block list.
    pub privacy: PrivacyDefault,
    /// What happens when somebody adds me.
    pub prompt: ReverseListPrompt,
    /// My own telephone numbers and the like.
    pub properties: SortedMap<Property, PropertyValue>,
}

impl ListSnapshot {
    /// Whether somebody may see and call me (reference §4): not on the block list, and on the allow list
    /// or among those whom the privacy setting lets in.
    pub fn lets_in(&self, handle: &UserHandle) -> bool {
        let is_on = |kind| self.contacts.is_on(kind, handle);
        !is_on(ListKind::Block) && (self.privacy == PrivacyDefault::Allow || is_on(ListKind::Allow))
    }

    /// Whether somebody has me in their list and I have not decided about them.
    pub fn is_undecided(&self, handle: &UserHandle) -> bool {
        let is_on = |kind| self.contacts.is_on(kind, handle);
        is_on(ListKind::Reverse) && !is_on(ListKind::Allow) && !is_on(ListKind::Block)
    }
}

/// Everybody on any of the four lists, each once, in order of their handles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactList {
    /// Boxed, so that somebody new moves pointers aside and no whole contacts.
    contacts: SortedMap<UserHandle, Box<Contact>>,
}

impl ContactList {
    /// How many people are kept; no server allows a tenth of it on one list. More are ignored.
    pub const MAX_CONTACTS: usize = 20_000;

    /// Puts somebody on a list; the latest name that is not empty stands.
    pub fn insert(&mut self, kind: ListKind, handle: &UserHandle, name: FriendlyName) {
        if let Some(contact) = self.contacts.get_mut(handle) {
            contact.membership.insert(kind);
            if !name.is_empty() {
                contact.name = name;
            }
        } else if self.contacts.len() < Self::MAX_CONTACTS {
            let mut contact = Box::new(Contact::new(handle.clone(), name));
            contact.membership.insert(kind);
            self.contacts.insert(handle.clone(), contact);
        }
    }

    /// Takes somebody off a list; who is on none is forgotten.
    pub fn remove(&mut self, kind: ListKind, handle: &UserHandle) {
        if let Some(contact) = self.contacts.get_mut(handle) {
            contact.membership.remove(kind);
            if contact.membership.is_empty() {
                self.contacts.remove(handle);
            }
        }
    }

    /// Empties one list, for a fresh copy of it.
    pub fn clear(&mut self, kind: ListKind) {
        self.contacts.retain(|_, contact| {
            contact.membership.remove(kind);
            !contact.membership.is_empty()
        });
    }

    /// The entry of somebody who is on a list.
    pub fn get(&self, handle: &UserHandle) -> Option<&Contact> {
        self.contacts.get(handle).map(|contact| &**contact)
    }

    /// Whether somebody is on a list.
    pub fn is_on(&self, kind: ListKind, handle: &UserHandle) -> bool {
        self.get(handle)
            .is_some_and(|contact| contact.membership.contains(kind))
    }

    /// Sets a property of somebody who is on a list; an empty value clears it.
    pub fn set_property(&mut self, handle: &UserHandle, property: Property, value: PropertyValue) {
        if let Some(contact) = self.contacts.get_mut(handle) {
            if value.as_str().is_empty() {
                contact.properties.remove(&property);
            } else {
                contact.properties.insert(property, value);
            }
        }
    }

    /// Changes the name of somebody who is on a list.
    pub fn rename(&mut self, handle: &UserHandle, name: FriendlyName) {
        if let Some(contact) = self.contacts.get_mut(handle) {
            contact.name = name;
        }
    }

    /// Everybody, in order of their handles.
    pub fn iter(&self) -> impl Iterator<Item = &Contact> {
        self.contacts.values().map(|contact| &**contact)
    }

    /// Who is on one list, in order of their handles.
    pub fn on(&self, kind: ListKind) -> impl Iterator<Item = &Contact> {
        self.iter()
            .filter(move |contact| contact.membership.contains(kind))
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn handle(word: &str) -> UserHandle {
        UserHandle::from_wire(word).expect("a handle")
    }

    #[test]
    fn somebody_on_two_lists_is_one_contact() {
        let mut list = ContactList::default();
        list.insert(
            ListKind::Forward,
            &handle("bob@x.org"),
            FriendlyName::from_wire(b"Bob"),
        );
        list.insert(
            ListKind::Allow,
            &handle("BOB@x.org"),
            FriendlyName::default(),
        );
        assert_eq!(list.iter().count(), 1);
        let bob = list.get(&handle("bob@x.org")).expect("bob");
        assert_eq!(bob.name.as_str(), "Bob");
        assert_eq!(
            bob.membership,
            [ListKind::Forward, ListKind::Allow].into_iter().collect()
        );
    }

    #[test]
    fn a_list_without_end_is_cut_off() {
        let mut list = ContactList::default();
        for number in 0..ContactList::MAX_CONTACTS + 10 {
            let somebody = handle(&format!("n{number}@x.org"));
            list.insert(ListKind::Forward, &somebody, FriendlyName::default());
        }
        assert_eq!(list.iter().count(), ContactList::MAX_CONTACTS);
    }

    #[test]
    fn clearing_a_list_forgets_only_who_was_on_no_other() {
        let mut list = ContactList::default();
        list.insert(
            ListKind::Forward,
            &handle("a@x.org"),
            FriendlyName::default(),
        );
        list.insert(
            ListKind::Reverse,
            &handle("a@x.org"),
            FriendlyName::default(),
        );
        list.insert(
            ListKind::Forward,
            &handle("b@x.org"),
            FriendlyName::default(),
        );
        list.clear(ListKind::Forward);
        assert_eq!(
            list.iter().map(|c| c.handle.as_str()).collect::<Vec<_>>(),
            ["a@x.org"]
        );
        assert_eq!(list.on(ListKind::Forward).count(), 0);
    }

    #[test]
    fn the_privacy_rule_asks_block_list_setting_and_allow_list_in_that_order() {
        use PrivacyDefault::{Allow, Block};
        let bob = handle("bob@x.org");
        for (lists, privacy, lets_in) in [
            (&[][..], Allow, true),
            (&[][..], Block, false),
            (&[ListKind::Allow][..], Block, true),
            (&[ListKind::Block][..], Allow, false),
            (&[ListKind::Allow, ListKind::Block][..], Allow, false),
            (&[ListKind::Forward, ListKind::Reverse][..], Block, false),
        ] {
            let mut snapshot = ListSnapshot {
                privacy,
                ..ListSnapshot::default()
            };
            for &list in lists {
                snapshot
                    .contacts
                    .insert(list, &bob, FriendlyName::default());
            }
            assert_eq!(snapshot.lets_in(&bob), lets_in, "{lists:?} {privacy:?}");
        }
    }

    #[test]
    fn somebody_on_the_reverse_list_alone_waits_for_my_decision() {
        let bob = handle("bob@x.org");
        let mut snapshot = ListSnapshot::default();
        assert!(!snapshot.is_undecided(&bob));
        snapshot
            .contacts
            .insert(ListKind::Reverse, &bob, FriendlyName::default());
        assert!(snapshot.is_undecided(&bob));
        snapshot
            .contacts
            .insert(ListKind::Block, &bob, FriendlyName::default());
        assert!(!snapshot.is_undecided(&bob));
    }

    #[test]
    fn every_list_code_reads_back() {
        for kind in ListKind::ALL {
            assert_eq!(ListKind::from_code(kind.code().as_bytes()), Some(kind));
        }
        assert_eq!(ListKind::from_code(b"XL"), None);
    }
}
