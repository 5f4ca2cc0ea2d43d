//! `ADD` and `REM` at the built-in server: the lists, both sides of them, and who may see whom after it.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, block, changed};

/// These people online and synchronized, with nothing left to hear.
fn synchronized(people: &[&str]) -> Stage {
    let mut stage = Stage::with(people);
    for name in people {
        stage.play(&format!("{name} C: SYN 7 0"));
    }
    stage.silence();
    stage
}

#[test]
fn a_new_contact_is_told_with_numbers_and_presence_and_hears_of_it() {
    let mut stage = synchronized(&["alice", "erin"]);
    stage.play(
        "alice C: SYN 8 0
         alice S: SYN 8 {before}
         alice S: ...
         alice C: ADD 9 FL erin@example.com Erin%20E
         alice S: ADD 9 FL {after} erin@example.com Erin%20E
         alice S: BPR {=after} erin@example.com PHH
         alice S: BPR {=after} erin@example.com PHW
         alice S: BPR {=after} erin@example.com PHM
         alice S: BPR {=after} erin@example.com MOB N
         alice S: ILN 9 NLN erin@example.com Erin
         alice hears nothing
         erin S: ADD 0 RL {_} alice@example.com Alice
         erin hears nothing
         erin C: CHG 9 BSY
         alice S: NLN BSY erin@example.com Erin",
    );
    let serial = |key| stage.word(key).parse::<u32>().expect("a serial");
    assert_eq!(serial("after"), serial("before") + 1);
}

#[test]
fn every_change_raises_the_serial_that_the_next_copy_has() {
    let mut stage = synchronized(&["alice"]);
    stage.play(
        "alice C: ADD 8 BL erin@example.com Erin
         alice S: ADD 8 BL {first} erin@example.com Erin
         alice C: REM 9 BL erin@example.com
         alice S: REM 9 BL {second} erin@example.com
         alice C: SYN 10 {first}
         alice S: SYN 10 {=second}
         alice S: ...
         alice C: SYN 11 {second}
         alice S: SYN 11 {=second}
         alice hears nothing",
    );
    assert_ne!(stage.word("first"), stage.word("second"));
}

#[test]
fn a_new_contact_who_is_offline_or_hides_or_blocks_me_has_no_presence() {
    synchronized(&["alice"]).play(
        "alice C: ADD 9 FL erin@example.com Erin
         alice S: ADD 9 FL {_} erin@example.com Erin
         alice S: BPR {_} erin@example.com PHH
         alice S: BPR {_} erin@example.com PHW
         alice S: BPR {_} erin@example.com PHM
         alice S: BPR {_} erin@example.com MOB N
         alice hears nothing",
    );
    let mut stage = Stage::new(changed("erin", |erin| block(erin, "alice")));
    stage.online("alice");
    stage.online("erin");
    stage.play(
        "alice C: ADD 9 FL erin@example.com Erin
         alice S: ADD 9 FL {_} erin@example.com Erin
         alice hears nothing",
    );
}

#[test]
fn before_the_first_presence_a_new_contact_brings_none() {
    let mut stage = Stage::with(&["erin"]);
    stage.sign_in("alice");
    stage.play(
        "alice C: ADD 9 FL erin@example.com Erin
         alice S: ADD 9 FL {_} erin@example.com Erin
         alice hears nothing",
    );
}

#[test]
fn numbers_are_told_to_those_only_who_have_synchronized() {
    Stage::with(&["alice", "erin"]).play(
        "alice C: ADD 9 FL erin@example.com Erin
         alice S: ADD 9 FL {_} erin@example.com Erin
         alice S: ILN 9 NLN erin@example.com Erin
         alice hears nothing",
    );
}

#[test]
fn a_contact_without_a_name_is_called_by_the_address() {
    Stage::with(&["alice"]).play(
        "alice C: ADD 9 AL erin@example.com
         alice S: ADD 9 AL {_} erin@example.com erin%40example.com",
    );
}

#[test]
fn a_removed_contact_hears_of_it_and_is_not_told_of_any_more() {
    Stage::with(&["alice", "bob"]).play(
        "alice C: REM 9 FL bob@example.com
         alice S: REM 9 FL {_} bob@example.com
         bob S: REM 0 RL {_} alice@example.com
         bob C: CHG 9 AWY
         bob S: CHG 9 AWY
         alice hears nothing
         alice C: CHG 9 AWY
         bob S: NLN AWY alice@example.com Alice",
    );
}

