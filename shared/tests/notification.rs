//! A notification server that misbehaves, stays silent, or is merely another than we know: the session
//! ends with its reason, or goes on as if nothing were.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[path = "support/dialogue.rs"]
mod dialogue;

use dialogue::{Dialogue, GREETING, LINK, handle};
use msnp6::command::ErrorCode;
use msnp6::gateway::CloseCode;
use msnp6::messenger::{
    CloseReason, Event, Input, Intent, Output, SignInFailure, SignInStep, SignOutReason,
};
use msnp6::model::{ListKind, Presence};

#[track_caller]
fn fails(words: &str, failure: &SignInFailure) {
    let mut it = Dialogue::opened();
    it.server(words);
    assert_eq!(
        it.events.last(),
        Some(&Event::SignInFailed(failure.clone())),
        "{words:?}"
    );
    assert!(it.is_closed(LINK), "{words:?}");
}

#[test]
fn a_server_without_a_dialect_or_a_method_of_ours_fails_the_sign_in() {
    for words in [
        "VER 1 0\r\n",
        "VER 1 CVR0\r\n",
        "VER 1 MSNP8 MSNP7\r\n",
        "VER 1 0 MSNP6\r\n",
    ] {
        fails(words, &SignInFailure::Dialect);
    }
    fails("VER 1 CVR0 MSNP6\r\nINF 2 CTP\r\n", &SignInFailure::Method);
}

#[test]
fn an_error_at_any_step_fails_the_sign_in_with_its_code() {
    fails("500\r\n", &SignInFailure::Refused(ErrorCode(500)));
    fails(
        &format!("{GREETING}911 3\r\n"),
        &SignInFailure::Refused(ErrorCode(911)),
    );
    fails(
        &format!("{GREETING}USR 3 MD5 S 1\r\n600 4\r\n"),
        &SignInFailure::Refused(ErrorCode(600)),
    );
}

#[test]
fn a_goodbye_in_the_middle_of_a_sign_in_says_why() {
    fails(
        "VER 1 MSNP6\r\nOUT SSD\r\n",
        &SignInFailure::Dismissed(SignOutReason::ServerShutdown),
    );
    fails(
        "OUT OTH\r\n",
        &SignInFailure::Dismissed(SignOutReason::ElsewhereSignedIn),
    );
}

#[test]
fn a_stream_that_is_no_msnp_fails_the_sign_in() {
    fails("MSG what is this\r\n", &SignInFailure::Garbled);
    fails(&"A".repeat(9000), &SignInFailure::Garbled);
}

#[test]
fn a_server_that_says_nothing_fails_the_step_that_waits_for_it() {
    for (words, step) in [
        ("", SignInStep::Negotiating),
        ("VER 1 MSNP6\r\n", SignInStep::Negotiating),
        (GREETING, SignInStep::Authenticating),
        (
            "VER 1 MSNP6\r\nINF 2 MD5\r\nUSR 3 MD5 S 1\r\n",
            SignInStep::Authenticating,
        ),
    ] {
        let mut it = Dialogue::opened();
        it.server(words);
        it.pass(29);
        assert!(!it.is_closed(LINK), "{words:?}");
        it.pass(2);
        assert_eq!(
            it.events.last(),
            Some(&Event::SignInFailed(SignInFailure::TimedOut(step)))
        );
        assert!(it.is_closed(LINK));
    }
}

#[test]
fn a_link_that_never_opens_fails_the_sign_in() {
    let mut it = Dialogue::opened();
    it.server("VER 1 MSNP6\r\nINF 2 MD5\r\nXFR 3 NS 192.0.2.20:1863 0\r\n");
    it.pass(21);
    let failure = SignInFailure::TimedOut(SignInStep::Connecting);
    assert_eq!(it.events.last(), Some(&Event::SignInFailed(failure)));
    assert!(it.is_closed(LINK));
}

