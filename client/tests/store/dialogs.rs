//! The window over the page: what its answers lead to, and when it closes.

use super::*;

fn open(kind: DialogKind) -> Page {
    let mut page = Page::signed_in();
    page.act(Action::DialogOpened(kind));
    page
}

fn add() -> Change {
    Change::AddContact(handle("zoe"))
}

#[track_caller]
fn check_fault(page: &Page, expected: &str) {
    let dialog = page.state.dialog.as_ref().expect("a window");
    let faults = dialog.faults.iter().map(msnp6_client::text::fault);
    let words = faults.collect::<Vec<_>>().join("; ");
    assert!(words.contains(expected), "{words}");
    assert_eq!(dialog.pending, []);
}

#[test]
fn an_added_address_is_asked_for_once_and_the_window_waits_for_the_answer() {
    let mut page = open(DialogKind::Add);
    let asked = page.answer(" zoe@example.com ");
    assert!(
        matches!(&asked[..], [Intent::Change(change)] if *change == add()),
        "{asked:?}"
    );
    assert_eq!(page.answer("zoe@example.com").len(), 0);
    page.event(listed("zoe", &[ListKind::Allow]));
    assert!(page.state.dialog.is_some());
    page.event(listed("zoe", &[ListKind::Allow, ListKind::Forward]));
    assert_eq!(page.state.dialog, None);
}

#[test]
fn what_is_no_new_address_is_not_asked_for() {
    let mut page = open(DialogKind::Add);
    for (text, expected) in [
        ("", "Enter an e-mail address"),
        ("zoe", "whole address"),
        ("ALICE@example.com", "your own address"),
        ("bob@example.com", "on your list already"),
    ] {
        assert_eq!(page.answer(text).len(), 0, "{text:?}");
        check_fault(&page, expected);
    }
}

#[test]
fn a_refusal_is_told_in_the_window_and_not_beside_it() {
    let mut page = open(DialogKind::Add);
    page.answer("zoe@example.com");
    page.event(refused(Change::Allow(handle("zoe")), 205));
    page.event(refused(add(), 205));
    check_fault(&page, "zoe@example.com was not added");
    assert_eq!(page.state.notices, []);
}

#[test]
fn somebody_who_could_be_added_but_not_allowed_is_told_about() {
    let mut page = open(DialogKind::Add);
    page.answer("zoe@example.com");
    page.event(refused(Change::Allow(handle("zoe")), 219));
    assert!(page.state.dialog.is_some());
    page.event(listed("zoe", &[ListKind::Forward]));
    assert_eq!(page.state.dialog, None);
    let told = &page.state.notices[..];
    assert!(
        matches!(told, [Notice::ChangeFailed { change: Change::Allow(who), .. }] if *who == handle("zoe")),
        "{told:?}"
    );
}

#[test]
fn after_a_refusal_another_address_can_be_tried() {
    let mut page = open(DialogKind::Add);
    page.answer("zoe@example.com");
    page.event(refused(add(), 205));
    assert_eq!(page.answer("yves@example.com").len(), 1);
    let dialog = page.state.dialog.as_ref().expect("a window");
    assert_eq!(dialog.faults, []);
}

#[test]
fn a_refusal_after_the_window_was_closed_becomes_a_notice() {
    let mut page = open(DialogKind::Add);
    page.answer("zoe@example.com");
    page.act(Action::DialogClosed);
    page.event(refused(add(), 205));
    assert_eq!(page.state.notices.len(), 1);
}

#[test]
fn the_end_of_the_session_closes_the_window() {
    let mut page = open(DialogKind::Add);
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    assert_eq!(page.state.dialog, None);
}

#[test]
fn a_removal_is_asked_for_and_gives_the_focus_to_the_list() {
    let mut page = open(DialogKind::Remove(handle("bob")));
    let before = page.state.windows.focus.serial;
    let asked = page.answer("");
    let expected = Change::RemoveContact(handle("bob"));
    assert!(
        matches!(&asked[..], [Intent::Change(change)] if *change == expected),
        "{asked:?}"
    );
    page.event(listed("bob", &[ListKind::Allow]));
    assert_eq!(page.state.dialog, None);
    assert_ne!(page.state.windows.focus.serial, before);
}

#[test]
fn a_new_name_is_asked_for_and_the_window_closes_on_whatever_name_is_in_force() {
    let mut page = open(DialogKind::Rename);
    assert_eq!(page.answer("  ").len(), 0);
    check_fault(&page, "Enter a name");
    assert_eq!(page.answer(&"n".repeat(400)).len(), 0);
    check_fault(&page, "too long");
    let asked = page.answer("Al");
    assert!(
        matches!(&asked[..], [Intent::Change(Change::Rename(new))] if *new == name("Al")),
        "{asked:?}"
    );
    page.event(Event::Lists(ListEvent::OwnName(name("Al."))));
    assert_eq!(page.state.dialog, None);
}

#[test]
fn a_refused_name_is_told_in_the_window() {
    let mut page = open(DialogKind::Rename);
    page.answer("Al");
    page.event(refused(Change::Rename(name("Al")), 209));
    check_fault(&page, "Choose another name");
}

fn decide(page: &mut Page, who: &str, decision: Decision) -> Vec<Intent> {
    let handle = handle(who);
    page.request(Request::Decide { handle, decision })
}

