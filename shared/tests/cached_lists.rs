//! Lists that are kept from one session to the next: what a client needs for that, what it asks the server
//! then, and that a copy which may be wrong is never taken for the server's.
#![cfg(feature = "server")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[path = "support/dialogue.rs"]
mod dialogue;
#[path = "support/world.rs"]
mod world;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use dialogue::{Dialogue, LINK};
use msnp6::messenger::{Change, Event, Input, Intent, Messenger};
use msnp6::model::{
    Endpoint, ListKind, ListSnapshot, ListVersion, Presence, PrivacyDefault, Property,
    PropertyValue, Secret,
};
use msnp6::server::{Quirks, ServerConfig};
use world::{World, handle};

/// The copy that the last `ContactListReceived` of these events brought.
fn copy(events: &[Event]) -> ListSnapshot {
    let mut copies = events.iter().filter_map(|event| match event.clone() {
        Event::ContactListReceived {
            version,
            contacts,
            privacy,
            prompt,
            properties,
        } => Some(ListSnapshot {
            version,
            contacts,
            privacy,
            prompt,
            properties,
        }),
        _ => None,
    });
    copies.next_back().expect("lists")
}

fn world(quirks: Quirks) -> World {
    let at = |port| Endpoint::new("127.0.0.1", port).expect("an endpoint");
    let mut config = ServerConfig::demo(at(1863), at(1864), 7);
    config.quirks = quirks;
    World::with(config)
}

/// Signs alice in and answers the copy she got.
fn lists_of_alice(world: &mut World, kept: Option<ListSnapshot>) -> ListSnapshot {
    let alice = world.client();
    if let Some(kept) = kept {
        world.remember(alice, "alice", kept);
    }
    world.sign_in(alice, "alice", "demo");
    let copy = copy(&world.events(alice));
    world.intent(alice, Intent::SignOut);
    copy
}

/// A copy marked by a name that the server does not have, to see whose copy is shown.
fn marked(mut lists: ListSnapshot) -> ListSnapshot {
    let name = msnp6::model::FriendlyName::parse("Kept").expect("a name");
    lists
        .contacts
        .insert(ListKind::Forward, &handle("bob"), name);
    lists
}

fn is_marked(lists: &ListSnapshot) -> bool {
    let bob = lists.contacts.get(&handle("bob")).expect("bob");
    bob.name.as_str() == "Kept"
}

#[test]
fn an_equal_serial_keeps_the_copy_with_its_settings() {
    let mut world = world(Quirks::NONE);
    let mut kept = marked(lists_of_alice(&mut world, None));
    assert_ne!(kept.version, ListVersion::default());
    kept.properties.insert(
        Property::HomePhone,
        PropertyValue::parse("555").expect("a number"),
    );
    kept.privacy = PrivacyDefault::Block;
    assert_eq!(lists_of_alice(&mut world, Some(kept.clone())), kept);
}

#[test]
fn a_copy_that_a_change_made_old_is_replaced() {
    let mut world = world(Quirks::NONE);
    let kept = marked(lists_of_alice(&mut world, None));
    let alice = world.signed_in("alice");
    world.intent(alice, Intent::Change(Change::AddContact(handle("dave"))));
    world.intent(alice, Intent::SignOut);
    let fresh = lists_of_alice(&mut world, Some(kept.clone()));
    assert!(fresh.version > kept.version && !is_marked(&fresh));
    assert!(fresh.contacts.is_on(ListKind::Forward, &handle("dave")));
}

#[test]
fn a_server_whose_serial_is_always_the_next_replaces_every_copy() {
    let mut world = world(Quirks::ESCARGOT);
    let first = lists_of_alice(&mut world, None);
    let second = lists_of_alice(&mut world, Some(marked(first.clone())));
    assert_eq!(second.version, ListVersion(first.version.0 + 1));
    assert!(!is_marked(&second));
    assert_eq!(second.contacts, first.contacts);
}