#[test]
fn a_link_that_breaks_fails_the_sign_in_and_needs_no_disconnect() {
    let mut it = Dialogue::opened();
    let reason = CloseReason::Code(CloseCode::ServerUnreachable);
    it.input(Input::Closed { link: LINK, reason });
    assert_eq!(
        it.events.last(),
        Some(&Event::SignInFailed(SignInFailure::Link(reason)))
    );
    assert!(!it.is_closed(LINK));
}

#[test]
fn a_sign_in_can_be_cancelled_at_every_step() {
    for words in [
        "",
        "VER 1 MSNP6\r\n",
        "VER 1 MSNP6\r\nINF 2 MD5\r\nXFR 3 NS 192.0.2.20:1863 0\r\n",
    ] {
        let mut it = Dialogue::opened();
        it.server(words);
        it.intent(Intent::SignOut);
        assert_eq!(
            it.events.last(),
            Some(&Event::SignInFailed(SignInFailure::Cancelled))
        );
        assert!(it.is_closed(LINK));
        it.forget();
        it.server("USR 3 MD5 S 1\r\n");
        it.input(Input::Opened { link: LINK });
        it.client("");
        assert_eq!(it.events, []);
    }
}

#[test]
fn five_referrals_are_followed_and_the_sixth_is_not() {
    let mut it = Dialogue::opened();
    for hop in 1..=5 {
        it.server(&format!("XFR 1 NS 192.0.2.{hop}:1863 0\r\n"));
        it.input(Input::Opened { link: LINK });
        assert!(!it.is_closed(LINK), "hop {hop}");
    }
    it.server("XFR 1 NS 192.0.2.6:1863 0\r\n");
    assert_eq!(
        it.events.last(),
        Some(&Event::SignInFailed(SignInFailure::TooManyReferrals))
    );
    assert!(it.is_closed(LINK));
}

#[test]
fn what_the_old_server_said_behind_its_referral_is_not_taken_for_the_new_ones_words() {
    let mut it = Dialogue::opened();
    it.forget();
    it.server("XFR 1 NS 192.0.2.20:1863 0\r\nVER 1 MSNP6\r\nINF");
    it.input(Input::Opened { link: LINK });
    it.client("VER 2 MSNP6 MSNP5 MSNP4 CVR0\r\n");
    it.server("VER 2 MSNP6\r\n");
    it.client("INF 3\r\n");
}

#[test]
fn a_referral_to_address_0_begins_again_on_the_same_connection() {
    let mut it = Dialogue::opened();
    it.server(GREETING);
    it.forget();
    it.server("XFR 3 NS 0\r\n");
    it.client("VER 4 MSNP6 MSNP5 MSNP4 CVR0\r\n");
    assert!(it.others.is_empty(), "{:?}", it.others);
}

#[test]
fn a_referral_in_mid_session_signs_in_again_without_asking_for_the_password() {
    let mut it = Dialogue::signed_in();
    it.server("XFR 0 NS 192.0.2.20:1863 0\r\n");
    it.input(Input::Opened { link: LINK });
    it.server("VER 7 MSNP6\r\nINF 8 MD5\r\nUSR 9 MD5 S 1013928519.693957190\r\n");
    it.client(
        "VER 7 MSNP6 MSNP5 MSNP4 CVR0\r\nINF 8\r\nUSR 9 MD5 I alice@example.com\r\n\
         USR 10 MD5 S 8aca4d4721b726ba9cd5e3a5f601671a\r\n",
    );
    it.server("USR 10 OK alice@example.com Alice 1\r\n");
    assert!(
        it.events
            .iter()
            .any(|event| matches!(event, Event::SignedIn { .. }))
    );
    it.client("SYN 11 9\r\nCHG 12 NLN\r\n");
}

#[test]
fn presence_told_before_the_lists_are_complete_comes_behind_them() {
    let mut it = Dialogue::accepted();
    it.server("SYN 5 9\r\nILN 5 AWY bob@example.com Bob\r\nLST 5 FL 9 1 1 bob@example.com Bob\r\n");
    it.server("LST 5 AL 9 0 0\r\nLST 5 BL 9 0 0\r\nLST 5 RL 9 0 0\r\n");
    let tail: Vec<_> = it.events.iter().rev().take(2).collect();
    assert!(
        matches!(
            tail[0],
            Event::ContactPresence {
                presence: Presence::Away,
                ..
            }
        ),
        "{tail:?}"
    );
    assert!(
        matches!(tail[1], Event::ContactListReceived { .. }),
        "{tail:?}"
    );
}

