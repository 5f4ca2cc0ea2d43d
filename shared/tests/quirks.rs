//! The same story at servers that each differ in one way, or in all the ways of one family: people sign
//! in, see each other, talk, change their lists and leave, and it comes out the same.
#![cfg(feature = "server")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[path = "support/observer.rs"]
mod observer;
#[path = "support/world.rs"]
mod world;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use core::time::Duration;

use msnp6::command::ErrorCode;
use msnp6::messenger::{
    Change, ChangeFailure, Delivery, Event, Intent, ListEvent, SignInFailure, SignOutReason,
};
use msnp6::model::{Endpoint, FriendlyName, ListKind, Presence};
use msnp6::server::{Quirk, Quirks, ServerConfig};
use observer::Observer;
use world::{World, handle};

/// Enough for a server that collects presence, and for a bot of ours.
const MOMENT: Duration = Duration::from_secs(1);

/// Alice, Bob and Erin at a server with quirks. Each method is a chapter that leaves everybody as before.
struct Story {
    quirks: Quirks,
    world: World,
    alice: Observer,
    bob: Observer,
    erin: Observer,
}

impl Story {
    /// Everybody signed in. Alice and Bob have each other as contacts; Erin has nobody.
    fn begin(quirks: Quirks) -> Self {
        let mut world = world_with(quirks);
        let [alice, bob, erin] = ["alice", "bob", "erin"].map(|name| {
            let mut person = Observer::new(&mut world);
            world.sign_in(person.who, name, "demo");
            person.look(&mut world);
            assert!(
                person.saw(&Event::OwnPresenceChanged(Presence::Online)),
                "{name} is online: {:?}",
                person.events
            );
            person
        });
        let mut story = Self {
            quirks,
            world,
            alice,
            bob,
            erin,
        };
        story.pass(MOMENT);
        let contacts = [
            "bob@example.com",
            "carol@example.com",
            "echo@example.com",
            "parrot@example.com",
        ];
        assert_eq!(story.alice.contacts(), contacts);
        assert_eq!(story.alice.presence_of("bob"), Presence::Online);
        assert_eq!(story.bob.presence_of("alice"), Presence::Online);
        assert_eq!(story.alice.presence_of("carol"), Presence::Offline);
        assert_eq!(story.alice.presence_of("echo"), Presence::Online);
        story
    }

    fn pass(&mut self, time: Duration) {
        self.world.pass(time);
        for person in [&mut self.alice, &mut self.bob, &mut self.erin] {
            person.look(&mut self.world);
        }
    }

    fn alice_does(&mut self, intent: Intent) {
        self.world.intent(self.alice.who, intent);
        self.pass(MOMENT);
    }

    fn alice_changes(&mut self, change: &Change) {
        self.alice_does(Intent::Change(change.clone()));
        if self.quirks.has(Quirk::SilentChanges) {
            self.pass(Duration::from_secs(20));
            self.alice
                .expect_failure(change, ChangeFailure::Unconfirmed);
        }
    }

    /// What Bob sees when Alice goes away: one server does not tell.
    fn expect_gone(&self) {
        let hears = !self.quirks.has(Quirk::FlnNamesReceiver);
        let gone = self.bob.presence_of("alice") == Presence::Offline;
        assert_eq!(gone, hears, "bob sees whether alice is there");
    }

    fn presence_changes(&mut self) {
        for presence in [Presence::Busy, Presence::Online] {
            let intent = Intent::ChangePresence(presence);
            self.world.intent(self.bob.who, intent);
            self.pass(MOMENT);
            assert_eq!(self.alice.presence_of("bob"), presence);
        }
        self.alice_does(Intent::ChangePresence(Presence::AppearOffline));
        self.expect_gone();
        assert_eq!(self.bob.name_of("alice"), "Alice");
        let name = FriendlyName::parse("Al ☕").expect("a name");
        self.alice_does(Intent::Change(Change::Rename(name)));
        self.expect_gone();
        self.alice_does(Intent::ChangePresence(Presence::Away));
        assert_eq!(self.bob.presence_of("alice"), Presence::Away);
        let name = FriendlyName::parse("Alicia").expect("a name");
        self.alice_does(Intent::Change(Change::Rename(name)));
        assert_eq!(self.bob.name_of("alice"), "Alicia");
        self.alice_does(Intent::ChangePresence(Presence::Online));
    }

