//! The body for a whole client: a server that says anything, at any time.

use std::collections::BTreeMap;
use std::time::Duration;

use msnp6::messenger::{
    Change, CloseReason, Delivery, Destination, Event, Input, Intent, Messenger, Output,
};
use msnp6::model::{
    ConversationId, FriendlyName, LinkId, ListSnapshot, Presence, PrivacyDefault, Secret, TextId,
    Timestamp, UserHandle,
};

use super::{Step, steps};

/// A sign-in has begun and its link stands: bytes come on that one. Whatever they are, the client comes
/// to rest, has at most one notification link, leaves no link behind when the session ends, and says of
/// each text once how it ended.
pub(crate) fn messenger(data: &[u8]) {
    let mut driver = Driver::new();
    driver.sign_in();
    driver.look_at_another();
    for step in steps(data) {
        match step {
            Step::Bytes(bytes) => driver.receive(bytes),
            Step::Happening { what, how } => driver.happen(what, how),
        }
    }
    driver.intent(Intent::SignOut);
    assert!(
        driver.links.is_empty(),
        "signed out, but open: {:?}",
        driver.links
    );
    for (text, (conversation, is_over)) in &driver.texts {
        let is_closed = driver.closed.contains(conversation);
        assert!(*is_over || is_closed, "{text:?} never ended");
    }
}

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Link {
    is_notification: bool,
    is_open: bool,
}

struct Driver {
    messenger: Messenger,
    now: Timestamp,
    wake: Option<Timestamp>,
    links: BTreeMap<LinkId, Link>,
    current: LinkId,
    conversations: Vec<ConversationId>,
    closed: Vec<ConversationId>,
    texts: BTreeMap<TextId, (ConversationId, bool)>,
}

impl Driver {
    /// More links than this are never open: 64 rooms and one to the notification server.
    const MAX_LINKS: usize = 65;

    fn new() -> Self {
        Self {
            messenger: Messenger::new(),
            now: Timestamp(0),
            wake: None,
            links: BTreeMap::new(),
            current: LinkId(0),
            conversations: Vec::new(),
            closed: Vec::new(),
            texts: BTreeMap::new(),
        }
    }

    fn happen(&mut self, what: u8, how: u8) {
        match what % 12 {
            0 => self.look_at_another(),
            1 => self.close(),
            2 => {
                if let Some(at) = self.wake.take() {
                    self.now = self.now.max(at);
                    self.input(Input::Woke);
                } else {
                    self.input(Input::Resumed);
                }
            }
            3 => self.now = self.now + Duration::from_secs(u64::from(how)),
            4 => self.sign_in(),
            5 => self.intent(Intent::SignOut),
            6 => {
                let with = person(how);
                self.intent(if how < 128 {
                    Intent::OpenConversation { with }
                } else {
                    let with = vec![with, person(how / 2)];
                    Intent::TakeUpConversation { with }
                });
            }
            7 => self.in_conversation(how, |conversation| Intent::SendText {
                conversation,
                text: "hello".to_owned(),
            }),
            8 => self.in_conversation(how, |conversation| Intent::NotifyTyping { conversation }),
            9 => self.in_conversation(how, |conversation| Intent::CloseConversation {
                conversation,
            }),
            10 => self.intent(Intent::ChangePresence(
                Presence::ALL[usize::from(how) % Presence::ALL.len()],
            )),
            _ => self.intent(Intent::Change(change(how))),
        }
    }

    fn sign_in(&mut self) {
        self.messenger
            .remember_lists(person(0), ListSnapshot::default());
        self.intent(Intent::SignIn {
            handle: person(0),
            password: Secret::new("secret-alice".to_owned()),
            presence: Presence::Online,
        });
    }

    fn in_conversation(&mut self, how: u8, intent: impl Fn(ConversationId) -> Intent) {
        if let Some(&conversation) = self
            .conversations
            .get(usize::from(how) % self.conversations.len().max(1))
        {
            let intent = intent(conversation);
            if matches!(intent, Intent::CloseConversation { .. }) {
                self.closed.push(conversation);
            }
            self.intent(intent);
        }
    }

