//! The menu of states, by keyboard.

use msnp6::messenger::{Event, Intent};
use msnp6::model::Presence;
use wasm_bindgen_test::wasm_bindgen_test;

use super::harness::{Page, check_focus, focused, key};

async fn open_menu() -> Page {
    let page = Page::signed_in().await;
    page.event(Event::OwnPresenceChanged(Presence::Busy)).await;
    page.press("My status").await;
    page
}

#[track_caller]
fn check_at(word: &str) {
    assert_eq!(focused().text_content().unwrap(), word);
}

#[wasm_bindgen_test]
async fn it_opens_at_the_state_in_force() {
    let _page = open_menu().await;
    check_at("Busy");
    assert_eq!(focused().get_attribute("aria-checked").unwrap(), "true");
}

#[wasm_bindgen_test]
async fn arrows_go_round_and_letters_jump() {
    let page = open_menu().await;
    for (name, word) in [
        ("ArrowUp", "Online"),
        ("ArrowUp", "Appear offline"),
        ("ArrowDown", "Online"),
        ("End", "Appear offline"),
        ("Home", "Online"),
        ("o", "On the phone"),
        ("o", "Out to lunch"),
        ("o", "Online"),
    ] {
        assert!(page.key(&focused(), &key(name)).await, "{name}");
        check_at(word);
    }
}

#[wasm_bindgen_test]
async fn escape_closes_it_and_gives_the_focus_back() {
    let page = open_menu().await;
    page.key(&focused(), &key("Escape")).await;
    assert!(page.find("[role=menu]").is_none());
    check_focus(&page.button("My status"));
}

#[wasm_bindgen_test]
async fn a_choice_is_asked_for_and_closes_it() {
    let page = open_menu().await;
    page.press("Away").await;
    let intents = page.log.intents.borrow();
    assert!(
        matches!(intents[..], [Intent::ChangePresence(Presence::Away)]),
        "{intents:?}"
    );
    assert!(page.find("[role=menu]").is_none());
}

#[wasm_bindgen_test]
async fn it_closes_when_the_focus_goes_elsewhere() {
    let page = open_menu().await;
    page.button("Sign out").focus().unwrap();
    super::harness::settle().await;
    assert!(page.find("[role=menu]").is_none());
}
