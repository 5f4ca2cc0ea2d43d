//! `BLP`, `GTC`, `REA`, `PRP` at the built-in server: settings, names, telephone numbers.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, block, changed};

#[test]
fn privacy_decides_about_those_on_neither_list() {
    let mut stage = Stage::with(&["alice", "dave", "bob"]);
    // Dave has Alice, who has him on no list; Bob is on her allow list.
    stage.play(
        "alice C: BLP 9 BL
         alice S: BLP 9 {_} BL
         dave S: FLN alice@example.com
         bob hears nothing
         alice C: CHG 10 AWY
         dave hears nothing
         bob S: NLN AWY alice@example.com Alice
         alice S: CHG 10 AWY
         alice C: BLP 11 AL
         alice S: BLP 11 {_} AL
         dave S: NLN AWY alice@example.com Alice
         bob hears nothing",
    );
}

#[test]
fn under_privacy_by_default_the_allow_list_lets_in_and_out() {
    let mut stage = Stage::with(&["alice", "dave"]);
    stage.play(
        "alice C: BLP 9 BL
         dave S: FLN alice@example.com
         alice C: ADD 10 AL dave@example.com Dave
         dave S: NLN NLN alice@example.com Alice
         alice C: REM 11 AL dave@example.com
         dave S: FLN alice@example.com
         dave hears nothing",
    );
}

#[test]
fn settings_are_confirmed_with_a_new_serial_and_kept() {
    Stage::with(&["alice"]).play(
        "alice C: GTC 9 N
         alice S: GTC 9 {_} N
         alice C: BLP 10 BL
         alice S: BLP 10 {serial} BL
         alice C: SYN 11 0
         alice S: SYN 11 {=serial}
         alice S: GTC 11 {=serial} N
         alice S: BLP 11 {=serial} BL",
    );
}

#[test]
fn a_setting_that_is_in_force_already_is_218() {
    Stage::with(&["alice"]).play(
        "alice C: GTC 9 A
         alice S: 218 9
         alice C: BLP 10 AL
         alice S: 218 10
         alice is open",
    );
}

#[test]
fn a_setting_that_does_not_exist_ends_the_link() {
    for command in ["GTC 9 X", "GTC 9", "BLP 9 FL", "BLP 9"] {
        let mut stage = Stage::with(&["alice"]);
        stage.play(&format!("alice C: {command}\n alice is closed"));
    }
}

#[test]
fn a_new_name_is_confirmed_told_to_contacts_and_kept() {
    let mut stage = Stage::with(&["alice", "bob", "erin"]);
    stage.play(
        "alice C: CHG 8 BSY
         bob S: NLN BSY alice@example.com Alice
         alice S: CHG 8 BSY
         alice C: REA 9 alice@example.com Alice%20%E2%98%95
         alice S: REA 9 {_} alice@example.com Alice%20%E2%98%95
         bob S: NLN BSY alice@example.com Alice%20%E2%98%95
         erin hears nothing
         alice leaves
         bob S: FLN alice@example.com",
    );
    stage.sign_in("alice");
    stage.play(
        "alice C: USR 5 MD5 I alice@example.com
         alice S: 207 5
         alice C: CHG 6 NLN
         bob S: NLN NLN alice@example.com Alice%20%E2%98%95",
    );
}

#[test]
fn who_is_not_seen_renames_without_a_word_to_anybody() {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.play(
        "alice C: CHG 8 HDN
         bob S: FLN alice@example.com
         alice S: CHG 8 HDN
         alice C: REA 9 alice@example.com Ghost
         alice S: REA 9 {_} alice@example.com Ghost
         bob hears nothing
         alice C: CHG 10 NLN
         bob S: NLN NLN alice@example.com Ghost",
    );
}

#[test]
fn another_name_is_the_one_stored_in_the_lists() {
    Stage::with(&["alice", "bob"]).play(
        "alice C: REA 9 bob@example.com Robert
         alice S: REA 9 {serial} bob@example.com Robert
         bob hears nothing
         alice C: SYN 10 0
         alice S: SYN 10 {=serial}
         alice S: GTC 10 {_} A
         alice S: BLP 10 {_} AL
         alice S: PRP 10 {_} PHH
         alice S: PRP 10 {_} PHW
         alice S: PRP 10 {_} PHM
         alice S: PRP 10 {_} MOB N
         alice S: PRP 10 {_} MBE N
         alice S: LST 10 FL {_} 1 4 bob@example.com Robert",
    );
}

#[test]
fn a_name_that_cannot_be_has_a_code() {
    Stage::with(&["alice"]).play(
        "alice C: REA 9 alice@example.com %20
         alice S: 209 9
         alice C: REA 10 alice@example.com
         alice S: 209 10
         alice C: REA 11 erin@example.com Erin
         alice S: 216 11
         alice is open",
    );
    Stage::with(&["unverified"]).play(
        "unverified C: REA 9 unverified@example.com Me
         unverified S: 209 9
         unverified is open",
    );
}

