//! The notification server after sign-in: lists, challenges, and what it does not accept.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, changed, demo_config};
use msnp6::model::{PrivacyDefault, ReverseListPrompt, Secret};

#[test]
fn the_lists_follow_a_serial_that_the_client_does_not_have() {
    Stage::signed_in("alice").play(
        "alice C: SYN 5 0
         alice S: SYN 5 {serial}
         alice S: GTC 5 {=serial} A
         alice S: BLP 5 {=serial} AL
         alice S: PRP 5 {=serial} PHH
         alice S: PRP 5 {=serial} PHW
         alice S: PRP 5 {=serial} PHM
         alice S: PRP 5 {=serial} MOB N
         alice S: PRP 5 {=serial} MBE N
         alice S: LST 5 FL {=serial} 1 4 bob@example.com Bob
         alice S: BPR {=serial} bob@example.com PHH
         alice S: BPR {=serial} bob@example.com PHW
         alice S: BPR {=serial} bob@example.com PHM
         alice S: BPR {=serial} bob@example.com MOB N
         alice S: LST 5 FL {=serial} 2 4 carol@example.com Carol
         alice S: BPR {=serial} carol@example.com PHH
         alice S: BPR {=serial} carol@example.com PHW
         alice S: BPR {=serial} carol@example.com PHM
         alice S: BPR {=serial} carol@example.com MOB N
         alice S: LST 5 FL {=serial} 3 4 echo@example.com Echo
         alice S: BPR {=serial} echo@example.com PHH
         alice S: BPR {=serial} echo@example.com PHW
         alice S: BPR {=serial} echo@example.com PHM
         alice S: BPR {=serial} echo@example.com MOB N
         alice S: LST 5 FL {=serial} 4 4 parrot@example.com Parrot
         alice S: BPR {=serial} parrot@example.com PHH
         alice S: BPR {=serial} parrot@example.com PHW
         alice S: BPR {=serial} parrot@example.com PHM
         alice S: BPR {=serial} parrot@example.com MOB N
         alice S: LST 5 AL {=serial} 1 4 bob@example.com Bob
         alice S: LST 5 AL {=serial} 2 4 carol@example.com Carol
         alice S: LST 5 AL {=serial} 3 4 echo@example.com Echo
         alice S: LST 5 AL {=serial} 4 4 parrot@example.com Parrot
         alice S: LST 5 BL {=serial} 0 0
         alice S: LST 5 RL {=serial} 1 5 bob@example.com Bob
         alice S: LST 5 RL {=serial} 2 5 carol@example.com Carol
         alice S: LST 5 RL {=serial} 3 5 dave@example.com Dave
         alice S: LST 5 RL {=serial} 4 5 echo@example.com Echo
         alice S: LST 5 RL {=serial} 5 5 parrot@example.com Parrot
         alice hears nothing",
    );
}

#[test]
fn an_equal_serial_brings_nothing() {
    Stage::signed_in("alice").play(
        "alice C: SYN 5 0
         alice S: SYN 5 {serial}
         alice S: ...
         alice C: SYN 6 {serial}
         alice S: SYN 6 {=serial}
         alice hears nothing",
    );
}

#[test]
fn serials_of_another_run_are_not_taken_for_those_of_this_one() {
    let serial = |seed| {
        let mut config = demo_config();
        config.seed = Secret::new(seed);
        let mut stage = Stage::new(config);
        stage.sign_in("alice");
        stage.play("alice C: SYN 5 0\n alice S: SYN 5 {serial}");
        stage.word("serial").to_owned()
    };
    assert_ne!(serial(1), serial(2));
}

#[test]
fn settings_are_those_of_the_account() {
    let mut stage = Stage::new(changed("alice", |alice| {
        alice.privacy = PrivacyDefault::Block;
        alice.prompt = ReverseListPrompt::Never;
    }));
    stage.sign_in("alice");
    stage.play(
        "alice C: SYN 5 0
         alice S: SYN 5 {serial}
         alice S: GTC 5 {=serial} N
         alice S: BLP 5 {=serial} BL",
    );
}

