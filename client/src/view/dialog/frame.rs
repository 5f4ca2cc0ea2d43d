//! The frame of a window: opened as a modal one when it appears, closed by Escape.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use crate::view::Request;

/// What [`Frame`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct FrameProps {
    /// The accessible name, and the heading.
    pub title: AttrValue,
    /// How it looks.
    pub class: &'static str,
    /// What is inside.
    pub children: Html,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The frame.
#[component]
pub(super) fn Frame(props: &FrameProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        let dialog = node.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            begin_with_value(dialog);
            place_at_focus(dialog);
            // It fails only for one that is open, or gone.
            let _ = dialog.show_modal();
        }
        // To take it away would leave the focus nowhere; to close it gives the focus back.
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    let on_click = {
        let (node, on, is_menu) = (
            node.clone(),
            props.on.clone(),
            props.class == "dialog dialog--menu",
        );
        // The browser takes what lies around a window for a part of it.
        Callback::from(move |event: MouseEvent| {
            if is_menu && event.target() == node.get().map(Into::into) {
                on.emit(Request::CloseDialog);
            }
        })
    };
    let on_close = props.on.reform(|_: Event| Request::CloseDialog);
    html! {
        <dialog class={props.class} ref={node} aria-labelledby="dialog-title" onclose={on_close}
            onclick={on_click}>
            <h2 class="dialog__title" id="dialog-title"><bdi>{ &props.title }</bdi></h2>
            { props.children.clone() }
        </dialog>
    }
}

/// The text fields begin with a text, which the user then edits alone: no rendering may put it back.
fn begin_with_value(dialog: &HtmlDialogElement) {
    let fields = dialog.query_selector_all("input[data-begin]").ok();
    let field = |index| fields.as_ref()?.item(index)?.dyn_into().ok();
    for field in (0..).map_while(field) {
        let field: HtmlInputElement = field;
        field.set_value(&field.get_attribute("data-begin").unwrap_or_default());
    }
}

/// Tells the style sheet where the button is that opened the window, for a menu to appear there.
fn place_at_focus(dialog: &HtmlDialogElement) {
    let opener = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element());
    if let Some(opener) = opener.filter(|opener| opener.tag_name() == "BUTTON") {
        let place = opener.get_bounding_client_rect();
        let style = dialog.style();
        // Without them the style sheet has a place of its own.
        let _ = style.set_property("--x", &pixels(place.left()));
        let _ = style.set_property("--y", &pixels(place.bottom()));
    }
}

/// Whole pixels, since printing fractions would cost the page kilobytes.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a place on a screen, and a cast of a float saturates"
)]
fn pixels(length: f64) -> String {
    format!("{}px", length as i32)
}