    fn conversation(&mut self) {
        let talk = self.world.open(self.alice.who, "bob");
        self.world.send(self.alice.who, talk, "a1");
        self.world.send(self.alice.who, talk, "a2");
        self.pass(MOMENT);
        assert_eq!(self.bob.texts(), ["a1", "a2"]);
        let bobs = self.bob.conversation();
        self.world.send(self.bob.who, bobs, "b1");
        self.pass(Duration::from_secs(31));
        assert_eq!(self.alice.texts(), ["b1"]);
        let delivery = if self.quirks.has(Quirk::NoAck) {
            Delivery::Unconfirmed
        } else {
            Delivery::Delivered
        };
        assert_eq!(self.alice.deliveries(), [&delivery, &delivery]);
        assert_eq!(self.bob.deliveries(), [&delivery]);
        self.alice_does(Intent::CloseConversation { conversation: talk });
        assert!(
            self.bob
                .events
                .iter()
                .any(|event| matches!(event, Event::ParticipantLeft { .. })),
            "bob is told that alice left"
        );
        assert_eq!(self.world.open_links(self.alice.who), 1);
        assert_eq!(self.world.open_links(self.bob.who), 1);
        // Nobody is there to be called: it fails at once, and leaves no room open.
        let talk = self.world.open(self.alice.who, "carol");
        self.world.send(self.alice.who, talk, "anybody?");
        self.pass(MOMENT);
        let last = self.alice.deliveries().last().copied().cloned();
        assert!(matches!(last, Some(Delivery::Failed(_))), "{last:?}");
        assert_eq!(self.world.open_links(self.alice.who), 1);
    }

    fn contact_comes_and_goes(&mut self) {
        let add = Change::AddContact(handle("erin"));
        self.alice_changes(&add);
        if self.quirks.has(Quirk::AddIsRefused) {
            let failure = |event: &ListEvent| matches!(event, ListEvent::ChangeFailed { change, .. } if *change == add);
            assert!(self.alice.lists(failure), "{:?}", self.alice.events);
            return;
        }
        assert!(self.alice.contacts().contains(&"erin@example.com"));
        assert!(self.erin.lists(
            |event| matches!(event, ListEvent::AddedBy { handle: who, .. } if *who == handle("alice"))
        ));
        if !self.quirks.has(Quirk::SilentChanges) {
            assert_eq!(self.alice.presence_of("erin"), Presence::Online);
        }
        self.alice_changes(&Change::RemoveContact(handle("erin")));
        assert!(!self.alice.contacts().contains(&"erin@example.com"));
        let removal = Change::RemoveContact(handle("erin"));
        let denial = |event: &ListEvent| matches!(event, ListEvent::ChangeFailed { change, failure: ChangeFailure::Refused(_) } if *change == removal);
        assert!(!self.alice.lists(denial), "{:?}", self.alice.events);
        assert!(!self.erin.is_on(ListKind::Reverse, "alice"));
        assert_eq!(self.alice.presence_of("bob"), Presence::Online);
    }

    fn block_and_allow(&mut self) {
        if self.quirks.has(Quirk::AddIsRefused) {
            return;
        }
        self.alice_changes(&Change::Block(handle("bob")));
        assert!(self.alice.is_on(ListKind::Block, "bob"));
        self.expect_gone();
        self.alice_changes(&Change::Allow(handle("bob")));
        assert!(!self.alice.is_on(ListKind::Block, "bob"));
        assert!(self.alice.is_on(ListKind::Allow, "bob"));
        assert_eq!(self.bob.presence_of("alice"), Presence::Online);
        assert_eq!(self.alice.presence_of("bob"), Presence::Online);
    }

    /// Erin is asked into the conversation of Alice and Bob, and everybody reads everybody.
    fn three_talk(&mut self) {
        let talk = self.world.open(self.alice.who, "bob");
        let invite = Intent::Invite {
            conversation: talk,
            handle: handle("erin"),
        };
        self.alice_does(invite);
        self.world.send(self.alice.who, talk, "to both");
        self.pass(MOMENT);
        assert_eq!(self.bob.texts().last(), Some(&"to both"));
        assert_eq!(self.erin.texts().last(), Some(&"to both"));
        let erins = self.erin.conversation();
        self.world.send(self.erin.who, erins, "from the third");
        self.pass(MOMENT);
        assert_eq!(self.alice.texts().last(), Some(&"from the third"));
        assert_eq!(self.bob.texts().last(), Some(&"from the third"));
        self.alice_does(Intent::CloseConversation { conversation: talk });
        let bobs = self.bob.conversation();
        self.world.intent(
            self.bob.who,
            Intent::CloseConversation { conversation: bobs },
        );
        let close = Intent::CloseConversation {
            conversation: erins,
        };
        self.world.intent(self.erin.who, close);
        self.pass(MOMENT);
        for who in [self.alice.who, self.bob.who, self.erin.who] {
            assert_eq!(self.world.open_links(who), 1);
        }
    }

    /// Whoever comes back has the lists already, and sees who is there.
    fn alice_comes_back(&mut self) {
        self.world.unplug(self.alice.who);
        self.pass(MOMENT);
        self.expect_gone();
        self.world.sign_in(self.alice.who, "alice", "demo");
        self.pass(MOMENT);
        assert_eq!(self.alice.presence_of("bob"), Presence::Online);
        assert_eq!(self.alice.presence_of("echo"), Presence::Online);
        assert_eq!(self.alice.presence_of("carol"), Presence::Offline);
        assert_eq!(self.bob.presence_of("alice"), Presence::Online);
    }