#[test]
fn somebody_who_has_alice_is_on_her_reverse_list_only() {
    Stage::signed_in("dave").play(
        "dave C: SYN 5 0
         dave S: SYN 5 {serial}
         dave S: GTC 5 {_} A
         dave S: BLP 5 {_} AL
         dave S: PRP 5 {_} PHH
         dave S: PRP 5 {_} PHW
         dave S: PRP 5 {_} PHM
         dave S: PRP 5 {_} MOB N
         dave S: PRP 5 {_} MBE N
         dave S: LST 5 FL {_} 1 3 alice@example.com Alice
         dave S: BPR {_} alice@example.com PHH
         dave S: BPR {_} alice@example.com PHW
         dave S: BPR {_} alice@example.com PHM
         dave S: BPR {_} alice@example.com MOB N
         dave S: LST 5 FL {_} 2 3 echo@example.com Echo
         dave S: BPR {_} echo@example.com PHH
         dave S: BPR {_} echo@example.com PHW
         dave S: BPR {_} echo@example.com PHM
         dave S: BPR {_} echo@example.com MOB N
         dave S: LST 5 FL {_} 3 3 parrot@example.com Parrot
         dave S: BPR {_} parrot@example.com PHH
         dave S: BPR {_} parrot@example.com PHW
         dave S: BPR {_} parrot@example.com PHM
         dave S: BPR {_} parrot@example.com MOB N
         dave S: LST 5 AL {_} 1 3 alice@example.com Alice
         dave S: LST 5 AL {_} 2 3 echo@example.com Echo
         dave S: LST 5 AL {_} 3 3 parrot@example.com Parrot
         dave S: LST 5 BL {_} 0 0
         dave S: LST 5 RL {_} 1 2 echo@example.com Echo
         dave S: LST 5 RL {_} 2 2 parrot@example.com Parrot
         dave hears nothing",
    );
}

#[test]
fn the_right_answer_to_the_challenge_is_acknowledged_and_ends_the_wait() {
    Stage::with(&["alice"]).play(
        "50000 ms pass
         alice is open",
    );
}

#[test]
fn a_wrong_answer_to_the_challenge_is_540() {
    for answer in [
        "msmsgs@msnmsgr.com *\n | 00000000000000000000000000000000",
        "msmsgs@msnmsgr.com *\n | x",
        "PROD0038W!61ZTF9 *\n | {answer chl}",
    ] {
        let mut stage = Stage::signed_in("alice");
        stage.play(
            "alice C: CHG 5 NLN
             alice S: CHG 5 NLN
             alice S: ILN 5 NLN echo@example.com Echo
             alice S: ILN 5 NLN parrot@example.com Parrot
             alice S: CHL 0 {chl}",
        );
        stage.play(&format!("alice C: QRY 6 {answer}"));
        stage.play("alice S: 540 6\n alice is closed");
    }
}

#[test]
fn a_challenge_without_answer_ends_the_link_after_fifty_seconds() {
    let mut stage = Stage::with(&["bob"]);
    stage.sign_in("alice");
    stage.play(
        "alice C: CHG 5 NLN
         alice S: ...
         bob S: ...
         49999 ms pass
         alice is open
         1 ms pass
         alice is closed
         bob S: FLN alice@example.com",
    );
}

#[test]
fn an_answer_that_nobody_asked_for_gets_none() {
    Stage::signed_in("alice").play(
        "alice C: QRY 6 msmsgs@msnmsgr.com *
         | 00000000000000000000000000000000
         alice hears nothing
         alice is open",
    );
}

#[test]
fn a_ping_is_answered() {
    Stage::signed_in("alice").play("alice C: PNG\n alice S: QNG\n alice hears nothing");
}

#[test]
fn a_switchboard_is_refused_before_the_first_presence_and_while_hidden() {
    Stage::signed_in("alice").play("alice C: XFR 5 SB\n alice S: 913 5\n alice is open");
    Stage::with(&["alice"]).play(
        "alice C: CHG 5 HDN
         alice S: CHG 5 HDN
         alice C: XFR 6 SB
         alice S: 913 6
         alice is open",
    );
}

#[test]
fn signing_in_twice_on_one_link_is_207() {
    Stage::with(&["alice"]).play(
        "alice C: USR 7 MD5 I alice@example.com
         alice S: 207 7
         alice is open",
    );
}

#[test]
fn sign_in_steps_after_sign_in_are_715() {
    for command in ["VER 7 MSNP6", "INF 7"] {
        Stage::with(&["alice"]).play(&format!(
            "alice C: {command}
             alice S: 715 7
             alice is closed"
        ));
    }
}

#[test]
fn what_a_client_may_not_send_here_closes_without_a_word() {
    for command in [
        "MSG 7 N *\n | hello",
        "CAL 7 bob@example.com",
        "ANS 7 alice@example.com 1.2.3 4",
        "USR 7 alice@example.com 1.2.3",
        "ILN 7 NLN bob@example.com Bob",
        "RNG 1 127.0.0.1:1 CKI 1.2 bob@example.com Bob",
        "QNG",
        "SYN x 0",
        "SYN 7",
        "CHG 7",
        "XFR 7",
        "MSG 7 N x",
    ] {
        let mut stage = Stage::with(&["alice"]);
        stage.play(&format!("alice C: {command}"));
        stage.play("alice is closed");
    }
}

#[test]
fn unknown_commands_are_met_with_silence() {
    Stage::with(&["alice"]).play(
        "alice C: XYZ
         alice C: what is this
         alice hears nothing
         alice C: PNG
         alice S: QNG",
    );
}