#[test]
fn lists_that_never_become_complete_are_shown_as_far_as_they_came() {
    let mut it = Dialogue::accepted();
    it.server("SYN 5 9\r\nLST 5 FL 9 1 2 bob@example.com Bob\r\nCHG 6 NLN\r\n");
    it.pass(31);
    let contacts = it.events.iter().find_map(|event| match event {
        Event::ContactListReceived { contacts, .. } => Some(contacts.on(ListKind::Forward).count()),
        _ => None,
    });
    assert_eq!(contacts, Some(1));
    assert!(!it.is_closed(LINK));
}

#[test]
fn a_list_that_comes_twice_is_replaced_and_not_merged() {
    let mut it = Dialogue::accepted();
    it.server("SYN 5 9\r\n");
    it.server("LST 5 FL 9 1 1 old@example.com Old\r\nLST 5 FL 9 1 1 new@example.com New\r\n");
    it.server("LST 5 AL 9 0 0\r\nLST 5 BL 9 0 0\r\nLST 5 RL 9 0 0\r\n");
    let Some(Event::ContactListReceived { contacts, .. }) = it.events.last() else {
        panic!("{:?}", it.events)
    };
    assert_eq!(
        contacts
            .iter()
            .map(|c| c.handle.as_str())
            .collect::<Vec<_>>(),
        ["new@example.com"]
    );
}

#[test]
fn presence_comes_by_every_route_and_a_hidden_contact_is_offline() {
    let mut it = Dialogue::signed_in();
    for (line, presence) in [
        ("ILN 77 BSY bob@example.com Bob\r\n", Presence::Busy),
        ("NLN LUN bob@example.com Bob\r\n", Presence::OutToLunch),
        ("NLN HDN bob@example.com Bob\r\n", Presence::Offline),
        ("ILN x FLN bob@example.com Bob\r\n", Presence::Offline),
        ("FLN BOB@example.com\r\n", Presence::Offline),
    ] {
        it.forget();
        it.server(line);
        let [
            Event::ContactPresence {
                handle: who,
                presence: told,
                ..
            },
        ] = it.events.as_slice()
        else {
            panic!("{line}: {:?}", it.events)
        };
        assert_eq!(
            (who, *told),
            (&handle("bob@example.com"), presence),
            "{line}"
        );
    }
}

#[test]
fn presence_of_myself_that_a_server_lets_slip_is_no_news() {
    let mut it = Dialogue::signed_in();
    it.server("FLN alice@example.com\r\nNLN AWY alice@example.com Alice\r\n");
    assert_eq!(it.events, []);
}

#[test]
fn a_presence_that_the_server_changes_by_itself_is_mine() {
    let mut it = Dialogue::signed_in();
    it.server("CHG 0 AWY\r\n");
    assert_eq!(it.events, [Event::OwnPresenceChanged(Presence::Away)]);
}

#[test]
fn a_wrong_answer_to_a_challenge_ends_the_session_with_its_code() {
    let mut it = Dialogue::signed_in();
    it.server("CHL 0 15570131571988941333\r\n");
    it.client("QRY 7 msmsgs@msnmsgr.com 32\r\n8f2f5a91b72102cd28355e9fc9000d6e");
    it.server("540 7\r\n");
    assert_eq!(
        it.events,
        [Event::SignedOut(SignOutReason::Refused(ErrorCode(540)))]
    );
}

#[test]
fn a_challenge_whose_answer_nobody_confirms_is_no_trouble() {
    let mut it = Dialogue::signed_in();
    it.server("CHL 0 15570131571988941333\r\n");
    it.pass(45);
    assert_eq!(it.events, []);
}

