//! Signing in: how it goes, how it fails, and what ends a session.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::command::ErrorCode;
use msnp6::gateway::CloseCode;
use msnp6::messenger::{
    CloseReason, Delivery, Event, Intent, SignInFailure, SignInStep, SignOutReason,
};
use msnp6::model::{ConversationId, ListKind, Presence, PrivacyDefault, TextId};

use crate::{called, oddities, of, presences, replay, replay_as, replay_by, texts};

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
            "OUT",
        ]
    );
    let [.., lists, own, Event::SignedOut(SignOutReason::Requested)] = replay.events.as_slice()
    else {
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
                handle: of("alice"),
                name: called("Alice"),
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
    let bob = contacts.get(&of("bob")).expect("bob");
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
fn recording_01_signs_in_without_lists() {
    // Bob's program asked for none; ours does, and is well without an answer.
    let replay = replay("01-signin", "bob", &[]);
    assert!(replay.events.contains(&Event::SignedIn {
        handle: of("bob"),
        name: called("Bob Builder"),
        is_verified: true,
    }));
    let own = Event::OwnPresenceChanged(Presence::Online);
    assert!(replay.events.contains(&own));
}

/// How a recorded sign-in ended for our client, if it did.
fn failure(file: &str, connection: &'static str) -> Option<SignInFailure> {
    let events = replay_by("alice", file, connection, Presence::Online, &[]).events;
    match events.last() {
        Some(Event::SignInFailed(failure)) => Some(failure.clone()),
        _ => None,
    }
}

#[test]
fn recording_02_fails_with_the_code_of_the_server() {
    let refused = SignInFailure::Refused(ErrorCode::AUTHENTICATION_FAILED);
    // Wrong password, nobody, an account without an MD5 password, no `@`, only an `@`, other case, a digest
    // in upper case, a method that is none.
    for connection in [
        "ns", "ns.2", "ns.3", "ns.4", "ns.5", "ns.6", "ns.7", "ns.12",
    ] {
        let failure = failure("02-signin-failures", connection);
        assert_eq!(failure, Some(refused.clone()), "{connection}");
    }
}

#[test]
fn recording_02_fails_when_the_server_hangs_up_and_waits_while_it_is_silent() {
    let hung_up = SignInFailure::Link(CloseReason::Code(CloseCode::ServerClosed));
    assert_eq!(failure("02-signin-failures", "ns.11"), Some(hung_up));
    for connection in ["ns.8", "ns.9", "ns.10"] {
        assert_eq!(failure("02-signin-failures", connection), None);
    }
}

#[test]
fn recording_03_goes_on_with_a_dialect_of_ours_and_fails_with_any_other() {
    // MSNP5; MSNP6, whatever else was offered and however it was spelled.
    for connection in ["ns", "ns.2", "ns.5", "ns.6"] {
        let events = replay_by(
            "alice",
            "03-ver-variants",
            connection,
            Presence::Online,
            &[],
        );
        assert_eq!(events.sent_lines()[1], "INF 2", "{connection}");
        assert_eq!(failure("03-ver-variants", connection), None);
    }
    // None in common, nothing offered, MSNP8, one that there is not yet, MSNP2, MSNP1.
    for connection in ["ns.3", "ns.4", "ns.7", "ns.8", "ns.9", "ns.10"] {
        let failure = failure("03-ver-variants", connection);
        assert_eq!(failure, Some(SignInFailure::Dialect), "{connection}");
    }
}

#[test]
fn recording_03_fails_with_the_code_for_a_second_offer() {
    let refused = SignInFailure::Refused(ErrorCode(715));
    assert_eq!(failure("03-ver-variants", "ns.11"), Some(refused));
}

#[test]
fn recording_03_fails_when_the_server_hangs_up_over_the_offer() {
    let hung_up = SignInFailure::Link(CloseReason::Code(CloseCode::ServerClosed));
    assert_eq!(failure("03-ver-variants", "ns.12"), Some(hung_up));
    assert_eq!(failure("03-ver-variants", "ns.13"), None);
}

#[test]
fn recording_15_ends_the_session_that_a_second_sign_in_replaces() {
    let conversation = ConversationId(1);
    let text = "before it happened".to_owned();
    let script = [
        ("XFR 7 SB", Intent::OpenConversation { with: of("bob") }),
        ("XFR 7 SB", Intent::SendText { conversation, text }),
    ];
    let replay = replay_as("15-double-login", "alice-one", Presence::Busy, &script);
    let told = |delivery| Event::TextDelivery {
        conversation,
        text_id: TextId(1),
        delivery,
    };
    let [.., settled, end] = replay.events.as_slice() else {
        panic!("{:?}", replay.events)
    };
    assert!(replay.events.contains(&told(Delivery::Sent)));
    // The server does not say that it came: nobody may believe that it did, or that it did not.
    assert_eq!(*settled, told(Delivery::Unconfirmed));
    assert_eq!(*end, Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    assert_eq!(oddities(&replay.events), [""; 0]);
}

#[test]
fn recording_15_is_no_end_for_the_session_that_came_last() {
    for connection in ["alice-two", "alice-three"] {
        let replay = replay("15-double-login", connection, &[]);
        let replaced = Event::SignedOut(SignOutReason::ElsewhereSignedIn);
        assert_eq!(replay.events.last(), Some(&replaced), "{connection}");
    }
    let last = replay("15-double-login", "alice-four", &[]);
    let requested = Event::SignedOut(SignOutReason::Requested);
    assert_eq!(last.events.last(), Some(&requested));
}

#[test]
fn recording_15_shows_to_others_whoever_signed_in_last() {
    let replay = replay("15-double-login", "bob", &[]);
    let alice = "alice@example.com";
    let seen: Vec<_> = presences(&replay.events)
        .into_iter()
        .map(|(who, _, presence)| (who, presence))
        .collect();
    assert_eq!(
        seen,
        [
            (alice, Presence::Busy),
            (alice, Presence::Offline),
            (alice, Presence::Online),
            (alice, Presence::Online),
            (alice, Presence::Online),
            (alice, Presence::Offline),
            (alice, Presence::Online),
        ]
    );
    // Her room outlives her session.
    let text = ("alice@example.com", "from the booted session");
    assert_eq!(texts(&replay.events), [text]);
}
