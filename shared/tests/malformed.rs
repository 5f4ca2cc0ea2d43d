//! Damaged input of every kind: a panic, a hang or a leak is a fault of ours, never of the input.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

mod support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::command::{ClientCommand, ServerCommand};
use msnp6::messenger::{CloseReason, Event, Input, Intent, Messenger, Output};
use msnp6::model::{ConversationId, LinkId, Presence, Secret, Timestamp, UserHandle};
use msnp6::payload::Payload;
use msnp6::wire::{Direction, Framer};
use support::Random;
use support::recordings::RECORDINGS;

/// Changes, drops, doubles and cuts bytes here and there.
fn damage(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = [b"\n", bytes].concat();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len());
        match random.below(5) {
            0 => bytes[at] = u8::try_from(random.below(256)).expect("a byte"),
            1 if at > 0 => drop(bytes.remove(at)),
            2 => bytes.insert(at, b" \r\n%@0"[random.below(6)]),
            3 => bytes.truncate(at.max(1)),
            _ => bytes.extend_from_within(at..),
        }
        bytes.truncate(40_000);
    }
    bytes
}

#[test]
fn damaged_recordings_are_framed_and_decoded_without_a_panic() {
    let mut random = Random::new(3);
    let mut decoded = 0;
    for recording in RECORDINGS {
        for _ in 0..30 {
            let bytes = damage(&mut random, recording.bytes);
            let mut framer = Framer::new(recording.direction());
            framer.push(&bytes);
            while let Ok(Some(frame)) = framer.next_frame() {
                decoded += usize::from(match recording.direction() {
                    Direction::FromServer => ServerCommand::decode(&frame).is_ok(),
                    Direction::FromClient => ClientCommand::decode(&frame).is_ok(),
                });
                Payload::parse(frame.payload());
            }
            assert!(framer.consumed() <= bytes.len() as u64);
        }
    }
    assert!(
        decoded > 1000,
        "only {decoded} commands were decoded: the sweep says little"
    );
}

/// What a client has open, as the driver sees it.
#[derive(Default)]
struct Links {
    open: Vec<LinkId>,
    is_signed_in: bool,
}

impl Links {
    fn follow(&mut self, output: &Output) {
        match output {
            Output::Connect { link, .. } => self.open.push(*link),
            Output::Disconnect { link } => {
                assert!(self.open.contains(link), "{link:?} was not open");
                self.open.retain(|open| open != link);
            }
            Output::Event(Event::SignedIn { .. }) => self.is_signed_in = true,
            Output::Event(Event::SignedOut(_) | Event::SignInFailed(_)) => {
                assert!(
                    self.open.is_empty(),
                    "a session ended and left {:?}",
                    self.open
                );
                self.is_signed_in = false;
            }
            _ => {}
        }
    }
}

#[test]
fn a_messenger_that_is_fed_damaged_recordings_leaks_no_link_and_always_comes_to_rest() {
    let mut random = Random::new(17);
    let servers: Vec<_> = RECORDINGS
        .iter()
        .filter(|r| r.direction() == Direction::FromServer)
        .collect();
    let mut sessions = 0;
    for round in 0..600 {
        let mut messenger = Messenger::new();
        let mut links = Links::default();
        let mut now = Timestamp(0);
        for _ in 0..12 {
            now.0 += u64::try_from(random.below(40_000)).expect("small");
            let input = next_input(&mut random, &servers, &links);
            if let Input::Closed { link, .. } = input {
                links.open.retain(|open| *open != link);
            }
            messenger.handle(now, input);
            let mut steps = 0;
            while let Some(output) = messenger.poll() {
                links.follow(&output);
                steps += 1;
                assert!(steps < 20_000, "round {round} does not come to rest");
            }
            sessions += usize::from(links.is_signed_in);
            assert!(links.open.len() <= 65);
        }
        messenger.handle(now, Input::Intent(Intent::SignOut));
        std::iter::from_fn(|| messenger.poll()).for_each(|output| links.follow(&output));
        assert!(
            links.open.is_empty(),
            "round {round} leaked {:?}",
            links.open
        );
    }
    assert!(
        sessions > 100,
        "only {sessions} steps were signed in: the sweep says little"
    );
}

fn next_input(
    random: &mut Random,
    servers: &[&'static support::recordings::Recording],
    links: &Links,
) -> Input {
    let Some(&link) = links.open.get(random.below(links.open.len())) else {
        return Input::Intent(Intent::SignIn {
            handle: UserHandle::parse("alice@example.com").expect("a handle"),
            password: Secret::new("secret-alice".to_owned()),
            presence: Presence::Online,
        });
    };
    let conversation = ConversationId(1);
    match random.below(9) {
        0..=2 => Input::Opened { link },
        3..=5 => {
            let bytes = servers[random.below(servers.len())].bytes;
            let bytes = if random.below(2) == 0 {
                bytes.to_vec()
            } else {
                damage(random, bytes)
            };
            Input::Received { link, bytes }
        }
        6 => Input::Woke,
        7 => Input::Closed {
            link,
            reason: CloseReason::Lost,
        },
        _ => Input::Intent(match random.below(4) {
            0 => Intent::OpenConversation {
                with: UserHandle::parse("bob@example.com").expect("a handle"),
            },
            1 => Intent::SendText {
                conversation,
                text: "hello".to_owned(),
            },
            2 => Intent::NotifyTyping { conversation },
            _ => Intent::CloseConversation { conversation },
        }),
    }
}