    /// The next link, which stands from here on.
    fn look_at_another(&mut self) {
        let mut after = self.links.range(LinkId(self.current.0 + 1)..);
        let next = after.next().or_else(|| self.links.iter().next());
        let Some(link) = next.map(|(&link, _)| link) else {
            return;
        };
        self.current = link;
        if let Some(known) = self.links.get_mut(&link).filter(|known| !known.is_open) {
            known.is_open = true;
            self.input(Input::Opened { link });
        }
    }

    fn close(&mut self) {
        let link = self.current;
        if self.links.remove(&link).is_some() {
            self.input(Input::Closed {
                link,
                reason: CloseReason::Lost,
            });
        }
    }

    fn receive(&mut self, bytes: &[u8]) {
        let link = self.current;
        for bytes in bytes.chunks(16 * 1024) {
            if self.links.get(&link).is_some_and(|known| known.is_open) {
                self.input(Input::Received {
                    link,
                    bytes: bytes.to_vec(),
                });
            }
        }
    }

    fn intent(&mut self, intent: Intent) {
        self.input(Input::Intent(intent));
    }

    fn input(&mut self, input: Input) {
        self.messenger.handle(self.now, input);
        let mut steps = 0;
        while let Some(output) = self.messenger.poll() {
            steps += 1;
            assert!(steps < 100_000, "it does not come to rest");
            self.obey(output);
        }
    }

    fn obey(&mut self, output: Output) {
        match output {
            Output::Connect { link, to } => {
                let is_notification = to == Destination::Server;
                let is_second = self.links.values().any(|known| known.is_notification);
                assert!(
                    !(is_notification && is_second),
                    "a second notification link"
                );
                let known = Link {
                    is_notification,
                    is_open: false,
                };
                assert!(self.links.insert(link, known).is_none(), "{link:?} twice");
                assert!(self.links.len() <= Self::MAX_LINKS, "too many links");
            }
            Output::Redirect { link, .. } => {
                let known = self.links.get_mut(&link).expect("a link that is open");
                assert!(known.is_notification, "a room was sent elsewhere");
                known.is_open = false;
            }
            Output::Transmit { link, .. } => {
                let known = self.links.get(&link).expect("a link that is open");
                assert!(known.is_open, "{link:?} does not stand yet");
            }
            Output::Disconnect { link } => {
                assert!(self.links.remove(&link).is_some(), "{link:?} was not open");
            }
            Output::Probe { link } => {
                let known = self.links.get(&link).expect("a link that is open");
                assert!(known.is_notification && known.is_open, "no way to look at");
            }
            Output::WakeAt(at) => self.wake = Some(at),
            Output::Event(event) => self.learn(&event),
        }
    }

    fn learn(&mut self, event: &Event) {
        match event {
            Event::SignedOut(_) | Event::SignInFailed(_) => {
                assert!(self.links.is_empty(), "ended, but open: {:?}", self.links);
            }
            Event::ConversationOpened { conversation, .. }
                if !self.conversations.contains(conversation) =>
            {
                self.conversations.push(*conversation);
            }
            Event::TextQueued {
                conversation,
                text_id,
                ..
            } => {
                let before = self.texts.insert(*text_id, (*conversation, false));
                assert!(before.is_none(), "{text_id:?} twice");
            }
            Event::TextDelivery {
                text_id, delivery, ..
            } => {
                let (_, is_over) = self.texts.get_mut(text_id).expect("a text of mine");
                assert!(!*is_over, "{text_id:?} ended before {delivery:?}");
                *is_over = *delivery != Delivery::Sent;
            }
            _ => {}
        }
    }
}

fn person(number: u8) -> UserHandle {
    let name = ["alice", "bob", "carol", "dave"][usize::from(number) % 4];
    UserHandle::parse(&format!("{name}@example.com")).expect("a handle")
}

fn change(how: u8) -> Change {
    let who = person(how / 8);
    match how % 8 {
        0 | 1 => Change::AddContact(who),
        2 => Change::RemoveContact(who),
        3 => Change::Block(who),
        4 => Change::Allow(who),
        5 => Change::Rename(FriendlyName::parse("Alice ☕").expect("a name")),
        6 => Change::Privacy(PrivacyDefault::Block),
        _ => Change::Privacy(PrivacyDefault::Allow),
    }
}
