//! Who may see and call me: the allow list and the block list, and who has me in theirs.

use msnp6::model::{ListKind, PrivacyDefault, ReverseListPrompt};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{answer, buttons, outcome};
use crate::store::{AppState, Dialog, OTHERS, select};
use crate::text;
use crate::view::{Answer, Request, more};

/// Two lists with a button each, which moves who is chosen to the other one.
pub(super) fn privacy(state: &AppState, dialog: &Dialog, on: &Callback<Request>) -> Html {
    let others_are_in = state.privacy == PrivacyDefault::Allow;
    html! {
        <form class="dialog__form" onsubmit={on.reform(|event| answer(&event))}>
            <div class="privacy">
                { list(state, ListKind::Allow, others_are_in, ("block", "Block")) }
                { list(state, ListKind::Block, !others_are_in, ("allow", "Allow")) }
            </div>
            { outcome(dialog) }
            { ask_me(state, dialog, on) }
            { reverse(state, on) }
            { buttons(None, "Close", on) }
        </form>
    }
}

/// One list, with "All others" in it or not.
fn list(
    state: &AppState,
    kind: ListKind,
    has_others: bool,
    (value, word): (&'static str, &'static str),
) -> Html {
    let people = select::on_list(state, kind);
    let people = people.iter().map(|entry| {
        let handle = entry.handle.as_str();
        html! { <option key={handle} value={handle.to_owned()} title={handle.to_owned()}>{ &entry.label }</option> }
    });
    let id = kind.code();
    html! {
        <div class="privacy__list">
            <label class="field__label" for={id}>{ text::privacy(kind) }</label>
            <select class="field__box privacy__people" {id} multiple=true size="7">
                if has_others {
                    <option key={OTHERS} value={OTHERS}>{ "All others" }</option>
                }
                { for people }
            </select>
            <button type="submit" class="button" {value}>{ word }</button>
        </div>
    }
}

/// Shown as it will be: whether the server takes it is told above.
fn ask_me(state: &AppState, dialog: &Dialog, on: &Callback<Request>) -> Html {
    use msnp6::messenger::Change;
    let asked = dialog.pending.iter().rev().find_map(|change| match change {
        Change::Prompt(prompt) => Some(*prompt),
        _ => None,
    });
    let is_asking = asked.unwrap_or(state.prompt) == ReverseListPrompt::Ask;
    let on_change = on.reform(|event: Event| {
        let is_asking = event.target_unchecked_into::<HtmlInputElement>().checked();
        Request::Answer(Answer {
            button: if is_asking { "ask" } else { "never" }.to_owned(),
            ..Answer::default()
        })
    });
    html! {
        <label class="check">
            <input type="checkbox" checked={is_asking} onchange={on_change} />
            <span>{ "Ask me when somebody adds me" }</span>
        </label>
    }
}

/// Who has me in their list.
fn reverse(state: &AppState, on: &Callback<Request>) -> Html {
    let people = select::on_list(state, ListKind::Reverse);
    let rows = people.iter().map(|entry| {
        html! {
            <li key={entry.handle.as_str()}>
                <span><bdi>{ &entry.label }</bdi>{ " " }<span class="privacy__handle">{ entry.handle.as_str() }</span></span>
                { more(&entry.handle, &entry.label, on) }
            </li>
        }
    });
    html! {
        <details>
            <summary>{ format!("Who has me in their list ({})", people.len()) }</summary>
            <ul class="dialog__people privacy__reverse" role="list">{ for rows }</ul>
        </details>
    }
}
