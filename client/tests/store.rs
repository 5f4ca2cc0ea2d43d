//! Scripts of events, and the state that they must lead to. No element, no browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail; clippy sees only the marked functions as tests, not their helpers"
)]

mod common;

use core::time::Duration;

use common::*;
use msnp6::messenger::{
    CloseReason, Delivery, DeliveryFailure, Event, Intent, IntentRefusal, SignInFailure,
    SignInStep, SignOutReason,
};
use msnp6::model::{ConversationId, Presence, TextId, Timestamp};
use msnp6_client::requests::plan;
use msnp6_client::store::{
    Action, Ending, LineBody, MAX_CONVERSATIONS, MAX_LINES, Notice, Pane, Phase, Shared, select,
};
use msnp6_client::view::Request;

fn labels(group: &[Shared<msnp6_client::store::ContactEntry>]) -> Vec<&str> {
    group.iter().map(|entry| entry.label.as_str()).collect()
}

fn groups(page: &Page) -> select::ContactGroups {
    select::contact_groups(page.state.contacts.as_ref().expect("contacts"))
}

fn words(line: &LineBody) -> &str {
    match line {
        LineBody::Theirs { text, .. } | LineBody::Mine { text, .. } => text,
        LineBody::Joined(_) => "joined",
        LineBody::Left(_) => "left",
    }
}

fn transcript(conversation: &msnp6_client::store::Conversation) -> Vec<&str> {
    let lines = conversation.lines.iter();
    lines.map(|line| words(&line.body)).collect()
}

fn delivery(page: &Page) -> Option<Delivery> {
    match &page.only().lines.last().expect("a line").body {
        LineBody::Mine { delivery, .. } => delivery.clone(),
        other => panic!("not a text of mine: {other:?}"),
    }
}

// Signing in and out

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
    assert_eq!(transcript(kept), ["hello", "on its way"]);
    assert_eq!(kept.draft, "not sent yet");
    assert_eq!(kept.live, None);
    let failed = Delivery::Failed(DeliveryFailure::SignedOut);
    assert_eq!(delivery(&page), Some(failed));
}

#[test]
fn a_session_that_ends_moves_no_focus() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello"));
    let before = page.state.windows.focus.serial;
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    assert_eq!(page.state.windows.focus.serial, before);
}

#[test]
fn the_next_session_of_the_same_account_takes_a_conversation_up_again() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "before"));
    page.type_draft(1, "typed");
    page.event(Event::SignedOut(SignOutReason::Link(CloseReason::Lost)));
    page.sign_in("alice");
    assert_eq!(select::left_behind(&page.state), [handle("bob")]);
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

// Contacts

#[test]
fn contacts_are_grouped_by_reach_and_sorted_by_name() {
    let mut page = Page::signed_in();
    page.event(presence("dave", Presence::Busy));
    page.event(presence("bob", Presence::Online));
    let groups = groups(&page);
    assert_eq!(labels(&groups.online), ["Bob", "Dave"]);
    assert_eq!(labels(&groups.not_online), ["Carol"]);
}

#[test]
fn a_contact_who_goes_offline_changes_the_group() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Online));
    page.event(presence("bob", Presence::Offline));
    assert!(groups(&page).online.is_empty());
}

#[test]
fn a_new_name_is_shown_and_sorted_by() {
    let mut page = Page::signed_in();
    page.event(Event::ContactPresence {
        handle: handle("bob"),
        name: Some(name("zorro")),
        presence: Presence::Online,
    });
    page.event(presence("dave", Presence::Online));
    assert_eq!(labels(&groups(&page).online), ["Dave", "zorro"]);
}

#[test]
fn presence_of_somebody_on_no_list_is_ignored() {
    let mut page = Page::signed_in();
    page.event(presence("mallory", Presence::Online));
    assert!(groups(&page).online.is_empty());
}

#[test]
fn one_presence_leaves_the_other_contacts_untouched() {
    let mut page = Page::signed_in();
    let before = groups(&page);
    page.event(presence("bob", Presence::Online));
    let after = groups(&page);
    assert_eq!(before.not_online[1], after.not_online[0]);
    assert_ne!(before.not_online[0], after.online[0]);
}

