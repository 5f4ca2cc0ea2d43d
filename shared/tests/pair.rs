//! Clients and the built-in server, a fake clock and no socket: what people do with each other.
#![cfg(feature = "server")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[path = "support/world.rs"]
mod world;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use core::time::Duration;

use msnp6::command::ErrorCode;
use msnp6::messenger::{
    CloseReason, Datacast, Delivery, DeliveryFailure, Event, Intent, IntentRefusal, SignInFailure,
    SignInStep, SignOutReason, TextFormat,
};
use msnp6::model::{ConversationId, ListKind, Presence};
use world::{World, handle};

fn delivery(events: &[Event]) -> Vec<&Delivery> {
    let mut deliveries = Vec::new();
    for event in events {
        if let Event::TextDelivery { delivery, .. } = event {
            deliveries.push(delivery);
        }
    }
    deliveries
}

fn texts(events: &[Event]) -> Vec<&str> {
    let mut texts = Vec::new();
    for event in events {
        if let Event::TextReceived { text, .. } = event {
            texts.push(text.as_str());
        }
    }
    texts
}

fn presence_of(events: &[Event], name: &str) -> Option<Presence> {
    let pick = |event| match event {
        &Event::ContactPresence {
            handle: ref who,
            presence,
            ..
        } if *who == handle(name) => Some(presence),
        _ => None,
    };
    events.iter().filter_map(pick).next_back()
}

/// Alice and Bob, signed in, with a conversation of Alice's that Bob has not seen yet.
fn alice_and_bob() -> (World, world::Who, world::Who, ConversationId) {
    let mut world = World::new();
    let (alice, bob) = (world.signed_in("alice"), world.signed_in("bob"));
    let conversation = world.open(alice, "bob");
    (world, alice, bob, conversation)
}

#[test]
fn a_sign_in_follows_the_referral_answers_the_challenge_and_gets_the_lists() {
    let mut world = World::new();
    let alice = world.client();
    world.sign_in(alice, "alice", "demo");
    let events = world.events(alice);
    assert!(
        events
            .iter()
            .any(|e| matches!(e, Event::SignInProgress(SignInStep::Referred { .. }))),
        "{events:?}"
    );
    assert_eq!(world.dialled, ["Server", "Redirect(127.0.0.1:1863)"]);
    let lists = events.iter().find_map(|event| match event {
        Event::ContactListReceived { contacts, .. } => Some(contacts),
        _ => None,
    });
    let forward: Vec<_> = lists
        .expect("lists")
        .on(ListKind::Forward)
        .map(|c| c.handle.as_str())
        .collect();
    assert_eq!(
        forward,
        [
            "bob@example.com",
            "carol@example.com",
            "echo@example.com",
            "parrot@example.com"
        ]
    );
    assert!(
        world.sent(alice).windows(4).any(|w| w == b"QRY "),
        "the challenge was answered"
    );
    world.pass(Duration::from_mins(3));
    assert_eq!(
        world.open_links(alice),
        1,
        "a right answer keeps the session: {:?}",
        world.events(alice)
    );
}

#[test]
fn a_wrong_password_fails_the_sign_in_and_leaves_no_link() {
    let mut world = World::new();
    let alice = world.client();
    world.sign_in(alice, "alice", "wrong");
    let failed = Event::SignInFailed(SignInFailure::Refused(ErrorCode::AUTHENTICATION_FAILED));
    assert_eq!(world.events(alice).last(), Some(&failed));
    assert_eq!(world.open_links(alice), 0);
    world.sign_in(alice, "alice", "demo");
    assert!(
        world
            .events(alice)
            .contains(&Event::OwnPresenceChanged(Presence::Online)),
        "the next try works"
    );
}

#[test]
fn an_address_that_is_not_verified_is_told() {
    let mut world = World::new();
    let who = world.client();
    world.sign_in(who, "unverified", "demo");
    let events = world.events(who);
    assert!(
        events.iter().any(|e| matches!(
            e,
            Event::SignedIn {
                is_verified: false,
                ..
            }
        )),
        "{events:?}"
    );
}

