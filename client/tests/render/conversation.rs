//! A conversation.

use super::*;

#[test]
fn a_conversation_has_the_names_that_stand() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let html = render(&page);
    check(
        &html,
        &[
            "aria-label=\"Conversation with Bob\"",
            "role=\"log\" aria-label=\"Messages\"",
            "aria-label=\"Message\"",
            ">Send</button>",
            "aria-label=\"Close conversation\"",
        ],
    );
}

#[test]
fn texts_stand_under_who_said_them_with_the_time_and_the_day() {
    let mut page = Page::signed_in();
    page.set_clock(23, 14, 2);
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello"));
    page.event(queued(1, 1, "hi\nthere"));
    page.set_clock(24, 0, 5);
    page.event(text(1, "bob", "late"));
    check(
        &visible(&render(&page)),
        &[
            "Monday, 23 November 2026 Bob says: 14:02 hello Alice says: 14:02 hi there Waiting to be sent\u{2026} \
           Tuesday, 24 November 2026 Bob says: 00:05 late",
        ],
    );
}

#[test]
fn a_failed_text_says_why_and_can_be_sent_again() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "hello"));
    page.event(Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(1),
        delivery: Delivery::Failed(DeliveryFailure::Link(CloseReason::Lost)),
    });
    let html = render(&page);
    check(&html, &[">Send again</button>"]);
    check(
        &visible(&html),
        &["Not delivered: The connection was lost."],
    );
}

#[test]
fn a_text_that_arrived_says_nothing() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "hello"));
    page.event(delivery(Delivery::Delivered));
    check_absent(&render(&page), &["line__fate"]);
}

#[test]
fn a_text_without_an_answer_is_sent_at_a_server_that_never_answers_and_in_doubt_at_one_that_does() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "hello"));
    page.event(delivery(Delivery::Unconfirmed));
    let html = render(&page);
    check(&visible(&html), &["Alice says: 00:00 Sent hello"]);
    check_absent(&html, &["line__fate", "Delivered"]);

    page.event(queued(1, 2, "again"));
    page.event(Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(2),
        delivery: Delivery::Delivered,
    });
    let html = visible(&render(&page));
    check(
        &html,
        &["hello Sent, not confirmed. Send again Alice says:"],
    );
    assert_eq!(html.matches("Send again").count(), 1);
}

#[test]
fn who_is_typing_is_a_status() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    check_absent(&render(&page), &["is typing"]);
    page.event(Event::TypingReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
    });
    check(
        &render(&page),
        &["role=\"status\" aria-label=\"Bob is typing\""],
    );
}

#[test]
fn a_text_on_its_way_says_how_far_it_is() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "hello"));
    check(&render(&page), &[">Waiting to be sent\u{2026}<"]);
    page.event(delivery(Delivery::Sent));
    check(&render(&page), &[">Sending\u{2026}<"]);
    page.event(delivery(Delivery::Delivered));
    check(&render(&page), &["role=\"img\" aria-label=\"Delivered\""]);
}

fn delivery(delivery: Delivery) -> Event {
    Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(1),
        delivery,
    }
}

#[test]
fn nothing_can_be_sent_that_is_empty_or_too_long() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let sendable = |page: &Page| {
        let html = render(page);
        let button = html.find(">Send</button>").expect("a button");
        let start = html[..button].rfind("<button").expect("its start");
        !html[start..button].contains("disabled")
    };
    assert!(!sendable(&page));
    page.type_draft(1, "   ");
    assert!(!sendable(&page));
    page.type_draft(1, "hello");
    assert!(sendable(&page));
    page.type_draft(1, &"é".repeat(701));
    assert!(sendable(&page));
    check(&visible(&render(&page)), &["Goes as 2 messages"]);
    page.type_draft(1, &"é".repeat(16 * 1024 + 1));
    assert!(!sendable(&page));
    check(&visible(&render(&page)), &["Too long by 2."]);
}

#[test]
fn the_room_left_is_shown_near_the_limit_only() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, &"a".repeat(1000));
    check_absent(&visible(&render(&page)), &["left"]);
    page.type_draft(1, &"a".repeat(1390));
    check(&visible(&render(&page)), &["10 left"]);
}

#[test]
fn people_of_a_conversation_of_several_are_listed_with_their_presence() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Away));
    page.event(presence("carol", Presence::Online));
    page.event(opened(1, &["bob", "carol", "zoe"], true));
    let html = render(&page);
    let begin = html.find("aria-label=\"People here\"").expect("a list");
    let end = begin + html[begin..].find("</ul>").expect("its end");
    assert_eq!(
        visible(&format!("<{}", &html[begin..end])),
        "Bob (Away) Carol (Online) Zoe (Online)"
    );
    check(&html, &["title=\"zoe@example.com\""]);
}

#[test]
fn nobody_is_said_to_be_there_once_the_session_has_ended() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Away));
    page.event(opened(1, &["bob", "zoe"], true));
    page.event(text(1, "bob", "hello"));
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    let html = render(&page);
    let people = &html[html.find("People here").expect("a list")..];
    let people = visible(&format!("<{people}"));
    check(&people, &["Bob (status unknown) Zoe (status unknown)"]);
}

#[test]
fn what_came_in_unseen_is_marked_where_it_begins() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "seen"));
    page.act(Action::PageShown(false));
    page.event(text(1, "bob", "missed"));
    page.event(text(1, "bob", "missed too"));
    page.act(Action::PageShown(true));
    let html = visible(&render(&page));
    check(
        &html,
        &["seen New since you left Bob says: 00:00 missed Bob"],
    );
    assert_eq!(html.matches("New since you left").count(), 1);
}

#[test]
fn news_is_told_once_as_name_and_text_and_the_log_itself_is_silent() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello (L)"));
    page.event(queued(1, 1, "mine"));
    let html = render(&page);
    check(&html, &["aria-label=\"Messages\" aria-live=\"off\""]);
    let begin = html.rfind("aria-live=\"polite\"").expect("a region");
    let told = visible(&format!("<{}", &html[begin..]));
    assert_eq!(told, "Bob: hello heart");
}
