//! Conversations at the built-in server: calls, rooms, messages, and how they end.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, block, changed, handle};
use msnp6::model::{ListKind, PrivacyDefault};

#[test]
fn a_call_rings_is_answered_and_carries_messages_both_ways() {
    Stage::with(&["alice", "bob"]).play(
        "alice C: XFR 7 SB
         alice S: XFR 7 SB 127.0.0.1:1865 CKI {cookie}
         alice-sb connects to switchboard
         alice-sb C: USR 1 alice@example.com {cookie}
         alice-sb S: USR 1 OK alice@example.com Alice
         alice-sb C: CAL 2 bob@example.com
         alice-sb S: CAL 2 RINGING {room}
         bob S: RNG {=room} 127.0.0.1:1865 CKI {ring} alice@example.com Alice
         bob-sb connects to switchboard
         bob-sb C: ANS 1 bob@example.com {ring} {room}
         bob-sb S: IRO 1 1 1 alice@example.com Alice
         bob-sb S: ANS 1 OK
         bob-sb hears nothing
         alice-sb S: JOI bob@example.com Bob
         alice-sb C: MSG 3 N *
         | Content-Type: text/plain
         |
         | hello
         alice-sb hears nothing
         bob-sb S: MSG alice@example.com Alice *
         | Content-Type: text/plain
         |
         | hello
         bob-sb C: MSG 2 U *
         | well
         alice-sb S: MSG bob@example.com Bob *
         | well
         bob-sb hears nothing
         bob-sb C: OUT
         bob-sb is closed
         alice-sb S: BYE bob@example.com
         alice-sb hears nothing",
    );
}

