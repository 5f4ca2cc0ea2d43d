//! While the session is interrupted: what needs a connection is refused at once, in words, and can be
//! done once it is back.

use super::*;

const LINK: SignOutReason = SignOutReason::Link(CloseReason::Lost);

fn away(kind: Option<DialogKind>) -> Page {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    if let Some(kind) = kind {
        page.act(Action::DialogOpened(kind));
    }
    page.event(Event::SignedOut(LINK));
    page
}

fn come_back(page: &mut Page) {
    sign_in_again(page, true);
}

fn sign_in_again(page: &mut Page, is_verified: bool) {
    page.act(Action::TryHastened);
    page.act(Action::TryBegun);
    page.event(Event::SignedIn {
        handle: handle("alice"),
        name: name("Alice"),
        is_verified,
    });
}

fn faults(page: &Page) -> &[DialogFault] {
    let dialog = page.state.dialog.as_ref().expect("a window");
    assert_eq!(dialog.pending, [], "nothing is waited for");
    &dialog.faults
}

#[test]
fn what_a_window_asks_for_is_refused_at_once_and_taken_once_the_connection_is_back() {
    for (kind, text) in [
        (DialogKind::Add, "zoe@example.com"),
        (DialogKind::Rename, "Al"),
        (DialogKind::Remove(handle("bob")), ""),
    ] {
        let mut page = away(Some(kind.clone()));
        assert!(page.answer(text).is_empty(), "{kind:?}");
        assert_eq!(faults(&page), [DialogFault::Away], "{kind:?}");
        come_back(&mut page);
        assert_eq!(faults(&page), [], "{kind:?}");
        assert_eq!(page.answer(text).len(), 1, "{kind:?}");
    }
}

#[test]
fn a_setting_of_privacy_and_an_invitation_are_refused_as_well() {
    let answer = |page: &mut Page, button: &str, chosen: &[&str]| {
        page.request(Request::Answer(Answer {
            button: button.to_owned(),
            chosen: chosen.iter().map(|&it| it.to_owned()).collect(),
            ..Answer::default()
        }))
    };
    let mut page = away(Some(DialogKind::Privacy));
    assert!(answer(&mut page, "never", &[]).is_empty());
    assert_eq!(faults(&page), [DialogFault::Away]);
    let mut page = away(None);
    let key = page.only().key;
    page.act(Action::DialogOpened(DialogKind::Invite(key)));
    assert!(answer(&mut page, "", &["carol@example.com"]).is_empty());
    assert_eq!(faults(&page), [DialogFault::Away]);
}

#[test]
fn an_answer_that_changes_nothing_needs_no_connection() {
    let mut page = away(Some(DialogKind::Rename));
    page.answer("Alice");
    assert_eq!(page.state.dialog, None);
}

#[test]
fn what_the_messenger_refuses_is_not_waited_for() {
    let mut page = Page::signed_in();
    page.act(Action::DialogOpened(DialogKind::Add));
    page.answer("zoe@example.com");
    let oneself = IntentRefusal::Oneself;
    page.event(Event::IntentRefused(oneself));
    page.event(Event::IntentRefused(oneself));
    assert_eq!(faults(&page), [DialogFault::Refused(oneself)]);
    assert_eq!(page.state.notices, []);
}

#[test]
fn a_block_without_a_connection_is_told_as_that_until_it_is_back() {
    let mut page = away(None);
    page.request(Request::Block(handle("bob")));
    page.event(Event::IntentRefused(IntentRefusal::NotSignedIn));
    assert_eq!(page.state.notices, [Notice::Away]);
    come_back(&mut page);
    assert_eq!(page.state.notices, []);
}

#[test]
fn that_the_address_is_not_verified_is_told_at_a_sign_in_by_the_user_alone() {
    let mut page = away(None);
    sign_in_again(&mut page, false);
    assert_eq!(page.state.phase, Phase::SignedIn);
    assert_eq!(page.state.notices, []);
}

#[test]
fn of_nobody_the_state_is_known_and_nobody_is_hidden() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Online));
    page.act(Action::SettingChanged(Setting::HideOffline(true)));
    page.event(Event::SignedOut(LINK));
    let groups = groups(&page);
    assert_eq!(labels(&groups.unknown), ["Bob", "Carol", "Dave"]);
    assert_eq!((groups.len(), groups.hidden), (3, 0));
}