// Conversations

#[test]
fn a_conversation_that_i_open_comes_to_the_front_with_the_focus() {
    let mut page = Page::signed_in();
    let before = page.state.windows.focus.serial;
    page.event(opened(1, &["bob"], true));
    assert_eq!(page.state.windows.selected, Some(page.key(1)));
    assert_eq!(page.state.windows.focus.pane, Pane::Conversation);
    assert!(page.state.windows.focus.serial > before);
}

#[test]
fn a_conversation_that_others_open_moves_nothing() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let before = page.state.windows.clone();
    page.event(opened(2, &["carol"], false));
    page.event(text(2, "carol", "hi"));
    assert_eq!(page.state.windows, before);
}

#[test]
fn texts_are_unread_until_their_conversation_is_looked_at() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], false));
    page.event(text(1, "bob", "one"));
    page.event(text(1, "bob", "two"));
    assert_eq!(page.conversation(1).unread, 2);
    assert_eq!(select::page_title(&page.state), "(2) Messenger");
    assert_eq!(select::unread_from(&page.state), [(handle("bob"), 2)]);
    page.act(Action::ConversationShown(page.key(1)));
    assert_eq!(page.conversation(1).unread, 0);
    assert_eq!(select::page_title(&page.state), "Messenger");
}

#[test]
fn a_text_in_the_conversation_in_front_is_read_at_once() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "one"));
    assert_eq!(page.conversation(1).unread, 0);
}

#[test]
fn a_text_is_unread_while_the_page_is_hidden() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.act(Action::PageShown(false));
    page.event(text(1, "bob", "one"));
    assert_eq!(page.conversation(1).unread, 1);
    page.act(Action::PageShown(true));
    assert_eq!(page.conversation(1).unread, 0);
}

#[test]
fn on_a_narrow_page_a_text_is_unread_while_the_list_is_in_front() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.act(Action::ListShown);
    page.event(text(1, "bob", "one"));
    assert_eq!(page.conversation(1).unread, 1);
}

#[test]
fn each_conversation_keeps_its_own_draft() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(opened(2, &["carol"], true));
    page.type_draft(1, "for bob");
    page.type_draft(2, "for carol");
    assert_eq!(page.conversation(1).draft, "for bob");
    assert_eq!(page.conversation(2).draft, "for carol");
}

#[test]
fn a_draft_goes_when_its_text_was_taken_and_not_before() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "hello\n");
    page.event(Event::IntentRefused(IntentRefusal::Text));
    assert_eq!(page.conversation(1).draft, "hello\n");
    page.event(queued(1, 1, "hello"));
    assert_eq!(page.conversation(1).draft, "");
}

#[test]
fn a_draft_that_went_on_in_the_meantime_stays() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "something else");
    page.event(queued(1, 1, "hello"));
    assert_eq!(page.conversation(1).draft, "something else");
}

#[test]
fn the_fate_of_a_text_is_written_to_its_line() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 4, "hello"));
    assert_eq!(delivery(&page), None);
    for fate in [
        Delivery::Sent,
        Delivery::Delivered,
        Delivery::Failed(DeliveryFailure::Refused),
    ] {
        page.event(Event::TextDelivery {
            conversation: ConversationId(1),
            text_id: TextId(4),
            delivery: fate.clone(),
        });
        assert_eq!(delivery(&page), Some(fate));
    }
}

#[test]
fn sending_again_takes_the_failed_line_away_and_sends_its_text() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "first"));
    page.event(queued(1, 2, "second"));
    let line = page.only().lines[0].key;
    let key = page.key(1);
    let plan = plan(&page.state, Request::SendAgain { key, line });
    assert!(
        matches!(&plan.intents[..], [Intent::SendText { text, .. }] if text == "first"),
        "{plan:?}"
    );
    for action in plan.actions {
        page.act(action);
    }
    assert_eq!(transcript(page.only()), ["second"]);
}

#[test]
fn nothing_is_taken_away_when_it_cannot_be_sent_again() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "first"));
    page.event(Event::SignedOut(SignOutReason::TimedOut));
    let (key, line) = (page.only().key, page.only().lines[0].key);
    let plan = plan(&page.state, Request::SendAgain { key, line });
    assert!(plan.actions.is_empty() && plan.intents.is_empty());
}

