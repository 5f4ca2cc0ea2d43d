//! The keys that work wherever the focus is.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Calls `on_help` at F1, until it is dropped. No single letter does anything everywhere: who speaks to a
/// computer says letters without meaning a key.
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
            if event.key() == "F1" {
                // The browser has a help of its own, about itself.
                event.prevent_default();
                on_help();
            }
        },
    ))
}
