//! That each quirk of the built-in server does what its name says, at the switchboard. What clients make
//! of it is told in `quirks.rs`.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, quirky};
use msnp6::server::Quirk;

const BODY: &str = "| MIME-Version: 1.0";

/// Alice is alone in a room and has called Bob, who is connected and has not answered.
fn rung(quirk: Quirk) -> Stage {
    let mut stage = alone(quirk);
    stage.play(
        "alice-sb C: CAL 2 bob@example.com
         alice-sb S: CAL 2 RINGING {_}
         bob S: RNG {room} {_} CKI {ring} {caller} {_}
         bob-sb connects to switchboard",
    );
    stage
}

fn alone(quirk: Quirk) -> Stage {
    let mut stage = Stage::new(quirky(&[quirk]));
    stage.online("alice");
    stage.online("bob");
    stage.silence();
    stage.open_room("alice");
    stage.silence();
    stage
}

/// Alice and Bob in one room, with nothing left to hear.
fn room(quirk: Quirk) -> Stage {
    let mut stage = rung(quirk);
    stage.play("bob-sb C: ANS 3 bob@example.com {ring} {room}");
    stage.silence();
    stage
}

#[test]
fn the_session_that_rings_can_be_zero() {
    alone(Quirk::RingingZero).play(
        "alice-sb C: CAL 2 bob@example.com
         alice-sb S: CAL 2 RINGING 0",
    );
}

#[test]
fn a_ring_can_name_the_callee() {
    let stage = rung(Quirk::RngNamesCallee);
    assert_eq!(stage.word("caller"), "bob@example.com");
}

#[test]
fn who_comes_in_can_be_told_so() {
    rung(Quirk::JoiToNewcomer).play(
        "bob-sb C: ANS 3 bob@example.com {ring} {room}
         bob-sb S: IRO 3 1 1 alice@example.com Alice
         bob-sb S: ANS 3 OK
         bob-sb S: JOI bob@example.com Bob
         bob-sb hears nothing",
    );
}

#[test]
fn everybody_can_be_named_to_everybody_or_twice() {
    rung(Quirk::IroToEverybody).play(
        "bob-sb C: ANS 3 bob@example.com {ring} {room}
         bob-sb S: IRO 3 1 2 alice@example.com Alice
         bob-sb S: IRO 3 2 2 bob@example.com Bob
         bob-sb S: ANS 3 OK
         alice-sb S: IRO 3 1 2 alice@example.com Alice
         alice-sb S: IRO 3 2 2 bob@example.com Bob
         alice-sb S: JOI bob@example.com Bob",
    );
    rung(Quirk::IroTwice).play(
        "bob-sb C: ANS 3 bob@example.com {ring} {room}
         bob-sb S: IRO 3 1 2 alice@example.com Alice
         bob-sb S: IRO 3 2 2 alice@example.com Alice
         bob-sb S: ANS 3 OK
         bob-sb hears nothing",
    );
}

#[test]
fn who_leaves_can_be_called_by_the_name_of_who_stays() {
    room(Quirk::ByeNamesReceiver).play("alice-sb leaves\n bob-sb S: BYE bob@example.com");
}

#[test]
fn acknowledgements_can_be_missing_or_come_from_an_empty_room() {
    room(Quirk::NoAck).play(&format!(
        "alice-sb C: MSG 4 A *
         {BODY}
         bob-sb S: MSG alice@example.com Alice *
         alice-sb hears nothing"
    ));
    alone(Quirk::AckWhenAlone).play(&format!("alice-sb C: MSG 4 A *\n{BODY}\nalice-sb S: ACK 4"));
    for mode in ["A", "N"] {
        alone(Quirk::NoNak).play(&format!(
            "alice-sb C: MSG 4 {mode} *\n{BODY}\nalice-sb hears nothing"
        ));
    }
}

#[test]
fn only_the_first_command_of_a_read_may_count() {
    let mut stage = room(Quirk::FirstCommandOnly);
    stage.send(
        "alice-sb",
        b"CAL 4 bob@example.com\r\nCAL 5 bob@example.com\r\nCA",
    );
    stage.play(
        "alice-sb S: 215 4
         alice-sb hears nothing
         alice-sb C: CAL 6 bob@example.com
         alice-sb S: 215 6",
    );
}

#[test]
fn an_error_can_end_the_link() {
    room(Quirk::ErrorsCloseSwitchboards).play(
        "alice-sb C: CAL 4 carol@example.com
         alice-sb S: 217 4
         alice-sb is closed
         bob-sb S: BYE alice@example.com
         alice C: XFR 8 NS
         alice S: 201 8
         alice is open",
    );
}

#[test]
fn rooms_can_go_on_for_ever() {
    room(Quirk::NoIdleEnd).play(
        "500000 ms pass
         alice-sb is open
         bob-sb is open
         bob-sb hears nothing",
    );
}
