//! The browser's tab: its address, its title, whether it is looked at, and when it goes.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, File, VisibilityState};

/// The address that everything of the page is relative to.
pub(super) fn base() -> Option<String> {
    document()?.base_uri().ok().flatten()
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = document()
        && document.title() != title
    {
        document.set_title(title);
    }
}

/// Puts a text where other programs can paste it from, and tells whether the browser allowed it. Browsers
/// have no such place on pages that came over plain HTTP from another machine.
pub fn copy(text: &str, told: impl FnOnce(bool) + 'static) {
    let clipboard = web_sys::window()
        .filter(web_sys::Window::is_secure_context)
        .map(|window| window.navigator().clipboard());
    let Some(clipboard) = clipboard else {
        return told(false);
    };
    let copied = clipboard.write_text(text);
    spawn_local(async move { told(JsFuture::from(copied).await.is_ok()) });
}

/// The longest file that is read.
const MAX_FILE: f64 = 4e6;

/// Reads a file as text; `told` gets nothing when it is too long or cannot be read.
pub fn read_file(file: &File, told: impl FnOnce(Option<String>) + 'static) {
    if file.size() > MAX_FILE {
        return told(None);
    }
    let text = file.text();
    spawn_local(async move {
        let text = JsFuture::from(text).await.ok();
        told(text.and_then(|text| text.as_string()));
    });
}

/// Lets the browser ask whether the user really wants to leave, until it is dropped.
pub fn guard_leaving() -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(&window, "beforeunload", options, |event| {
        event.prevent_default();
    });
    Some(listener)
}

/// Watches the tab until it is dropped.
#[derive(Debug)]
pub struct PageEvents {
    _listeners: Vec<EventListener>,
}

impl PageEvents {
    /// `on_shown` is told whenever the tab comes before the user's eyes or leaves them, `on_leave` when
    /// the page is about to go.
    pub fn watch(on_shown: impl Fn(bool) + 'static, on_leave: impl Fn() + 'static) -> Self {
        let mut listeners = Vec::new();
        if let Some(document) = document() {
            let watched = document.clone();
            listeners.push(EventListener::new(
                &document,
                "visibilitychange",
                move |_| {
                    on_shown(watched.visibility_state() != VisibilityState::Hidden);
                },
            ));
        }
        if let Some(window) = web_sys::window() {
            listeners.push(EventListener::new(&window, "pagehide", move |_| on_leave()));
        }
        Self {
            _listeners: listeners,
        }
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