#[test]
fn those_who_added_me_are_decided_about_one_after_the_other() {
    let mut page = Page::signed_in();
    for who in ["zoe", "yves", "xena", "zoe"] {
        page.event(added_by(who));
    }
    assert_eq!(page.state.adders.len(), 3);
    for (who, decision, expected) in [
        ("zoe", Decision::Allow, Change::Allow(handle("zoe"))),
        (
            "yves",
            Decision::AllowAndAdd,
            Change::AddContact(handle("yves")),
        ),
        ("xena", Decision::Block, Change::Block(handle("xena"))),
    ] {
        assert_eq!(page.state.adders[0].handle, handle(who));
        let asked = decide(&mut page, who, decision);
        assert!(
            matches!(&asked[..], [Intent::Change(change)] if *change == expected),
            "{asked:?}"
        );
    }
    assert_eq!(page.state.adders, []);
}

#[test]
fn nobody_waits_for_a_decision_once_the_session_has_ended() {
    let mut page = Page::signed_in();
    page.event(added_by("zoe"));
    page.event(Event::SignedOut(SignOutReason::ServerShutdown));
    assert_eq!(page.state.adders, []);
}

#[test]
fn being_added_opens_nothing_and_moves_no_focus() {
    let mut page = Page::signed_in();
    let before = page.state.windows.clone();
    page.event(added_by("zoe"));
    assert_eq!(page.state.windows, before);
    assert_eq!(page.state.dialog, None);
}

#[test]
fn an_alert_of_a_service_is_told() {
    let mut page = Page::signed_in();
    let alert = Alert {
        from: "News".to_owned(),
        text: "It rains".to_owned(),
        site: None,
    };
    page.event(Event::Alerted(alert.clone()));
    assert_eq!(page.state.notices, [Notice::Alert(alert)]);
}

fn invite(chosen: &[&str]) -> (Page, Vec<Intent>) {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.act(Action::DialogOpened(DialogKind::Invite(page.key(1))));
    let chosen = chosen.iter().map(|who| handle(who).as_str().to_owned());
    let asked = page.request(Request::Answer(Answer {
        chosen: chosen.collect(),
        ..Answer::default()
    }));
    (page, asked)
}

#[test]
fn everybody_who_was_chosen_is_invited() {
    let (page, asked) = invite(&["carol", "dave"]);
    let whom: Vec<_> = asked
        .iter()
        .map(|intent| match intent {
            Intent::Invite {
                conversation,
                handle,
            } => (*conversation, handle.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = ["carol", "dave"].map(|who| (ConversationId(1), handle(who)));
    assert_eq!(whom, expected);
    assert_eq!(page.state.dialog, None);
}

#[test]
fn to_invite_nobody_is_a_slip_that_is_told() {
    let (page, asked) = invite(&[]);
    assert_eq!(asked.len(), 0);
    check_fault(&page, "Choose somebody");
}

#[test]
fn somebody_on_no_list_is_invited_by_their_address() {
    let (mut page, _) = invite(&[]);
    assert!(page.answer("zoe").is_empty());
    check_fault(&page, "whole address");
    let asked = page.answer(" zoe@example.com ");
    let is_zoe =
        matches!(&asked[..], [Intent::Invite { handle: who, .. }] if *who == handle("zoe"));
    assert!(is_zoe, "{asked:?}");
    assert_eq!(page.state.dialog, None);
}

#[test]
fn somebody_on_no_list_is_added_and_blocked_from_their_menu() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["zoe"], false));
    let entry = select::person(&page.state, &handle("zoe")).expect("somebody");
    assert_eq!(entry.label, "Zoe");
    let asked = page.request(Request::Add(handle("zoe")));
    assert!(
        matches!(&asked[..], [Intent::Change(change)] if *change == add()),
        "{asked:?}"
    );
    assert_eq!(select::person(&page.state, &handle("nobody")), None);
}

#[test]
fn a_mail_is_told_with_its_sender_and_only_the_latest_one() {
    let mut page = Page::signed_in();
    for subject in ["first", "second"] {
        page.event(Event::Mail(MailNotice::Arrived {
            from: String::new(),
            from_address: "zoe@example.com".to_owned(),
            subject: subject.to_owned(),
            is_inbox: true,
        }));
    }
    assert_eq!(page.state.unread_mail, 2);
    assert_eq!(
        page.state.notices,
        [Notice::Mail {
            from: "zoe@example.com".to_owned(),
            subject: "second".to_owned(),
        }]
    );
}

#[test]
fn only_those_who_can_be_reached_and_are_not_there_can_be_invited() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(presence("bob", Presence::Online));
    page.event(presence("carol", Presence::Away));
    let invitable = select::invitable(&page.state, page.conversation(1));
    assert_eq!(labels(&invitable), ["Carol"]);
    page.event(listed("carol", &[ListKind::Forward, ListKind::Block]));
    let invitable = select::invitable(&page.state, page.conversation(1));
    assert_eq!(labels(&invitable), [""; 0]);
}

#[test]
fn my_nudge_is_a_line_which_goes_when_nobody_was_there() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let asked = page.request(Request::Nudge(page.key(1)));
    assert!(matches!(asked[..], [Intent::SendNudge { .. }]), "{asked:?}");
    assert_eq!(transcript(page.conversation(1)), ["deed"]);
    page.event(Event::IntentRefused(IntentRefusal::NobodyThere));
    assert_eq!(transcript(page.conversation(1)), [""; 0]);
    assert_eq!(
        page.state.notices,
        [Notice::Refused(IntentRefusal::NobodyThere)]
    );
}

#[test]
fn a_part_of_the_page_that_did_not_come_closes_what_waited_for_it_and_says_so() {
    let mut page = open(DialogKind::Options);
    page.act(Action::PartMissed);
    assert_eq!(page.state.dialog, None);
    assert_eq!(page.state.notices, [Notice::PartMissing]);
}

#[test]
fn a_part_of_the_page_that_nobody_waits_for_is_not_missed() {
    let mut page = Page::signed_in();
    page.act(Action::PartMissed);
    assert_eq!(page.state.notices, []);
}
