//! The contact list by keyboard, and the field that narrows it down.

use msnp6::messenger::{Change, Intent};
use msnp6::model::{ListKind, Presence};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlInputElement, HtmlOptionElement};

use super::common::{added_by, handle, listed, presence};
use super::harness::{Page, check_focus, focused, key};

fn tab_stops(page: &Page) -> Vec<String> {
    let rows = page.get(".contacts").query_selector_all("[tabindex='0']");
    let rows = rows.unwrap();
    let label = |index| {
        let row: web_sys::Element = rows.item(index).unwrap().unchecked_into();
        row.get_attribute("aria-label").unwrap()
    };
    (0..rows.length()).map(label).collect()
}

#[wasm_bindgen_test]
async fn one_contact_is_in_the_order_of_the_tab_key_and_keys_lead_to_the_others() {
    let page = Page::signed_in().await;
    assert_eq!(tab_stops(&page), ["Bob, Offline", "More about Bob"]);
    page.button("Bob, Offline").focus().unwrap();
    for (name, expected) in [
        ("ArrowDown", "Carol, Offline"),
        ("End", "Dave, Offline"),
        ("ArrowDown", "Dave, Offline"),
        ("Home", "Bob, Offline"),
        ("ArrowUp", "Bob, Offline"),
    ] {
        assert!(page.key(&focused(), &key(name)).await, "{name}");
        check_focus(&page.button(expected));
    }
    for letter in ["d", "a"] {
        assert!(page.key(&focused(), &key(letter)).await, "{letter}");
        check_focus(&page.button("Dave, Offline"));
    }
    assert_eq!(tab_stops(&page), ["Dave, Offline", "More about Dave"]);
    let combination = key("c");
    combination.set_ctrl_key(true);
    assert!(
        !page.key(&focused(), &combination).await,
        "the browser's own"
    );
}

#[wasm_bindgen_test]
async fn the_focus_goes_with_a_contact_who_changes_the_group() {
    let page = Page::signed_in().await;
    page.button("Carol, Offline").focus().unwrap();
    page.event(presence("carol", Presence::Online)).await;
    check_focus(&page.button("Carol, Online"));
    page.event(presence("bob", Presence::Online)).await;
    check_focus(&page.button("Carol, Online"));
}

#[wasm_bindgen_test]
async fn what_is_typed_into_the_field_narrows_the_list_and_escape_clears_it() {
    let page = Page::signed_in().await;
    let field: HtmlInputElement = page.get(".people__find").unchecked_into();
    field.focus().unwrap();
    field.set_value("CAR");
    super::harness::fire_input(&field);
    super::harness::settle().await;
    assert!(page.find("[title='bob@example.com']").is_none());
    let status = page.get(".people [role=status]");
    assert_eq!(status.text_content().unwrap(), "1 found");
    assert!(
        !page.key(&field, &key("d")).await,
        "letters are the field's"
    );
    assert!(page.key(&field, &key("ArrowDown")).await);
    check_focus(&page.button("Carol, Offline"));
    assert!(page.key(&field, &key("Escape")).await);
    assert_eq!(field.value(), "");
    assert!(page.find("[title='bob@example.com']").is_some());
    assert_eq!(status.text_content().unwrap(), "");
}

#[wasm_bindgen_test]
async fn the_menu_of_a_contact_closes_by_a_click_beside_it_and_by_tab() {
    let page = Page::signed_in().await;
    page.press("More about Carol").await;
    page.get(".dialog__title").click();
    assert!(page.find("dialog").is_some(), "that was inside");
    page.get("dialog").click();
    super::harness::settle().await;
    assert!(page.find("dialog").is_none());
    check_focus(&page.button("More about Carol"));
    page.press("More about Carol").await;
    page.key(&focused(), &key("Tab")).await;
    assert!(page.find("dialog").is_none());
    page.press("Add a contact").await;
    page.get("dialog").click();
    super::harness::settle().await;
    assert!(page.find("dialog").is_some(), "what was typed is not lost");
}

#[wasm_bindgen_test]
async fn people_are_moved_to_the_other_list_by_the_button_below_theirs() {
    let page = Page::signed_in().await;
    for who in ["bob", "carol"] {
        page.event(listed(who, &[ListKind::Forward, ListKind::Allow]))
            .await;
    }
    page.press("Privacy").await;
    let carol: HtmlOptionElement = page
        .get("option[value='carol@example.com']")
        .unchecked_into();
    carol.set_selected(true);
    page.press("Block").await;
    let blocked = |page: &Page| {
        let intents = page.log.intents.borrow();
        matches!(&intents[..], [Intent::Change(Change::Block(who))] if *who == handle("carol"))
    };
    assert!(blocked(&page), "{:?}", page.log.intents);
    page.event(listed("carol", &[ListKind::Forward, ListKind::Block]))
        .await;
    assert!(page.find("#BL option[value='carol@example.com']").is_some());
    assert!(page.find(".spinner").is_none());
    page.press("Close").await;
    check_focus(&page.button("Privacy"));
}

#[wasm_bindgen_test]
async fn adding_as_well_is_ticked_until_the_user_takes_the_tick_away() {
    let page = Page::signed_in().await;
    page.event(added_by("zoe")).await;
    let mark: HtmlInputElement = page.get(".card input").unchecked_into();
    assert!(mark.checked());
    mark.click();
    page.event(added_by("yves")).await;
    assert!(!mark.checked(), "a rendering ticked it again");
    page.press("Allow").await;
    let intents = page.log.intents.borrow();
    assert!(
        matches!(&intents[..], [Intent::Change(Change::Allow(who))] if *who == handle("zoe")),
        "{intents:?}"
    );
}
