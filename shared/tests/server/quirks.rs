//! That each quirk of the built-in server does what its name says, at the notification server. What
//! clients make of it is told in `quirks.rs`.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, quirky};
use msnp6::server::Quirk;

fn stage(quirk: Quirk) -> Stage {
    Stage::new(quirky(&[quirk]))
}

/// These people signed in, and online unless they cannot be challenged, with nothing left to hear.
fn online(quirk: Quirk, people: &[&str]) -> Stage {
    let mut stage = Stage::new(quirky(&[quirk, Quirk::NoChallenge]));
    for name in people {
        stage.sign_in(name);
        stage.play(&format!("{name} C: CHG 5 NLN"));
    }
    stage.play("200 ms pass");
    stage.silence();
    stage
}

/// What comes back for one command of Alice's, whole.
fn answer(stage: &mut Stage, command: &str) -> String {
    stage.play(&format!("alice C: {command}"));
    String::from_utf8_lossy(&stage.received("alice")).into_owned()
}

#[test]
fn ver_is_answered_in_five_ways() {
    for (quirk, reply) in [
        (Quirk::VerListsAll, "MSNP6 MSNP5 MSNP4 CVR0"),
        (Quirk::VerAddsCvr0, "MSNP6 CVR0"),
        (Quirk::VerShuffled, "CVR0 MSNP6"),
        (Quirk::SpeaksMsnp5, "MSNP5"),
        (Quirk::SpeaksMsnp4, "MSNP4"),
    ] {
        stage(quirk).play(&format!(
            "x connects to notification
             x C: VER 1 MSNP6 MSNP5 MSNP4 CVR0
             x S: VER 1 {reply}
             x hears nothing
             x is open"
        ));
    }
    stage(Quirk::RefusesDialects).play(
        "x connects to notification
         x C: VER 1 MSNP6 MSNP5 MSNP4 CVR0
         x S: VER 1 0 MSNP9 MSNP8 CVR0
         x is closed",
    );
}

#[test]
fn a_sign_in_at_dispatch_ends_there_or_in_a_referral_without_port() {
    let begin = |stage: &mut Stage| {
        stage.play(
            "x connects to dispatch
             x C: VER 1 MSNP6
             x S: VER 1 MSNP6
             x C: INF 2
             x S: INF 2 MD5
             x C: USR 3 MD5 I alice@example.com",
        );
    };
    let mut direct = stage(Quirk::NoReferral);
    begin(&mut direct);
    direct.play("x S: USR 3 MD5 S {_}");
    let mut config = quirky(&[Quirk::ReferralWithoutPort]);
    config.notification = msnp6::model::Endpoint::new("192.0.2.9", 1863).expect("an endpoint");
    let mut referred = Stage::new(config);
    begin(&mut referred);
    referred.play("x S: XFR 3 NS 192.0.2.9 0");
}

#[test]
fn the_challenge_of_a_sign_in_can_be_constant_or_carry_a_word_more() {
    let challenge = |quirk, pattern: &str| {
        let mut stage = stage(quirk);
        for link in ["x", "y"] {
            stage.play(&format!(
                "{link} connects to notification
                 {link} C: VER 1 MSNP6
                 {link} C: INF 2
                 {link} C: USR 3 MD5 I alice@example.com
                 {link} S: VER 1 MSNP6
                 {link} S: INF 2 MD5
                 {link} S: USR 3 MD5 S {pattern}"
            ));
        }
    };
    challenge(Quirk::ConstantChallenge, "0f1e2d3c4b5a697");
    challenge(Quirk::ChallengeExtraWord, "{_} alice@example.com");
}

#[test]
fn what_follows_a_sign_in_can_lack_the_bit_and_the_profile() {
    let welcome = |quirk| {
        let mut stage = stage(quirk);
        stage.play(
            "alice connects to notification
             alice C: VER 1 MSNP6
             alice C: INF 2
             alice C: USR 3 MD5 I alice@example.com
             alice S: VER 1 MSNP6
             alice S: INF 2 MD5
             alice S: USR 3 MD5 S {challenge}
             alice C: USR 4 MD5 S {md5 challenge}",
        );
        stage
    };
    welcome(Quirk::NoVerifiedBit).play("alice S: USR 4 OK alice@example.com Alice");
    welcome(Quirk::NoProfile).play(
        "alice S: USR 4 OK alice@example.com Alice 1
         alice hears nothing",
    );
}