#[test]
fn contacts_see_each_other_come_change_and_go() {
    let mut world = World::new();
    let alice = world.signed_in("alice");
    let bob = world.client();
    world.sign_in(bob, "bob", "demo");
    let events = world.events(bob);
    assert_eq!(presence_of(&events, "alice"), Some(Presence::Online));
    let lists = events
        .iter()
        .position(|e| matches!(e, Event::ContactListReceived { .. }));
    let seen = events
        .iter()
        .position(|e| matches!(e, Event::ContactPresence { .. }));
    assert!(
        lists < seen,
        "a list comes before the presence of who is on it"
    );
    assert_eq!(
        presence_of(&world.events(alice), "bob"),
        Some(Presence::Online)
    );
    world.intent(bob, Intent::ChangePresence(Presence::OnThePhone));
    assert_eq!(
        world.events(bob),
        [Event::OwnPresenceChanged(Presence::OnThePhone)]
    );
    assert_eq!(
        presence_of(&world.events(alice), "bob"),
        Some(Presence::OnThePhone)
    );
    world.intent(bob, Intent::ChangePresence(Presence::AppearOffline));
    assert_eq!(
        presence_of(&world.events(alice), "bob"),
        Some(Presence::Offline)
    );
    world.intent(bob, Intent::ChangePresence(Presence::Online));
    world.intent(bob, Intent::SignOut);
    assert_eq!(
        presence_of(&world.events(alice), "bob"),
        Some(Presence::Offline)
    );
    assert_eq!(
        world.events(bob).last(),
        Some(&Event::SignedOut(SignOutReason::Requested))
    );
    assert_eq!(world.open_links(bob), 0);
}

#[test]
fn a_conversation_goes_both_ways_and_its_texts_are_confirmed() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    world.send(alice, conversation, "hello\r\nbob");
    let events = world.events(alice);
    assert!(
        events
            .iter()
            .any(|e| matches!(e, Event::TextQueued { text, .. } if text == "hello\nbob"))
    );
    assert_eq!(delivery(&events), [&Delivery::Sent, &Delivery::Delivered]);
    let events = world.events(bob);
    let Some(Event::ConversationOpened {
        conversation: bobs,
        participants,
        is_mine: false,
    }) = events.first()
    else {
        panic!("{events:?}")
    };
    assert_eq!(participants[0].handle, handle("alice"));
    assert_eq!(texts(&events), ["hello\nbob"]);
    world.intent(
        bob,
        Intent::NotifyTyping {
            conversation: *bobs,
        },
    );
    assert_eq!(
        world.events(alice),
        [Event::TypingReceived {
            conversation,
            handle: handle("bob")
        }]
    );
    world.send(bob, *bobs, "hello alice");
    assert_eq!(texts(&world.events(alice)), ["hello alice"]);
    assert_eq!(world.open_links(alice), 2, "one room serves both");
    assert_eq!(world.open_links(bob), 2);
}

#[test]
fn texts_written_before_the_room_stands_arrive_once_and_in_order() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    for text in ["one", "two", "three"] {
        world.send(alice, conversation, text);
    }
    assert_eq!(texts(&world.events(bob)), ["one", "two", "three"]);
}

#[test]
fn typing_is_told_at_most_every_five_seconds_and_only_where_somebody_is() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    world.intent(alice, Intent::NotifyTyping { conversation });
    assert_eq!(world.open_links(alice), 1, "a key press calls nobody");
    world.send(alice, conversation, "hello");
    world.events(bob);
    for _ in 0..10 {
        world.intent(alice, Intent::NotifyTyping { conversation });
        world.pass(Duration::from_secs(1));
    }
    let typing = world
        .events(bob)
        .iter()
        .filter(|e| matches!(e, Event::TypingReceived { .. }))
        .count();
    assert_eq!(typing, 2);
}

