//! Conversations: who is called and comes, what is written, and what became of it.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::gateway::CloseCode;
use msnp6::messenger::{
    Application, Change, CloseReason, Datacast, Delivery, DeliveryFailure, Event, Intent,
    Participant,
};
use msnp6::model::{ConversationId, Presence, TextId};

use crate::support::replay::Replay;
use crate::{called, oddities, of, presences, replay, replay_as, texts, told};

const CONVERSATION: ConversationId = ConversationId(1);

fn text(text: &str) -> Intent {
    Intent::SendText {
        conversation: CONVERSATION,
        text: text.to_owned(),
    }
}

/// Who takes part in each conversation that was shown.
fn windows(replay: &Replay) -> Vec<&Vec<Participant>> {
    told(&replay.events, |event| match event {
        Event::ConversationOpened { participants, .. } => Some(participants),
        _ => None,
    })
}

#[test]
fn recording_17_shows_the_caller_who_came_what_they_wrote_and_what_arrived() {
    let bob = of("bob");
    let replay = replay(
        "17-chat-two",
        "alice",
        &[
            ("XFR 7 SB", Intent::OpenConversation { with: bob.clone() }),
            ("XFR 7 SB", text("hello bob")),
            ("MSG 5 A", text("second")),
            ("MSG 7 A", text("third")),
        ],
    );
    assert!(replay.events.contains(&Event::ContactPresence {
        handle: bob.clone(),
        name: Some(called("Bob Builder")),
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
    // Until he leaves for the first time; the recorded client then goes on in the empty room, ours does not.
    let received = texts(&replay.events[..left]);
    assert_eq!(
        received,
        [
            ("bob@example.com", "hello alice\nsecond line"),
            ("bob@example.com", "to hidden")
        ]
    );
    let delivered = |n: u32| Event::TextDelivery {
        conversation: CONVERSATION,
        text_id: TextId(n),
        delivery: Delivery::Delivered,
    };
    // The recorded client asked for no answer to its first two; each of ours gets the next one that came.
    for n in 1..=3 {
        assert!(replay.events.contains(&delivered(n)), "{n}");
    }
}

#[test]
fn recording_17_is_called_into_a_room_of_the_callers() {
    let open = Intent::OpenConversation { with: of("bob") };
    let script = [("XFR 7 SB", open), ("XFR 7 SB", text("hello bob"))];
    let replay = replay("17-chat-two", "alice", &script);
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
    let alice = of("alice");
    let [people] = windows(&replay)[..] else {
        panic!("three calls, one conversation: {:?}", replay.events)
    };
    assert_eq!(
        people.iter().map(|it| &it.handle).collect::<Vec<_>>(),
        [&alice]
    );
    let is_mine = |event: &Event| matches!(event, Event::ConversationOpened { is_mine: true, .. });
    assert!(!replay.events.iter().any(is_mine));
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
    // What was said in rooms that he entered after she had called him again.
    assert!(received.contains(&("alice@example.com", "welcome back")));
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
    let joined = told(&replay.events, |event| match event {
        Event::ParticipantJoined { participant, .. } => Some(participant.handle.as_str()),
        _ => None,
    });
    // Carol came before anybody wrote, so the conversation opened with her in it; Alice came back, Dave came.
    assert_eq!(joined, ["alice@example.com", "dave@example.com"]);
    let people: Vec<_> = windows(&replay)[0]
        .iter()
        .map(|it| it.handle.as_str())
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
    assert!(windows(&replay).is_empty());
    assert!(
        replay
            .sent_lines()
            .iter()
            .any(|line| line.starts_with("ANS 1 dave@example.com "))
    );
}

/// What became of a text, step by step.
fn deliveries(replay: &Replay, id: u32) -> Vec<&Delivery> {
    told(&replay.events, |event| match event {
        Event::TextDelivery {
            text_id, delivery, ..
        } if text_id.0 == id => Some(delivery),
        _ => None,
    })
}

#[test]
fn recording_19_fails_a_text_to_somebody_who_cannot_be_called() {
    let open = Intent::OpenConversation { with: of("bob") };
    let script = [("XFR 7 SB", open), ("XFR 7 SB", text("hello"))];
    let replay = replay("19-chat-errors", "alice", &script);
    let failed = Delivery::Failed(DeliveryFailure::NotReachable);
    // No text goes into the empty room, where this server would confirm it.
    assert_eq!(deliveries(&replay, 1), [&failed]);
    assert!(
        !replay
            .sent_lines()
            .iter()
            .any(|line| line.starts_with("MSG"))
    );
    let bob = "bob@example.com";
    let seen: Vec<_> = presences(&replay.events)
        .into_iter()
        .map(|(who, _, presence)| (who, presence))
        .collect();
    // Hidden, shown, blocking, no longer blocking, and once more for the allow list.
    assert_eq!(
        seen,
        [
            (bob, Presence::Offline),
            (bob, Presence::Busy),
            (bob, Presence::Offline),
            (bob, Presence::Busy),
            (bob, Presence::Busy),
        ]
    );
}

#[test]
fn recording_19_tells_by_its_code_that_somebody_cannot_be_called() {
    // The recorded client calls people of whom there are no others: ours calls the same with the same ids.
    let open = |name| Intent::OpenConversation { with: of(name) };
    let script = [("XFR 7 SB", open("nobody")), ("XFR 7 SB", text("hello"))];
    let replay = replay("19-chat-errors", "alice", &script);
    let failed = Delivery::Failed(DeliveryFailure::NotReachable);
    assert_eq!(deliveries(&replay, 1), [&failed]);
}

#[test]
fn recording_19_answers_every_call_and_is_well_when_none_of_them_works() {
    let hidden = Presence::AppearOffline;
    let show = Intent::ChangePresence(Presence::Busy);
    let block = Intent::Change(Change::Block(of("alice")));
    let script = [("CHG 7", show), ("ADD 8 BL", block)];
    let replay = replay_as("19-chat-errors", "bob", hidden, &script);
    let answers = |line: &&String| line.starts_with("ANS 1 bob@example.com ");
    assert_eq!(replay.sent_lines().iter().filter(answers).count(), 3);
    // Nobody wrote: no window opens.
    assert!(windows(&replay).is_empty());
}

#[test]
fn recording_19_enters_rooms_with_good_cookies_alone() {
    let replay = replay("19-chat-errors", "carol", &[]);
    let lines = replay.sent_lines();
    let answers = |line: &&String| line.starts_with("ANS 1 carol@example.com ");
    assert_eq!(lines.iter().filter(answers).count(), 5);
    // A spent cookie is refused, a good one lets in, and the room that the caller has left is left again:
    // of none of them there is anything to tell.
    let is_news = |event: &Event| {
        matches!(
            event,
            Event::ConversationOpened { .. }
                | Event::TextReceived { .. }
                | Event::ParticipantJoined { .. }
        )
    };
    assert!(!replay.events.iter().any(is_news));
    assert!(oddities(&replay.events).is_empty());
    let last = lines
        .iter()
        .rposition(|line| line.starts_with("ANS"))
        .expect("an answer");
    assert_eq!(lines[last + 1], "OUT");
}

#[test]
fn recording_20_tells_what_became_of_every_text() {
    let open = Intent::OpenConversation { with: of("bob") };
    let script = [
        ("XFR 7 SB", open),
        ("XFR 7 SB", text("confirmed")),
        ("MSG 4 A 1665", text("in the way of the end")),
        ("XFR 8 SB", text("in the way of another end")),
        ("XFR 10 SB", text("met with silence")),
        ("MSG 5 A 62", text("confirmed again")),
    ];
    let replay = replay("20-messages", "alice", &script);
    let closed = CloseReason::Code(CloseCode::ServerClosed);
    let ended = Delivery::Failed(DeliveryFailure::Link(closed));
    let sent = Delivery::Sent;
    assert_eq!(deliveries(&replay, 1), [&sent, &Delivery::Delivered]);
    assert_eq!(deliveries(&replay, 2), [&sent, &ended]);
    assert_eq!(deliveries(&replay, 3), [&sent, &ended]);
    assert_eq!(deliveries(&replay, 4), [&sent, &ended]);
    assert_eq!(deliveries(&replay, 5), [&sent, &Delivery::Delivered]);
    // All in one conversation, whatever room it is in.
    assert_eq!(windows(&replay).len(), 1);
}

#[test]
fn recording_20_shows_every_kind_of_text_as_it_was_written() {
    let replay = replay("20-messages", "bob", &[]);
    let received: Vec<_> = texts(&replay.events)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    // The largest payload that this server takes.
    assert_eq!(received[0].len(), 1664 - 62);
    assert_eq!(
        received[1..5],
        [
            "",
            "a\0b\u{1}c\u{1b}",
            // Every kind of line end is one.
            "a\nb\nc\nd",
            // Words of the protocol are words.
            "MSG bob bob 5\nOUT\nBYE alice@example.com\n",
        ]
    );
    let numbers: Vec<_> = (0..20).map(|number| format!("number {number}")).collect();
    assert_eq!(received[5..], numbers);
}

#[test]
fn recording_20_tells_a_nudge_refuses_an_offer_and_passes_over_what_it_does_not_know() {
    let replay = replay("20-messages", "bob", &[]);
    let other: Vec<_> = replay
        .events
        .iter()
        .filter(|event| {
            matches!(
                event,
                Event::OfferRefused { .. } | Event::DatacastReceived { .. }
            )
        })
        .collect();
    let [
        Event::OfferRefused { offer, .. },
        Event::DatacastReceived { datacast, .. },
    ] = other[..]
    else {
        panic!("{other:?}")
    };
    assert_eq!(offer.application, Application::FileTransfer);
    assert_eq!((offer.file.as_str(), offer.file_size), ("a.txt", Some(3)));
    assert_eq!(*datacast, Datacast::Nudge);
    let refusal = replay
        .sent
        .iter()
        .find(|frame| frame.line.starts_with(b"MSG"));
    let refusal = String::from_utf8_lossy(&refusal.expect("a refusal").payload).into_owned();
    assert!(refusal.contains("Invitation-Command: CANCEL\r\nInvitation-Cookie: 12345\r\n"));
    // No content type, an unknown one, and pieces of pictures: nothing to tell, and nothing odd.
    assert_eq!(oddities(&replay.events), [""; 0]);
    assert_eq!(texts(&replay.events).len(), 25);
}

#[test]
fn recording_20_tells_each_time_when_the_other_has_left() {
    let replay = replay("20-messages", "bob", &[]);
    let left = |event: &&Event| matches!(event, Event::ParticipantLeft { is_idle: false, .. });
    // Six rooms, each left when the server had closed on her.
    assert_eq!(replay.events.iter().filter(left).count(), 6);
}
