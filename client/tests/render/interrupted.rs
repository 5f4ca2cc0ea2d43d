//! A session that was lost, what waits for it, and what others did that this page cannot do.

use super::*;
use msnp6::messenger::{Application, Offer};
use msnp6_client::requests::plan;
use msnp6_client::view::Request;

fn lost() -> Page {
    let mut page = Page::signed_in();
    page.now.chance = u16::MAX;
    page.event(presence("bob", Presence::Online));
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello"));
    page.event(Event::SignedOut(SignOutReason::TimedOut));
    page
}

#[test]
fn a_lost_connection_says_why_and_counts_down_without_telling_each_second() {
    let mut page = lost();
    let html = render(&page);
    check(
        &html,
        &[
            "role=\"status\" aria-label=\"Connection\"",
            ">Now</button>",
            ">Stop</button>",
        ],
    );
    check(&html, &["<span aria-hidden=\"true\"> in 1 s</span>"]);
    check(&visible(&html), &["The server went silent."]);
    page.act(Action::TryBegun);
    let html = render(&page);
    check_absent(&html, &[" in 1 s", ">Now</button>"]);
    check(&visible(&html), &["Connecting again\u{2026}"]);
}

#[test]
fn while_a_connection_is_lost_nobody_is_known_to_be_online() {
    let figures = |page: &Page, class| render(page).matches(class).count();
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Online));
    assert_ne!(figures(&page, "figure--online"), 0);
    let page = lost();
    assert_eq!(figures(&page, "figure--online"), 0);
    assert!(figures(&page, "figure--unknown") > 2);
}

#[test]
fn texts_that_wait_for_a_connection_stand_below_and_can_be_taken_back() {
    let mut page = lost();
    let key = page.only().key;
    for text in ["first", "<b>second</b>"] {
        let text = text.to_owned();
        page.request(Request::SendText { key, text });
    }
    let html = render(&page);
    check(&html, &["aria-label=\"Waiting texts\"", "&lt;b&gt;second"]);
    let words = visible(&html);
    check(&words, &["first Waiting for the connection. Take back"]);
    assert_eq!(words.matches("Take back").count(), 2);
}

#[test]
fn two_who_type_are_named_together() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob", "carol"], true));
    for who in ["bob", "carol"] {
        page.event(Event::TypingReceived {
            conversation: ConversationId(1),
            handle: handle(who),
        });
    }
    check(&render(&page), &["aria-label=\"Bob and Carol are typing\""]);
}

#[test]
fn an_offer_that_this_page_cannot_take_is_named_with_its_answer() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::OfferRefused {
        conversation: ConversationId(1),
        handle: handle("bob"),
        offer: Offer {
            application: Application::FileTransfer,
            name: String::new(),
            file: "<img>.jpg".to_owned(),
            file_size: Some(20_480),
        },
    });
    let html = render(&page);
    check(&html, &["\u{201c}&lt;img&gt;.jpg\u{201d} (20 KB)"]);
    check(
        &visible(&html),
        &[
            "Bob wanted to send you",
            "cannot receive files and said so.",
        ],
    );
}

#[test]
fn somebody_who_was_invited_and_does_not_come_is_named_with_the_reason() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob", "carol"], true));
    page.event(Event::InviteFailed {
        conversation: ConversationId(1),
        handle: handle("carol"),
        failure: DeliveryFailure::NoAnswer,
    });
    let words = visible(&render(&page));
    check(
        &words,
        &["Carol does not come: this person was called and did not come."],
    );
}

#[test]
fn maintenance_is_an_alert_with_its_minutes_until_it_is_dismissed() {
    let mut page = Page::signed_in();
    page.event(Event::MaintenanceAnnounced { minutes: 5 });
    let html = render(&page);
    check(
        &html,
        &["<div role=\"alert\" class=\"notice\"", ">Dismiss</button>"],
    );
    check(&visible(&html), &["maintenance in 5 minutes"]);
    page.event(Event::MaintenanceAnnounced { minutes: 1 });
    check(&visible(&render(&page)), &["maintenance within a minute"]);
}

#[test]
fn the_question_before_something_is_lost_says_what() {
    let mut page = lost();
    let key = page.only().key;
    let text = "put off".to_owned();
    page.request(Request::SendText { key, text });
    page.act(Action::DraftEdited {
        key,
        text: "half a thought".to_owned(),
    });
    assert_eq!(plan(&page.state, Request::SignOut).intents.len(), 0);
    page.request(Request::SignOut);
    let html = render(&page);
    check(
        &visible(&html),
        &["Sign out? This would be lost: a text that was not sent and a draft."],
    );
    check(&html, &[">Discard</button>", "autofocus"]);
    page.request(Request::CloseDialog);
    page.request(Request::CloseConversation(key));
    check(
        &visible(&render(&page)),
        &["Close the conversation with Bob? This would be lost:"],
    );
}
