//! What a reload of the page takes, and what comes back.

use super::*;
use msnp6_client::store::{MAX_KEPT, record};

const LOST: DeliveryFailure = DeliveryFailure::Link(CloseReason::Lost);

/// The same account signs in again on a page that was loaded anew.
fn reloaded(record: &str) -> Page {
    let mut page = Page::signed_in();
    page.act(Action::KeptRecalled(record.to_owned()));
    page
}

fn sent(page: &mut Page, id: u32, text_id: u32, words: &str, delivery: Option<Delivery>) {
    page.event(queued(id, text_id, words));
    if let Some(delivery) = delivery {
        page.event(told(id, text_id, delivery));
    }
}

fn told(id: u32, text_id: u32, delivery: Delivery) -> Event {
    Event::TextDelivery {
        conversation: ConversationId(id),
        text_id: TextId(text_id),
        delivery,
    }
}

fn fates(page: &Page) -> Vec<(&str, Delivery)> {
    let lines = page.only().lines.iter();
    let fates = lines.map(|line| match &line.body {
        LineBody::Mine {
            text,
            delivery: Some(delivery),
            ..
        } => (text.as_str(), delivery.clone()),
        other => panic!("nothing is known: {other:?}"),
    });
    fates.collect()
}

#[test]
fn where_no_text_is_ever_confirmed_none_is_kept_for_the_lack_of_it() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    sent(&mut page, 1, 1, "unanswered", Some(Delivery::Unconfirmed));
    assert_eq!(record(&page.state), "");
}

#[test]
fn a_draft_is_there_again_and_its_conversation_is_taken_up() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "half a\n2:thought \u{1f600}");
    let mut page = reloaded(&record(&page.state));
    assert_eq!(page.only().draft, "half a\n2:thought \u{1f600}");
    assert_eq!(page.state.windows.selected, Some(page.only().key));
    assert_eq!(page.state.windows.pane, Pane::List);
    page.event(opened(1, &["bob"], true));
    assert_eq!(page.conversation(1).draft, "half a\n2:thought \u{1f600}");
}

#[test]
fn texts_that_did_not_arrive_for_certain_come_back_in_order_and_wait_for_the_user() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    sent(&mut page, 1, 1, "arrived", Some(Delivery::Delivered));
    sent(&mut page, 1, 2, "unanswered", Some(Delivery::Unconfirmed));
    sent(&mut page, 1, 3, "on its way", Some(Delivery::Sent));
    let refused = Delivery::Failed(DeliveryFailure::Refused);
    sent(&mut page, 1, 4, "refused", Some(refused));
    sent(&mut page, 1, 5, "broken off", Some(Delivery::Failed(LOST)));
    sent(&mut page, 1, 6, "waiting", None);
    page.event(text(1, "bob", "theirs"));
    let mut page = reloaded(&record(&page.state));
    let never = Delivery::Failed(DeliveryFailure::SignedOut);
    let lost = Delivery::Failed(LOST);
    let expected = [
        ("unanswered", Delivery::Unconfirmed),
        ("on its way", lost.clone()),
        ("refused", never.clone()),
        ("broken off", lost),
        ("waiting", never),
    ];
    assert_eq!(fates(&page), expected);
    // The server that confirmed one of the texts confirms those that arrive.
    assert!(page.state.has_confirmed);

    // What becomes of the first text of the new session is not told of an old one.
    page.event(opened(1, &["bob"], true));
    let (key, line) = (page.key(1), line_key(&page, 4));
    let intents = page.request(Request::SendAgain { key, line });
    assert!(matches!(&intents[..], [Intent::SendText { text, .. }] if text == "waiting"));
    sent(&mut page, 1, 1, "waiting", Some(Delivery::Delivered));
    assert_eq!(
        transcript(page.only()),
        [
            "unanswered",
            "on its way",
            "refused",
            "broken off",
            "waiting"
        ]
    );
    assert_eq!(delivery(&page), Some(Delivery::Delivered));
}

