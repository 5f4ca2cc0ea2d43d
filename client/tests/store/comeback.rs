//! The way back into a session that was lost, what is put off meanwhile, and looking idle.

use msnp6::command::ErrorCode;
use msnp6::gateway::CloseCode;
use msnp6_client::requests::duties;
use msnp6_client::store::Wait;

use super::*;

/// A page whose session has just been lost, at a chance of one half.
fn lost(reason: SignOutReason) -> Page {
    let mut page = Page::signed_in();
    page.now.chance = 1 << 15;
    page.event(opened(1, &["bob"], true));
    page.event(Event::SignedOut(reason));
    page
}

fn wait(page: &Page) -> Option<Wait> {
    let comeback = page.state.connection.comeback.as_ref();
    comeback.map(|comeback| comeback.wait)
}

/// How many milliseconds are left until the next try.
fn pause(page: &Page) -> u64 {
    match wait(page) {
        Some(Wait::Until { at, .. }) => at.0 - page.now.at.0,
        other => panic!("{other:?}"),
    }
}

const LINK: SignOutReason = SignOutReason::Link(CloseReason::Lost);

/// A try that fails because the gateway is not there.
fn fail_a_try(page: &mut Page) {
    page.act(Action::TryHastened);
    page.act(Action::TryBegun);
    page.event(Event::SignInFailed(SignInFailure::Link(CloseReason::Lost)));
}

/// Does what is due without anybody asking for it; gives the texts that are sent.
fn sent(page: &mut Page) -> Vec<String> {
    let plan = duties(&page.state, page.now.at);
    for action in plan.actions {
        page.act(action);
    }
    let text = |intent| match intent {
        Intent::SendText { text, .. } => Some(text),
        _ => None,
    };
    plan.intents.into_iter().filter_map(text).collect()
}

/// Back again, with bob there.
fn come_back(page: &mut Page) {
    page.act(Action::TryHastened);
    page.act(Action::TryBegun);
    page.event(Event::SignedIn {
        handle: handle("alice"),
        name: name("Alice"),
        is_verified: true,
    });
    page.event(contact_list(&["bob"]));
    page.event(presence("bob", Presence::Online));
    page.event(opened(5, &["bob"], true));
}

#[test]
fn what_mends_by_itself_is_tried_again() {
    for reason in [
        LINK,
        SignOutReason::Link(CloseReason::Code(CloseCode::ServerUnreachable)),
        SignOutReason::Link(CloseReason::Code(CloseCode::Restarting)),
        SignOutReason::Link(CloseReason::Restarting { seconds: 3 }),
        SignOutReason::ServerShutdown,
        SignOutReason::Dismissed,
        SignOutReason::TimedOut,
        SignOutReason::Refused(ErrorCode(600)),
    ] {
        let page = lost(reason.clone());
        assert_eq!(page.state.phase, Phase::Interrupted, "{reason:?}");
        assert!(
            matches!(wait(&page), Some(Wait::Until { .. })),
            "{reason:?}"
        );
    }
}

#[test]
fn what_somebody_wanted_or_nothing_mends_is_not_tried_again() {
    for reason in [
        SignOutReason::Requested,
        SignOutReason::ElsewhereSignedIn,
        SignOutReason::TooManyReferrals,
        SignOutReason::Refused(ErrorCode::AUTHENTICATION_FAILED),
        SignOutReason::Link(CloseReason::Code(CloseCode::NoSuchServer)),
        SignOutReason::Link(CloseReason::Code(CloseCode::TransferRefused)),
    ] {
        let page = lost(reason.clone());
        assert!(
            matches!(page.state.phase, Phase::SignedOut { .. }),
            "{reason:?}"
        );
        assert_eq!(wait(&page), None, "{reason:?}");
    }
}

#[test]
fn a_first_sign_in_that_fails_goes_back_to_the_form() {
    let mut page = Page::default();
    page.ask_sign_in("alice");
    page.event(Event::SignInFailed(SignInFailure::Link(CloseReason::Lost)));
    assert!(matches!(page.state.phase, Phase::SignedOut { .. }));
}

#[test]
fn each_try_that_fails_doubles_the_span_up_to_a_minute() {
    let mut page = lost(LINK);
    let mut pauses = vec![pause(&page)];
    for _ in 0..8 {
        fail_a_try(&mut page);
        pauses.push(pause(&page));
    }
    let half_of = [
        1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ];
    assert_eq!(pauses, half_of.map(|span| span / 2));
}

#[test]
fn chance_spreads_the_tries_over_the_whole_span() {
    for (chance, expected) in [(0, 0), (1 << 14, 250), (u16::MAX, 999)] {
        let mut page = Page::signed_in();
        page.now.chance = chance;
        page.event(Event::SignedOut(LINK));
        match wait(&page) {
            Some(Wait::Due) => assert_eq!(expected, 0),
            _ => assert_eq!(pause(&page), expected),
        }
    }
}

#[test]
fn a_gateway_that_restarts_is_left_in_peace_as_long_as_it_asked() {
    let page = lost(SignOutReason::Link(CloseReason::Restarting { seconds: 7 }));
    assert_eq!(pause(&page), 7_500);
}

