//! Dispatch and sign-in at the built-in server: the referral, the challenge, and every way to be refused.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::Stage;

/// A stage where alice has come as far as `INF`, at one of the two servers.
fn introduced(to: &str) -> Stage {
    let mut stage = Stage::demo();
    stage.play(&format!(
        "alice connects to {to}
         alice C: VER 1 MSNP6
         alice S: VER 1 MSNP6
         alice C: INF 2
         alice S: INF 2 MD5"
    ));
    stage
}

#[test]
fn dispatch_refers_to_the_notification_server_and_closes_if_the_client_stays() {
    introduced("dispatch").play(
        "alice C: USR 3 MD5 I alice@example.com
         alice S: XFR 3 NS 127.0.0.1:1864 0
         4999 ms pass
         alice is open
         1 ms pass
         alice is closed",
    );
}

#[test]
fn dispatch_does_not_say_who_has_an_account() {
    introduced("dispatch").play(
        "alice C: USR 3 MD5 I nobody@example.com
         alice S: XFR 3 NS 127.0.0.1:1864 0",
    );
}

#[test]
fn the_right_password_signs_in_with_name_verified_bit_and_profile() {
    introduced("notification").play(
        "alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: USR 4 OK alice@example.com Alice 1
         alice S: MSG Hotmail Hotmail *
         | MIME-Version: 1.0
         | Content-Type: text/x-msmsgsprofile; charset=UTF-8
         | LoginTime: 1000
         | EmailEnabled: 0
         | MemberIdHigh: 0
         | MemberIdLow: 0
         | lang_preference: 1033
         | preferredEmail: alice@example.com
         | country: US
         | Kid: 0
         | Flags: 1027
         | sid: 507
         | kv: 4
         |
         |
         alice hears nothing
         alice is open",
    );
}

#[test]
fn an_address_that_is_not_verified_shows_in_bit_and_name() {
    let mut stage = introduced("notification");
    stage.play(
        "alice C: USR 3 MD5 I unverified@example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: USR 4 OK unverified@example.com {name} 0",
    );
    assert_eq!(
        stage.word("name"),
        "unverified%40example.com%20%28E-Mail%20Address%20Not%20Verified%29"
    );
}

#[test]
fn the_case_of_an_address_does_not_matter_and_the_reply_has_the_right_one() {
    introduced("notification").play(
        "alice C: USR 3 MD5 I Alice@Example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: USR 4 OK alice@example.com Alice 1",
    );
}

#[test]
fn challenges_are_digits_and_a_dot_and_never_the_same() {
    let mut stage = introduced("notification");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..100 {
        stage.play(
            "alice connects to notification
             alice C: VER 1 MSNP6
             alice C: INF 2
             alice C: USR 3 MD5 I alice@example.com
             alice S: VER 1 MSNP6
             alice S: INF 2 MD5
             alice S: USR 3 MD5 S {challenge}",
        );
        let challenge = stage.word("challenge");
        let (left, right) = challenge.split_once('.').expect("a dot");
        let all = left.bytes().chain(right.bytes());
        assert!(all.into_iter().all(|b| b.is_ascii_digit()), "{challenge}");
        assert!(seen.insert(challenge.to_owned()), "{challenge} again");
    }
}

#[test]
fn a_wrong_password_is_refused() {
    introduced("notification").play(
        "alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {_}
         alice C: USR 4 MD5 S 00000000000000000000000000000000
         alice S: 911 4
         alice is closed",
    );
}

#[test]
fn an_upper_case_digest_is_refused() {
    let mut stage = introduced("notification");
    stage.play(
        "alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {challenge}",
    );
    let digest = stage.fill_in("{md5 challenge}").to_uppercase();
    stage.play(&format!(
        "alice C: USR 4 MD5 S {digest}
         alice S: 911 4
         alice is closed"
    ));
}

#[test]
fn an_unknown_account_is_refused_only_after_the_digest() {
    introduced("notification").play(
        "alice C: USR 3 MD5 I nobody@example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: 911 4
         alice is closed",
    );
}

#[test]
fn nobody_signs_in_as_a_bot() {
    introduced("notification").play(
        "alice C: USR 3 MD5 I echo@example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: 911 4
         alice is closed",
    );
}

#[test]
fn an_address_without_domain_is_refused_at_once() {
    for server in ["dispatch", "notification"] {
        introduced(server).play(
            "alice C: USR 3 MD5 I alice
             alice S: 911 3
             alice is closed",
        );
    }
}

#[test]
fn the_highest_common_dialect_is_chosen() {
    for (offer, choice) in [
        ("MSNP6 MSNP5 MSNP4 CVR0", "MSNP6"),
        ("MSNP4 MSNP6", "MSNP6"),
        ("MSNP8 MSNP7 MSNP5", "MSNP5"),
        ("CVR0 MSNP4", "MSNP4"),
    ] {
        Stage::demo().play(&format!(
            "alice connects to notification
             alice C: VER 7 {offer}
             alice S: VER 7 {choice}"
        ));
    }
}

