//! The window over the page. The browser keeps the focus inside of it and gives it back afterwards.

mod frame;

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::Request;
use crate::store::{AppState, Dialog, DialogKind};
use crate::text;
use frame::Frame;

/// The window that is open, if any.
pub(super) fn dialog(state: &AppState, on: &Callback<Request>) -> Html {
    let Some(dialog) = &state.dialog else {
        return Html::default();
    };
    let (title, body) = match &dialog.kind {
        DialogKind::Add => (
            "Add a contact",
            text_form(dialog, "email", "E-mail address", "Add", "", on),
        ),
    };
    html! { <Frame key={title} {title} on={on}>{ body }</Frame> }
}

/// A form with one text field.
fn text_form(
    dialog: &Dialog,
    kind: &'static str,
    label: &'static str,
    button: &'static str,
    value: &str,
    on: &Callback<Request>,
) -> Html {
    let fault = dialog.fault.as_ref().map(text::fault);
    html! {
        <form class="dialog__form" novalidate=true onsubmit={on.reform(|event| answer(&event))}>
            <div class="field">
                <label class="field__label" for="dialog-text">{ label }</label>
                <input class="field__box" id="dialog-text" type={kind} ~defaultValue={value.to_owned()} autocomplete="off"
                    spellcheck="false" autocapitalize="none" readonly={dialog.pending.is_some()}
                    aria-invalid={fault.is_some().to_string()} aria-describedby="dialog-fault" />
                <div id="dialog-fault" aria-live="polite">
                    if let Some(fault) = fault {
                        <p class="field__fault">{ fault }</p>
                    } else if dialog.pending.is_some() {
                        <p class="dialog__wait">
                            <span class="spinner" aria-hidden="true" />{ "Asking the server\u{2026}" }
                        </p>
                    }
                </div>
            </div>
            { buttons(Some(button), "Cancel", on) }
        </form>
    }
}

/// The buttons at the foot: the one that does it, if any, and the one that closes the window.
fn buttons(main: Option<&'static str>, close: &'static str, on: &Callback<Request>) -> Html {
    let on_close = on.reform(|_: MouseEvent| Request::CloseDialog);
    html! {
        <div class="dialog__buttons">
            if let Some(main) = main {
                <button type="submit" class="button button--main">{ main }</button>
            }
            <button type="button" class="button" onclick={on_close}>{ close }</button>
        </div>
    }
}

/// What a form holds when it is sent.
fn answer(event: &SubmitEvent) -> Request {
    event.prevent_default();
    let form: Element = event.target_unchecked_into();
    let field = form.query_selector("#dialog-text").ok().flatten();
    let field =
        field.and_then(|field| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(field).ok());
    Request::Answer {
        text: field.map(|field| field.value()).unwrap_or_default(),
    }
}