#[test]
fn the_seconds_count_down_until_the_try_is_due() {
    let mut page = lost(SignOutReason::Link(CloseReason::Restarting { seconds: 2 }));
    let mut shown = Vec::new();
    while let Some(Wait::Until { seconds, .. }) = wait(&page) {
        shown.push(seconds);
        let at = select::next_expiry(&page.state).expect("the next change");
        page.pass(at.0 - page.now.at.0);
    }
    assert_eq!(shown, [3, 2, 1]);
    assert!(select::is_try_due(&page.state));
}

#[test]
fn a_network_that_is_back_a_tab_in_front_and_a_device_awake_are_tried_at_once() {
    for sign in [
        Action::NetworkChanged(true),
        Action::PageShown(true),
        Action::Resumed,
        Action::TryHastened,
    ] {
        let mut page = lost(LINK);
        page.act(sign.clone());
        assert!(select::is_try_due(&page.state), "{sign:?}");
    }
}

#[test]
fn without_a_network_nothing_is_tried() {
    let mut page = lost(LINK);
    page.act(Action::NetworkChanged(false));
    assert_eq!(wait(&page), Some(Wait::Network));
    page.act(Action::PageShown(true));
    assert!(!select::is_try_due(&page.state));
    page.act(Action::NetworkChanged(true));
    assert!(select::is_try_due(&page.state));
}

#[test]
fn who_stops_the_tries_reads_what_ended_the_session() {
    let mut page = lost(LINK);
    let key = page.only().key;
    let text = "unsent".to_owned();
    page.request(Request::EditDraft { key, text });
    page.request(Request::StopTrying);
    let ending = Some(Ending::Ended(LINK));
    assert_eq!(page.state.phase, Phase::SignedOut { ending });
    assert_eq!(page.only().draft, "unsent");
}

#[test]
fn while_the_session_is_lost_nobody_is_said_to_be_there() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Busy));
    page.event(Event::SignedOut(LINK));
    let contacts = page.state.contacts.as_ref().expect("the list stays");
    assert!(contacts.iter().all(|entry| entry.is_unknown));
    come_back(&mut page);
    let contacts = page.state.contacts.as_ref().expect("the list");
    let bob = contacts.get(&handle("bob")).expect("bob");
    assert_eq!((bob.presence, bob.is_unknown), (Presence::Online, false));
}

#[test]
fn texts_written_meanwhile_are_sent_once_and_in_order() {
    let mut page = lost(LINK);
    let key = page.only().key;
    for text in ["one", "two"] {
        let text = text.to_owned();
        assert!(page.request(Request::SendText { key, text }).is_empty());
    }
    assert!(sent(&mut page).is_empty());
    come_back(&mut page);
    assert_eq!(sent(&mut page), ["one", "two"]);
    assert!(sent(&mut page).is_empty());
    page.event(queued(5, 1, "one"));
    page.event(queued(5, 2, "two"));
    assert!(page.only().outbox.is_empty());
    assert_eq!(transcript(page.only()), ["one", "two"]);
}

#[test]
fn texts_that_the_next_loss_overtakes_are_sent_after_the_next_return() {
    let mut page = lost(LINK);
    let key = page.only().key;
    page.request(Request::SendText {
        key,
        text: "one".to_owned(),
    });
    come_back(&mut page);
    assert_eq!(sent(&mut page), ["one"]);
    page.event(Event::SignedOut(LINK));
    come_back(&mut page);
    assert_eq!(sent(&mut page), ["one"]);
}

#[test]
fn a_text_that_was_under_way_is_not_sent_again_by_itself() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "hello"));
    page.event(Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(1),
        delivery: Delivery::Sent,
    });
    page.event(Event::SignedOut(LINK));
    come_back(&mut page);
    assert!(sent(&mut page).is_empty());
    let lost = Delivery::Failed(DeliveryFailure::Link(CloseReason::Lost));
    assert_eq!(delivery(&page), Some(lost));
}

#[test]
fn a_text_that_waits_goes_back_into_the_composer() {
    let mut page = lost(LINK);
    let key = page.only().key;
    page.request(Request::SendText {
        key,
        text: "one".to_owned(),
    });
    let line = page.only().outbox[0].key;
    page.request(Request::TakeBack { key, line });
    assert_eq!(page.only().draft, "one");
    come_back(&mut page);
    assert!(sent(&mut page).is_empty());
}

#[test]
fn who_leaves_the_page_alone_looks_idle_until_they_are_back() {
    let mut page = Page::signed_in();
    page.pass(300_000);
    assert_eq!(page.state.idle.unasked(), Some(Presence::Idle));
    page.act(Action::PresenceAsked);
    page.act(Action::Touched);
    assert_eq!(page.state.idle.unasked(), Some(Presence::Online));
}

#[test]
fn a_state_that_i_chose_stays_however_long_i_am_away() {
    let mut page = Page::signed_in();
    page.request(Request::ChangePresence(Presence::Busy));
    page.pass(3_600_000);
    assert_eq!(page.state.idle.unasked(), None);
}