#[test]
fn a_call_alone_opens_nothing_and_leaves_nothing_behind() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    world.send(alice, conversation, "hello");
    world.events(bob);
    world.intent(alice, Intent::CloseConversation { conversation });
    let events = world.events(bob);
    assert!(
        events
            .iter()
            .any(|e| matches!(e, Event::ParticipantLeft { .. })),
        "{events:?}"
    );
    assert_eq!(
        (world.open_links(alice), world.open_links(bob)),
        (1, 1),
        "an empty room is left by both"
    );
}

#[test]
fn after_the_other_left_the_next_text_calls_them_again() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    world.send(alice, conversation, "first");
    let events = world.events(bob);
    let Some(&Event::ConversationOpened {
        conversation: bobs, ..
    }) = events.first()
    else {
        panic!("{events:?}")
    };
    world.intent(bob, Intent::CloseConversation { conversation: bobs });
    world.send(alice, conversation, "second");
    let events = world.events(bob);
    assert_eq!(texts(&events), ["second"]);
    assert_eq!(world.open_links(alice), 2);
}

#[test]
fn an_idle_room_that_the_server_closes_comes_back_with_the_next_text() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    world.send(alice, conversation, "first");
    world.pass(Duration::from_mins(30));
    assert_eq!(world.open_links(alice), 1, "the room has expired");
    world.events(alice);
    world.events(bob);
    world.send(alice, conversation, "second");
    assert_eq!(texts(&world.events(bob)), ["second"]);
    assert_eq!(
        delivery(&world.events(alice)),
        [&Delivery::Sent, &Delivery::Delivered]
    );
}

#[test]
fn a_text_to_somebody_who_is_not_online_fails_and_says_so() {
    let mut world = World::new();
    let alice = world.signed_in("alice");
    let conversation = world.open(alice, "bob");
    world.send(alice, conversation, "are you there?");
    let events = world.events(alice);
    assert_eq!(
        delivery(&events),
        [&Delivery::Failed(DeliveryFailure::NotReachable)]
    );
    assert_eq!(world.open_links(alice), 1);
}

#[test]
fn a_text_while_appearing_offline_fails_and_says_so() {
    let (mut world, alice, _, conversation) = alice_and_bob();
    world.intent(alice, Intent::ChangePresence(Presence::AppearOffline));
    world.send(alice, conversation, "hello");
    assert_eq!(
        delivery(&world.events(alice)),
        [&Delivery::Failed(DeliveryFailure::Hidden)]
    );
}

#[test]
fn two_people_who_call_each_other_at_once_get_every_text_once() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    let bobs = world.open(bob, "alice");
    world.send(alice, conversation, "a1");
    world.send(bob, bobs, "b1");
    world.send(alice, conversation, "a2");
    assert_eq!(texts(&world.events(bob)), ["a1", "a2"]);
    assert_eq!(texts(&world.events(alice)), ["b1"]);
}

#[test]
fn echo_types_and_sends_the_same_text_back() {
    let mut world = World::new();
    let alice = world.signed_in("alice");
    let conversation = world.open(alice, "echo");
    world.send(alice, conversation, "hello ☕");
    world.pass(Duration::from_secs(5));
    let events = world.events(alice);
    let typing = events
        .iter()
        .position(|e| matches!(e, Event::TypingReceived { .. }));
    let text = events
        .iter()
        .position(|e| matches!(e, Event::TextReceived { text, .. } if text == "hello ☕"));
    assert!(typing.is_some() && typing < text, "{events:?}");
}

#[test]
fn a_second_sign_in_ends_the_first_and_says_why() {
    let mut world = World::new();
    let (first, second) = (world.signed_in("alice"), world.client());
    world.sign_in(second, "alice", "demo");
    assert_eq!(
        world.events(first),
        [Event::SignedOut(SignOutReason::ElsewhereSignedIn)]
    );
    assert_eq!((world.open_links(first), world.open_links(second)), (0, 1));
}