#[test]
fn a_name_that_changes_too_often_is_800_for_a_while() {
    let mut stage = Stage::with(&["alice"]);
    for name in ["a", "b", "c", "d", "e"] {
        stage.play(&format!(
            "alice C: REA 9 alice@example.com {name}
             alice S: REA 9 {{_}} alice@example.com {name}"
        ));
    }
    stage.play(
        "alice C: REA 10 alice@example.com f
         alice S: 800 10
         alice C: REA 11 bob@example.com Robert
         alice S: REA 11 {_} bob@example.com Robert
         60000 ms pass
         alice C: REA 12 alice@example.com g
         alice S: REA 12 {_} alice@example.com g",
    );
}

#[test]
fn a_name_that_is_too_long_ends_the_link() {
    let mut stage = Stage::with(&["alice"]);
    let name = "%E2%98%95".repeat(43);
    stage.play(&format!(
        "alice C: REA 9 alice@example.com {name}
         alice S: REA 9 {{_}} alice@example.com {name}
         alice C: REA 9 alice@example.com {name}x
         alice is closed"
    ));
}

#[test]
fn a_number_is_confirmed_kept_and_told_to_contacts_who_asked_for_lists() {
    let mut stage = Stage::with(&["alice", "bob", "carol"]);
    stage.play("bob C: SYN 7 0\n bob S: ...");
    stage.play(
        "alice C: PRP 9 PHM 555%20123
         alice S: PRP 9 {serial} PHM 555%20123
         bob S: BPR {_} alice@example.com PHM 555%20123
         carol hears nothing
         alice C: SYN 10 0
         alice S: SYN 10 {=serial}
         alice S: GTC 10 {_} A
         alice S: BLP 10 {_} AL
         alice S: PRP 10 {=serial} PHH
         alice S: PRP 10 {=serial} PHW
         alice S: PRP 10 {=serial} PHM 555%20123
         alice S: ...
         alice C: PRP 11 PHM
         alice S: PRP 11 {_} PHM
         bob S: BPR {_} alice@example.com PHM
         alice C: PRP 12 MOB Y
         alice S: PRP 12 {_} MOB Y
         bob S: BPR {_} alice@example.com MOB Y",
    );
}

#[test]
fn numbers_are_hidden_from_whom_i_block() {
    let mut stage = Stage::new(changed("alice", |alice| block(alice, "bob")));
    stage.online("alice");
    stage.sign_in("bob");
    stage.play(
        "alice C: PRP 9 PHH 555
         alice S: PRP 9 {_} PHH 555
         bob C: SYN 7 0
         bob S: SYN 7 {_}
         bob S: GTC 7 {_} A
         bob S: BLP 7 {_} AL
         bob S: PRP 7 {_} PHH
         bob S: PRP 7 {_} PHW
         bob S: PRP 7 {_} PHM
         bob S: PRP 7 {_} MOB N
         bob S: PRP 7 {_} MBE N
         bob S: LST 7 FL {_} 1 4 alice@example.com Alice
         bob S: BPR {_} alice@example.com PHH
         bob S: ...
         alice C: PRP 10 PHH 556
         bob hears nothing",
    );
}

#[test]
fn what_is_wrong_with_a_number_has_a_code() {
    let mut stage = Stage::with(&["alice"]);
    for (property, code) in [
        ("MBE Y", 715),
        ("MFN Alice", 715),
        ("XYZ 1", 715),
        ("MOB maybe", 201),
        ("MOB", 201),
    ] {
        stage.play(&format!(
            "alice C: PRP 9 {property}
             alice S: {code} 9
             alice is open"
        ));
    }
}

#[test]
fn a_number_that_is_too_long_or_of_no_kind_ends_the_link() {
    Stage::with(&["alice"]).play(&format!(
        "alice C: PRP 9 PHH {five}
         alice S: PRP 9 {{_}} PHH {five}
         alice C: PRP 10 PHH {five}5
         alice is closed",
        five = "5".repeat(95)
    ));
    Stage::with(&["alice"]).play("alice C: PRP 9 PHONE 5\n alice is closed");
}

#[test]
fn dialects_before_msnp5_have_neither_numbers_nor_challenges() {
    let mut stage = Stage::with(&["bob"]);
    stage.play(
        "alice connects to notification
         alice C: VER 1 MSNP4
         alice S: VER 1 MSNP4
         alice C: INF 2
         alice S: INF 2 MD5
         alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: USR 4 OK alice@example.com Alice
         alice S: ...
         alice C: SYN 5 0
         alice S: SYN 5 {_}
         alice S: GTC 5 {_} A
         alice S: BLP 5 {_} AL
         alice S: LST 5 FL {_} 1 4 bob@example.com Bob
         alice S: LST 5 FL {_} 2 4 carol@example.com Carol
         alice S: ...
         alice C: CHG 6 NLN
         alice S: CHG 6 NLN
         alice S: ILN 6 NLN bob@example.com Bob
         alice S: ILN 6 NLN echo@example.com Echo
         alice S: ILN 6 NLN parrot@example.com Parrot
         alice hears nothing
         bob C: PRP 9 PHH 555
         alice hears nothing",
    );
}
