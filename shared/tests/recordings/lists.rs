//! The lists: how they come, how they change, and what a server refuses.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::command::ErrorCode;
use msnp6::messenger::{
    Change, ChangeFailure, CloseReason, Event, Intent, ListEvent, SignOutReason,
};
use msnp6::model::{
    Contact, ContactList, ListKind, Presence, PrivacyDefault, ReverseListPrompt, UserHandle,
};

use crate::{called, changes, oddities, of, presences, replay, told};

fn add(name: &str) -> Intent {
    Intent::Change(Change::AddContact(of(name)))
}

fn remove(name: &str) -> Intent {
    Intent::Change(Change::RemoveContact(of(name)))
}

fn refused(change: Change, code: u16) -> ListEvent {
    let failure = ChangeFailure::Refused(ErrorCode(code));
    ListEvent::ChangeFailed { change, failure }
}

/// Every list that was told as a whole.
fn lists(events: &[Event]) -> Vec<&ContactList> {
    told(events, |event| match event {
        Event::ContactListReceived { contacts, .. } => Some(contacts),
        _ => None,
    })
}

/// What became of somebody's entry, step by step: the lists that they are on, in the two letters of the wire.
fn memberships(events: &[Event], handle: &UserHandle) -> Vec<String> {
    let on = |contact: &Contact| {
        let kinds = ListKind::ALL.into_iter();
        let codes = kinds.filter(|kind| contact.membership.contains(*kind));
        codes.map(ListKind::code).collect::<Vec<_>>().join(" ")
    };
    told(events, |event| match event {
        Event::Lists(ListEvent::ContactChanged(it)) if it.handle == *handle => Some(on(it)),
        Event::Lists(ListEvent::ContactRemoved(who)) if who == handle => Some(String::new()),
        _ => None,
    })
}

#[test]
fn recording_05_takes_the_lists_once_and_no_others_that_it_never_asked_for() {
    let replay = replay("05-syn-serials", "alice", &[]);
    let [list] = lists(&replay.events)[..] else {
        panic!("{:?}", replay.events)
    };
    assert_eq!(
        list.iter().map(|it| &it.handle).collect::<Vec<_>>(),
        [&of("bob")]
    );
    // The recorded client asked three more times, ours did not: four lists each that nobody asked for.
    assert_eq!(oddities(&replay.events), ["LST: nobody asked for it"; 12]);
}

#[test]
fn recording_05_takes_settings_back_and_forth() {
    let privacy = |privacy| Intent::Change(Change::Privacy(privacy));
    let script = [
        ("BLP 11", privacy(PrivacyDefault::Block)),
        ("BLP 12", privacy(PrivacyDefault::Allow)),
    ];
    let replay = replay("05-syn-serials", "alice", &script);
    let [.., name, block, allow] = changes(&replay.events)[..] else {
        panic!("{:?}", replay.events)
    };
    assert_eq!(*name, ListEvent::OwnName(called("Alice")));
    assert_eq!(*block, ListEvent::Privacy(PrivacyDefault::Block));
    assert_eq!(*allow, ListEvent::Privacy(PrivacyDefault::Allow));
}

#[test]
fn recording_05_takes_the_lists_whenever_they_come_and_whatever_their_serial() {
    let later = replay("05-syn-serials", "alice.3", &[]).events;
    let own = Event::OwnPresenceChanged(Presence::Online);
    let place = |wanted: &dyn Fn(&Event) -> bool| later.iter().position(wanted);
    let presence = place(&|event| *event == own);
    let list = place(&|event| matches!(event, Event::ContactListReceived { .. }));
    assert!(presence.is_some() && presence < list, "{later:?}");

    let erin = replay(
        "05-syn-serials",
        "erin",
        &[
            ("ADD 5 AL", Intent::Change(Change::Allow(of("dave")))),
            ("REM 6 AL", Intent::Change(Change::Block(of("dave")))),
        ],
    );
    assert_eq!(memberships(&erin.events, &of("dave")), ["AL", ""]);
}

#[test]
fn recording_08_follows_an_entry_through_every_list() {
    let dave = || of("dave");
    let replay = replay(
        "08-add-rem",
        "carol",
        &[
            ("ADD 7 FL", add("dave")),
            ("ADD 12 BL", Intent::Change(Change::Block(dave()))),
            ("REM 14 BL", Intent::Change(Change::Allow(dave()))),
            ("REM 20 FL", remove("dave")),
        ],
    );
    assert_eq!(
        memberships(&replay.events, &dave()),
        [
            "FL",
            "FL AL",
            // Dave adds her.
            "FL AL RL",
            // Added once more, to both.
            "FL AL RL",
            "FL AL RL",
            // Blocked; the recorded client left her on both lists, which this server allows.
            "FL AL BL RL",
            "FL AL RL",
            // Off the allow list, off the contacts, and Dave takes her off his.
            "FL RL",
            "RL",
            "",
        ]
    );
    // Ours never has anybody on both: off the one list before on the other.
    let lines = replay.sent_lines();
    let about = |line: &&String| line.contains("BL dave@") || line.contains("AL dave@");
    let moves: Vec<_> = lines.iter().filter(about).map(|line| &line[..3]).collect();
    assert_eq!(moves, ["ADD", "REM", "ADD", "REM"]);
}

