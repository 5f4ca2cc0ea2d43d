//! Ten thousand random lives of four clients: they sign in and out, are called and leave, lose links at any
//! moment, sign in elsewhere, and write to each other. Whatever happens, no link is left over, nobody has
//! two notification links, and no text is lost in silence, doubled, or out of order.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

mod network;
#[path = "../support/mod.rs"]
mod support;

use msnp6::messenger::{Change, Delivery, Event, Intent};
use msnp6::model::{ConversationId, Presence, Secret, UserHandle};
use std::ops::Range;
use std::panic::catch_unwind;

use network::{Entry, Ledger, Network, Who};
use support::Random;

/// Whose client is whose: Alice has two, which put each other out.
const PEOPLE: [&str; 4] = ["alice", "bob", "carol", "alice"];

/// Contacts that are no people.
const BOTS: [&str; 2] = ["echo", "parrot"];

fn handle(name: &str) -> UserHandle {
    UserHandle::parse(&format!("{name}@example.com")).expect("a handle")
}

struct Life {
    random: Random,
    network: Network,
    ledger: Ledger,
    conversations: Vec<Vec<ConversationId>>,
    closed: Vec<(Who, ConversationId)>,
    with_bot: Vec<(Who, ConversationId)>,
    written: usize,
    /// What was received, in order: by whom, and the text.
    received: Vec<(Who, String)>,
}

impl Life {
    fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            network: Network::new(PEOPLE.len(), seed),
            ledger: Ledger::default(),
            conversations: vec![Vec::new(); PEOPLE.len()],
            closed: Vec::new(),
            with_bot: Vec::new(),
            written: 0,
            received: Vec::new(),
        }
    }

    fn live(&mut self) {
        for who in 0..3 {
            self.sign_in(who);
        }
        // Most lives begin in peace.
        if self.random.below(4) > 0 {
            self.settle();
        }
        for _ in 0..20 + self.random.below(40) {
            self.step();
            self.learn();
        }
        self.end();
    }

    fn step(&mut self) {
        let who = self.random.below(PEOPLE.len());
        match self.random.below(25) {
            0 => self.sign_in(who),
            1 => self.network.intent(who, Intent::SignOut),
            2..=4 => self.write_to_somebody(who),
            5..=8 => self.write(who),
            9 => self.leave(who),
            10 => self.type_something(who),
            11 => self.change(who),
            12 => {
                let which = self.random.below(self.network.wires());
                self.network.break_link(which);
            }
            13 => self.settle(),
            24 => self.invite(who),
            14 | 15 => {
                let time = [100, 3_000, 61_000, 400_000][self.random.below(4)];
                self.network.pass(time);
            }
            _ => {
                for _ in 0..=self.random.below(8) {
                    let which = self.random.below(self.network.busy());
                    self.network.deliver(which);
                }
            }
        }
    }

    fn sign_in(&mut self, who: Who) {
        let password = if self.random.below(20) == 0 {
            "wrong"
        } else {
            "demo"
        };
        let intent = Intent::SignIn {
            handle: handle(PEOPLE[who]),
            password: Secret::new(password.to_owned()),
            presence: Presence::Online,
        };
        self.network.intent(who, intent);
    }

    fn write_to_somebody(&mut self, who: Who) {
        let with = handle(["alice", "bob", "carol", "echo"][self.random.below(4)]);
        self.network.intent(who, Intent::OpenConversation { with });
        self.learn();
        self.write(who);
    }

    fn write(&mut self, who: Who) {
        let Some(conversation) = self.a_conversation(who) else {
            return;
        };
        for _ in 0..=self.random.below(3) {
            self.written += 1;
            let text = format!("#{}#", self.written);
            self.network
                .intent(who, Intent::SendText { conversation, text });
        }
    }

    fn leave(&mut self, who: Who) {
        if let Some(conversation) = self.a_conversation(who) {
            self.learn();
            self.conversations[who].retain(|other| *other != conversation);
            self.closed.push((who, conversation));
            self.network
                .intent(who, Intent::CloseConversation { conversation });
        }
    }

    fn type_something(&mut self, who: Who) {
        if let Some(conversation) = self.a_conversation(who) {
            self.network
                .intent(who, Intent::NotifyTyping { conversation });
        }
    }

    fn invite(&mut self, who: Who) {
        let handle = handle(["alice", "bob", "carol", "parrot"][self.random.below(4)]);
        if let Some(conversation) = self.a_conversation(who) {
            let intent = Intent::Invite {
                conversation,
                handle,
            };
            self.network.intent(who, intent);
        }
    }

    fn change(&mut self, who: Who) {
        let other = handle(["alice", "bob", "carol"][self.random.below(3)]);
        let intent = match self.random.below(5) {
            0 => Intent::ChangePresence(Presence::AppearOffline),
            1 | 2 => Intent::ChangePresence(Presence::Online),
            3 => Intent::Change(Change::Block(other)),
            _ => Intent::Change(Change::Allow(other)),
        };
        self.network.intent(who, intent);
    }

    fn a_conversation(&mut self, who: Who) -> Option<ConversationId> {
        let all = &self.conversations[who];
        all.get(self.random.below(all.len())).copied()
    }

    /// Delivers all that is on its way, in any order.
    fn settle(&mut self) {
        for step in 0.. {
            let busy = self.network.busy();
            if busy == 0 {
                break;
            }
            assert!(step < 10_000, "it does not come to rest");
            let which = self.random.below(busy);
            self.network.deliver(which);
        }
        self.learn();
    }

    /// Everything is delivered, everybody waits long enough, and leaves.
    fn end(&mut self) {
        self.settle();
        for _ in 0..60 {
            self.network.pass(600_000);
            self.settle();
        }
        for who in 0..PEOPLE.len() {
            self.network.intent(who, Intent::SignOut);
        }
        self.settle();
        // The server gives those up who were sent elsewhere and never came.
        for _ in 0..5 {
            self.network.pass(600_000);
            self.settle();
        }
        assert_eq!(self.network.wires(), 0, "links are left over");
        let server = self.network.server();
        assert!(server.contains("links: 0, rooms: 0"), "{server}");
        self.check_texts();
    }

    fn learn(&mut self) {
        for who in 0..PEOPLE.len() {
            for event in self.network.events(who) {
                self.take_note(who, event);
            }
        }
    }

    fn take_note(&mut self, who: Who, event: Event) {
        match event {
            Event::ConversationOpened {
                conversation,
                participants,
                ..
            } => {
                if participants
                    .iter()
                    .any(|it| BOTS.map(handle).contains(&it.handle))
                {
                    self.with_bot.push((who, conversation));
                }
                if !self.conversations[who].contains(&conversation) {
                    self.conversations[who].push(conversation);
                }
            }
            Event::ParticipantJoined {
                conversation,
                participant,
            } if BOTS.map(handle).contains(&participant.handle) => {
                self.with_bot.push((who, conversation));
            }
            other => self.take_note_of_text(who, other),
        }
    }

    fn take_note_of_text(&mut self, who: Who, event: Event) {
        match event {
            Event::TextQueued {
                conversation,
                text_id: id,
                text,
            } => {
                let entry = Entry {
                    who,
                    conversation,
                    id,
                    end: None,
                    readers: Vec::new(),
                };
                let before = self.ledger.texts.insert(text.clone(), entry);
                assert!(before.is_none(), "{text} was taken twice");
            }
            Event::TextDelivery {
                text_id, delivery, ..
            } => {
                let mut mine = self.ledger.texts.values_mut();
                let entry = mine.find(|entry| entry.who == who && entry.id == text_id);
                let entry = entry.expect("a text that was taken");
                assert_eq!(
                    entry.end, None,
                    "{text_id:?} of {who} ended before {delivery:?}"
                );
                entry.end = Some(delivery).filter(|delivery| *delivery != Delivery::Sent);
            }
            // The bots repeat what others wrote.
            Event::TextReceived { handle, text, .. }
                if !BOTS.map(self::handle).contains(&handle) =>
            {
                let entry = self
                    .ledger
                    .texts
                    .get_mut(&text)
                    .expect("a text that was written");
                assert!(!entry.readers.contains(&who), "{who} received {text} twice");
                entry.readers.push(who);
                self.received.push((who, text));
            }
            _ => {}
        }
    }

    fn check_texts(&self) {
        let lost = String::from_utf8_lossy(&self.network.lost);
        for (text, entry) in &self.ledger.texts {
            let is_closed = self.closed.contains(&(entry.who, entry.conversation));
            assert!(
                is_closed || entry.end.is_some(),
                "nobody knows what became of {text}"
            );
            let is_read = !entry.readers.is_empty() || lost.contains(text.as_str());
            // A bot reads as well, but tells nobody.
            if entry.end == Some(Delivery::Delivered)
                && !self.with_bot.contains(&(entry.who, entry.conversation))
            {
                assert!(is_read, "{text} was delivered to nobody");
            }
        }
        self.check_order();
    }

    /// What somebody received of one conversation of somebody else came in the order it was written.
    fn check_order(&self) {
        let mut latest = std::collections::BTreeMap::new();
        for (reader, text) in &self.received {
            let entry = &self.ledger.texts[text];
            let key = (*reader, entry.who, entry.conversation);
            if let Some(before) = latest.insert(key, entry.id) {
                assert!(before < entry.id, "{text} came after {before:?}: {key:?}");
            }
        }
    }
}