#[test]
fn another_spelling_of_the_address_can_be_refused_after_it_ended_the_session() {
    let mut stage = stage(Quirk::HandleCaseMatters);
    stage.online("alice");
    stage.play(
        "x connects to notification
         x C: VER 1 MSNP6
         x C: INF 2
         x C: USR 3 MD5 I Alice@example.com
         x S: VER 1 MSNP6
         x S: INF 2 MD5
         x S: USR 3 MD5 S {challenge}
         x C: USR 4 MD5 S {md5 challenge}
         x S: 911 4
         x is closed
         alice S: OUT OTH
         alice is closed",
    );
}

#[test]
fn challenges_and_answers_to_pings_can_be_missing() {
    let mut stage = stage(Quirk::NoChallenge);
    stage.sign_in("alice");
    let heard = answer(&mut stage, "CHG 5 NLN");
    assert!(!heard.contains("CHL"), "{heard}");
    let mut stage = online(Quirk::NoQng, &["alice"]);
    assert_eq!(answer(&mut stage, "PNG"), "");
}

/// The answer to `SYN 7 41` without what does not differ: contacts but Bob.
fn synchronized(quirk: Quirk) -> String {
    let mut stage = online(quirk, &["bob", "alice"]);
    stage.play("bob C: PRP 9 PHH 555");
    answer(&mut stage, "SYN 7 41")
}

#[test]
fn the_serial_can_be_the_clients_and_one() {
    let heard = synchronized(Quirk::SerialFromClient);
    assert!(heard.starts_with("SYN 7 42\r\nGTC 7 42 A\r\n"), "{heard}");
    let mut stage = online(Quirk::SerialFromClient, &["alice"]);
    answer(&mut stage, "SYN 7 41");
    let again = answer(&mut stage, "SYN 8 42");
    assert!(again.starts_with("SYN 8 43\r\nGTC"), "{again}");
}

#[test]
fn what_syn_brings_can_be_more_or_less() {
    let lines = |quirk, word: &str| {
        let heard = synchronized(quirk);
        heard.lines().filter(|line| line.starts_with(word)).count()
    };
    assert_eq!(lines(Quirk::NoQng, "BPR "), 16);
    assert_eq!(lines(Quirk::SynTwice, "SYN 7 "), 2);
    assert_eq!(lines(Quirk::NoSettings, "GTC "), 0);
    assert_eq!(lines(Quirk::NoSettings, "BLP "), 0);
    assert_eq!(lines(Quirk::NoProperties, "PRP "), 0);
    assert_eq!(lines(Quirk::NoProperties, "BPR "), 0);
    assert_eq!(lines(Quirk::IlnInSyn, "ILN 7 "), 4);
    assert_eq!(lines(Quirk::IlnInSyn, "ILN 7 FLN carol@example.com "), 1);
}

#[test]
fn properties_can_be_short() {
    let mut stage = online(Quirk::ShortProperties, &["bob", "alice"]);
    stage.play("bob C: PRP 9 PHH 555\n alice C: PRP 9 PHM 556\n alice S: ...");
    let heard = answer(&mut stage, "SYN 7 0");
    let serial = heard
        .lines()
        .next()
        .and_then(|line| line.rsplit(' ').next());
    let serial = serial.expect("a serial");
    let own: Vec<_> = heard.lines().filter(|l| l.starts_with("PRP")).collect();
    assert_eq!(own, [format!("PRP {serial} PHM 556")]);
    let lines: Vec<_> = heard.lines().collect();
    for list in ["FL", "AL", "RL"] {
        let bob = lines
            .iter()
            .position(|line| line.starts_with(&format!("LST 7 {list}")) && line.contains("bob@"));
        let after = bob.and_then(|at| lines.get(at + 1));
        assert_eq!(after, Some(&format!("BPR {serial} PHH 555").as_str()));
    }
}