#[test]
fn a_server_that_answered_png_once_is_given_up_when_it_falls_silent() {
    let mut it = Dialogue::signed_in();
    it.pass(5);
    it.client("PNG\r\n");
    it.server("QNG\r\n");
    it.pass(20);
    it.client("PNG\r\n");
    it.pass(12);
    assert_eq!(it.events, [Event::SignedOut(SignOutReason::TimedOut)]);
}

#[test]
fn after_a_sleep_the_server_is_asked_at_once_and_given_up_when_it_is_silent() {
    let mut it = Dialogue::signed_in();
    it.pass(5);
    it.client("PNG\r\n");
    it.server("QNG\r\n");
    it.input(Input::Resumed);
    it.client("PNG\r\n");
    it.input(Input::Resumed);
    it.client("");
    it.pass(12);
    assert_eq!(it.events, [Event::SignedOut(SignOutReason::TimedOut)]);
}

#[test]
fn a_server_that_never_answers_png_is_left_in_peace() {
    let mut it = Dialogue::signed_in();
    it.pass(3600);
    assert_eq!(it.events, []);
}

#[test]
fn the_way_to_a_server_that_never_answers_png_is_looked_at_and_given_up_when_it_is_gone() {
    let mut it = Dialogue::signed_in();
    it.forget();
    it.pass(24);
    assert_eq!(probes(&it), 0);
    it.pass(1);
    assert_eq!(probes(&it), 1);
    it.pass(25);
    assert_eq!(probes(&it), 2);
    it.input(Input::Resumed);
    assert_eq!(probes(&it), 3);
    it.input(Input::Closed {
        link: LINK,
        reason: CloseReason::Lost,
    });
    let lost = SignOutReason::Link(CloseReason::Lost);
    assert_eq!(it.events, [Event::SignedOut(lost)]);
}

#[test]
fn the_way_to_a_server_that_answers_png_is_left_to_its_answers() {
    let mut it = Dialogue::signed_in();
    it.pass(5);
    it.server("QNG\r\n");
    it.forget();
    for _ in 0..6 {
        it.pass(20);
        it.client("PNG\r\n");
        it.server("QNG\r\n");
    }
    assert_eq!(probes(&it), 0);
}

fn probes(it: &Dialogue) -> usize {
    let all = it.others.iter();
    all.filter(|output| matches!(output, Output::Probe { link: LINK }))
        .count()
}

#[test]
fn the_end_of_a_session_says_why() {
    for (words, reason) in [
        ("OUT\r\n", SignOutReason::Dismissed),
        ("OUT OTH\r\n", SignOutReason::ElsewhereSignedIn),
        ("OUT SSD\r\n", SignOutReason::ServerShutdown),
        ("NOT much\r\n", SignOutReason::Garbled),
    ] {
        let mut it = Dialogue::signed_in();
        it.server(words);
        assert_eq!(it.events, [Event::SignedOut(reason)], "{words:?}");
        assert!(it.is_closed(LINK), "{words:?}");
    }
}

#[test]
fn maintenance_is_announced() {
    let mut it = Dialogue::signed_in();
    let body = "MIME-Version: 1.0\r\nContent-Type: application/x-msmsgssystemmessage\r\n\r\nType: 1\r\nArg1: 5\r\n";
    it.server(&format!("MSG Hotmail Hotmail {}\r\n{body}", body.len()));
    assert_eq!(it.events, [Event::MaintenanceAnnounced { minutes: 5 }]);
}

#[test]
fn odd_lines_are_skipped_told_without_their_content_and_end_nothing() {
    let mut it = Dialogue::signed_in();
    it.server("NLN hunter2 bob@example.com Bob\r\n");
    assert_eq!(
        it.events,
        [Event::Oddity {
            what: "NLN: the presence is malformed".to_owned()
        }]
    );
    it.forget();
    it.server("XYZ 1 2 3\r\nADC 16 FL N=bob\r\nUBX bob@example.com 4\r\nOUT\n");
    assert_eq!(it.events, []);
}
