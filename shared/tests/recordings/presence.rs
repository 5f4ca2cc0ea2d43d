//! Presence by every route, and the names that come with it.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::messenger::{Change, Event, Intent, ListEvent};
use msnp6::model::Presence;

use crate::{called, changes, oddities, presences, replay, replay_as};

const ALICE: &str = "alice@example.com";
const BOB: &str = "bob@example.com";
const BUILDER: Option<&str> = Some("Bob Builder");

#[test]
fn recording_06_tells_every_presence_of_a_contact() {
    let away = Intent::ChangePresence(Presence::Away);
    let replay = replay("06-presence", "alice", &[("CHG 7", away)]);
    let there = |presence| (BOB, BUILDER, presence);
    let gone = (BOB, None, Presence::Offline);
    assert_eq!(
        presences(&replay.events),
        [
            there(Presence::Online),
            there(Presence::Busy),
            there(Presence::Idle),
            there(Presence::BeRightBack),
            there(Presence::Away),
            there(Presence::OnThePhone),
            there(Presence::OutToLunch),
            there(Presence::Online),
            // Hidden, and back.
            gone,
            there(Presence::Busy),
            // Signed out; then back but hidden, and shown.
            gone,
            gone,
            there(Presence::Online),
            // His connection broke.
            gone,
            there(Presence::Online),
            // Three changes at once.
            there(Presence::Idle),
            there(Presence::Idle),
            there(Presence::Idle),
        ]
    );
    assert!(
        replay
            .events
            .contains(&Event::OwnPresenceChanged(Presence::Away))
    );
    assert_eq!(oddities(&replay.events), [""; 0]);
}

#[test]
fn recording_06_confirms_every_presence_of_mine() {
    let all = [
        ("CHG 7", Presence::Busy),
        ("CHG 8", Presence::Idle),
        ("CHG 9", Presence::BeRightBack),
        ("CHG 10", Presence::Away),
        ("CHG 11", Presence::OnThePhone),
        ("CHG 12", Presence::OutToLunch),
        ("CHG 13", Presence::Online),
        ("CHG 14", Presence::Online),
        ("CHG 15", Presence::AppearOffline),
        ("CHG 16", Presence::AppearOffline),
        ("CHG 17", Presence::Busy),
    ];
    let script = all.map(|(at, presence)| (at, Intent::ChangePresence(presence)));
    let replay = replay("06-presence", "bob", &script);
    let own: Vec<_> = replay
        .events
        .iter()
        .filter_map(|event| match event {
            Event::OwnPresenceChanged(presence) => Some(*presence),
            _ => None,
        })
        .collect();
    let wanted = all.map(|(_, presence)| presence);
    assert_eq!(own, [&[Presence::Online][..], &wanted].concat());
    let alice = Some("Alice");
    let seen = [
        (ALICE, alice, Presence::Online),
        (ALICE, alice, Presence::Away),
    ];
    assert_eq!(presences(&replay.events), seen);
}

#[test]
fn recording_06_shows_others_to_somebody_who_hides() {
    let hidden = Presence::AppearOffline;
    let replay = replay_as("06-presence", "bob.2", hidden, &[]);
    assert!(replay.events.contains(&Event::OwnPresenceChanged(hidden)));
    assert_eq!(
        presences(&replay.events),
        [(ALICE, Some("Alice"), Presence::Away)]
    );
}

#[test]
fn recording_06_takes_answers_that_come_all_at_once() {
    let change = Intent::ChangePresence;
    let script = [
        ("CHG 50", change(Presence::Busy)),
        ("CHG 51", change(Presence::Online)),
        ("CHG 52", change(Presence::Idle)),
    ];
    let replay = replay("06-presence", "bob.3", &script);
    let own = Event::OwnPresenceChanged(Presence::Idle);
    assert!(replay.events.contains(&own));
    assert_eq!(
        replay.sent_lines()[6..9],
        ["CHG 7 BSY", "CHG 8 NLN", "CHG 9 IDL"]
    );
}

/// The names of recording 28 as they are to be shown. Control characters are dropped, all else is kept:
/// the kinds of blanks that are no space, and what would be markup or an escape elsewhere.
const NAMES: [&str; 15] = [
    "ab",
    "ab",
    "ab",
    "a\u{a0}b",
    "a\u{3000}b",
    "a\u{2028}b",
    "ab",
    "a+b",
    "a%20b",
    "  ",
    "\u{202e}abc",
    "😀",
    "<b>&amp;\"'",
    " x ",
    "Alice",
];

#[test]
fn recording_28_shows_names_as_their_owner_means_them() {
    let replay = replay("28-odd-names", "bob", &[]);
    let told: Vec<_> = presences(&replay.events);
    // A name of blanks is none: what is known of her stands.
    let shown = NAMES.map(|name| Some(name).filter(|name| !name.trim().is_empty()));
    let wanted = shown.map(|name| (ALICE, name, Presence::Online));
    assert_eq!(told[0], (ALICE, Some("Alice"), Presence::Online));
    assert_eq!(told[1..], wanted);
    assert_eq!(oddities(&replay.events), [""; 0]);
}

#[test]
fn recording_28_takes_my_name_as_the_server_keeps_it() {
    let rename = |name| Intent::Change(Change::Rename(called(name)));
    let script = [("REA 14", rename("a+b")), ("REA 19", rename("<b>&amp;\"'"))];
    let replay = replay("28-odd-names", "alice", &script);
    let own: Vec<_> = changes(&replay.events)
        .into_iter()
        .map(|event| match event {
            ListEvent::OwnName(name) => name.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(own, NAMES);
    // The server splits at blanks of any kind: nothing goes out unescaped but letters and digits.
    let escaped = "REA 8 alice@example.com %3Cb%3E%26amp%3B%22%27".to_owned();
    assert_eq!(
        replay.sent_lines()[6..8],
        ["REA 7 alice@example.com a%2Bb".to_owned(), escaped]
    );
}
