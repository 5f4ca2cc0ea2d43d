//! What framing and decoding allocate: nothing for a frame, and for a command only the values that it owns.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

use allocation_counter::measure;
use msnp6::command::ServerCommand;
use msnp6::wire::{Direction, Frame, Framer};

#[test]
fn framing_allocates_nothing_for_a_frame() {
    let traffic =
        b"NLN NLN bob@example.com Bob\r\nMSG bob@example.com Bob 5\r\nhelloFLN bob@example.com\r\n";
    let mut framer = Framer::new(Direction::FromServer);
    let mut count = 0;
    let mut pass = || {
        framer.push(traffic);
        while let Some(frame) = framer.next_frame().expect("sound") {
            assert!(!frame.verb().is_empty() && frame.params().next_word().is_some());
            count += 1;
        }
    };
    // The buffer grows once.
    pass();
    let info = measure(|| (0..1_000).for_each(|_| pass()));
    assert_eq!((info.count_total, count), (0, 3_003));
}

#[test]
fn a_command_allocates_only_the_values_that_it_owns() {
    for (line, values) in [
        ("FLN bob@example.com", 1),
        ("NLN NLN bob@example.com Bob%20%E2%98%95", 2),
        ("ILN 7 BSY bob@example.com Bob", 2),
        ("LST 8 FL 27 1 9 bob@example.com Bob", 2),
        ("LST 8 BL 27 0 0", 0),
        ("JOI bob@example.com Bob", 2),
        ("BYE bob@example.com 1", 1),
        ("ACK 7", 0),
        ("CHG 7 NLN", 0),
        ("BLP 7 27 AL", 0),
        ("QNG", 0),
        ("OUT OTH", 0),
        ("911 3", 0),
        ("XYZ 3 4 5", 0),
        ("CHL 0 11111111111111111111", 1),
    ] {
        let frame = Frame::new(line.as_bytes(), &[]);
        let info = measure(|| drop(ServerCommand::decode(&frame).expect(line)));
        assert_eq!(info.count_total, values, "{line}");
    }
}
