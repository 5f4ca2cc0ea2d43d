//! The focus follows the user's own deeds, and nobody else's.

use wasm_bindgen_test::wasm_bindgen_test;

use msnp6::messenger::{CloseReason, Delivery, DeliveryFailure, Event, SignOutReason};
use msnp6::model::{ConversationId, TextId};

use super::harness::{Page, check_focus, focused, key};
use crate::common::{opened, queued, text};

#[wasm_bindgen_test]
async fn a_conversation_that_i_open_has_the_focus_in_its_composer() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    check_focus(&page.area());
}

#[wasm_bindgen_test]
async fn a_conversation_that_others_open_leaves_the_focus_where_it_is() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.type_text("in the middle of a wo").await;
    let area = page.area();
    page.event(opened(2, &["carol"], false)).await;
    page.event(text(2, "carol", "hello")).await;
    check_focus(&area);
    assert_eq!(page.area().value(), "in the middle of a wo");
    let tab = page.get(".tab .badge");
    assert_eq!(tab.text_content().unwrap(), "1 unread");
}

#[wasm_bindgen_test]
async fn a_text_in_the_conversation_in_front_leaves_the_focus_in_the_list() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    let row = page.button("Carol, Offline");
    row.focus().unwrap();
    page.event(text(1, "bob", "hello")).await;
    check_focus(&row);
}

#[wasm_bindgen_test]
async fn closing_the_only_conversation_puts_the_focus_into_the_list() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.press("Close conversation").await;
    check_focus(&page.get(".contacts"));
}

#[wasm_bindgen_test]
async fn closing_one_of_two_puts_the_focus_into_the_other() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.event(opened(2, &["carol"], true)).await;
    page.press("Close conversation").await;
    page.get("[aria-label='Conversation with Bob']");
    check_focus(&page.area());
}

#[wasm_bindgen_test]
async fn the_end_of_a_session_leaves_the_focus_in_the_text_that_is_being_written() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.event(text(1, "bob", "hello")).await;
    page.type_text("in the middle of a wo").await;
    let area = page.area();
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn))
        .await;
    check_focus(&area);
    assert_eq!(area.value(), "in the middle of a wo");
    assert!(area.read_only());
}

#[wasm_bindgen_test]
async fn the_question_before_a_draft_is_lost_begins_on_keep_and_gives_the_focus_on() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.event(opened(2, &["carol"], true)).await;
    page.type_text("half a thought").await;
    page.press("Close conversation").await;
    check_focus(&page.button("Keep"));
    page.press("Keep").await;
    check_focus(&page.button("Close conversation"));
    assert_eq!(page.area().value(), "half a thought");
    page.press("Close conversation").await;
    page.press("Discard").await;
    page.get("[aria-label='Conversation with Bob']");
    check_focus(&page.area());
}

#[wasm_bindgen_test]
async fn signing_out_puts_the_focus_where_the_next_sign_in_begins() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.type_text("half a thought").await;
    page.press("Sign out").await;
    page.press("Discard").await;
    page.event(Event::SignedOut(SignOutReason::Requested)).await;
    check_focus(&page.input("address"));
}

#[wasm_bindgen_test]
async fn now_and_stop_and_dismiss_and_send_again_leave_the_focus_in_what_is_in_front() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.event(Event::MaintenanceAnnounced { minutes: 5 }).await;
    page.press("Dismiss").await;
    check_focus(&page.area());
    page.event(text(1, "bob", "hello")).await;
    page.event(queued(1, 1, "mine")).await;
    page.event(Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(1),
        delivery: Delivery::Failed(DeliveryFailure::NoAnswer),
    })
    .await;
    page.press("Send again").await;
    check_focus(&page.area());
    let lost = SignOutReason::Link(CloseReason::Lost);
    page.event(Event::SignedOut(lost)).await;
    page.press("Now").await;
    check_focus(&page.area());
    page.press("Stop").await;
    check_focus(&page.area());
}

#[wasm_bindgen_test]
async fn stopping_the_way_back_from_the_list_leads_to_the_password() {
    let page = Page::signed_in().await;
    let lost = SignOutReason::Link(CloseReason::Lost);
    page.event(Event::SignedOut(lost)).await;
    page.press("Stop").await;
    check_focus(&page.input("password"));
}

#[wasm_bindgen_test]
async fn arrows_lead_from_one_open_conversation_to_another() {
    let page = Page::signed_in().await;
    for (id, who) in [(1, "bob"), (2, "carol"), (3, "dave")] {
        page.event(opened(id, &[who], true)).await;
    }
    let tab = |index: usize| page.get(&format!(".tabs__item:nth-child({index}) .tab"));
    tab(1).focus().unwrap();
    for (name, there) in [
        ("ArrowRight", 2),
        ("End", 3),
        ("ArrowRight", 1),
        ("d", 3),
        ("Home", 1),
    ] {
        assert!(page.key(&focused(), &key(name)).await, "{name}");
        check_focus(&tab(there));
    }
}
