//! A switchboard and the quirks of those that are about: who is there, what arrives, what does not.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[path = "support/dialogue.rs"]
mod dialogue;

use dialogue::{Dialogue, GRANT, LINK, ROOM, handle};
use msnp6::command::ErrorCode;
use msnp6::gateway::CloseCode;
use msnp6::messenger::{CloseReason, Delivery, DeliveryFailure, Event, Input, Intent};
use msnp6::model::{ConversationId, LinkId, Presence, TextId};

fn delivery(events: &[Event]) -> Vec<(TextId, Delivery)> {
    let pick = |event: &Event| match event {
        Event::TextDelivery {
            text_id, delivery, ..
        } => Some((*text_id, delivery.clone())),
        _ => None,
    };
    events.iter().filter_map(pick).collect()
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

#[test]
fn a_text_waits_for_the_room_and_for_the_other_and_asks_for_an_answer() {
    let (mut it, conversation) = Dialogue::asking();
    it.server(GRANT);
    it.input(Input::Opened { link: ROOM });
    it.client("USR 1 alice@example.com 17262740.1050826919.32308\r\n");
    it.at(ROOM, "USR 1 OK alice@example.com Alice\r\n");
    it.client("CAL 2 bob@example.com\r\n");
    it.at(ROOM, "CAL 2 RINGING 0\r\n");
    assert_eq!(it.events, []);
    it.at(ROOM, "JOI bob@example.com Bob\r\n");
    it.client(
        "MSG 3 A 67\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nhello",
    );
    it.at(ROOM, "ACK 3\r\n");
    let text_id = TextId(1);
    let delivered = Event::TextDelivery {
        conversation,
        text_id,
        delivery: Delivery::Delivered,
    };
    assert_eq!(it.events.last(), Some(&delivered));
}

#[test]
fn every_way_in_which_no_room_comes_fails_the_text_with_its_reason() {
    let hidden = DeliveryFailure::Hidden;
    for (words, failure) in [
        ("913 7\r\n", hidden),
        ("280 7\r\n", DeliveryFailure::Server(ErrorCode(280))),
    ] {
        let (mut it, _) = Dialogue::asking();
        it.server(words);
        assert_eq!(
            delivery(&it.events),
            [(TextId(1), Delivery::Failed(failure))],
            "{words:?}"
        );
    }
    let (mut it, _) = Dialogue::asking();
    it.pass(31);
    assert_eq!(
        delivery(&it.events),
        [(TextId(1), Delivery::Failed(DeliveryFailure::TimedOut))]
    );
}

/// What goes wrong with a room that was granted.
type Trouble = fn(&mut Dialogue);

/// The text of a room that was granted fails for that reason, and the next one asks for a new room.
fn room_fails(trouble: Trouble, failure: DeliveryFailure) {
    let (mut it, conversation) = Dialogue::asking();
    it.server(GRANT);
    trouble(&mut it);
    assert_eq!(
        delivery(&it.events),
        [(TextId(1), Delivery::Failed(failure))]
    );
    it.forget();
    it.write(conversation, "again");
    it.client("XFR 8 SB\r\n");
}

fn enter(it: &mut Dialogue, words: &str) {
    it.input(Input::Opened { link: ROOM });
    it.at(ROOM, words);
}

#[test]
fn a_room_that_cannot_be_entered_fails_the_text_with_its_reason() {
    let reason = CloseReason::Code(CloseCode::TicketExpired);
    room_fails(
        |it| {
            let reason = CloseReason::Code(CloseCode::TicketExpired);
            it.input(Input::Closed { link: ROOM, reason });
        },
        DeliveryFailure::Link(reason),
    );
    room_fails(|it| it.pass(21), DeliveryFailure::TimedOut);
    room_fails(
        |it| enter(it, "500 1\r\n"),
        DeliveryFailure::Server(ErrorCode(500)),
    );
    room_fails(
        |it| {
            it.input(Input::Opened { link: ROOM });
            it.pass(31);
        },
        DeliveryFailure::TimedOut,
    );
}

#[test]
fn a_call_that_brings_nobody_fails_the_text_with_its_reason() {
    room_fails(
        |it| enter(it, "USR 1 OK alice@example.com Alice\r\n217 2\r\n"),
        DeliveryFailure::NotReachable,
    );
    room_fails(
        |it| enter(it, "USR 1 OK alice@example.com Alice\r\n208 2\r\n"),
        DeliveryFailure::Server(ErrorCode(208)),
    );
    room_fails(
        |it| {
            enter(
                it,
                "USR 1 OK alice@example.com Alice\r\nCAL 2 RINGING 1\r\n",
            );
            it.pass(61);
        },
        DeliveryFailure::NoAnswer,
    );
    room_fails(
        |it| enter(it, "USR 1 OK alice@example.com Alice\r\nMSG what\r\n"),
        DeliveryFailure::Garbled,
    );
}

#[test]
fn a_nak_fails_the_text_and_silence_leaves_it_unconfirmed() {
    let (mut it, room, _) = Dialogue::in_a_room();
    it.at(room, "NAK 3\r\n");
    assert_eq!(
        delivery(&it.events),
        [(TextId(1), Delivery::Failed(DeliveryFailure::Refused))]
    );
    let (mut it, _, _) = Dialogue::in_a_room();
    it.pass(31);
    assert_eq!(delivery(&it.events), [(TextId(1), Delivery::Unconfirmed)]);
}

#[test]
fn a_room_that_breaks_fails_what_nobody_confirmed() {
    let (mut it, link, _) = Dialogue::in_a_room();
    it.input(Input::Closed {
        link,
        reason: CloseReason::Lost,
    });
    let failure = DeliveryFailure::Link(CloseReason::Lost);
    assert_eq!(
        delivery(&it.events),
        [(TextId(1), Delivery::Failed(failure))]
    );
}

#[test]
fn a_text_that_nobody_confirmed_when_the_session_broke_may_not_have_arrived() {
    let (mut it, _, _) = Dialogue::in_a_room();
    let reason = CloseReason::Lost;
    it.input(Input::Closed { link: LINK, reason });
    let failure = DeliveryFailure::Link(reason);
    assert_eq!(
        delivery(&it.events),
        [(TextId(1), Delivery::Failed(failure))]
    );
}

#[test]
fn a_conversation_of_several_is_taken_up_again_with_all_of_them() {
    let mut it = Dialogue::signed_in();
    let with = [handle("bob@example.com"), handle("carol@example.com")];
    it.intent(Intent::TakeUpConversation {
        with: [&with[..], &with[..1]].concat(),
    });
    let Some(Event::ConversationOpened { participants, .. }) = it.events.last() else {
        panic!("not opened: {:?}", it.events);
    };
    let handles: Vec<_> = participants.iter().map(|who| who.handle.clone()).collect();
    assert_eq!(handles, with);
}

#[test]
fn somebody_listed_twice_and_myself_in_the_list_show_once_and_not_at_all() {
    let mut it = Dialogue::called_by("alice@example.com");
    it.at(
        ROOM,
        "JOI bob@example.com Bob\r\nIRO 1 1 3 bob@example.com Bob\r\n",
    );
    it.at(
        ROOM,
        "IRO 1 2 3 alice@example.com Alice\r\nIRO 1 3 3 bob@example.com Bob\r\nANS 1 OK\r\n",
    );
    it.text(ROOM, "hi");
    let [
        Event::ConversationOpened { participants, .. },
        Event::TextReceived { .. },
    ] = it.events.as_slice()
    else {
        panic!("{:?}", it.events)
    };
    assert_eq!(
        participants
            .iter()
            .map(|p| p.handle.as_str())
            .collect::<Vec<_>>(),
        ["bob@example.com"]
    );
}

#[test]
fn a_call_whose_caller_is_gone_is_left_again() {
    let mut it = Dialogue::called_by("bob@example.com");
    it.at(ROOM, "ANS 1 OK\r\n");
    assert!(it.is_closed(ROOM));
    assert_eq!(it.events, []);
}

#[test]
fn a_bye_that_names_me_in_a_room_of_two_means_the_other() {
    let (mut it, room, conversation) = Dialogue::in_a_room();
    it.at(room, "ACK 3\r\nBYE alice@example.com\r\n");
    let left = Event::ParticipantLeft {
        conversation,
        handle: handle("bob@example.com"),
        is_idle: false,
    };
    assert_eq!(it.events.last(), Some(&left));
    assert!(it.is_closed(room));
}

#[test]
fn byes_that_name_me_in_a_room_of_three_mean_everybody_once_there_are_as_many() {
    let (mut it, room, conversation) = Dialogue::in_a_room();
    it.at(room, "ACK 3\r\nJOI carol@example.com Carol\r\n");
    let left = |handle| Event::ParticipantLeft {
        conversation,
        handle,
        is_idle: false,
    };
    it.events.clear();
    it.at(room, "BYE alice@example.com\r\n");
    assert_eq!(it.events, [], "it may have been either of them");
    assert!(!it.is_closed(room));
    it.at(room, "BYE alice@example.com\r\n");
    let both = ["bob@example.com", "carol@example.com"].map(|who| left(handle(who)));
    assert_eq!(it.events, both);
    assert!(it.is_closed(room));
}

#[test]
fn an_idle_end_is_told_as_one() {
    let (mut it, room, _) = Dialogue::in_a_room();
    it.at(room, "BYE bob@example.com 1\r\n");
    assert!(
        it.events
            .iter()
            .any(|event| matches!(event, Event::ParticipantLeft { is_idle: true, .. }))
    );
}

#[test]
fn nothing_is_sent_into_a_room_that_the_other_has_left() {
    let (mut it, room, conversation) = Dialogue::in_a_room();
    it.at(room, "ACK 3\r\nBYE bob@example.com\r\n");
    it.forget();
    it.write(conversation, "again");
    it.client("XFR 8 SB\r\n");
}

#[test]
fn a_third_person_makes_the_conversation_one_of_three() {
    let (mut it, room, conversation) = Dialogue::in_a_room();
    it.at(room, "JOI carol@example.com Carol\r\n");
    let Some(Event::ParticipantJoined { participant, .. }) = it.events.last() else {
        panic!("{:?}", it.events)
    };
    assert_eq!(participant.handle, handle("carol@example.com"));
    it.forget();
    it.intent(Intent::OpenConversation {
        with: handle("bob@example.com"),
    });
    let Some(Event::ConversationOpened {
        conversation: other,
        ..
    }) = it.events.last()
    else {
        panic!("{:?}", it.events)
    };
    assert_ne!(*other, conversation, "what is for Bob alone goes elsewhere");
}

#[test]
fn bodies_that_are_neither_text_nor_typing_open_nothing() {
    let mut it = Dialogue::called_by("bob@example.com");
    it.at(ROOM, "IRO 1 1 1 bob@example.com Bob\r\nANS 1 OK\r\n");
    for body in [
        "",
        "junk",
        "Content-Type: text/x-clientcaps\r\n\r\nClient-Name: x\r\n",
        "Content-Type: text/x-msmsgscontrol\r\nTypingUser: bob@example.com\r\n\r\n\r\n",
    ] {
        it.message(ROOM, body);
        assert_eq!(it.events, [], "{body:?}");
    }
    it.text(ROOM, "now");
    assert_eq!(texts(&it.events), ["now"]);
}

#[test]
fn bodies_of_later_clients_show_nothing_and_are_not_answered() {
    let (mut it, room, _) = Dialogue::in_a_room();
    for content_type in [
        "text/x-mms-emoticon",
        "text/x-mms-animemoticon",
        "application/x-msnmsgrp2p",
        "text/x-clientcaps",
        "text/x-clientinfo",
        "application/x-buddyicon",
        "image/gif",
        "application/x-ms-ink",
        "text/x-keepalive",
        "text/search-query",
    ] {
        let body = format!("MIME-Version: 1.0\r\nContent-Type: {content_type}\r\n\r\n:)\tx\t\0");
        it.message(room, &body);
        assert_eq!(it.events, [], "{content_type}");
        it.client("");
    }
    it.text(room, "now");
    assert_eq!(texts(&it.events), ["now"]);
}

#[test]
fn signing_out_leaves_every_room_and_fails_what_waits() {
    let (mut it, room, _) = Dialogue::in_a_room();
    it.intent(Intent::OpenConversation {
        with: handle("carol@example.com"),
    });
    it.write(ConversationId(2), "waiting");
    it.forget();
    it.intent(Intent::SignOut);
    it.client("OUT\r\nOUT\r\n");
    assert!(it.is_closed(room) && it.is_closed(LINK));
    let outcomes = delivery(&it.events);
    assert_eq!(
        outcomes,
        [
            (TextId(1), Delivery::Unconfirmed),
            (TextId(2), Delivery::Failed(DeliveryFailure::SignedOut)),
        ]
    );
}

#[test]
fn a_server_that_rings_without_end_opens_a_bounded_number_of_rooms() {
    let mut it = Dialogue::signed_in();
    for number in 0..500 {
        it.server(&format!(
            "RNG {number} 192.0.2.51:1863 CKI 1.1 bob@example.com Bob\r\n"
        ));
    }
    assert_eq!(it.others.len(), 64);
}

#[test]
fn a_room_lost_does_not_touch_the_session() {
    let (mut it, room, _) = Dialogue::in_a_room();
    it.input(Input::Closed {
        link: room,
        reason: CloseReason::Lost,
    });
    it.intent(Intent::ChangePresence(Presence::Busy));
    it.server("CHG 8 BSY\r\n");
    assert_eq!(
        it.events.last(),
        Some(&Event::OwnPresenceChanged(Presence::Busy))
    );
}

#[test]
fn an_offer_is_refused_once_and_politely_and_told() {
    let (mut it, room, conversation) = Dialogue::in_a_room();
    let offer = "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\n\
        Application-Name: File Transfer\r\nApplication-GUID: {5D3E02AB-6190-11d3-BBBB-00C04F795683}\r\n\
        Invitation-Command: INVITE\r\nInvitation-Cookie: 33267\r\nApplication-File: photo.jpg\r\n\
        Application-FileSize: 20480\r\n\r\n";
    for _ in 0..2 {
        it.message(room, offer);
    }
    it.client(
        "MSG 4 N 162\r\nMIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\n\
         Invitation-Command: CANCEL\r\nInvitation-Cookie: 33267\r\nCancel-Code: REJECT_NOT_INSTALLED\r\n\r\n",
    );
    let offers = it.events.iter().filter(|event| match event {
        Event::OfferRefused {
            conversation: told,
            offer,
            ..
        } => *told == conversation && offer.file == "photo.jpg",
        _ => false,
    });
    assert_eq!(offers.count(), 1);
}

#[test]
fn a_text_in_pieces_comes_as_one() {
    let (mut it, room, _) = Dialogue::in_a_room();
    for body in [
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\nMessage-ID: {1}\r\nChunks: 2\r\n\r\nhello ",
        "Message-ID: {1}\r\nChunk: 1\r\n\r\nalice",
    ] {
        it.message(room, body);
    }
    assert_eq!(texts(&it.events), ["hello alice"]);
}

#[test]
fn a_text_waits_until_everybody_who_was_called_has_come_or_not() {
    let (mut it, room, conversation) = Dialogue::in_a_room();
    it.intent(Intent::Invite {
        conversation,
        handle: handle("carol@example.com"),
    });
    it.client("CAL 4 carol@example.com\r\n");
    it.write(conversation, "hello");
    it.client("");
    it.at(room, "CAL 4 RINGING 1\r\nJOI carol@example.com Carol\r\n");
    it.client(
        "MSG 5 A 67\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nhello",
    );
}

#[test]
fn a_cookie_that_is_not_good_any_more_is_asked_for_once_again() {
    let (mut it, _) = Dialogue::asking();
    it.server("XFR 7 SB 192.0.2.50:1863 CKI 1.1\r\n");
    it.forget();
    it.input(Input::Opened { link: ROOM });
    it.at(ROOM, "911 1\r\n");
    it.client("USR 1 alice@example.com 1.1\r\nXFR 8 SB\r\n");
    assert_eq!(delivery(&it.events), []);
    it.server("XFR 8 SB 192.0.2.50:1863 CKI 2.2\r\n");
    let second = LinkId(3);
    it.input(Input::Opened { link: second });
    it.at(second, "911 1\r\n");
    let failure = DeliveryFailure::Server(ErrorCode(911));
    assert_eq!(
        delivery(&it.events),
        [(TextId(1), Delivery::Failed(failure))]
    );
}
