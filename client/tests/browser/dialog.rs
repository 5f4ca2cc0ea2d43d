//! The window over the page: where the focus is before, in and after it.

use msnp6::messenger::{Change, Intent};
use msnp6::model::{ListKind, Presence};
use wasm_bindgen_test::wasm_bindgen_test;

use super::common::{added_by, handle, listed, opened, presence, refused};
use super::harness::{Page, check_focus, focused, key, settle, until};

async fn adding() -> Page {
    let page = Page::signed_in().await;
    page.press("Add a contact").await;
    page
}

#[wasm_bindgen_test]
async fn it_is_modal_and_begins_in_its_field() {
    let page = adding().await;
    assert!(page.find("dialog:modal").is_some());
    check_focus(&page.get("#dialog-text"));
}

#[wasm_bindgen_test]
async fn cancel_closes_it_and_gives_the_focus_back() {
    let page = adding().await;
    page.press("Cancel").await;
    assert!(page.find("dialog").is_none());
    check_focus(&page.button("Add a contact"));
}

#[wasm_bindgen_test]
async fn closing_by_the_browser_itself_closes_it_for_the_page_too() {
    let page = adding().await;
    let dialog: web_sys::HtmlDialogElement =
        wasm_bindgen::JsCast::unchecked_into(page.get("dialog"));
    dialog.close();
    // The browser tells of it in a task of its own, whenever it gets to that.
    until("the window is gone", || page.find("dialog").is_none()).await;
    settle().await;
    check_focus(&page.button("Add a contact"));
}

#[wasm_bindgen_test]
async fn a_refusal_leaves_what_was_typed_and_success_gives_the_focus_back() {
    let page = adding().await;
    page.fill("dialog-text", "zoe@example.com").await;
    page.press("Add").await;
    {
        let intents = page.log.intents.borrow();
        assert!(
            matches!(&intents[..], [Intent::Change(Change::AddContact(who))] if *who == handle("zoe")),
            "{intents:?}"
        );
    }
    page.event(refused(Change::AddContact(handle("zoe")), 205))
        .await;
    assert_eq!(page.input("dialog-text").value(), "zoe@example.com");
    page.event(listed("zoe", &[ListKind::Forward])).await;
    assert!(page.find("dialog").is_some(), "nothing was asked for");
    page.press("Cancel").await;
    check_focus(&page.button("Add a contact"));
}

#[wasm_bindgen_test]
async fn the_menu_of_a_contact_is_walked_by_arrows_and_escape_is_the_browsers() {
    let page = Page::signed_in().await;
    page.press("More about Carol").await;
    check_focus(&page.button("Send a message"));
    for (name, word) in [
        ("ArrowDown", "Block"),
        ("End", "Properties"),
        ("r", "Remove"),
        ("ArrowUp", "Block"),
    ] {
        assert!(page.key(&focused(), &key(name)).await, "{name}");
        check_focus(&page.button(word));
    }
    page.press("Block").await;
    {
        let intents = page.log.intents.borrow();
        assert!(
            matches!(&intents[..], [Intent::Change(Change::Block(who))] if *who == handle("carol")),
            "{intents:?}"
        );
    }
    assert!(page.find("dialog").is_none());
    check_focus(&page.button("More about Carol"));
}

#[wasm_bindgen_test]
async fn removal_asks_first_and_then_the_focus_is_in_the_list() {
    let page = Page::signed_in().await;
    page.press("More about Carol").await;
    page.press("Remove").await;
    assert_eq!(page.log.intents.borrow().len(), 0);
    page.press("Remove").await;
    page.event(listed("carol", &[ListKind::Allow])).await;
    assert!(page.find("dialog").is_none());
    check_focus(&page.get(".contacts"));
}

#[wasm_bindgen_test]
async fn my_name_begins_with_the_one_in_force() {
    let page = Page::signed_in().await;
    page.press("My name").await;
    assert_eq!(page.input("dialog-text").value(), "Alice");
}

#[wasm_bindgen_test]
async fn being_added_leaves_the_composer_its_focus() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    check_focus(&page.area());
    page.event(added_by("zoe")).await;
    check_focus(&page.area());
    let mark: web_sys::HtmlInputElement =
        wasm_bindgen::JsCast::unchecked_into(page.get(".card input"));
    mark.set_checked(true);
    page.event(added_by("yves")).await;
    page.press("Allow").await;
    let intents = page.log.intents.borrow();
    assert!(
        matches!(&intents[..], [Intent::Change(Change::AddContact(who))] if *who == handle("zoe")),
        "the mark to add them was set: {intents:?}"
    );
}

#[wasm_bindgen_test]
async fn several_people_are_invited_at_once() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    for who in ["carol", "dave"] {
        page.event(presence(who, Presence::Online)).await;
    }
    page.press("Invite someone").await;
    for who in ["carol", "dave"] {
        page.get(&format!("input[value='{who}@example.com']"))
            .click();
    }
    page.press("Invite").await;
    let intents = page.log.intents.borrow();
    let is_so = matches!(&intents[..], [.., Intent::Invite { handle: a, .. }, Intent::Invite { handle: b, .. }]
        if *a == handle("carol") && *b == handle("dave"));
    assert!(is_so, "{intents:?}");
    assert!(page.find("dialog").is_none());
    check_focus(&page.button("Invite someone"));
}