#[test]
fn settings_can_lack_serial_or_value() {
    let mut stage = online(Quirk::SettingsWithoutSerial, &["alice"]);
    assert_eq!(answer(&mut stage, "GTC 7 N"), "GTC 7 N\r\n");
    assert_eq!(answer(&mut stage, "BLP 8 BL"), "BLP 8 BL\r\n");
    let mut stage = online(Quirk::SettingsWithoutValue, &["alice"]);
    stage.play(
        "alice C: GTC 7 N
         alice S: GTC 7 {_}
         alice C: BLP 8 BL
         alice S: BLP 8 {_}",
    );
}

#[test]
fn the_first_presence_can_bring_oneself_or_nobody() {
    let first = |quirk| {
        let mut stage = stage(quirk);
        stage.sign_in("alice");
        answer(&mut stage, "CHG 5 HDN")
    };
    let heard = first(Quirk::IlnOfOneself);
    assert!(
        heard.contains("ILN 5 FLN alice@example.com Alice\r\n"),
        "{heard}"
    );
    assert!(!first(Quirk::IlnInSyn).contains("ILN"));
}

#[test]
fn presence_can_come_by_other_commands_and_name_the_wrong_one() {
    online(Quirk::IlnForPresence, &["alice", "bob"]).play(
        "alice C: CHG 7 BSY
         bob S: ILN 7777 BSY alice@example.com Alice
         alice C: CHG 8 HDN
         bob S: ILN 7777 FLN alice@example.com",
    );
    online(Quirk::FlnNamesReceiver, &["alice", "bob"]).play(
        "alice leaves
         bob S: FLN bob@example.com",
    );
}

#[test]
fn presence_can_be_collected_and_told_in_its_final_state() {
    online(Quirk::DelayedPresence, &["alice", "bob"]).play(
        "alice C: CHG 7 BSY
         100 ms pass
         alice C: CHG 8 BRB
         alice C: CHG 9 AWY
         99 ms pass
         bob hears nothing
         1 ms pass
         bob S: NLN AWY alice@example.com Alice
         bob S: NLN AWY alice@example.com Alice
         bob S: NLN AWY alice@example.com Alice
         bob hears nothing",
    );
}

#[test]
fn presence_that_is_collected_does_not_grow_without_bound() {
    let mut stage = online(Quirk::DelayedPresence, &["alice", "bob"]);
    for _ in 0..5000 {
        stage.send("alice", b"CHG 7 BSY\r\nCHG 8 AWY\r\n");
    }
    assert!(!stage.received("bob").is_empty(), "told before the time");
}

#[test]
fn a_new_name_can_be_told_while_hidden_or_by_another_command() {
    online(Quirk::HiddenRename, &["alice", "bob"]).play(
        "alice C: CHG 7 HDN
         bob S: FLN alice@example.com
         alice C: REA 8 alice@example.com Ghost
         bob S: NLN HDN alice@example.com Ghost",
    );
    online(Quirk::RenameByRea, &["alice", "bob"]).play(
        "alice C: REA 8 alice@example.com Al
         bob S: REA 7777 19 alice@example.com Al
         bob hears nothing",
    );
}

#[test]
fn strangers_can_be_added_without_presence() {
    online(Quirk::StrangersWithoutIln, &["alice", "erin", "dave"]).play(
        "alice C: ADD 7 FL erin@example.com Erin
         alice S: ADD 7 FL {_} erin@example.com Erin
         alice hears nothing
         alice C: ADD 8 AL dave@example.com Dave
         alice S: ADD 8 AL {_} dave@example.com Dave
         alice C: ADD 9 FL dave@example.com Dave
         alice S: ADD 9 FL {_} dave@example.com Dave
         alice S: ILN 9 NLN dave@example.com Dave",
    );
}

#[test]
fn additions_can_always_succeed_or_never() {
    online(Quirk::AddAlwaysSucceeds, &["alice"]).play(
        "alice C: ADD 7 FL bob@example.com Bob
         alice S: ADD 7 FL {_} bob@example.com Bob
         alice C: ADD 8 BL bob@example.com Bob
         alice S: ADD 8 BL {_} bob@example.com Bob",
    );
    online(Quirk::AddIsRefused, &["alice"]).play(
        "alice C: ADD 7 FL erin@example.com Erin
         alice S: 208 7",
    );
}