#[test]
fn a_broken_network_ends_the_session_and_fails_the_texts_on_their_way() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    world.send(alice, conversation, "hello");
    world.events(alice);
    world.unplug(alice);
    let events = world.events(alice);
    assert_eq!(
        events.last(),
        Some(&Event::SignedOut(SignOutReason::Link(CloseReason::Lost)))
    );
    assert_eq!(
        presence_of(&world.events(bob), "alice"),
        Some(Presence::Offline)
    );
    world.send(alice, conversation, "anybody?");
    assert_eq!(
        world.events(alice),
        [Event::IntentRefused(IntentRefusal::NotSignedIn)]
    );
    world.sign_in(alice, "alice", "demo");
    world.events(alice);
    world.send(alice, conversation, "back again");
    assert!(
        texts(&world.events(bob)).contains(&"back again"),
        "the conversation outlives the session"
    );
}

#[test]
fn what_cannot_be_done_now_is_refused_with_its_reason() {
    let (mut world, alice, _, conversation) = alice_and_bob();
    for (intent, refusal) in [
        (
            Intent::OpenConversation {
                with: handle("alice"),
            },
            IntentRefusal::Oneself,
        ),
        (
            Intent::ChangePresence(Presence::Offline),
            IntentRefusal::Presence,
        ),
        (
            Intent::SendText {
                conversation,
                text: " \r\n ".to_owned(),
            },
            IntentRefusal::Text,
        ),
        (
            Intent::SendText {
                conversation,
                text: "x".repeat(msnp6::messenger::MAX_SEND_BYTES + 1),
            },
            IntentRefusal::Text,
        ),
        (
            Intent::SendText {
                conversation: ConversationId(99),
                text: "x".to_owned(),
            },
            IntentRefusal::NoSuchConversation,
        ),
        (
            Intent::CloseConversation {
                conversation: ConversationId(99),
            },
            IntentRefusal::NoSuchConversation,
        ),
    ] {
        world.intent(alice, intent.clone());
        assert_eq!(
            world.events(alice),
            [Event::IntentRefused(refusal)],
            "{intent:?}"
        );
    }
    world.sign_in(alice, "alice", "demo");
    assert_eq!(
        world.events(alice),
        [Event::IntentRefused(IntentRefusal::AlreadySignedIn)]
    );
}

#[test]
fn another_account_on_the_same_client_sees_no_conversation_of_the_one_before() {
    let (mut world, alice, _, conversation) = alice_and_bob();
    world.intent(alice, Intent::SignOut);
    world.sign_in(alice, "erin", "demo");
    world.events(alice);
    world.send(alice, conversation, "hello");
    assert_eq!(
        world.events(alice),
        [Event::IntentRefused(IntentRefusal::NoSuchConversation)]
    );
}

#[test]
fn an_hour_of_silence_keeps_the_session_and_nothing_else() {
    let (mut world, alice, bob, _) = alice_and_bob();
    world.pass(Duration::from_hours(1));
    assert_eq!((world.open_links(alice), world.open_links(bob)), (1, 1));
    assert_eq!(world.events(alice), []);
}

#[test]
fn a_long_text_goes_in_several_messages_and_nothing_of_it_is_lost() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    let text = "Zwölf Boxkämpfer 👨‍👩‍👧‍👦 jagen Viktor quer über den Sylter Deich. ".repeat(60);
    world.send(alice, conversation, &text);
    let events = world.events(bob);
    let pieces = texts(&events);
    assert!(pieces.len() > 2, "{}", pieces.len());
    assert_eq!(pieces.concat(), text);
    let delivered = delivery(&world.events(alice))
        .into_iter()
        .filter(|it| **it == Delivery::Delivered)
        .count();
    assert_eq!(delivered, pieces.len());
}

#[test]
fn how_my_texts_look_arrives_with_them() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    let format = TextFormat {
        font: Some("Comic Sans MS".to_owned()),
        ..TextFormat::default()
    };
    world.intent(alice, Intent::ChangeFormat(format.clone()));
    world.send(alice, conversation, "hello");
    let events = world.events(bob);
    let looks = events.iter().find_map(|event| match event {
        Event::TextReceived { format, .. } => Some(format),
        _ => None,
    });
    assert_eq!(looks, Some(&format));
}

