//! A page without a browser: a state, a clock that the test moves, and the events of a usual session.
#![allow(dead_code, reason = "each test file uses a part of it")]

use msnp6::command::ErrorCode;
use msnp6::messenger::{Change, ChangeFailure, Event, Intent, ListEvent, Participant, TextFormat};
use msnp6::model::{
    Contact, ContactList, ConversationId, FriendlyName, ListKind, ListVersion, Presence,
    PrivacyDefault, ReverseListPrompt, SortedMap, TextId, Timestamp, UserHandle,
};
use msnp6_client::requests::plan;
use msnp6_client::store::{
    Action, AppState, Conversation, ConversationKey, LocalDate, LocalTime, Moment, Remembered,
};
use msnp6_client::view::{Answer, Request};

pub(crate) fn handle(name: &str) -> UserHandle {
    UserHandle::parse(&format!("{name}@example.com")).expect("a handle")
}

pub(crate) fn name(text: &str) -> FriendlyName {
    FriendlyName::parse(text).unwrap_or_default()
}

pub(crate) fn participant(who: &str) -> Participant {
    let mut letters = who.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    let full: String = first.into_iter().chain(letters).collect();
    Participant {
        handle: handle(who),
        name: name(&full),
    }
}

pub(crate) fn contact_list(names: &[&str]) -> Event {
    let mut contacts = ContactList::default();
    for who in names {
        let Participant { handle, name } = participant(who);
        contacts.insert(ListKind::Forward, &handle, name);
    }
    Event::ContactListReceived {
        contacts,
        privacy: PrivacyDefault::Allow,
        prompt: ReverseListPrompt::Ask,
        version: ListVersion(1),
        properties: SortedMap::default(),
    }
}

pub(crate) fn listed(who: &str, lists: &[ListKind]) -> Event {
    let Participant { handle, name } = participant(who);
    let mut contact = Contact::new(handle, name);
    contact.membership = lists.iter().copied().collect();
    Event::Lists(ListEvent::ContactChanged(contact))
}

pub(crate) fn added_by(who: &str) -> Event {
    let Participant { handle, name } = participant(who);
    Event::Lists(ListEvent::AddedBy { handle, name })
}

pub(crate) fn refused(change: Change, code: u16) -> Event {
    let failure = ChangeFailure::Refused(ErrorCode(code));
    Event::Lists(ListEvent::ChangeFailed { change, failure })
}

pub(crate) fn opened(id: u32, who: &[&str], is_mine: bool) -> Event {
    Event::ConversationOpened {
        conversation: ConversationId(id),
        participants: who.iter().map(|who| participant(who)).collect(),
        is_mine,
    }
}

pub(crate) fn text(id: u32, who: &str, words: &str) -> Event {
    looking(id, who, words, TextFormat::default())
}

pub(crate) fn looking(id: u32, who: &str, words: &str, format: TextFormat) -> Event {
    let Participant { handle, name } = participant(who);
    Event::TextReceived {
        conversation: ConversationId(id),
        handle,
        name,
        text: words.to_owned(),
        format,
    }
}

pub(crate) fn queued(id: u32, text_id: u32, words: &str) -> Event {
    Event::TextQueued {
        conversation: ConversationId(id),
        text_id: TextId(text_id),
        text: words.to_owned(),
    }
}

pub(crate) fn presence(who: &str, presence: Presence) -> Event {
    Event::ContactPresence {
        handle: handle(who),
        name: None,
        presence,
    }
}

/// A state and its clock.
#[derive(Default)]
pub(crate) struct Page {
    pub state: AppState,
    pub now: Moment,
}

impl Page {
    /// Signed in as alice, with bob, carol and dave on her list.
    pub(crate) fn signed_in() -> Self {
        let mut page = Self::default();
        page.sign_in("alice");
        page.event(contact_list(&["carol", "bob", "dave"]));
        page
    }

    pub(crate) fn sign_in(&mut self, who: &str) {
        self.ask_sign_in(who);
        let Participant { handle, name } = participant(who);
        self.event(Event::SignedIn {
            handle,
            name,
            is_verified: true,
        });
    }

    pub(crate) fn ask_sign_in(&mut self, who: &str) {
        let handle = handle(who);
        self.act(Action::SignInAsked {
            form: Remembered {
                address: handle.as_str().to_owned(),
                server: None,
                presence: Presence::Online,
            },
            handle,
            server_label: Some("Demo".to_owned()),
        });
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.act(Action::Event(event));
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.state.apply(self.now, action);
    }

    /// Does what a view asks for; gives the intents.
    pub(crate) fn request(&mut self, request: Request) -> Vec<Intent> {
        let plan = plan(&self.state, request);
        for action in plan.actions {
            self.act(action);
        }
        plan.intents
    }

    /// Sends the form of the window that is open.
    pub(crate) fn answer(&mut self, text: &str) -> Vec<Intent> {
        self.request(Request::Answer(Answer {
            texts: vec![text.to_owned()],
            ..Answer::default()
        }))
    }

    pub(crate) fn pass(&mut self, millis: u64) {
        self.now.at = Timestamp(self.now.at.0 + millis);
        self.act(Action::Ticked);
    }

    pub(crate) fn set_clock(&mut self, day: u8, hour: u8, minute: u8) {
        self.now.local = LocalTime {
            date: LocalDate {
                year: 2026,
                month: 11,
                day,
                weekday: (day + 6) % 7,
            },
            hour,
            minute,
        };
    }

    pub(crate) fn key(&self, id: u32) -> ConversationKey {
        let key = self.state.conversations.key_of(ConversationId(id));
        key.expect("a conversation")
    }

    pub(crate) fn conversation(&self, id: u32) -> &Conversation {
        let conversation = self.state.conversations.get(self.key(id));
        conversation.expect("a conversation")
    }

    /// The only conversation, live or not.
    pub(crate) fn only(&self) -> &Conversation {
        let mut all = self.state.conversations.iter();
        let only = all.next().expect("a conversation");
        assert!(all.next().is_none(), "more than one conversation");
        only
    }

    pub(crate) fn type_draft(&mut self, id: u32, words: &str) {
        self.act(Action::DraftEdited {
            key: self.key(id),
            text: words.to_owned(),
        });
    }
}
