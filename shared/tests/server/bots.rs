//! Echo and Parrot: what they say to people, and that they say nothing to each other.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::Stage;

/// A stage where alice is alone in a room with these bots.
fn with_bots(bots: &[&str]) -> Stage {
    let mut stage = Stage::room(&["alice"]);
    for bot in bots {
        let name = format!("{}{}", bot[..1].to_uppercase(), &bot[1..]);
        stage.play(&format!(
            "alice-sb C: CAL 2 {bot}@example.com
             alice-sb S: CAL 2 RINGING {{_}}
             alice-sb S: JOI {bot}@example.com {name}"
        ));
    }
    stage
}

fn say(name: &str, text: &str) -> String {
    format!(
        "{name} C: MSG 3 N *
         | MIME-Version: 1.0
         | Content-Type: text/plain; charset=UTF-8
         |
         | {text}"
    )
}

fn hear(name: &str, from: &str, text: &str) -> String {
    let said = say(name, text);
    said.replace("C: MSG 3 N *", &format!("S: MSG {from} *"))
}

#[test]
fn echo_types_and_a_second_later_sends_the_text_back() {
    let mut stage = with_bots(&["echo"]);
    stage.play(&say("alice-sb", "hello ☕"));
    stage.play(
        "alice-sb S: MSG echo@example.com Echo *
         | MIME-Version: 1.0
         | Content-Type: text/x-msmsgscontrol
         | TypingUser: echo@example.com
         |
         |
         |
         999 ms pass
         alice-sb hears nothing
         1 ms pass",
    );
    stage.play(&hear("alice-sb", "echo@example.com Echo", "hello ☕"));
    stage.play("100000 ms pass\n alice-sb hears nothing");
}

