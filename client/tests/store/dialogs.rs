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
    let fault = dialog.fault.as_ref().expect("a fault");
    let words = msnp6_client::text::fault(fault);
    assert!(words.contains(expected), "{words}");
    assert_eq!(dialog.pending, None);
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
fn after_a_refusal_another_address_can_be_tried() {
    let mut page = open(DialogKind::Add);
    page.answer("zoe@example.com");
    page.event(refused(add(), 205));
    assert_eq!(page.answer("yves@example.com").len(), 1);
    let dialog = page.state.dialog.as_ref().expect("a window");
    assert_eq!(dialog.fault, None);
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
    page.event(Event::SignedOut(SignOutReason::ServerShutdown));
    assert_eq!(page.state.dialog, None);
}
