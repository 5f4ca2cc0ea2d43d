//! Recordings of a real server played into a `Messenger`: the events they must give, whole and byte by byte.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

mod support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use msnp6::command::ErrorCode;
use msnp6::messenger::{
    Delivery, Event, Input, Intent, Messenger, Output, SignInFailure, SignInStep,
};
use msnp6::model::{
    ConversationId, LinkId, ListKind, Presence, PrivacyDefault, Secret, Timestamp, UserHandle,
};
use support::replay::{Cut, Replay, Script};

fn handle(text: &str) -> UserHandle {
    UserHandle::parse(text).expect("a handle")
}

fn sign_in(name: &str) -> Intent {
    Intent::SignIn {
        handle: handle(&format!("{name}@example.com")),
        password: Secret::new(format!("secret-{name}")),
        presence: Presence::Online,
    }
}

/// Plays a person's part both ways and answers it once they gave the same.
fn replay(file: &str, person: &str, script: Script<'_>) -> Replay {
    let whole = Replay::run(Cut::Frames, file, person, sign_in(person), script);
    let bytes = Replay::run(Cut::Bytes, file, person, sign_in(person), script);
    assert_eq!(whole.events, bytes.events);
    assert_eq!(whole.sent, bytes.sent);
    whole
}

fn texts(events: &[Event]) -> Vec<(&str, &str)> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::TextReceived { handle, text, .. } => Some((handle.as_str(), text.as_str())),
            _ => None,
        })
        .collect()
}

#[test]
fn recording_01_signs_in_with_the_digests_that_the_real_server_took() {
    let replay = replay("01-signin", "alice", &[]);
    assert_eq!(
        replay.sent_lines(),
        [
            "VER 1 MSNP6 MSNP5 MSNP4 CVR0",
            "INF 2",
            "USR 3 MD5 I alice@example.com",
            "USR 4 MD5 S 7b564d80ec61e9f3ae503f01c82418f4",
            "SYN 5 0",
            "CHG 6 NLN",
        ]
    );
    let [.., lists, own] = replay.events.as_slice() else {
        panic!("{:?}", replay.events)
    };
    assert_eq!(
        replay.events[..5],
        [
            Event::SignInProgress(SignInStep::Connecting),
            Event::SignInProgress(SignInStep::Negotiating),
            Event::SignInProgress(SignInStep::Authenticating),
            Event::SignInProgress(SignInStep::Synchronizing),
            Event::SignedIn {
                handle: handle("alice@example.com"),
                name: msnp6::model::FriendlyName::parse("Alice").expect("a name"),
                is_verified: true,
            },
        ]
    );
    let Event::ContactListReceived {
        contacts, privacy, ..
    } = lists
    else {
        panic!("{lists:?}")
    };
    let bob = contacts.get(&handle("bob@example.com")).expect("bob");
    assert_eq!(bob.name.as_str(), "Bob Builder");
    assert_eq!(
        bob.membership,
        [ListKind::Forward, ListKind::Allow, ListKind::Reverse]
            .into_iter()
            .collect()
    );
    assert_eq!(contacts.iter().count(), 1);
    assert_eq!(*privacy, PrivacyDefault::Allow);
    assert_eq!(*own, Event::OwnPresenceChanged(Presence::Online));
}

#[test]
fn recording_17_shows_the_caller_who_came_what_they_wrote_and_what_arrived() {
    let bob = handle("bob@example.com");
    let conversation = ConversationId(1);
    let text = |text: &str| Intent::SendText {
        conversation,
        text: text.to_owned(),
    };
    let replay = replay(
        "17-chat-two",
        "alice",
        &[
            ("XFR 7 SB", Intent::OpenConversation { with: bob.clone() }),
            ("XFR 7 SB", text("hello bob")),
            ("ACK 5", text("second")),
            ("ACK 5", text("third")),
        ],
    );
    assert!(replay.events.contains(&Event::ContactPresence {
        handle: bob.clone(),
        name: Some(msnp6::model::FriendlyName::parse("Bob Builder").expect("a name")),
        presence: Presence::Online,
    }));
    let at =
        |wanted: &dyn Fn(&Event) -> bool| replay.events.iter().position(wanted).expect("the event");
    let opened = at(&|e| matches!(e, Event::ConversationOpened { is_mine: true, .. }));
    let joined = at(
        &|e| matches!(e, Event::ParticipantJoined { participant, .. } if participant.handle == bob),
    );
    let typing = at(&|e| matches!(e, Event::TypingReceived { handle, .. } if *handle == bob));
    let left = at(
        &|e| matches!(e, Event::ParticipantLeft { handle, is_idle: false, .. } if *handle == bob),
    );
    assert!(opened < joined && joined < typing && typing < left);
    // Until he leaves for the first time; what is recorded behind that is another program's doing.
    let received = texts(&replay.events[..left]);
    assert_eq!(
        received,
        [
            ("bob@example.com", "hello alice\nsecond line"),
            ("bob@example.com", "to hidden")
        ]
    );
    let delivered = |n: u32| Event::TextDelivery {
        conversation,
        text_id: msnp6::model::TextId(n),
        delivery: Delivery::Delivered,
    };
    // The server's ACK 5 is for the third text: ids 3, 4 and 5 went out on this link.
    assert!(replay.events.contains(&delivered(3)));
    assert!(!replay.events.contains(&delivered(1)));
    let lines = replay.sent_lines();
    let room: Vec<_> = lines
        .iter()
        .skip_while(|line| !line.starts_with("XFR"))
        .take(4)
        .collect();
    assert_eq!(room[0], "XFR 7 SB");
    assert!(
        room[1].starts_with("USR 1 alice@example.com 1603af91"),
        "{room:?}"
    );
    assert_eq!(room[2], "CAL 2 bob@example.com");
    assert_eq!(room[3], "MSG 3 A 71");
}

