//! The window over the page. The browser keeps the focus inside of it and gives it back afterwards.

mod contact;
mod frame;
mod leave;
mod options;
mod own_data;
mod privacy;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::help::help;
use super::wire_view::replay_form;
use super::{Answer, Request, figure};
use crate::store::{AppState, ContactEntry, Dialog, DialogKind, Phase, Shared, select};
use crate::text;
use contact::{menu, properties};
use frame::Frame;
use leave::leave;
use options::options;
use own_data::own_data;
use privacy::privacy;

/// The window that is open, if any.
pub(crate) fn dialog(state: &AppState, on: &Callback<Request>) -> Html {
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
            let field = text_field(dialog, "email", "E-mail address", "");
            ("Add a contact".to_owned(), form(dialog, "Add", field, on))
        }
        DialogKind::Rename => {
            let title = "My name and numbers".to_owned();
            (title, own_data(state, dialog, on))
        }
        DialogKind::Remove(handle) => {
            let entry = contact(handle)?;
            (
                format!("Remove {}?", entry.label),
                remove(entry, dialog, on),
            )
        }
        DialogKind::Properties(handle) => {
            let entry = select::person(state, handle)?;
            (
                format!("Properties of {}", entry.label),
                properties(&entry, on),
            )
        }
        DialogKind::Invite(key) => {
            let conversation = state.conversations.get(*key)?;
            let people = select::invitable(state, conversation);
            let is_away = state.phase == Phase::Interrupted;
            let body = invite(dialog, &people, is_away, on);
            ("Invite someone".to_owned(), body)
        }
        DialogKind::Privacy => ("Privacy".to_owned(), privacy(state, dialog, on)),
        DialogKind::Options => ("Options".to_owned(), options(state, on)),
        DialogKind::OtherTab(handle) => {
            let body = html! { <p>{ text::OTHER_TAB_NEXT }</p> };
            let title = format!("Messenger is open in another tab as {handle}");
            (title, form(dialog, "Use it here", body, on))
        }
        DialogKind::Leave(which) => leave(state, *which, on),
        DialogKind::Replay => {
            let buttons = buttons(Some("Replay"), "Cancel", on);
            let body = replay_form(outcome(dialog), buttons, on);
            ("Replay a recording".to_owned(), body)
        }
        DialogKind::Help => {
            let body = html! {
                <div class="dialog__form">{ help() }{ buttons(None, "Close", on) }</div>
            };
            return Some(("dialog dialog--wide", "Help".to_owned(), body));
        }
        DialogKind::Menu(handle) => {
            let entry = select::person(state, handle)?;
            return Some(("dialog dialog--menu", entry.label.clone(), menu(&entry, on)));
        }
    };
    Some(("dialog", title, body))
}

fn remove(entry: &ContactEntry, dialog: &Dialog, on: &Callback<Request>) -> Html {
    let body = html! {
        <>
            <p>{ "They go from your list. Whether they may see and call you stays as it is." }</p>
            if !entry.is_blocked() {
                <label class="check">
                    <input type="checkbox" value="block" />
                    <span>{ "Also block them" }</span>
                </label>
            }
        </>
    };
    form(dialog, "Remove", body, on)
}

/// A form with a box to tick for each of these people, and a field for the address of anybody else.
fn invite(
    dialog: &Dialog,
    people: &[Shared<ContactEntry>],
    is_away: bool,
    on: &Callback<Request>,
) -> Html {
    let nobody = if is_away {
        text::AWAY
    } else {
        "Nobody else on your list is online now."
    };
    let boxes = people.iter().map(|entry| {
        html! {
            <label class="check" key={entry.handle.as_str()}>
                <input type="checkbox" value={entry.handle.as_str().to_owned()} />
                { figure(entry.presence) }
                <span><bdi>{ &entry.label }</bdi>{ format!(" ({})", text::presence(entry.presence)) }</span>
            </label>
        }
    });
    let body = html! {
        <>
            if people.is_empty() {
                <p>{ nobody }</p>
            } else {
                <div class="dialog__people">{ for boxes }</div>
            }
            { text_field(dialog, "email", "Somebody else\u{2019}s e-mail address", "") }
        </>
    };
    form(dialog, "Invite", body, on)
}

/// A form, what became of it, and its buttons.
fn form(dialog: &Dialog, button: &'static str, body: Html, on: &Callback<Request>) -> Html {
    html! {
        <form class="dialog__form" novalidate=true onsubmit={on.reform(|event| answer(&event))}>
            { body }
            { outcome(dialog) }
            { buttons(Some(button), "Cancel", on) }
        </form>
    }
}

/// A text field. Its label is its name.
fn text_field(dialog: &Dialog, kind: &'static str, label: &'static str, value: &str) -> Html {
    html! {
        <label class="field">
            <span class="field__label">{ label }</span>
            <input class="field__box" id={(kind != "tel").then_some("dialog-text")} type={kind} data-begin={value.to_owned()} autocomplete="off"
                spellcheck="false" autocapitalize="none" readonly={!dialog.pending.is_empty()}
                aria-invalid={(!dialog.faults.is_empty()).to_string()} aria-describedby="dialog-fault" />
        </label>
    }
}

/// What is wrong with the answer, or that it is being asked for.
fn outcome(dialog: &Dialog) -> Html {
    let faults = dialog.faults.iter().map(|fault| {
        html! { <p class="field__fault">{ text::fault(fault) }</p> }
    });
    html! {
        <div id="dialog-fault" aria-live="polite">
            if dialog.pending.is_empty() {
                { for faults }
            } else {
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
    let all = |selector, read: fn(Element) -> Option<String>| {
        let found = form.query_selector_all(selector).ok();
        let element = |index| found.as_ref()?.item(index)?.dyn_into().ok();
        let elements = (0..).map_while(element);
        elements.filter_map(read).collect()
    };
    let value = |element: Element| element.get_attribute("value");
    let button = event.submitter().and_then(|button| value(button.into()));
    Request::Answer(Answer {
        texts: all(".field__box", |field| {
            Some(field.dyn_into::<HtmlInputElement>().ok()?.value())
        }),
        chosen: all(":checked", value),
        button: button.unwrap_or_default(),
    })
}
