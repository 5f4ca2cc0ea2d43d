//! What opens a switchboard of the built-in server and what does not, and how long anything waits there.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::Stage;

/// Alice has asked for a switchboard and is connected to it; the cookie is `{cookie}`.
fn at_the_door() -> Stage {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.play(
        "alice C: XFR 7 SB
         alice S: XFR 7 SB 127.0.0.1:1865 CKI {cookie}
         sb connects to switchboard",
    );
    stage
}

/// Bob was called and is connected; the cookie is `{ring}`, the room `{room}`.
fn rung() -> Stage {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.open_room("alice");
    stage.play(
        "alice-sb C: CAL 2 bob@example.com
         alice-sb S: CAL 2 RINGING {room}
         bob S: RNG {=room} 127.0.0.1:1865 CKI {ring} alice@example.com Alice
         sb connects to switchboard",
    );
    stage
}

#[test]
fn a_cookie_opens_one_room_once() {
    at_the_door().play(
        "sb C: USR 1 alice@example.com {cookie}
         sb S: USR 1 OK alice@example.com Alice
         two connects to switchboard
         two C: USR 1 alice@example.com {cookie}
         two S: 911 1
         two is closed
         sb is open",
    );
}

#[test]
fn every_request_gets_another_cookie() {
    let mut stage = at_the_door();
    let first = stage.word("cookie").to_owned();
    stage.play("alice C: XFR 8 SB\n alice S: XFR 8 SB 127.0.0.1:1865 CKI {cookie}");
    assert_ne!(stage.word("cookie"), first);
}

#[test]
fn a_cookie_is_good_for_its_owner_only() {
    at_the_door().play(
        "sb C: USR 1 bob@example.com {cookie}
         sb S: 911 1
         sb is closed",
    );
    rung().play(
        "sb C: ANS 1 carol@example.com {ring} {room}
         sb S: 911 1
         sb is closed",
    );
}

#[test]
fn an_invented_cookie_is_refused() {
    for command in [
        "USR 1 alice@example.com 123.456.789",
        "USR 1 nobody@example.com 123.456.789",
        "ANS 1 alice@example.com 123.456.789 1",
    ] {
        Stage::with(&["alice"]).play(&format!(
            "sb connects to switchboard
             sb C: {command}
             sb S: 911 1
             sb is closed"
        ));
    }
}

#[test]
fn a_cookie_to_open_does_not_answer_and_one_to_answer_does_not_open() {
    at_the_door().play(
        "sb C: ANS 1 alice@example.com {cookie} 1
         sb S: 911 1
         sb is closed",
    );
    rung().play(
        "sb C: USR 1 bob@example.com {ring}
         sb S: 911 1
         sb is closed",
    );
}

#[test]
fn a_cookie_lives_for_two_minutes() {
    for (milliseconds, reply) in [
        (119_999, "USR 1 OK alice@example.com Alice"),
        (120_000, "911 1"),
    ] {
        at_the_door().play(&format!(
            "{milliseconds} ms pass
             late connects to switchboard
             late C: USR 1 alice@example.com {{cookie}}
             late S: {reply}"
        ));
    }
}

#[test]
fn a_wrong_session_closes_without_a_word_and_spends_the_cookie() {
    rung().play(
        "sb C: ANS 1 bob@example.com {ring} 12345
         sb is closed
         two connects to switchboard
         two C: ANS 1 bob@example.com {ring} {room}
         two S: 911 1
         two is closed
         alice-sb hears nothing",
    );
}

#[test]
fn who_asks_for_many_cookies_voids_their_own_oldest() {
    let mut stage = at_the_door();
    for _ in 0..1000 {
        stage.play("alice C: XFR 8 SB\n alice S: XFR 8 SB {_} CKI {latest}");
    }
    stage.play(
        "bob C: XFR 7 SB
         bob S: XFR 7 SB {_} CKI {bobs}
         bob C: XFR 8 SB
         bob S: XFR 8 SB {_} CKI {_}",
    );
    stage.play(
        "sb C: USR 1 alice@example.com {cookie}
         sb S: 911 1
         two connects to switchboard
         two C: USR 1 alice@example.com {latest}
         two S: USR 1 OK alice@example.com Alice
         three connects to switchboard
         three C: USR 1 bob@example.com {bobs}
         three S: USR 1 OK bob@example.com Bob",
    );
}

#[test]
fn a_link_must_begin_with_usr_or_ans() {
    for command in [
        "CAL 1 bob@example.com",
        "MSG 1 N *\n | hello",
        "VER 1 MSNP6",
        "USR 1 MD5 I alice@example.com",
        "PNG",
        "OUT",
    ] {
        let mut stage = at_the_door();
        stage.play(&format!("sb C: {command}"));
        stage.play("sb is closed");
    }
}

#[test]
fn a_silent_link_is_closed_after_a_minute() {
    at_the_door().play(
        "59999 ms pass
         sb is open
         1 ms pass
         sb is closed",
    );
}

#[test]
fn a_room_in_which_nothing_happens_ends_after_five_minutes() {
    Stage::room(&["alice", "bob", "carol"]).play(
        "299999 ms pass
         alice-sb is open
         alice-sb hears nothing
         1 ms pass
         alice-sb S: BYE bob@example.com 1
         alice-sb S: BYE carol@example.com 1
         alice-sb is closed
         bob-sb S: BYE alice@example.com 1
         bob-sb S: BYE carol@example.com 1
         bob-sb is closed
         carol-sb S: BYE alice@example.com 1
         carol-sb S: BYE bob@example.com 1
         carol-sb is closed
         alice is open
         bob is open",
    );
}

#[test]
fn every_message_keeps_a_room_for_another_five_minutes() {
    Stage::room(&["alice", "bob"]).play(
        "299999 ms pass
         alice-sb C: MSG 3 U *
         | typing
         bob-sb S: ...
         299999 ms pass
         bob-sb is open
         1 ms pass
         bob-sb S: BYE alice@example.com 1
         bob-sb is closed",
    );
}

#[test]
fn who_waits_alone_is_not_kept_for_ever() {
    Stage::room(&["alice"]).play("300000 ms pass\n alice-sb is closed");
}
