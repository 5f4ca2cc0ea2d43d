//! What one person has seen so far, put together from events in the way that a page does it.
#![allow(dead_code, reason = "tests use what they need of it")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

use std::collections::BTreeMap;

use msnp6::messenger::{Change, ChangeFailure, Delivery, Event, ListEvent};
use msnp6::model::{ContactList, ConversationId, ListKind, Presence, UserHandle};

use super::world::{Who, World, handle};

/// A client and all that it was told.
pub(crate) struct Observer {
    pub(crate) who: Who,
    pub(crate) events: Vec<Event>,
    contacts: ContactList,
    presence: BTreeMap<UserHandle, Presence>,
    names: BTreeMap<UserHandle, String>,
}

impl Observer {
    pub(crate) fn new(world: &mut World) -> Self {
        Self {
            who: world.client(),
            events: Vec::new(),
            contacts: ContactList::default(),
            presence: BTreeMap::new(),
            names: BTreeMap::new(),
        }
    }

    /// Takes note of what is new.
    pub(crate) fn look(&mut self, world: &mut World) {
        for event in world.events(self.who) {
            self.note(&event);
            self.events.push(event);
        }
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::ContactListReceived { contacts, .. } => {
                self.contacts = contacts.clone();
                self.presence.clear();
            }
            Event::ContactPresence {
                handle,
                name,
                presence,
            } => {
                self.presence.insert(handle.clone(), *presence);
                if let Some(name) = name {
                    self.names.insert(handle.clone(), name.to_string());
                }
            }
            Event::Lists(ListEvent::ContactChanged(contact)) => {
                let handle = &contact.handle;
                for list in ListKind::ALL {
                    self.contacts.remove(list, handle);
                    if contact.membership.contains(list) {
                        self.contacts.insert(list, handle, contact.name.clone());
                    }
                }
                self.names.insert(handle.clone(), contact.name.to_string());
            }
            Event::Lists(ListEvent::ContactRemoved(handle)) => {
                for list in ListKind::ALL {
                    self.contacts.remove(list, handle);
                }
            }
            _ => {}
        }
    }

    /// The addresses on the forward list.
    pub(crate) fn contacts(&self) -> Vec<&str> {
        let contacts = self.contacts.on(ListKind::Forward);
        contacts.map(|contact| contact.handle.as_str()).collect()
    }

    pub(crate) fn is_on(&self, list: ListKind, name: &str) -> bool {
        self.contacts.is_on(list, &handle(name))
    }

    pub(crate) fn presence_of(&self, name: &str) -> Presence {
        let presence = self.presence.get(&handle(name)).copied();
        presence.unwrap_or(Presence::Offline)
    }

    /// The latest name that was told.
    pub(crate) fn name_of(&self, name: &str) -> &str {
        self.names.get(&handle(name)).map_or("", String::as_str)
    }

    pub(crate) fn saw(&self, event: &Event) -> bool {
        self.events.contains(event)
    }

    /// Whether there was such news about lists.
    pub(crate) fn lists(&self, is_it: impl Fn(&ListEvent) -> bool) -> bool {
        self.events.iter().any(|event| match event {
            Event::Lists(event) => is_it(event),
            _ => false,
        })
    }

    /// Stops unless a change has failed for this reason, or parts of it have.
    #[track_caller]
    pub(crate) fn expect_failure(&self, change: &Change, failure: ChangeFailure) {
        let failed = self.lists(|event| {
            matches!(event, ListEvent::ChangeFailed { change: which, failure: why }
                if which == change && *why == failure)
        });
        assert!(failed, "{change:?} did not fail");
    }

    /// The conversation that somebody else opened last.
    pub(crate) fn conversation(&self) -> ConversationId {
        let opened = self.events.iter().rev().find_map(|event| match event {
            Event::ConversationOpened { conversation, .. } => Some(*conversation),
            _ => None,
        });
        opened.expect("a conversation")
    }

    pub(crate) fn texts(&self) -> Vec<&str> {
        let texts = self.events.iter().filter_map(|event| match event {
            Event::TextReceived { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// What became of texts, but for `Sent`, which says nothing yet.
    pub(crate) fn deliveries(&self) -> Vec<&Delivery> {
        let deliveries = self.events.iter().filter_map(|event| match event {
            Event::TextDelivery { delivery, .. } => Some(delivery),
            _ => None,
        });
        deliveries
            .filter(|delivery| **delivery != Delivery::Sent)
            .collect()
    }

    pub(crate) fn oddities(&self) -> Vec<&str> {
        let oddities = self.events.iter().filter_map(|event| match event {
            Event::Oddity { what } => Some(what.as_str()),
            _ => None,
        });
        oddities.collect()
    }
}