#[test]
fn the_copy_of_one_account_is_not_shown_to_another() {
    let mut world = world(Quirks::NONE);
    let kept = marked(lists_of_alice(&mut world, None));
    let client = world.client();
    world.remember(client, "alice", kept);
    world.sign_in(client, "carol", "demo");
    assert!(!is_marked(&copy(&world.events(client))));
}

#[test]
fn my_own_telephone_numbers_come_with_the_lists() {
    let mut world = world(Quirks::NONE);
    let number = PropertyValue::parse("555 123").expect("a number");
    let change = Change::Property(Property::WorkPhone, number.clone());
    let alice = world.signed_in("alice");
    world.intent(alice, Intent::Change(change));
    world.intent(alice, Intent::SignOut);
    let lists = lists_of_alice(&mut world, None);
    assert_eq!(lists.properties.get(&Property::WorkPhone), Some(&number));
}

/// Alice, accepted by a server that a test plays, with a copy of her lists of that serial.
fn accepted_with(version: u32) -> Dialogue {
    let mut messenger = Messenger::new();
    let lists = ListSnapshot {
        version: ListVersion(version),
        ..ListSnapshot::default()
    };
    messenger.remember_lists(handle("alice"), marked(lists));
    let mut it = Dialogue::new(messenger);
    it.intent(Intent::SignIn {
        handle: handle("alice"),
        password: Secret::new("hunter2".to_owned()),
        presence: Presence::Online,
    });
    it.input(Input::Opened { link: LINK });
    it.server("VER 1 MSNP6\r\nINF 2 MD5\r\nUSR 3 MD5 S 1013928519.693957190\r\n");
    it.forget();
    it.server("USR 4 OK alice@example.com Alice 1\r\n");
    it
}

/// The serial that alice asks with when the server sends her elsewhere in mid-session.
fn asked_after_a_referral(it: &mut Dialogue) -> String {
    it.server("XFR 0 NS 0\r\n");
    it.server("VER 7 MSNP6\r\nINF 8 MD5\r\nUSR 9 MD5 S 1\r\n");
    it.forget();
    it.server("USR 10 OK alice@example.com Alice 1\r\n");
    it.sent().lines().next().expect("a line").to_owned()
}

#[test]
fn the_serial_of_a_copy_is_asked_with() {
    accepted_with(8).client("SYN 5 8\r\nCHG 6 NLN\r\n");
}

#[test]
fn half_a_copy_has_no_serial() {
    let mut it = accepted_with(8);
    it.server("SYN 5 9\r\nLST 5 FL 9 1 2 bob@example.com Bob\r\nCHG 6 NLN\r\n");
    it.pass(31);
    let half = copy(&it.events);
    assert_eq!(half.version, ListVersion::default());
    assert!(!is_marked(&half));
}

#[test]
fn a_serial_without_lists_makes_no_copy_newer() {
    let mut it = accepted_with(8);
    it.server("SYN 5 9\r\nPRP 5 9 PHH 555\r\nCHG 6 NLN\r\n");
    it.pass(31);
    let kept = copy(&it.events);
    assert_eq!(kept.version, ListVersion(8));
    assert!(is_marked(&kept));
}

#[test]
fn changes_one_after_the_other_raise_the_serial_and_a_gap_does_not() {
    for (changes, asked) in [
        (
            "ADD 0 RL 9 dave@example.com Dave\r\nADD 0 RL 10 erin@example.com Erin\r\n",
            10,
        ),
        (
            "ADD 0 RL 9 dave@example.com Dave\r\nADD 0 RL 11 erin@example.com Erin\r\n",
            9,
        ),
        ("BLP 0 9 BL\r\nGTC 0 10 N\r\n", 10),
        ("ADD 0 RL 4294967295 dave@example.com Dave\r\n", 8),
    ] {
        let mut it = accepted_with(8);
        it.server("SYN 5 8\r\nCHG 6 NLN\r\n");
        it.server(changes);
        let line = asked_after_a_referral(&mut it);
        let serial = line.rsplit(' ').next();
        assert_eq!(
            serial,
            Some(asked.to_string().as_str()),
            "{changes}: {line}"
        );
    }
}