#[test]
fn typing_is_shown_until_its_time_is_over() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::TypingReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
    });
    let contacts = page.state.contacts.as_ref();
    assert_eq!(
        select::typing_words(contacts, page.conversation(1)).as_deref(),
        Some("Bob is typing")
    );
    assert_eq!(select::next_expiry(&page.state), Some(Timestamp(8000)));
    page.pass(8000);
    assert_eq!(select::typing_words(None, page.conversation(1)), None);
    assert_eq!(select::next_expiry(&page.state), None);
}

#[test]
fn typing_ends_with_the_text() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::TypingReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
    });
    page.event(text(1, "bob", "hello"));
    assert!(page.conversation(1).typing.is_empty());
}

#[test]
fn closing_a_conversation_brings_its_neighbour_to_the_front() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(opened(2, &["carol"], true));
    page.act(Action::ConversationClosed(page.key(2)));
    assert_eq!(page.state.windows.selected, Some(page.key(1)));
}

#[test]
fn closing_the_last_conversation_leads_back_to_the_list() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.act(Action::ConversationClosed(page.key(1)));
    assert_eq!(page.state.windows.selected, None);
    assert_eq!(page.state.windows.pane, Pane::List);
    assert_eq!(page.state.windows.focus.pane, Pane::List);
}

#[test]
fn opening_a_conversation_that_is_there_only_shows_it() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], false));
    let plan = plan(&page.state, Request::OpenConversation(handle("bob")));
    assert!(plan.intents.is_empty());
    assert!(matches!(plan.actions[..], [Action::ConversationShown(key)] if key == page.key(1)));
}

#[test]
fn typing_is_told_to_others_only_when_something_is_typed() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let key = page.key(1);
    let intents = |text: &str| {
        let text = text.to_owned();
        plan(&page.state, Request::EditDraft { key, text })
            .intents
            .len()
    };
    assert_eq!(intents("a"), 1);
    assert_eq!(intents(" \n"), 0);
}

#[test]
fn people_who_come_and_go_in_a_conversation_of_three_are_named() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::ParticipantJoined {
        conversation: ConversationId(1),
        participant: participant("carol"),
    });
    let contacts = page.state.contacts.as_ref();
    assert_eq!(
        select::title(contacts, page.conversation(1)),
        "Bob and Carol"
    );
    page.event(Event::ParticipantLeft {
        conversation: ConversationId(1),
        handle: handle("bob"),
        is_idle: false,
    });
    assert_eq!(transcript(page.only()), ["joined", "left"]);
    assert_eq!(page.only().partner(), Some(&handle("carol")));
}

#[test]
fn the_partner_of_two_stays_when_they_leave() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::ParticipantLeft {
        conversation: ConversationId(1),
        handle: handle("bob"),
        is_idle: false,
    });
    assert_eq!(page.only().partner(), Some(&handle("bob")));
    assert!(page.only().lines.is_empty());
}

// Bounds

#[test]
fn a_transcript_stays_bounded_and_keeps_the_newest() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    for number in 0..=MAX_LINES {
        page.event(text(1, "bob", &number.to_string()));
    }
    let lines = transcript(page.only());
    assert!(lines.len() <= MAX_LINES);
    assert_eq!(lines.last().copied(), Some(&*MAX_LINES.to_string()));
}

#[test]
fn the_number_of_conversations_stays_bounded() {
    let mut page = Page::signed_in();
    for number in 0..=u32::try_from(MAX_CONVERSATIONS).expect("a small number") {
        page.event(opened(number, &[&format!("stranger{number}")], false));
    }
    assert_eq!(page.state.conversations.iter().count(), MAX_CONVERSATIONS);
}

#[test]
fn a_notice_that_repeats_is_shown_once() {
    let mut page = Page::signed_in();
    for _ in 0..3 {
        page.event(Event::IntentRefused(IntentRefusal::Presence));
    }
    assert_eq!(
        page.state.notices,
        [Notice::Refused(IntentRefusal::Presence)]
    );
}