#[test]
fn removals_can_name_the_asker_or_claim_to_have_failed() {
    online(Quirk::RemNamesAsker, &["alice", "bob"]).play(
        "alice C: REM 7 FL bob@example.com
         alice S: REM 7 FL {_} alice@example.com
         bob S: REM 0 RL {_} alice@example.com",
    );
    online(Quirk::RemSays205, &["alice", "bob"]).play(
        "alice C: REM 7 FL bob@example.com
         alice S: 205 7
         bob S: REM 0 RL {_} alice@example.com
         alice C: REM 8 FL bob@example.com
         alice S: 216 8",
    );
}

#[test]
fn changes_can_be_done_in_silence() {
    online(Quirk::SilentChanges, &["alice", "erin"]).play(
        "alice C: ADD 7 FL erin@example.com Erin
         alice hears nothing
         erin S: ADD 0 RL {_} alice@example.com Alice
         alice C: REM 8 FL erin@example.com
         alice hears nothing
         erin S: REM 0 RL {_} alice@example.com",
    );
    online(Quirk::SilentServices, &["alice"]).play(
        "alice C: ADD 7 XL erin@example.com Erin
         alice C: ADD 8 FL
         alice C: FND 9 fname=Bob
         alice C: LST 10 FL
         alice hears nothing
         alice is open",
    );
}

#[test]
fn privacy_can_hide_without_telling_and_still_hides() {
    online(Quirk::PrivacyHidesSilently, &["alice", "dave"]).play(
        "alice C: BLP 7 BL
         alice S: BLP 7 {_} BL
         dave hears nothing
         alice C: CHG 8 AWY
         dave hears nothing",
    );
}

#[test]
fn pages_can_lack_the_site() {
    let mut stage = online(Quirk::UrlWithoutSite, &["alice"]);
    assert_eq!(answer(&mut stage, "URL 7 INBOX"), "URL 7 /none /none\r\n");
}

#[test]
fn unknown_commands_and_empty_lines_can_be_the_end() {
    online(Quirk::ClosesOnUnknown, &["alice"]).play("alice C: XYZ 7\n alice is closed");
    let mut stage = online(Quirk::DeafAfterEmptyLine, &["alice"]);
    stage.play("alice C: PNG\n alice S: QNG");
    stage.send("alice", b"\r\n");
    stage.play("alice C: PNG\n alice hears nothing\n alice is open");
    let mut stage = online(Quirk::DeafAfterEmptyLine, &["alice"]);
    stage.send("alice", b"PNG\r\n\r\nPNG\r\n");
    stage.play("alice S: QNG\n alice hears nothing");
    let mut stage = online(Quirk::DeafAfterEmptyLine, &["alice"]);
    stage.play("alice C: X\n alice C: PNG\n alice hears nothing\n alice is open");
}

#[test]
fn errors_can_carry_a_text() {
    let mut stage = online(Quirk::ErrorsWithText, &["alice"]);
    let heard = answer(&mut stage, "XFR 7 NS");
    assert_eq!(heard, "201 7 Something%20is%20wrong\r\n");
}

#[test]
fn lines_can_have_more_parameters() {
    let mut stage = stage(Quirk::ExtraParameters);
    stage.play(
        "alice connects to notification
         alice C: VER 1 MSNP6
         alice S: VER 1 MSNP6 0 0
         alice C: INF 2
         alice S: INF 2 MD5 0 0
         alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: USR 4 OK alice@example.com Alice 1 0
         alice S: ...",
    );
    assert_eq!(answer(&mut stage, "PNG"), "QNG 50\r\n");
    let heard = answer(&mut stage, "CHG 7 AWY");
    assert!(heard.starts_with("CHG 7 AWY 268435508\r\n"), "{heard}");
    let heard = answer(&mut stage, "SYN 7 0");
    assert!(heard.contains(" bob@example.com Bob 0\r\n"), "{heard}");
}

#[test]
fn lines_can_end_otherwise() {
    for (quirk, end) in [(Quirk::LineFeedOnly, "\n"), (Quirk::TrailingSpace, " \r\n")] {
        let mut stage = stage(quirk);
        stage.play("alice connects to notification\n alice C: VER 1 MSNP6");
        let heard = String::from_utf8(stage.received("alice"));
        assert_eq!(heard, Ok(format!("VER 1 MSNP6{end}")));
    }
}

#[test]
fn a_goodbye_can_be_answered() {
    online(Quirk::EchoesOut, &["alice"]).play("alice C: OUT\n alice S: OUT\n alice is closed");
}
