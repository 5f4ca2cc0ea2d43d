//! Recordings played once more to a whole client, with nothing but the recording.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

mod support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::collections::VecDeque;

use msnp6::messenger::{Delivery, Event, Input, Messenger, Output, SignOutReason};
use msnp6::model::Timestamp;
use msnp6::replay::Replay;
use msnp6::transcript::{Recorded, Recorder};
use msnp6::wire::Direction;
use support::transcripts::TRANSCRIPTS;

/// What came of a recording, and what a recorder wrote meanwhile.
#[derive(Default)]
struct Played {
    events: Vec<Event>,
    recorded: Vec<Recorded>,
}

fn play(recording: &str) -> Option<Played> {
    let mut replay = Replay::new(recording)?;
    let mut messenger = Messenger::new();
    let mut recorder = Recorder::default();
    let mut played = Played::default();
    let mut inputs = VecDeque::new();
    let mut steps = 0;
    while let Some(input) = inputs.pop_front().or_else(|| replay.step()) {
        steps += 1;
        assert!(steps < 100_000, "the recording never ends");
        let (now, to) = (Timestamp(0), &mut played.recorded);
        match &input {
            Input::Opened { link } => recorder.opened(now, *link, "at", to),
            Input::Received { link, bytes } => {
                recorder.passed(now, *link, Direction::FromServer, bytes, to);
            }
            Input::Closed { link, .. } => recorder.closed(now, *link, true, to),
            Input::Woke | Input::Resumed | Input::Intent(_) => {}
        }
        messenger.handle(now, input);
        while let Some(output) = messenger.poll() {
            inputs.extend(replay.take(&output));
            match output {
                Output::Transmit { link, bytes } => {
                    let from = Direction::FromClient;
                    recorder.passed(now, link, from, bytes.expose(), &mut played.recorded);
                }
                Output::Disconnect { link } => {
                    recorder.closed(now, link, false, &mut played.recorded);
                }
                Output::Event(event) => played.events.push(event),
                _ => {}
            }
        }
    }
    Some(played)
}

fn recording(name: &str) -> &'static str {
    let mut all = TRANSCRIPTS.iter();
    all.find(|it| it.name == name).expect("a recording").text
}

fn texts(events: &[Event]) -> Vec<&str> {
    events.iter().filter_map(text_of).collect()
}

/// Without what the recorded client did wrong on purpose, which ours does not do again.
fn seen(events: &[Event]) -> Vec<&Event> {
    let all = events.iter();
    let is_wrong = |event: &Event| matches!(event, Event::Oddity { .. } | Event::IntentRefused(_));
    all.filter(|event| !is_wrong(event)).collect()
}

fn text_of(event: &Event) -> Option<&str> {
    match event {
        Event::TextReceived { text, .. } | Event::TextQueued { text, .. } => Some(text),
        _ => None,
    }
}

#[test]
fn a_conversation_of_two_is_seen_as_its_caller_saw_it() {
    let played = play(recording("17-chat-two")).expect("a sign-in");
    let events = &played.events;
    assert!(matches!(
        &events[..],
        [.., Event::SignedOut(SignOutReason::Requested)]
    ));
    let is_list = |event: &&Event| matches!(event, Event::ContactListReceived { .. });
    assert_eq!(events.iter().filter(is_list).count(), 1);
    assert_eq!(
        texts(events),
        [
            "hello bob",
            "hello bob",
            "hello bob",
            "hello bob",
            "hello alice\nsecond line",
            "\u{c5}lesund \u{2603} \u{65e5}\u{672c}\u{8a9e} \u{1f600} \u{fdfd}",
            "renamed",
            "hidden",
            "to hidden",
        ]
    );
    let delivered = |event: &&Event| {
        matches!(
            event,
            Event::TextDelivery {
                delivery: Delivery::Delivered,
                ..
            }
        )
    };
    assert!(events.iter().filter(delivered).count() > 3, "{events:?}");
}

#[test]
fn what_is_recorded_without_secrets_plays_the_same() {
    let mut compared = 0;
    for transcript in TRANSCRIPTS {
        // In the recording of dialects nobody gets as far as signing in.
        let Some(first) = play(transcript.text) else {
            assert_eq!(transcript.name, "03-ver-variants");
            continue;
        };
        // A text that was never sent is in no recording.
        let failed = |event: &Event| {
            matches!(
                event,
                Event::TextDelivery {
                    delivery: Delivery::Failed(_),
                    ..
                }
            )
        };
        if first.events.iter().any(failed) {
            continue;
        }
        compared += 1;
        let lines: Vec<_> = first.recorded.iter().map(|it| it.text.as_str()).collect();
        let again = play(&lines.join("\n")).map(|it| it.events);
        let again = again.unwrap_or_default();
        assert_eq!(seen(&again), seen(&first.events), "{}", transcript.name);
    }
    assert!(compared > 10, "only {compared} recordings were compared");
}

#[test]
fn a_text_without_a_sign_in_is_no_recording() {
    for text in [
        "",
        "hello",
        "[0.000] a C: VER 1 MSNP6",
        "[0.000] a C: USR 3 MD5 I x",
    ] {
        assert!(Replay::new(text).is_none(), "{text}");
    }
}

#[test]
fn a_damaged_recording_plays_to_its_end() {
    let mut random = support::Random::new(5);
    for transcript in TRANSCRIPTS {
        for _ in 0..5 {
            let lines = transcript.text.lines();
            let kept: Vec<_> = lines.filter(|_| random.below(8) > 0).collect();
            play(&kept.join("\n"));
        }
    }
}
