//! The list by keyboard: one row is in the order of the Tab key, and arrows, Home, End and first letters
//! lead to the others.

use core::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::view::parts::{elements, focus, step_among};

/// Moves the focus to the row that a key means, if it means one.
pub(super) fn step(list: &NodeRef, event: &KeyboardEvent) {
    let (Some(list), Some(target)) = (list.cast::<Element>(), element(event)) else {
        return;
    };
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let rows = rows(&list);
    if target.tag_name() != "INPUT" {
        let here = target.closest("li").ok().flatten();
        let here = rows.iter().position(|row| row.parent_element() == here);
        step_among(event, &rows, here, false);
    } else if event.key() == "ArrowDown" {
        event.prevent_default();
        focus(rows.first().cloned());
    }
}

/// Keeps exactly one row in the order of the Tab key, the one that had the focus last. It comes back to
/// a row that moved to another group while it had the focus. The rows themselves know nothing of this,
/// so that moving about renders nothing. Gives what the list has to call when the focus moves in it.
#[hook]
pub(super) fn use_one_tab_stop(list: &NodeRef) -> Callback<FocusEvent> {
    let last = use_memo((), |()| RefCell::new(None::<HtmlElement>));
    {
        let (list, last) = (list.clone(), last.clone());
        use_effect(move || {
            let Some(list) = list.cast::<Element>() else {
                return;
            };
            let gone = last.borrow().clone().filter(|last| !last.is_connected());
            let back = gone.and_then(|gone| find_again(&list, &gone));
            let stop = list.query_selector(".contact[tabindex='0']").ok().flatten();
            if let Some(row) = &back {
                focus(Some(row.clone()));
            } else if stop.is_none() {
                let current = list.query_selector(".contact[aria-current]").ok().flatten();
                let row = current.and_then(|row| row.dyn_into().ok());
                if let Some(row) = row.or_else(|| rows(&list).into_iter().next()) {
                    make_tab_stop(&list, &row);
                }
            }
        });
    }
    let list = list.clone();
    Callback::from(move |event: FocusEvent| {
        let row = element(&event).and_then(|target| target.closest("li").ok()?);
        let row = row.and_then(|row| row.query_selector(".contact").ok()?);
        let row: Option<HtmlElement> = row.and_then(|row| row.dyn_into().ok());
        if let (Some(list), Some(row)) = (list.cast::<Element>(), &row) {
            make_tab_stop(&list, row);
        }
        *last.borrow_mut() = row;
    })
}

/// The new row of somebody whose old one is gone, if the focus went with it.
fn find_again(list: &Element, gone: &HtmlElement) -> Option<HtmlElement> {
    let document = list.owner_document()?;
    if document.active_element()?.tag_name() != "BODY" {
        return None;
    }
    let who = gone.get_attribute("title");
    let mut rows = rows(list).into_iter();
    rows.find(|row| row.get_attribute("title") == who)
}

fn make_tab_stop(list: &Element, row: &HtmlElement) {
    for old in elements(list.query_selector_all("[tabindex='0']").ok()) {
        old.set_tab_index(-1);
    }
    let Some(item) = row.parent_element() else {
        return;
    };
    for button in elements(item.query_selector_all("button").ok()) {
        button.set_tab_index(0);
    }
}

fn rows(list: &Element) -> Vec<HtmlElement> {
    elements(list.query_selector_all(".contact").ok())
}

fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