/// What many lives came to, to see that they say something.
#[derive(Debug, Default)]
struct Total {
    delivered: usize,
    failed: usize,
    unconfirmed: usize,
}

impl Total {
    fn add(&mut self, life: &Life) {
        for entry in life.ledger.texts.values() {
            match entry.end {
                Some(Delivery::Delivered) => self.delivered += 1,
                Some(Delivery::Failed(_)) => self.failed += 1,
                Some(Delivery::Unconfirmed) => self.unconfirmed += 1,
                Some(Delivery::Sent) | None => {}
            }
        }
    }
}

/// Lives through the lives with these numbers.
fn live(numbers: Range<u64>) {
    let mut total = Total::default();
    let lives = numbers.end - numbers.start;
    for number in numbers {
        let result = catch_unwind(|| {
            let mut life = Life::new(number);
            life.live();
            life
        });
        let life = result.unwrap_or_else(|_| panic!("life {number} broke a promise"));
        total.add(&life);
    }
    let enough = usize::try_from(lives).expect("small");
    let says_something = total.delivered > enough && total.failed > enough / 2;
    assert!(says_something, "{lives} lives say little: {total:?}");
}

/// `MSNP6_LIVES=FROM..TO` lives other lives than the usual ones, to look for trouble or at it.
fn wanted() -> Option<Range<u64>> {
    let wanted = std::env::var("MSNP6_LIVES").ok()?;
    let (from, to) = wanted.split_once("..").expect("FROM..TO");
    Some(from.parse().expect("a number")..to.parse().expect("a number"))
}

// In parts, which run side by side.

#[test]
fn no_life_leaks_a_link_or_loses_doubles_or_reorders_a_text() {
    live(wanted().unwrap_or(0..5_000));
}

#[test]
fn nor_do_five_thousand_others() {
    live(5_000..10_000);
}