#[test]
fn recording_17_shows_the_one_called_a_conversation_only_when_a_text_comes() {
    let replay = replay("17-chat-two", "bob", &[]);
    let alice = handle("alice@example.com");
    let opened: Vec<_> = replay
        .events
        .iter()
        .filter(|e| matches!(e, Event::ConversationOpened { .. }))
        .collect();
    assert_eq!(opened.len(), 1, "three calls, one conversation");
    let Event::ConversationOpened {
        participants,
        is_mine: false,
        ..
    } = opened[0]
    else {
        panic!("{opened:?}")
    };
    assert_eq!(
        participants.iter().map(|p| &p.handle).collect::<Vec<_>>(),
        [&alice]
    );
    let received = texts(&replay.events);
    assert_eq!(received[0], ("alice@example.com", "hello bob"));
    assert_eq!(received[4], ("alice@example.com", "Ålesund ☃ 日本語 😀 ﷽"));
    assert_eq!(
        received
            .iter()
            .map(|(_, text)| *text)
            .filter(|text| *text == "hello bob")
            .count(),
        4
    );
    assert_eq!(
        received.last(),
        Some(&("alice@example.com", "still there?"))
    );
    let answers = replay
        .sent_lines()
        .into_iter()
        .filter(|line| line.starts_with("ANS 1 bob@example.com "))
        .count();
    assert_eq!(answers, 3);
    assert!(replay.events.contains(&Event::ContactPresence {
        handle: alice,
        name: None,
        presence: Presence::Offline
    }));
}

#[test]
fn recording_18_grows_the_conversation_and_shrinks_it_with_the_people_in_the_room() {
    let replay = replay("18-chat-three", "bob", &[]);
    let joined: Vec<_> = replay
        .events
        .iter()
        .filter_map(|event| match event {
            Event::ParticipantJoined { participant, .. } => Some(participant.handle.as_str()),
            _ => None,
        })
        .collect();
    // Carol came before anybody wrote, so the conversation opened with her in it; Alice came back, Dave came.
    assert_eq!(joined, ["alice@example.com", "dave@example.com"]);
    let opened = replay.events.iter().find_map(|event| match event {
        Event::ConversationOpened { participants, .. } => Some(participants),
        _ => None,
    });
    let people: Vec<_> = opened
        .expect("a conversation")
        .iter()
        .map(|p| p.handle.as_str())
        .collect();
    assert_eq!(people, ["alice@example.com", "carol@example.com"]);
    assert!(
        texts(&replay.events)
            .iter()
            .any(|(who, _)| *who == "alice@example.com")
    );
}

#[test]
fn recording_18_names_everybody_who_is_inside_to_the_fourth() {
    let replay = replay("18-chat-three", "dave", &[]);
    // Nobody wrote while he was there: he never sees a window.
    assert!(
        !replay
            .events
            .iter()
            .any(|e| matches!(e, Event::ConversationOpened { .. }))
    );
    assert!(
        replay
            .sent_lines()
            .iter()
            .any(|line| line.starts_with("ANS 1 dave@example.com "))
    );
}

/// The sign-ins of recording 02 that our own client could make, each with the server's words.
fn failed_sign_ins() -> Vec<(&'static str, Vec<&'static str>)> {
    let text = include_str!("transcripts/02-signin-failures.txt");
    let sections = text.split("\n=== ").skip(1);
    sections
        .map(|section| {
            let (title, lines) = section.split_once('\n').expect("a title");
            let words = |line: &'static str| line.split_once("S: ").map(|(_, words)| words);
            (title, lines.lines().filter_map(words).collect())
        })
        .collect()
}

#[test]
fn recording_02_fails_with_the_code_of_the_server() {
    let mut seen = 0;
    for (title, words) in failed_sign_ins() {
        let wanted = [
            "wrong password",
            "unknown user",
            "account without an MD5 password",
            "malformed e-mail: '@'",
            "password hash in upper case",
        ];
        if !wanted.iter().any(|start| title.starts_with(start)) {
            continue;
        }
        seen += 1;
        let mut messenger = Messenger::new();
        messenger.handle(Timestamp(0), Input::Intent(sign_in("alice")));
        messenger.handle(Timestamp(0), Input::Opened { link: LinkId(1) });
        for line in words {
            let bytes = format!("{line}\r\n").into_bytes();
            messenger.handle(
                Timestamp(0),
                Input::Received {
                    link: LinkId(1),
                    bytes,
                },
            );
        }
        let outputs: Vec<_> = std::iter::from_fn(|| messenger.poll()).collect();
        let failed = Event::SignInFailed(SignInFailure::Refused(ErrorCode::AUTHENTICATION_FAILED));
        assert!(
            matches!(outputs.last(), Some(Output::Event(event)) if *event == failed),
            "{title}: {outputs:?}"
        );
        assert!(
            outputs
                .iter()
                .any(|o| matches!(o, Output::Disconnect { link: LinkId(1) })),
            "{title}"
        );
    }
    assert_eq!(seen, 5);
}
