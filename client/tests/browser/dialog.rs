//! The window over the page: where the focus is before, in and after it.

use msnp6::messenger::{Change, Intent};
use msnp6::model::ListKind;
use wasm_bindgen_test::wasm_bindgen_test;

use super::common::{handle, listed, refused};
use super::harness::{Page, check_focus, settle};

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
    settle().await;
    assert!(page.find("dialog").is_none());
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
