//! The last resort: when the page itself has a fault, it says so instead of standing still.

use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

/// From now on a panic is told to the user, and to the console with its place in the source. A panic
/// message of ours never holds a password or a text.
pub fn tell_the_user() {
    yew::set_custom_panic_hook(Box::new(|info: &PanicHookInfo<'_>| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        // Where even that fails, the console has to do.
        let _ = show();
    }));
}

/// Builds the message by hand: whatever else the page has may be in disorder.
fn show() -> Option<()> {
    let document = web_sys::window()?.document()?;
    let parent = document.body()?;
    let note = element(&document, "div", "mishap", "")?;
    note.set_attribute("role", "alert").ok()?;
    let what = element(
        &document,
        "p",
        "mishap__text",
        "Something went wrong in this page, and it cannot go on. Reload it and sign in again.",
    )?;
    // A link, because it works without any code of ours.
    let link = element(&document, "a", "button button--main", "Reload the page")?;
    link.set_attribute("href", "").ok()?;
    note.append_child(&what).ok()?;
    note.append_child(&link).ok()?;
    parent.append_child(&note).ok()?;
    Some(())
}

fn element(document: &Document, name: &str, class: &str, text: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    Some(element)
}