    fn end(mut self) {
        self.pass(Duration::from_mins(15));
        let connected = [self.alice.who, self.bob.who, self.erin.who];
        for who in connected {
            assert_eq!(self.world.open_links(who), 1, "the session is kept");
        }
        self.alice_does(Intent::SignOut);
        self.expect_gone();
        assert!(self.alice.saw(&Event::SignedOut(SignOutReason::Requested)));
        assert_eq!(self.world.open_links(self.alice.who), 0);
        for person in [&self.alice, &self.bob, &self.erin] {
            assert_eq!(person.oddities(), Vec::<&str>::new());
        }
    }

    fn tell(quirks: Quirks) {
        let mut story = Self::begin(quirks);
        story.presence_changes();
        story.conversation();
        story.three_talk();
        story.contact_comes_and_goes();
        story.block_and_allow();
        story.alice_comes_back();
        story.end();
    }
}

fn world_with(quirks: Quirks) -> World {
    let endpoint = |port| Endpoint::new("127.0.0.1", port).expect("an endpoint");
    let mut config = ServerConfig::demo(endpoint(1863), endpoint(1864), 7);
    config.quirks = quirks;
    World::with(config)
}

#[test]
fn the_story_comes_out_the_same_without_any_quirk() {
    Story::tell(Quirks::NONE);
}

#[test]
fn the_story_comes_out_the_same_with_every_quirk_alone() {
    let told = Quirk::ALL
        .iter()
        .filter(|&&quirk| quirk != Quirk::RefusesDialects);
    for &quirk in told {
        eprintln!("{quirk:?}");
        Story::tell(Quirks::NONE.and(quirk));
    }
}

#[test]
fn the_story_comes_out_the_same_at_an_escargot_like_server() {
    Story::tell(Quirks::ESCARGOT);
}

#[test]
fn the_story_comes_out_the_same_at_a_funmsnp_like_server() {
    Story::tell(Quirks::FUN_MSNP);
}

#[test]
fn the_story_comes_out_the_same_at_an_ntx86_like_server() {
    Story::tell(Quirks::NTX86);
}

#[test]
fn the_story_comes_out_the_same_at_a_pinto_like_server() {
    Story::tell(Quirks::PINTO);
}

#[test]
fn the_story_comes_out_the_same_at_servers_of_2001() {
    Story::tell(Quirks::REAL_2001);
}

#[test]
fn the_story_comes_out_the_same_at_a_server_with_every_quirk_that_goes_with_the_others() {
    Story::tell(Quirks::STRANGEST);
}

#[test]
fn sessions_that_are_referred_come_back_by_themselves() {
    let elsewhere = Endpoint::new("127.0.0.1", 1863).expect("an endpoint");
    for to in [Some(&elsewhere), None] {
        for quirks in [Quirks::NONE, Quirks::ESCARGOT, Quirks::NTX86] {
            let mut story = Story::begin(quirks);
            story
                .world
                .operate(|server, now| server.refer_sessions(now, to));
            story.pass(MOMENT);
            assert_eq!(story.alice.presence_of("bob"), Presence::Online);
            assert_eq!(story.bob.presence_of("alice"), Presence::Online);
            story.conversation();
            story.end();
        }
    }
}

#[test]
fn maintenance_is_told_and_then_ends_the_session() {
    for quirks in [Quirks::NONE, Quirks::ESCARGOT] {
        let mut story = Story::begin(quirks);
        story
            .world
            .operate(|server, now| server.announce_maintenance(now, 5));
        story.pass(MOMENT);
        assert!(story.alice.saw(&Event::MaintenanceAnnounced { minutes: 5 }));
        story.pass(Duration::from_mins(5));
        let over = Event::SignedOut(SignOutReason::ServerShutdown);
        for person in [&story.alice, &story.bob, &story.erin] {
            assert!(person.saw(&over));
            assert_eq!(story.world.open_links(person.who), 0);
        }
        story.world.sign_in(story.alice.who, "alice", "demo");
        story.pass(MOMENT);
        let refused = SignInFailure::Refused(ErrorCode(500));
        assert!(story.alice.saw(&Event::SignInFailed(refused)));
    }
}

#[test]
fn a_server_of_later_dialects_only_fails_the_sign_in() {
    let mut world = world_with(Quirks::NONE.and(Quirk::RefusesDialects));
    let alice = world.client();
    world.sign_in(alice, "alice", "demo");
    assert_eq!(
        world.events(alice).last(),
        Some(&Event::SignInFailed(SignInFailure::Dialect))
    );
    assert_eq!(world.open_links(alice), 0);
}