#[test]
fn what_is_kept_again_after_a_reload_is_the_same() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "a draft");
    sent(&mut page, 1, 1, "on its way", Some(Delivery::Sent));
    page.event(opened(2, &["carol", "dave"], true));
    sent(&mut page, 2, 2, "waiting", None);
    let kept = record(&page.state);
    assert_eq!(record(&reloaded(&kept).state), kept);
}

#[test]
fn a_conversation_of_several_comes_back_with_all_of_them() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob", "carol"], true));
    page.type_draft(1, "to both");
    let page = reloaded(&record(&page.state));
    let people: Vec<_> = page.only().participants.iter().map(|p| &p.handle).collect();
    assert_eq!(people, [&handle("bob"), &handle("carol")]);
}

#[test]
fn nothing_is_kept_when_there_is_nothing_to_lose() {
    let mut page = Page::signed_in();
    assert_eq!(record(&page.state), "");
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "theirs"));
    page.type_draft(1, "  \n");
    assert_eq!(record(&page.state), "");
}

#[test]
fn another_account_or_the_same_one_elsewhere_gets_nothing() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "a secret");
    let kept = record(&page.state);
    let mut other = Page::default();
    other.sign_in("bob");
    other.act(Action::KeptRecalled(kept.clone()));
    assert!(other.state.conversations.is_empty());
    let elsewhere = kept.replacen("alice@example.com", "alice@example.org", 1);
    assert!(reloaded(&elsewhere).state.conversations.is_empty());
}

#[test]
fn what_is_too_long_is_left_out_and_the_rest_is_kept() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, &"x".repeat(MAX_KEPT));
    sent(&mut page, 1, 1, "short", None);
    for id in 2..200 {
        page.event(opened(id, &["carol", "dave"], false));
        page.type_draft(id, &"\u{1f600}".repeat(200));
    }
    let kept = record(&page.state);
    assert!(kept.len() <= MAX_KEPT && kept.len() > MAX_KEPT / 2);
    let page = reloaded(&kept);
    let first = page
        .state
        .conversations
        .iter()
        .next()
        .expect("a conversation");
    assert_eq!((first.draft.as_str(), first.lines.len()), ("", 1));
}

#[test]
fn a_damaged_record_does_nothing_or_gives_texts_back_but_never_fails() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "caf\u{e9} \u{1f600}");
    sent(&mut page, 1, 1, "on its way", Some(Delivery::Sent));
    let kept = record(&page.state);
    for end in (0..kept.len()).filter(|end| kept.is_char_boundary(*end)) {
        reloaded(&kept[..end]);
    }
    for damaged in [
        "",
        "1",
        "2",
        "1s",
        "1s:",
        "1s-1:",
        "1s99999999999999999999:x",
        "1s1:\u{e9}",
        "1d2:hi",
        "no record",
    ] {
        assert!(
            reloaded(damaged).state.conversations.is_empty(),
            "{damaged:?}"
        );
    }
    // A simple generator of numbers is random enough to damage every place in every way.
    let mut seed = 1_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 16
    };
    for _ in 0..3_000 {
        let mut bytes = kept.clone().into_bytes();
        for _ in 0..=next() % 3 {
            let at = next() as usize % bytes.len();
            bytes[at] = u8::try_from(next() % 256).expect("a byte");
        }
        reloaded(&String::from_utf8_lossy(&bytes));
        let noise: Vec<u8> = (0..next() % 40).map(|_| (next() % 128) as u8).collect();
        reloaded(&format!("1{}", String::from_utf8_lossy(&noise)));
    }
}

#[test]
fn a_text_that_is_under_way_is_asked_about_before_the_page_goes_and_a_failed_one_is_not() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "a draft");
    assert!(!select::has_unsent(&page.state));
    sent(&mut page, 1, 1, "waiting", None);
    assert!(select::has_unsent(&page.state));
    page.event(told(1, 1, Delivery::Sent));
    assert!(select::has_unsent(&page.state));
    page.event(told(1, 1, Delivery::Failed(LOST)));
    assert!(!select::has_unsent(&page.state));
}
