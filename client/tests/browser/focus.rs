//! The focus follows the user's own deeds, and nobody else's.

use wasm_bindgen_test::wasm_bindgen_test;

use msnp6::messenger::{Event, SignOutReason};

use super::harness::{Page, check_focus};
use crate::common::{opened, text};

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