#[test]
fn bodies_pass_byte_for_byte() {
    let mut stage = Stage::room(&["alice", "bob"]);
    let body: Vec<u8> = (0..=255).chain(*b"\r\nOUT\r\nMSG 5 N 3\r\n").collect();
    let mut bytes = format!("MSG 3 N {}\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(&body);
    stage.send("alice-sb", &bytes);
    let mut expected = format!("MSG alice@example.com Alice {}\r\n", body.len()).into_bytes();
    expected.extend_from_slice(&body);
    assert_eq!(stage.received("bob-sb"), expected);
}

#[test]
fn only_mode_a_is_acknowledged() {
    Stage::room(&["alice", "bob"]).play(
        "alice-sb C: MSG 3 U *
         | one
         alice-sb C: MSG 4 N *
         | two
         alice-sb hears nothing
         alice-sb C: MSG 5 A *
         | three
         alice-sb S: ACK 5
         alice-sb hears nothing",
    );
}

#[test]
fn with_nobody_else_inside_a_message_fails_unless_nobody_asked() {
    Stage::room(&["alice"]).play(
        "alice-sb C: MSG 3 U *
         | one
         alice-sb hears nothing
         alice-sb C: MSG 4 N *
         | two
         alice-sb S: NAK 4
         alice-sb C: MSG 5 A *
         | three
         alice-sb S: NAK 5
         alice-sb hears nothing",
    );
}

#[test]
fn a_body_above_the_limit_closes_the_link_of_its_sender() {
    let message = |length: usize| format!("MSG 3 N {length}\r\n{}", "x".repeat(length));
    let mut stage = Stage::room(&["alice", "bob"]);
    stage.send("alice-sb", message(1664).as_bytes());
    stage.play("bob-sb S: MSG alice@example.com Alice 1664\n alice-sb is open");
    stage.send("alice-sb", message(1665).as_bytes());
    stage.play("alice-sb is closed\n bob-sb S: BYE alice@example.com\n bob-sb hears nothing");
}

#[test]
fn a_group_hears_everything_that_its_members_say() {
    Stage::room(&["alice", "bob", "carol"]).play(
        "carol-sb C: MSG 3 N *
         | hello
         alice-sb S: MSG carol@example.com Carol *
         | hello
         bob-sb S: MSG carol@example.com Carol *
         | hello
         carol-sb hears nothing
         alice-sb leaves
         bob-sb S: BYE alice@example.com
         carol-sb S: BYE alice@example.com
         bob-sb C: MSG 3 N *
         | still here
         carol-sb S: MSG bob@example.com Bob *
         | still here",
    );
}

#[test]
fn who_comes_third_is_told_who_is_inside() {
    let mut stage = Stage::room(&["alice", "bob"]);
    stage.online("carol");
    stage.play(
        "bob-sb C: CAL 5 carol@example.com
         bob-sb S: CAL 5 RINGING {room}
         carol S: RNG {=room} 127.0.0.1:1865 CKI {ring} bob@example.com Bob
         carol-sb connects to switchboard
         carol-sb C: ANS 1 carol@example.com {ring} {room}
         carol-sb S: IRO 1 1 2 alice@example.com Alice
         carol-sb S: IRO 1 2 2 bob@example.com Bob
         carol-sb S: ANS 1 OK
         alice-sb S: JOI carol@example.com Carol
         bob-sb S: JOI carol@example.com Carol",
    );
}

#[test]
fn rooms_do_not_hear_each_other() {
    let mut stage = Stage::room(&["alice", "bob"]);
    stage.rename("alice-sb", "first");
    stage.online("carol");
    stage.open_room("alice");
    stage.call("alice", "carol");
    stage.play(
        "first C: MSG 3 N *
         | hello
         bob-sb S: MSG alice@example.com Alice *
         carol-sb hears nothing
         alice-sb hears nothing",
    );
}

#[test]
fn who_cannot_be_reached_is_217() {
    let mut stage = Stage::new(changed("carol", |carol| block(carol, "alice")));
    for name in ["alice", "bob", "carol"] {
        stage.online(name);
    }
    stage.sign_in("erin");
    stage.silence();
    stage.open_room("alice");
    stage.play(
        "bob C: CHG 5 HDN
         bob S: ...
         carol S: FLN bob@example.com
         alice-sb C: CAL 2 bob@example.com
         alice-sb S: 217 2
         alice-sb C: CAL 3 carol@example.com
         alice-sb S: 217 3
         alice-sb C: CAL 4 dave@example.com
         alice-sb S: 217 4
         alice-sb C: CAL 5 erin@example.com
         alice-sb S: 217 5
         alice-sb C: CAL 6 nobody@example.com
         alice-sb S: 217 6
         bob hears nothing
         carol hears nothing
         erin hears nothing
         alice-sb is open",
    );
}

#[test]
fn strangers_can_call_unless_only_the_allow_list_may() {
    let mut stage = Stage::with(&["erin", "alice"]);
    stage.open_room("erin");
    stage.play("erin-sb C: CAL 2 alice@example.com\n erin-sb S: CAL 2 RINGING {_}");

    let mut stage = Stage::new(changed("alice", |alice| {
        alice.privacy = PrivacyDefault::Block;
    }));
    for name in ["alice", "bob", "erin"] {
        stage.online(name);
    }
    stage.open_room("erin");
    stage.play("erin-sb C: CAL 2 alice@example.com\n erin-sb S: 217 2");
    stage.open_room("bob");
    stage.play("bob-sb C: CAL 2 alice@example.com\n bob-sb S: CAL 2 RINGING {_}");
}

#[test]
fn a_person_need_not_be_a_contact_to_be_called() {
    let mut stage = Stage::new(changed("bob", |bob| {
        bob.lists.remove(ListKind::Forward, &handle("alice"));
        bob.lists.remove(ListKind::Allow, &handle("alice"));
    }));
    stage.online("alice");
    stage.online("bob");
    stage.open_room("alice");
    stage.play("alice-sb C: CAL 2 bob@example.com\n alice-sb S: CAL 2 RINGING {_}");
}

#[test]
fn who_is_inside_is_215_and_who_is_no_address_208() {
    Stage::room(&["alice", "bob"]).play(
        "alice-sb C: CAL 2 bob@example.com
         alice-sb S: 215 2
         alice-sb C: CAL 3 ALICE@example.com
         alice-sb S: 215 3
         alice-sb C: CAL 4 bob
         alice-sb S: 208 4
         alice-sb C: CAL 5 bob@@example.com
         alice-sb S: 208 5
         bob hears nothing
         alice-sb is open",
    );
}

#[test]
fn a_second_call_rings_again_and_lets_in_once() {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.open_room("alice");
    stage.play(
        "alice-sb C: CAL 2 bob@example.com
         alice-sb C: CAL 3 bob@example.com
         alice-sb S: CAL 2 RINGING {room}
         alice-sb S: CAL 3 RINGING {=room}
         bob S: RNG {=room} 127.0.0.1:1865 CKI {ring} alice@example.com Alice
         bob S: RNG {=room} 127.0.0.1:1865 CKI {again} alice@example.com Alice
         bob-sb connects to switchboard
         bob-sb C: ANS 1 bob@example.com {ring} {room}
         bob-sb S: IRO 1 1 1 alice@example.com Alice
         bob-sb S: ANS 1 OK
         two connects to switchboard
         two C: ANS 1 bob@example.com {again} {room}
         two S: 911 1
         two is closed
         alice-sb S: JOI bob@example.com Bob
         alice-sb hears nothing",
    );
}

#[test]
fn who_answers_after_the_caller_left_is_alone() {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.open_room("alice");
    stage.play(
        "alice-sb C: CAL 2 bob@example.com
         alice-sb C: OUT
         bob S: RNG {room} 127.0.0.1:1865 CKI {ring} alice@example.com Alice
         bob-sb connects to switchboard
         bob-sb C: ANS 1 bob@example.com {ring} {room}
         bob-sb S: ANS 1 OK
         bob-sb C: MSG 2 N *
         | anybody?
         bob-sb S: NAK 2",
    );
}

#[test]
fn rooms_outlive_the_notification_link() {
    Stage::room(&["alice", "bob"]).play(
        "alice C: OUT
         alice is closed
         alice-sb C: MSG 3 A *
         | still here
         alice-sb S: ACK 3
         bob-sb S: MSG alice@example.com Alice *",
    );
}

#[test]
fn what_a_client_may_not_send_inside_ends_its_link() {
    for (command, error) in [
        ("USR 7 alice@example.com 1.2.3", "alice-sb S: 715 7"),
        ("ANS 7 alice@example.com 1.2.3 4", "alice-sb S: 715 7"),
        ("CHG 7 NLN", ""),
        ("PNG", ""),
        ("JOI bob@example.com Bob", ""),
        ("MSG 7 X *\n | hello", ""),
        ("MSG 7 N x", ""),
        ("CAL 7", ""),
    ] {
        let mut stage = Stage::room(&["alice", "bob"]);
        stage.play(&format!("alice-sb C: {command}"));
        stage.play(error);
        stage.play("alice-sb is closed\n bob-sb S: BYE alice@example.com");
    }
}

#[test]
fn who_calls_in_vain_too_often_is_told_713() {
    let mut stage = Stage::room(&["alice", "bob"]);
    for _ in 0..5 {
        stage.play("alice-sb C: CAL 7 carol@example.com\n alice-sb S: 217 7");
    }
    stage.play(
        "alice-sb C: CAL 8 carol@example.com
         alice-sb S: 713 8
         bob-sb C: CAL 9 carol@example.com
         bob-sb S: 217 9
         alice-sb is open",
    );
}