#[test]
fn three_people_talk_in_one_conversation() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    let carol = world.signed_in("carol");
    world.send(alice, conversation, "hello bob");
    world.intent(
        alice,
        Intent::Invite {
            conversation,
            handle: handle("carol"),
        },
    );
    world.events(bob);
    world.send(alice, conversation, "hello both");
    assert_eq!(texts(&world.events(bob)), ["hello both"]);
    let events = world.events(carol);
    let Some(Event::ConversationOpened {
        conversation: carols,
        participants,
        ..
    }) = events.first()
    else {
        panic!("{events:?}")
    };
    assert_eq!(participants.len(), 2);
    world.send(carol, *carols, "hello you two");
    assert_eq!(texts(&world.events(bob)), ["hello you two"]);
    assert!(texts(&world.events(alice)).contains(&"hello you two"));
}

#[test]
fn what_is_for_one_does_not_go_to_two() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    let carol = world.signed_in("carol");
    world.send(alice, conversation, "hello bob");
    world.intent(
        alice,
        Intent::Invite {
            conversation,
            handle: handle("carol"),
        },
    );
    let private = world.open(alice, "bob");
    assert_ne!(private, conversation);
    world.events(bob);
    world.events(carol);
    world.send(alice, private, "a surprise for carol");
    assert_eq!(texts(&world.events(bob)), ["a surprise for carol"]);
    assert_eq!(texts(&world.events(carol)), [""; 0]);
}

#[test]
fn somebody_invited_before_there_is_a_room_is_called_with_the_others() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    let carol = world.signed_in("carol");
    world.intent(
        alice,
        Intent::Invite {
            conversation,
            handle: handle("carol"),
        },
    );
    world.send(alice, conversation, "hello both");
    assert_eq!(texts(&world.events(bob)), ["hello both"]);
    assert_eq!(texts(&world.events(carol)), ["hello both"]);
}

#[test]
fn somebody_invited_who_is_not_there_is_told_and_the_others_go_on() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    world.send(alice, conversation, "hello bob");
    world.events(alice);
    world.events(bob);
    world.intent(
        alice,
        Intent::Invite {
            conversation,
            handle: handle("carol"),
        },
    );
    let failure = DeliveryFailure::NotReachable;
    let failed = Event::InviteFailed {
        conversation,
        handle: handle("carol"),
        failure,
    };
    assert_eq!(world.events(alice), [failed]);
    world.send(alice, conversation, "only us then");
    assert_eq!(texts(&world.events(bob)), ["only us then"]);
}

#[test]
fn a_group_whose_room_has_expired_is_called_together_again() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    let carol = world.signed_in("carol");
    world.send(alice, conversation, "hello bob");
    world.intent(
        alice,
        Intent::Invite {
            conversation,
            handle: handle("carol"),
        },
    );
    world.pass(Duration::from_mins(30));
    world.events(bob);
    world.events(carol);
    world.send(alice, conversation, "still here?");
    assert_eq!(texts(&world.events(bob)), ["still here?"]);
    assert_eq!(texts(&world.events(carol)), ["still here?"]);
}

#[test]
fn a_nudge_arrives_where_somebody_is_and_is_refused_where_nobody_is() {
    let (mut world, alice, bob, conversation) = alice_and_bob();
    world.intent(alice, Intent::SendNudge { conversation });
    assert_eq!(
        world.events(alice),
        [Event::IntentRefused(IntentRefusal::NobodyThere)]
    );
    world.send(alice, conversation, "hello");
    world.intent(alice, Intent::SendNudge { conversation });
    let events = world.events(bob);
    assert!(
        matches!(
            events.last(),
            Some(Event::DatacastReceived {
                datacast: Datacast::Nudge,
                ..
            })
        ),
        "{events:?}"
    );
}