#[test]
fn without_a_common_dialect_the_link_is_closed() {
    for offer in ["MSNP7 MSNP3 CVR0", "CVR0", "msnp6", "MSNP66666"] {
        Stage::demo().play(&format!(
            "alice connects to dispatch
             alice C: VER 1 {offer}
             alice S: VER 1 0
             alice is closed"
        ));
    }
}

#[test]
fn older_dialects_have_no_verified_bit() {
    Stage::demo().play(
        "alice connects to notification
         alice C: VER 1 MSNP5
         alice C: INF 2
         alice C: USR 3 MD5 I alice@example.com
         alice S: VER 1 MSNP5
         alice S: INF 2 MD5
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: USR 4 OK alice@example.com Alice",
    );
}

#[test]
fn the_right_command_at_the_wrong_moment_is_715() {
    for (first, wrong) in [
        ("VER 1 MSNP6", "VER 9 MSNP6"),
        ("VER 1 MSNP6", "USR 9 MD5 I alice@example.com"),
        ("", "INF 9"),
        ("", "USR 9 MD5 I alice@example.com"),
        ("", "USR 9 MD5 S 00"),
    ] {
        let mut stage = Stage::demo();
        stage.play("alice connects to notification");
        if !first.is_empty() {
            stage.play(&format!("alice C: {first}\n alice S: VER 1 MSNP6"));
        }
        stage.play(&format!(
            "alice C: {wrong}
             alice S: 715 9
             alice is closed"
        ));
    }
}

#[test]
fn a_second_name_before_the_digest_is_715() {
    introduced("notification").play(
        "alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {_}
         alice C: USR 4 MD5 I bob@example.com
         alice S: 715 4
         alice is closed",
    );
}

#[test]
fn what_only_a_signed_in_client_may_send_closes_without_a_word() {
    for command in [
        "SYN 3 0",
        "CHG 3 NLN",
        "PNG",
        "XFR 3 SB",
        "CAL 3 bob@example.com",
        "USR 3 alice@example.com 1.2.3",
        "OUT",
    ] {
        introduced("notification").play(&format!(
            "alice C: {command}
             alice is closed"
        ));
    }
}

#[test]
fn unknown_commands_are_met_with_silence() {
    introduced("notification").play(
        "alice C: XYZ
         alice C: what is this
         alice hears nothing
         alice is open
         alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {_}",
    );
}

#[test]
fn the_version_of_the_program_is_taken_in_any_state() {
    introduced("notification").play(
        "alice C: CVR 3 0x0409 win 4.10 i386 MSMSGS 3.6.0038 MSMSGS
         alice S: CVR 3 3.6.0038 3.6.0038 3.6.0038 http://localhost/ http://localhost/
         alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {_}",
    );
}

#[test]
fn a_sign_in_that_is_not_finished_in_a_minute_is_closed() {
    for server in ["dispatch", "notification"] {
        introduced(server).play(
            "59999 ms pass
             alice is open
             1 ms pass
             alice is closed",
        );
    }
}

#[test]
fn who_answers_a_challenge_every_ten_minutes_may_stay_for_hours() {
    let mut stage = Stage::with(&["alice"]);
    for _ in 0..60 {
        stage.play(
            "599999 ms pass
             alice hears nothing
             1 ms pass
             alice S: CHL 0 {chl}
             alice C: QRY 8 msmsgs@msnmsgr.com *
             | {answer chl}
             alice S: QRY 8",
        );
    }
    stage.play("alice C: PNG\n alice S: QNG");
}

#[test]
fn a_second_sign_in_ends_the_first() {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.rename("alice", "early");
    stage.sign_in("alice");
    stage.play(
        "early S: OUT OTH
         early is closed
         bob S: FLN alice@example.com
         alice is open
         alice C: CHG 5 NLN
         alice S: CHG 5 NLN
         bob S: NLN NLN alice@example.com Alice
         bob hears nothing",
    );
}

#[test]
fn the_end_of_a_session_that_was_replaced_does_not_end_the_new_one() {
    let mut stage = Stage::with(&["alice", "bob"]);
    stage.rename("alice", "early");
    stage.online("alice");
    stage.play(
        "early leaves
         bob hears nothing
         alice C: PNG
         alice S: QNG",
    );
}

#[test]
fn a_wrong_password_does_not_end_anybodys_session() {
    let mut stage = Stage::with(&["alice"]);
    stage.play(
        "thief connects to notification
         thief C: VER 1 MSNP6
         thief C: INF 2
         thief C: USR 3 MD5 I alice@example.com
         thief C: USR 4 MD5 S 00000000000000000000000000000000
         thief S: ...
         thief is closed
         alice hears nothing
         alice is open",
    );
}