#[test]
fn echo_sends_the_same_bytes() {
    let mut stage = with_bots(&["echo"]);
    let body = b"Content-Type: text/plain\r\nX-MMS-IM-Format: FN=Arial; EF=B; CO=ff\r\n\r\ncaf\xe9";
    let mut bytes = format!("MSG 3 N {}\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    stage.send("alice-sb", &bytes);
    stage.silence();
    stage.pass(1000);
    assert!(stage.received("alice-sb").ends_with(body));
}

#[test]
fn echo_answers_every_text_in_order() {
    let mut stage = with_bots(&["echo"]);
    stage.play(&say("alice-sb", "one"));
    stage.pass(300);
    stage.play(&say("alice-sb", "two"));
    stage.play("alice-sb S: ...\n 700 ms pass");
    stage.play(&hear("alice-sb", "echo@example.com Echo", "one"));
    stage.play("alice-sb hears nothing\n 300 ms pass");
    stage.play(&hear("alice-sb", "echo@example.com Echo", "two"));
}

#[test]
fn echo_is_answered_at_once_when_it_is_somebody_s_only_company() {
    with_bots(&["echo"]).play(
        "alice-sb C: MSG 3 A *
         | Content-Type: text/plain
         |
         | hello
         alice-sb S: MSG echo@example.com Echo *
         alice-sb S: ACK 3",
    );
}

#[test]
fn bots_do_not_answer_what_is_no_text() {
    with_bots(&["echo", "parrot"]).play(
        "alice-sb C: MSG 3 U *
         | Content-Type: text/x-msmsgscontrol
         | TypingUser: alice@example.com
         |
         |
         alice-sb C: MSG 4 N *
         | Content-Type: text/x-msmsgsinvite
         |
         | Invitation-Command: INVITE
         alice-sb C: MSG 5 N 0
         10000 ms pass
         alice-sb hears nothing",
    );
}

#[test]
fn who_floods_echo_is_not_answered_for_ever() {
    let mut stage = with_bots(&["echo"]);
    for _ in 0..1000 {
        stage.play(&say("alice-sb", "again"));
    }
    stage.silence();
    stage.pass(60_000);
    let said = String::from_utf8(stage.received("alice-sb")).expect("UTF-8");
    assert_eq!(said.matches("again").count(), 32);
}

#[test]
fn parrot_repeats_the_last_line() {
    let mut stage = with_bots(&["parrot"]);
    stage.play(&say("alice-sb", "first\n| second\n|\n|"));
    stage.play("alice-sb hears nothing\n 1000 ms pass");
    stage.play(&hear("alice-sb", "parrot@example.com Parrot", "second"));
}

#[test]
fn parrot_is_silent_where_its_words_would_be_too_long() {
    let mut stage = with_bots(&["parrot"]);
    // What is no UTF-8 is read as Latin-1, and each of these letters takes two bytes in UTF-8.
    let body = [
        b"Content-Type: text/plain\r\n\r\n".as_slice(),
        &[0xe9; 1600],
    ]
    .concat();
    let line = format!("MSG 3 N {}\r\n", body.len());
    stage.send("alice-sb", &[line.as_bytes(), &body].concat());
    stage.play("1000 ms pass\n alice-sb hears nothing\n alice-sb is open");
}

#[test]
fn parrot_forgets_a_line_when_another_follows() {
    let mut stage = with_bots(&["parrot"]);
    stage.play(&say("alice-sb", "one"));
    stage.pass(900);
    stage.play(&say("alice-sb", "two"));
    stage.play("900 ms pass\n alice-sb hears nothing\n 100 ms pass");
    stage.play(&hear("alice-sb", "parrot@example.com Parrot", "two"));
    stage.play("10000 ms pass\n alice-sb hears nothing");
}

#[test]
fn parrot_talks_to_a_whole_group() {
    let mut stage = Stage::room(&["alice", "bob"]);
    stage.play(
        "bob-sb C: CAL 2 parrot@example.com
         bob-sb S: ...
         alice-sb S: JOI parrot@example.com Parrot",
    );
    stage.play(&say("bob-sb", "hello"));
    stage.silence();
    stage.pass(1000);
    for name in ["alice-sb", "bob-sb"] {
        stage.play(&hear(name, "parrot@example.com Parrot", "hello"));
    }
}

#[test]
fn bots_do_not_answer_each_other() {
    let mut stage = with_bots(&["echo", "parrot"]);
    stage.play(&say("alice-sb", "hello"));
    stage.play("alice-sb S: MSG echo@example.com Echo *\n 1000 ms pass");
    stage.play(&hear("alice-sb", "echo@example.com Echo", "hello"));
    stage.play(&hear("alice-sb", "parrot@example.com Parrot", "hello"));
    stage.play("200000 ms pass\n alice-sb hears nothing");
}

#[test]
fn bots_leave_with_the_last_person() {
    let mut stage = with_bots(&["echo"]);
    stage.play(&say("alice-sb", "hello"));
    stage.play("alice-sb leaves\n 1000 ms pass");
    assert!(format!("{:?}", stage.server).contains("rooms: 0"));
}

#[test]
fn a_bot_is_shown_to_who_comes_later() {
    let mut stage = with_bots(&["echo"]);
    stage.online("bob");
    stage.play(
        "alice-sb C: CAL 5 bob@example.com
         bob S: RNG {room} {_} CKI {ring} alice@example.com Alice
         bob-sb connects to switchboard
         bob-sb C: ANS 1 bob@example.com {ring} {room}
         bob-sb S: IRO 1 1 2 alice@example.com Alice
         bob-sb S: IRO 1 2 2 echo@example.com Echo
         bob-sb S: ANS 1 OK",
    );
}

#[test]
fn everybody_in_the_demo_has_the_bots_online() {
    for name in ["alice", "bob", "carol", "dave", "erin", "unverified"] {
        let mut stage = Stage::signed_in(name);
        stage.play(&format!(
            "{name} C: CHG 5 NLN
             {name} S: CHG 5 NLN
             {name} S: ILN 5 NLN echo@example.com Echo
             {name} S: ILN 5 NLN parrot@example.com Parrot"
        ));
    }
}