#[test]
fn the_reverse_side_is_told_before_its_first_presence_and_found_in_its_next_copy() {
    let mut stage = Stage::with(&["alice"]);
    stage.sign_in("erin");
    stage.play(
        "alice C: ADD 9 FL erin@example.com Erin
         erin S: ADD 0 RL {serial} alice@example.com Alice
         erin C: SYN 5 {serial}
         erin S: SYN 5 {=serial}
         erin hears nothing
         erin C: SYN 6 0
         erin S: SYN 6 {=serial}",
    );
    let received = String::from_utf8(stage.received("erin")).expect("UTF-8");
    let serial = stage.word("serial");
    assert!(received.contains(&format!(
        "LST 6 RL {serial} 1 3 alice@example.com Alice\r\n"
    )));
}

#[test]
fn what_is_wrong_with_an_addition_has_a_code() {
    let mut stage = Stage::with(&["alice"]);
    for (command, code) in [
        ("ADD 9 FL erin Erin", 201),
        ("ADD 9 FL a@b@c Erin", 201),
        ("ADD 9 FL nobody@example.com Nobody", 205),
        ("ADD 9 FL bob@example.com Bob", 215),
        ("ADD 9 AL bob@example.com Bob", 215),
        ("ADD 9 BL bob@example.com Bob", 219),
        ("REM 9 BL bob@example.com", 216),
        ("REM 9 FL nobody@example.com", 216),
    ] {
        stage.play(&format!(
            "alice C: {command}
             alice S: {code} 9
             alice hears nothing
             alice is open"
        ));
    }
    stage.play(
        "alice C: ADD 10 BL erin@example.com Erin
         alice S: ADD 10 BL {_} erin@example.com Erin
         alice C: ADD 11 AL erin@example.com Erin
         alice S: 219 11",
    );
}

#[test]
fn a_full_list_is_210_and_the_others_still_take_somebody() {
    let mut config = super::harness::demo_config();
    config.max_list = 4;
    let mut stage = Stage::new(config);
    stage.online("alice");
    stage.play(
        "alice C: ADD 9 FL erin@example.com Erin
         alice S: 210 9
         alice C: ADD 10 FL bob@example.com Bob
         alice S: 215 10
         alice C: ADD 11 BL erin@example.com Erin
         alice S: ADD 11 BL {_} erin@example.com Erin",
    );
}

#[test]
fn what_no_client_may_change_or_say_ends_the_link() {
    for command in [
        "ADD 9 RL erin@example.com Erin".to_owned(),
        "REM 9 RL bob@example.com".to_owned(),
        "ADD 9 XL erin@example.com Erin".to_owned(),
        "ADD 9 FL".to_owned(),
        "REM 9 FL".to_owned(),
        format!("ADD 9 FL erin@example.com {}", "x".repeat(388)),
    ] {
        let mut stage = Stage::with(&["alice"]);
        stage.play(&format!("alice C: {command}\n alice is closed"));
    }
    let name = "x".repeat(387);
    Stage::with(&["alice"]).play(&format!(
        "alice C: ADD 9 AL erin@example.com {name}
         alice S: ADD 9 AL {{_}} erin@example.com {name}"
    ));
}

#[test]
fn blocking_looks_like_going_and_unblocking_like_coming_back() {
    Stage::with(&["alice", "bob"]).play(
        "alice C: REM 9 AL bob@example.com
         alice S: REM 9 AL {_} bob@example.com
         bob hears nothing
         alice C: ADD 10 BL bob@example.com Bob
         alice S: ADD 10 BL {_} bob@example.com Bob
         bob S: FLN alice@example.com
         bob hears nothing
         alice C: CHG 11 AWY
         bob hears nothing
         alice S: CHG 11 AWY
         alice C: REM 12 BL bob@example.com
         alice S: REM 12 BL {_} bob@example.com
         bob S: NLN AWY alice@example.com Alice
         alice C: ADD 13 AL bob@example.com Bob
         bob hears nothing",
    );
}

#[test]
fn who_was_blocked_cannot_call() {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.play(
        "alice C: REM 9 AL bob@example.com
         alice C: ADD 10 BL bob@example.com Bob",
    );
    stage.silence();
    stage.open_room("bob");
    stage.play(
        "bob-sb C: CAL 2 alice@example.com
         bob-sb S: 217 2",
    );
}

#[test]
fn who_hides_blocks_without_a_word_to_anybody() {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.play(
        "alice C: CHG 9 HDN
         bob S: FLN alice@example.com
         alice C: REM 10 AL bob@example.com
         alice C: ADD 11 BL bob@example.com Bob
         alice C: REM 12 BL bob@example.com
         bob hears nothing",
    );
}