#[test]
fn recording_08_tells_whoever_was_added_and_shows_them_only_once() {
    let script = [("ADD 8 AL", add("carol")), ("REM 13 FL", remove("carol"))];
    let replay = replay("08-add-rem", "dave", &script);
    let (handle, name) = (of("carol"), called("carol@example.com"));
    let asked = ListEvent::AddedBy { handle, name };
    let told = changes(&replay.events);
    assert_eq!(told.iter().filter(|event| ***event == asked).count(), 1);
    // On his list before: her presence comes with the answer.
    let carol = "carol@example.com";
    assert_eq!(
        presences(&replay.events),
        [
            (carol, Some(carol), Presence::Away),
            (carol, Some(carol), Presence::Away),
            (carol, None, Presence::Offline),
            (carol, Some(carol), Presence::Away),
        ]
    );
    assert_eq!(
        memberships(&replay.events, &of("carol")).last(),
        Some(&String::new())
    );
}

#[test]
fn recording_08_asks_about_somebody_who_added_me_while_i_was_away() {
    let replay = replay("08-add-rem", "erin", &[]);
    let (handle, name) = (of("carol"), called("carol@example.com"));
    let [asked, gone] = changes(&replay.events)[..] else {
        panic!("{:?}", replay.events)
    };
    assert_eq!(*asked, ListEvent::AddedBy { handle, name });
    assert_eq!(*gone, ListEvent::ContactRemoved(of("carol")));
}

#[test]
fn recording_08_lets_everybody_in_who_adds_me_when_nobody_is_to_be_asked() {
    let never = Change::Prompt(ReverseListPrompt::Never);
    let replay = replay("08-add-rem", "dave.2", &[("GTC 7", Intent::Change(never))]);
    let told = changes(&replay.events);
    assert_eq!(*told[0], ListEvent::Prompt(ReverseListPrompt::Never));
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, ListEvent::AddedBy { .. }))
    );
    assert!(
        replay
            .sent_lines()
            .contains(&"ADD 8 AL carol@example.com carol%40example.com".to_owned())
    );
}

#[test]
fn recording_08_looks_whether_a_removal_that_the_server_denies_has_happened() {
    let script = [("REM 16 FL", remove("erin"))];
    let replay = replay("08-add-rem", "carol", &script);
    let failed = refused(Change::RemoveContact(of("erin")), 205);
    // Nothing of what was looked for is in the recording.
    assert!(!changes(&replay.events).contains(&&failed));
    assert_eq!(
        replay.sent_lines()[6..],
        ["REM 7 FL erin@example.com", "SYN 8 0", "OUT"]
    );
}

#[test]
fn recording_09_tells_whom_the_server_does_not_know() {
    let odd = UserHandle::parse("a@b").expect("a handle");
    let script = [
        ("ADD 7 FL", add("nobody")),
        ("ADD 9 FL", Intent::Change(Change::AddContact(odd.clone()))),
    ];
    let replay = replay("09-add-errors", "carol", &script);
    let told = changes(&replay.events);
    assert_eq!(*told[0], refused(Change::AddContact(of("nobody")), 205));
    assert_eq!(*told[1], refused(Change::AddContact(odd), 205));
}

#[test]
fn recording_09_takes_handles_in_any_case_and_names_of_any_kind() {
    let replay = replay("09-add-errors", "carol", &[]);
    let steps = memberships(&replay.events, &of("dave"));
    // In other letters, without a name, in UTF-8, in 400 bytes, with a group behind it.
    assert_eq!(steps, ["FL", "", "FL", "FL", "", "FL", "", "FL", ""]);
    let names = told(&replay.events, |event| match event {
        Event::Lists(ListEvent::ContactChanged(it)) if it.handle == of("dave") => {
            Some(it.name.as_str())
        }
        _ => None,
    });
    let long = "x".repeat(400);
    assert_eq!(names, ["Dave", "", "Dåvé ☃ 100% \"x\"", &long, "Dave"]);
}

#[test]
fn recording_09_looks_again_after_a_removal_that_the_server_denies() {
    let replay = replay("09-add-errors", "carol", &[("REM 14 FL", remove("dave"))]);
    let failed = refused(Change::RemoveContact(of("dave")), 205);
    assert!(changes(&replay.events).contains(&&failed));
    let [_, again] = lists(&replay.events)[..] else {
        panic!("{:?}", replay.events)
    };
    let dave = again.get(&of("dave")).expect("dave");
    assert_eq!(dave.name.as_str(), "Dåvé ☃ 100% \"x\"");
}

#[test]
fn recording_09_asks_nobody_about_themselves() {
    let replay = replay("09-add-errors", "carol", &[]);
    assert_eq!(
        memberships(&replay.events, &of("carol")),
        ["RL", "FL RL", "FL", ""]
    );
    let is_question = |event: &&ListEvent| matches!(event, ListEvent::AddedBy { .. });
    assert!(!changes(&replay.events).iter().any(is_question));
}

#[test]
fn recording_09_ends_when_the_server_hangs_up_over_a_list_that_is_its_own() {
    for connection in ["carol", "carol.2"] {
        let replay = replay("09-add-errors", connection, &[]);
        let hung_up = CloseReason::Code(msnp6::gateway::CloseCode::ServerClosed);
        let end = Event::SignedOut(SignOutReason::Link(hung_up));
        assert_eq!(replay.events.last(), Some(&end), "{connection}");
    }
}

#[test]
fn recording_09_waits_while_the_server_is_silent() {
    let replay = replay("09-add-errors", "carol.3", &[("ADD 9 FL", add("dave"))]);
    assert!(
        !changes(&replay.events)
            .iter()
            .any(|event| matches!(event, ListEvent::ChangeFailed { .. }))
    );
    let end = Event::SignedOut(SignOutReason::Requested);
    assert_eq!(replay.events.last(), Some(&end));
}
