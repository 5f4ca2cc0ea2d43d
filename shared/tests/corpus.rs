//! The bodies of the fuzz targets over a corpus: every recording as it is, recordings mixed with things
//! that happen, and what fuzzing ever found. It is fuzzing that runs everywhere and finds nothing new.
#![cfg(feature = "server")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;
mod support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::collections::BTreeMap;

use bodies::ESCAPE;
use msnp6::wire::Direction;
use support::recordings::{RECORDINGS, Recording};
use support::transcripts::TRANSCRIPTS;
use support::{Random, frames};

/// What a target does with an input.
type Body = fn(&[u8]);

/// Inputs that once broke a promise, with the target that they belong to. The first one
/// broke a promise that was never made: the server may speak of a link that its client just closed.
/// Of the second one an argument without a letter was kept, and lost when it was read again.
const FOUND: &[(Body, &[u8])] = &[
    (bodies::server, &[ESCAPE, 4, 61, ESCAPE, 2, 0]),
    (bodies::server_command, b"URL 6 N2PFUND  x\r\n"),
];

/// What happens to a recording between its frames: the byte that says what, and the one that says how.
fn happening(random: &mut Random) -> [u8; 3] {
    let byte = |number: usize| u8::try_from(number).unwrap_or_default();
    [ESCAPE, byte(random.below(12)), byte(random.below(256))]
}

/// The frames of a recording, and now and then something that happens between two of them.
fn eventful(random: &mut Random, recording: &Recording) -> Vec<u8> {
    let mut input = Vec::new();
    for frame in frames(recording.direction(), [recording.bytes]).unwrap_or_default() {
        while random.below(4) == 0 {
            input.extend(happening(random));
        }
        input.extend(frame.bytes());
    }
    input
}

/// What a client said once it was signed in, for the links of the server that are signed in.
fn signed_in(recording: &Recording) -> Vec<u8> {
    let frames = frames(recording.direction(), [recording.bytes]).unwrap_or_default();
    let is_sign_in = |line: &[u8]| {
        [b"VER", b"INF", b"USR"]
            .iter()
            .any(|verb| line.starts_with(*verb))
    };
    let said = frames.iter().filter(|frame| !is_sign_in(&frame.line));
    said.flat_map(support::OwnedFrame::bytes).collect()
}

fn from(direction: Direction) -> impl Iterator<Item = &'static Recording> {
    RECORDINGS
        .iter()
        .filter(move |it| it.direction() == direction)
}

#[test]
fn recordings_pass_the_framer() {
    for recording in RECORDINGS {
        bodies::framer(recording.bytes);
    }
}

#[test]
fn recordings_pass_the_commands() {
    for recording in RECORDINGS {
        bodies::server_command(recording.bytes);
    }
}

#[test]
fn bodies_of_recordings_pass_the_payloads_alone_and_together() {
    for recording in RECORDINGS {
        let frames = frames(recording.direction(), [recording.bytes]).unwrap_or_default();
        let all: Vec<_> = frames
            .iter()
            .map(|frame| frame.payload.as_slice())
            .collect();
        for body in &all {
            bodies::payload(body);
        }
        bodies::payload(&all.join(&0));
    }
}

#[test]
fn recordings_of_servers_pass_the_messenger_whatever_happens_between_their_frames() {
    let mut random = Random::new(31);
    for recording in from(Direction::FromServer) {
        bodies::messenger(recording.bytes);
        for _ in 0..20 {
            bodies::messenger(&eventful(&mut random, recording));
        }
    }
}

#[test]
fn recordings_of_clients_pass_the_server_whatever_happens_between_their_frames() {
    let mut random = Random::new(32);
    let first_person = [ESCAPE, 0, 0];
    for recording in from(Direction::FromClient) {
        bodies::server(recording.bytes);
        bodies::server(&[&first_person[..], &signed_in(recording)].concat());
        for _ in 0..20 {
            bodies::server(&eventful(&mut random, recording));
        }
    }
}

#[test]
fn written_recordings_pass_the_bodies_of_their_side() {
    let of_servers: [Body; 3] = [bodies::framer, bodies::server_command, bodies::messenger];
    let of_clients: [Body; 2] = [bodies::framer, bodies::server];
    for transcript in TRANSCRIPTS {
        let mut said = BTreeMap::<_, [Vec<u8>; 2]>::new();
        for entry in transcript.entries() {
            let [servers, clients] = said.entry(entry.connection).or_default();
            servers.extend(entry.bytes_from(Direction::FromServer).unwrap_or_default());
            clients.extend(entry.bytes_from(Direction::FromClient).unwrap_or_default());
        }
        for [servers, clients] in said.values() {
            for body in of_servers {
                body(servers);
            }
            for body in of_clients {
                body(clients);
            }
        }
    }
}

#[test]
fn nothing_that_was_found_comes_back() {
    for (body, input) in FOUND {
        body(input);
    }
}
