//! The keys that work wherever the focus is.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Calls `on_help` at F1, and at `?` outside of text fields, until it is dropped.
pub fn watch_help_key(on_help: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(
        &window,
        "keydown",
        options,
        move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let is_help = match event.key().as_str() {
                "F1" => true,
                "?" => !is_written_into(event),
                _ => false,
            };
            if is_help {
                // The browser has a help of its own, about itself.
                event.prevent_default();
                on_help();
            }
        },
    ))
}

fn is_written_into(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches("input, textarea, select").unwrap_or(true))
}
