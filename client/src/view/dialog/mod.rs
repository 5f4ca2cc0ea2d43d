//! The window over the page. The browser keeps the focus inside of it and gives it back afterwards.

mod contact;
mod frame;
mod options;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::{Request, figure};
use crate::store::{AppState, ContactEntry, Dialog, DialogKind, Shared, select};
use crate::text;
use contact::{menu, properties};
use frame::Frame;
use options::options;

/// The window that is open, if any.
pub(super) fn dialog(state: &AppState, on: &Callback<Request>) -> Html {
    let shown = state
        .dialog
        .as_ref()
        .and_then(|dialog| shown(state, dialog, on));
    let Some((class, title, body)) = shown else {
        return Html::default();
    };
    html! { <Frame key={title.as_str()} {class} title={title.clone()} on={on}>{ body }</Frame> }
}

/// Its class, its title, and what is inside; nothing, when whom it is about is gone.
fn shown(
    state: &AppState,
    dialog: &Dialog,
    on: &Callback<Request>,
) -> Option<(&'static str, String, Html)> {
    let contact = |handle| state.contacts.as_ref()?.get(handle);
    let (title, body) = match &dialog.kind {
        DialogKind::Add => {
            let body = text_form(dialog, "email", "E-mail address", "Add", "", on);
            ("Add a contact".to_owned(), body)
        }
        DialogKind::Rename => {
            let name = state.account.as_ref().map_or("", |me| me.name.as_str());
            let body = text_form(dialog, "text", "Your name", "Rename", name, on);
            ("My name".to_owned(), body)
        }
        DialogKind::Remove(handle) => {
            let entry = contact(handle)?;
            (format!("Remove {}?", entry.label), remove(dialog, on))
        }
        DialogKind::Properties(handle) => {
            let entry = contact(handle)?;
            (
                format!("Properties of {}", entry.label),
                properties(entry, on),
            )
        }
        DialogKind::Invite(key) => {
            let conversation = state.conversations.get(*key)?;
            let people = select::invitable(state, conversation);
            let body = invite(dialog, &people, on);
            ("Invite someone".to_owned(), body)
        }
        DialogKind::Options => ("Options".to_owned(), options(state, on)),
        DialogKind::Menu(handle) => {
            let entry = contact(handle)?;
            return Some(("dialog dialog--menu", entry.label.clone(), menu(entry, on)));
        }
    };
    Some(("dialog", title, body))
}

fn remove(dialog: &Dialog, on: &Callback<Request>) -> Html {
    html! {
        <form class="dialog__form" onsubmit={on.reform(|event| answer(&event))}>
            <p>{ "They go from your list. Whether they may see and call you stays as it is." }</p>
            { outcome(dialog) }
            { buttons(Some("Remove"), "Cancel", on) }
        </form>
    }
}

/// A form with a box to tick for each of these people.
fn invite(dialog: &Dialog, people: &[Shared<ContactEntry>], on: &Callback<Request>) -> Html {
    if people.is_empty() {
        return html! {
            <div class="dialog__form">
                <p>{ "Nobody else on your list is online now." }</p>
                { buttons(None, "Close", on) }
            </div>
        };
    }
    let boxes = people.iter().map(|entry| {
        html! {
            <label class="check" key={entry.handle.as_str()}>
                <input type="checkbox" value={entry.handle.as_str().to_owned()} />
                { figure(entry.presence) }
                <span><bdi>{ &entry.label }</bdi>{ format!(" ({})", text::presence(entry.presence)) }</span>
            </label>
        }
    });
    html! {
        <form class="dialog__form" onsubmit={on.reform(|event| answer(&event))}>
            <div class="dialog__people">{ for boxes }</div>
            { outcome(dialog) }
            { buttons(Some("Invite"), "Cancel", on) }
        </form>
    }
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
    let has_fault = dialog.fault.is_some();
    html! {
        <form class="dialog__form" novalidate=true onsubmit={on.reform(|event| answer(&event))}>
            <div class="field">
                <label class="field__label" for="dialog-text">{ label }</label>
                <input class="field__box" id="dialog-text" type={kind} data-begin={value.to_owned()} autocomplete="off"
                    spellcheck="false" autocapitalize="none" readonly={dialog.pending.is_some()}
                    aria-invalid={has_fault.to_string()} aria-describedby="dialog-fault" />
                { outcome(dialog) }
            </div>
            { buttons(Some(button), "Cancel", on) }
        </form>
    }
}

/// What is wrong with the answer, or that it is being asked for.
fn outcome(dialog: &Dialog) -> Html {
    html! {
        <div id="dialog-fault" aria-live="polite">
            if let Some(fault) = &dialog.fault {
                <p class="field__fault">{ text::fault(fault) }</p>
            } else if dialog.pending.is_some() {
                <p class="dialog__wait">
                    <span class="spinner" aria-hidden="true" />{ "Asking the server\u{2026}" }
                </p>
            }
        </div>
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
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let ticked = form.query_selector_all("input:checked").ok();
    let value = |index| {
        let node = ticked.as_ref()?.item(index)?;
        Some(node.dyn_into::<HtmlInputElement>().ok()?.value())
    };
    Request::Answer {
        chosen: (0..).map_while(value).collect(),
        text: field.map(|field| field.value()).unwrap_or_default(),
    }
}
