//! Framing: however the network cuts a stream, the frames are the same.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

mod support;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::wire::Framer;
use support::recordings::RECORDINGS;
use support::{Random, frames};

#[test]
fn every_recording_is_framed_the_same_whole_byte_by_byte_and_cut_anywhere() {
    let mut random = Random::new(6);
    for recording in RECORDINGS {
        let direction = recording.direction();
        let whole = frames(direction, [recording.bytes]).expect(recording.name);
        assert!(!whole.is_empty(), "{}", recording.name);
        assert_eq!(
            frames(direction, recording.bytes.chunks(1)).as_ref(),
            Ok(&whole),
            "{}",
            recording.name
        );
        for round in 0..20 {
            let pieces = random.cut(recording.bytes);
            assert_eq!(
                frames(direction, pieces).as_ref(),
                Ok(&whole),
                "{}, round {round}",
                recording.name
            );
        }
    }
}

#[test]
fn frames_of_a_recording_put_together_again_are_the_recording() {
    for recording in RECORDINGS {
        let whole = frames(recording.direction(), [recording.bytes]).expect(recording.name);
        let bytes: Vec<u8> = whole.iter().flat_map(support::OwnedFrame::bytes).collect();
        assert!(recording.bytes.starts_with(&bytes), "{}", recording.name);
        let rest = &recording.bytes[bytes.len()..];
        assert!(
            !rest.contains(&b'\n'),
            "{}: a whole line was left over",
            recording.name
        );
    }
}

#[test]
fn consumed_never_runs_ahead_of_what_was_pushed_and_ends_with_the_last_frame() {
    for recording in RECORDINGS {
        let mut framer = Framer::new(recording.direction());
        let mut pushed = 0;
        for byte in recording.bytes.chunks(1) {
            framer.push(byte);
            pushed += 1;
            while framer.next_frame().expect("sound").is_some() {
                assert_eq!(framer.consumed(), pushed, "{}", recording.name);
            }
        }
        assert_eq!(
            framer.consumed() + u64::try_from(framer.buffered()).expect("small"),
            pushed
        );
    }
}

#[test]
fn random_junk_is_framed_the_same_however_it_is_cut_or_fails_the_same() {
    let mut random = Random::new(99);
    for round in 0..400 {
        let words: [&[u8]; 12] = [
            b"MSG ",
            b"NOT 3",
            b"a@b.c ",
            b"7",
            b"\r\n",
            b"\n",
            b"\r",
            b" ",
            b"\xff\x00",
            b"QRY 1 x 2",
            b"UBX 1",
            b"XFR 0 NS 1.2.3.4 0",
        ];
        let junk: Vec<u8> = (0..random.below(80))
            .flat_map(|_| words[random.below(words.len())].to_vec())
            .collect();
        for direction in [
            msnp6::wire::Direction::FromServer,
            msnp6::wire::Direction::FromClient,
        ] {
            let whole = frames(direction, [junk.as_slice()]);
            assert_eq!(
                frames(direction, junk.chunks(1)),
                whole,
                "round {round}: {}",
                junk.escape_ascii()
            );
            assert_eq!(
                frames(direction, random.cut(&junk)),
                whole,
                "round {round}: {}",
                junk.escape_ascii()
            );
        }
    }
}
