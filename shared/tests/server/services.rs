//! What the built-in server says to requests around the messenger, and what it says unasked: mail,
//! maintenance, referrals in mid-session.
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::harness::{Stage, changed};
use msnp6::command::Service;
use msnp6::model::Endpoint;

#[test]
fn every_page_has_an_address_that_leads_nowhere() {
    let mut stage = Stage::with(&["alice"]);
    for service in Service::ALL {
        stage.play(&format!(
            "alice C: URL 9 {} 0x0409
             alice S: URL 9 /none /none 1",
            service.code()
        ));
    }
}

#[test]
fn invitations_by_mail_are_confirmed() {
    Stage::with(&["alice"]).play(
        "alice C: SND 9 friend@example.net 0x0409 MSMSGS MSMSGS
         alice S: SND 9 OK
         alice C: SDC 10 friend@example.net 0x0409 MSMSGS MSMSGS X X Alice *
         | Come and join.
         alice S: SDC 10 OK",
    );
}

#[test]
fn the_setting_of_television_sets_is_confirmed() {
    Stage::with(&["alice"]).play(
        "alice C: IMS 9 OFF
         alice S: IMS 9 0 OFF
         alice C: IMS 10 ON
         alice S: IMS 10 0 ON",
    );
}

#[test]
fn the_directory_and_the_old_form_of_lists_are_switched_off() {
    Stage::with(&["alice"]).play(
        "alice C: FND 9 fname=Bob lname=* city=* state=* country=*
         alice S: 502 9
         alice C: LST 10 FL
         alice S: 502 10",
    );
}

#[test]
fn a_page_to_a_telephone_is_refused_and_its_payload_consumed() {
    Stage::with(&["alice"]).play(
        "alice C: PAG 9 bob@example.com *
         | <TEXT xml:space=\"preserve\">PNG</TEXT>
         alice S: 606 9
         alice C: PNG
         alice S: QNG",
    );
}

#[test]
fn a_notification_server_cannot_be_asked_for() {
    Stage::with(&["alice"]).play("alice C: XFR 9 NS\n alice S: 201 9\n alice is open");
}

#[test]
fn who_has_mail_is_told_after_the_first_presence_only() {
    let mut stage = Stage::demo();
    stage.sign_in("carol");
    stage.play(
        "carol C: CHG 5 HDN
         carol S: CHG 5 HDN
         carol S: ILN 5 NLN echo@example.com Echo
         carol S: ILN 5 NLN parrot@example.com Parrot
         carol S: MSG Hotmail Hotmail *
         | MIME-Version: 1.0
         | Content-Type: text/x-msmsgsinitialemailnotification; charset=UTF-8
         |
         | Inbox-Unread: 2
         | Folders-Unread: 1
         | Inbox-URL: /none
         | Folders-URL: /none
         | Post-URL: /none
         |
         |
         carol S: CHL 0 {_}
         carol C: CHG 6 NLN
         carol S: CHG 6 NLN
         carol hears nothing",
    );
}

#[test]
fn the_profile_says_whether_there_is_mail() {
    for (name, flag) in [("alice", "0"), ("carol", "1")] {
        let mut stage = Stage::demo();
        stage.play(&format!(
            "x connects to notification
             x C: VER 1 MSNP6
             x C: INF 2
             x C: USR 3 MD5 I {name}@example.com
             x S: VER 1 MSNP6
             x S: INF 2 MD5
             x S: USR 3 MD5 S {{challenge}}
             x C: USR 4 MD5 S {{md5 challenge}}"
        ));
        let received = String::from_utf8(stage.received("x")).expect("UTF-8");
        assert!(
            received.contains(&format!("EmailEnabled: {flag}\r\n")),
            "{received}"
        );
    }
    let mut stage = Stage::new(changed("carol", |carol| carol.mail = None));
    stage.sign_in("carol");
    stage.play(
        "carol C: CHG 5 NLN
         carol S: CHG 5 NLN
         carol S: ILN 5 NLN echo@example.com Echo
         carol S: ILN 5 NLN parrot@example.com Parrot
         carol S: CHL 0 {_}",
    );
}

#[test]
fn maintenance_is_announced_then_ends_every_session_and_keeps_people_out() {
    let mut stage = Stage::room(&["alice", "bob"]);
    stage.server.announce_maintenance(stage.now, 5);
    stage.carry_out();
    for name in ["alice", "bob"] {
        stage.play(&format!(
            "{name} S: MSG Hotmail Hotmail 88
             | MIME-Version: 1.0
             | Content-Type: application/x-msmsgssystemmessage
             |
             | Type: 1
             | Arg1: 5
             |
             {name} hears nothing"
        ));
    }
    stage.play(
        "299999 ms pass
         alice is open
         1 ms pass
         alice S: OUT SSD
         alice is closed",
    );
    let last_words = String::from_utf8(stage.received("bob")).expect("UTF-8");
    assert!(last_words.ends_with("OUT SSD\r\n"), "{last_words}");
    assert!(stage.is_closed("bob"));
    refused(&mut stage);
    stage.server.end_maintenance();
    stage.sign_in("alice");
}

fn refused(stage: &mut Stage) {
    stage.play(
        "late connects to notification
         late C: VER 1 MSNP6
         late S: VER 1 MSNP6
         late C: INF 2
         late S: INF 2 MD5
         late C: USR 3 MD5 I alice@example.com
         late S: USR 3 MD5 S {challenge}
         late C: USR 4 MD5 S {md5 challenge}
         late S: 500 4
         late is closed",
    );
}

#[test]
fn rooms_outlive_the_shutdown_of_the_notification_server() {
    let mut stage = Stage::room(&["alice", "bob"]);
    stage.server.announce_maintenance(stage.now, 1);
    stage.carry_out();
    stage.play(
        "60000 ms pass
         alice-sb C: MSG 5 A *
         | MIME-Version: 1.0
         alice-sb S: ACK 5",
    );
}

#[test]
fn a_maintenance_that_is_called_off_does_not_come() {
    let mut stage = Stage::with(&["alice"]);
    stage.server.announce_maintenance(stage.now, 1);
    stage.carry_out();
    stage.server.end_maintenance();
    stage.play("alice S: ...\n 60000 ms pass\n alice hears nothing\n alice is open");
}

#[test]
fn sessions_are_sent_elsewhere_and_look_offline_until_they_are_back() {
    let mut stage = Stage::with(&["alice", "bob"]);
    let elsewhere = Endpoint::new("192.0.2.7", 1863).expect("an endpoint");
    stage.server.refer_sessions(stage.now, Some(&elsewhere));
    stage.carry_out();
    stage.play(
        "alice S: XFR 0 NS 192.0.2.7:1863 0
         alice hears nothing
         bob S: FLN alice@example.com
         bob S: XFR 0 NS 192.0.2.7:1863 0
         4999 ms pass
         alice is open
         1 ms pass
         alice is closed",
    );
    stage.sign_in("alice");
}

#[test]
fn sessions_begin_again_on_the_link_they_have() {
    let mut stage = Stage::with(&["alice"]);
    stage.server.refer_sessions(stage.now, None);
    stage.carry_out();
    stage.play(
        "alice S: XFR 0 NS 0 0
         alice C: VER 1 MSNP6
         alice S: VER 1 MSNP6
         alice C: INF 2
         alice S: INF 2 MD5
         alice C: USR 3 MD5 I alice@example.com
         alice S: USR 3 MD5 S {challenge}
         alice C: USR 4 MD5 S {md5 challenge}
         alice S: USR 4 OK alice@example.com Alice 1
         alice S: ...
         3600000 ms pass
         alice is open",
    );
}
