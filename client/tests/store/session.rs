//! Signing in and out, and what an ended session leaves behind.

use super::*;

#[test]
fn each_step_of_a_sign_in_is_timed() {
    let mut page = Page::default();
    page.ask_sign_in("alice");
    page.event(Event::SignInProgress(SignInStep::Connecting));
    page.pass(48);
    page.event(Event::SignInProgress(SignInStep::Negotiating));
    let Phase::SigningIn { steps } = &page.state.phase else {
        panic!("not signing in");
    };
    assert_eq!(steps[0].took, Some(Duration::from_millis(48)));
    assert_eq!(
        (&steps[1].step, steps[1].took),
        (&SignInStep::Negotiating, None)
    );
}

#[test]
fn a_failed_sign_in_says_why() {
    let mut page = Page::default();
    page.ask_sign_in("alice");
    page.event(Event::SignInFailed(SignInFailure::Dialect));
    let ending = Some(Ending::Failed(SignInFailure::Dialect));
    assert_eq!(page.state.phase, Phase::SignedOut { ending });
}

#[test]
fn a_cancelled_sign_in_is_no_failure() {
    let mut page = Page::default();
    page.ask_sign_in("alice");
    page.event(Event::SignInFailed(SignInFailure::Cancelled));
    assert_eq!(page.state.phase, Phase::SignedOut { ending: None });
}

#[test]
fn a_referral_in_mid_session_does_not_show_the_sign_in_page() {
    let mut page = Page::signed_in();
    page.event(Event::SignInProgress(SignInStep::Negotiating));
    assert_eq!(page.state.phase, Phase::SignedIn);
}

#[test]
fn an_unverified_account_is_warned() {
    let mut page = Page::default();
    page.ask_sign_in("alice");
    page.event(Event::SignedIn {
        handle: handle("alice"),
        name: name("Alice"),
        is_verified: false,
    });
    assert_eq!(page.state.notices, [Notice::Unverified]);
    page.act(Action::NoticeDismissed(Notice::Unverified));
    assert!(page.state.notices.is_empty());
}

#[test]
fn signing_out_leaves_nothing_behind() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello"));
    page.event(Event::SignedOut(SignOutReason::Requested));
    assert!(page.state.conversations.is_empty());
    assert!(page.state.contacts.is_none() && page.state.account.is_none());
    assert!(page.state.last_form.is_none());
    assert_eq!(page.state.windows.selected, None);
}

#[test]
fn a_lost_connection_keeps_what_was_said_and_typed() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello"));
    page.event(queued(1, 1, "on its way"));
    page.type_draft(1, "not sent yet");
    page.event(Event::SignedOut(SignOutReason::Link(CloseReason::Lost)));
    let kept = page.only();
    assert_eq!(transcript(kept), ["hello"]);
    assert_eq!(kept.unsent().collect::<Vec<_>>(), ["on its way"]);
    assert_eq!(kept.draft, "not sent yet");
    assert_eq!(kept.live, None);
}

#[test]
fn a_session_that_ends_moves_no_focus() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello"));
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    assert_eq!(page.state.windows.focus.serial, 0);
}

#[test]
fn the_next_session_of_the_same_account_takes_a_conversation_up_again() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "before"));
    page.type_draft(1, "typed");
    page.event(Event::SignedOut(SignOutReason::Link(CloseReason::Lost)));
    page.sign_in("alice");
    assert_eq!(select::left_behind(&page.state), [vec![handle("bob")]]);
    page.event(opened(7, &["bob"], true));
    page.event(text(7, "bob", "after"));
    assert_eq!(transcript(page.only()), ["before", "after"]);
    assert_eq!(page.only().draft, "typed");
    assert!(select::left_behind(&page.state).is_empty());
}

#[test]
fn another_account_sees_nothing_of_the_one_before() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "secret"));
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    page.ask_sign_in("carol");
    assert!(page.state.conversations.is_empty());
    assert!(page.state.contacts.is_none());
}

#[test]
fn own_presence_is_what_the_server_confirmed() {
    let mut page = Page::signed_in();
    let own = |page: &Page| page.state.account.as_ref().and_then(|a| a.presence);
    assert_eq!(own(&page), None);
    page.event(Event::OwnPresenceChanged(Presence::Away));
    assert_eq!(own(&page), Some(Presence::Away));
}

#[test]
fn a_session_moved_to_another_tab_leaves_its_conversations_and_tells_where_it_is() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "half a thought");
    page.act(Action::OtherTab(true));
    let ending = Some(Ending::OtherTab);
    let moved = Phase::SignedOut { ending };
    assert_eq!(page.state.phase, moved);
    // Both come late: the page's own order, and the server's word about the other tab.
    for late in [SignOutReason::Requested, SignOutReason::ElsewhereSignedIn] {
        page.event(Event::SignedOut(late));
        page.event(Event::SignInFailed(SignInFailure::Cancelled));
        assert_eq!(page.state.phase, moved);
    }
    assert_eq!(page.only().draft, "half a thought");
}

#[test]
fn the_other_tab_is_named_even_when_the_server_spoke_first() {
    let mut page = Page::signed_in();
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    page.act(Action::OtherTab(true));
    let ending = Some(Ending::OtherTab);
    assert_eq!(page.state.phase, Phase::SignedOut { ending });
}

#[test]
fn when_the_other_tab_is_done_only_the_form_is_left() {
    let mut page = Page::signed_in();
    page.act(Action::OtherTab(true));
    page.act(Action::OtherTab(false));
    assert_eq!(page.state.phase, Phase::default());
    let mut elsewhere = Page::signed_in();
    elsewhere.act(Action::OtherTab(false));
    assert_eq!(elsewhere.state.phase, Phase::SignedIn);
}

#[test]
fn a_session_that_comes_back_from_another_tab_goes_on_in_the_conversation_that_was_in_front() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "half a thought");
    page.act(Action::OtherTab(true));
    page.sign_in("alice");
    assert_eq!(page.state.windows.pane, Pane::Conversation);
    assert_eq!(page.state.windows.focus.pane, Pane::Conversation);
    assert_eq!(page.only().draft, "half a thought");
}
