//! Somebody has added me: a card over the list that asks what to do. It takes no focus and stops nothing.

use msnp6::messenger::Participant;
use web_sys::Element;
use yew::prelude::*;

use super::{Decision, Request};
use crate::store::{AppState, label};

/// A box that is ticked at first and then the user's alone: as markup, since no rendering ticks that again.
const TICKED: &str = "<input type=\"checkbox\" checked>";

/// The way to the card for who reads a conversation on a narrow page, where the list is out of sight.
pub(super) fn added_by_bar(state: &AppState, on: &Callback<Request>) -> Html {
    let Some(who) = state.adders.first() else {
        return Html::default();
    };
    let on_click = on.reform(|_: MouseEvent| Request::ShowList);
    html! {
        <div class="notice notice--adder" role="status">
            <p class="notice__text"><bdi>{ label(&who.name, &who.handle) }</bdi>{ " has added you" }</p>
            <button type="button" class="button button--quiet" onclick={on_click}>{ "Show" }</button>
        </div>
    }
}

/// The card of whoever waits longest; the others come after it.
pub(super) fn added_by(state: &AppState, on: &Callback<Request>) -> Html {
    html! {
        <div aria-live="polite">
            if let Some(who) = state.adders.first() {
                { card(who, state, on) }
            }
        </div>
    }
}

fn card(who: &Participant, state: &AppState, on: &Callback<Request>) -> Html {
    let handle = who.handle.clone();
    let on_allow = on.reform(move |event: SubmitEvent| {
        event.prevent_default();
        let form: Element = event.target_unchecked_into();
        let is_added = form
            .query_selector("input:checked")
            .ok()
            .flatten()
            .is_some();
        Request::Decide {
            handle: handle.clone(),
            decision: if is_added {
                Decision::AllowAndAdd
            } else {
                Decision::Allow
            },
        }
    });
    let handle = who.handle.clone();
    let on_block = on.reform(move |_: MouseEvent| Request::Decide {
        handle: handle.clone(),
        decision: Decision::Block,
    });
    let waiting = state.adders.len() - 1;
    html! {
        <div class="card" key={who.handle.as_str()} role="dialog" aria-labelledby="added-by">
        <form onsubmit={on_allow}>
            <h2 class="card__title" id="added-by"><bdi>{ label(&who.name, &who.handle) }</bdi>{ " has added you" }</h2>
            <p>{ who.handle.as_str() }{ " wants to see when you are online and to write to you." }</p>
            if !state.is_contact(&who.handle) {
                <label class="check">
                    { Html::from_html_unchecked(TICKED.into()) }
                    <span>{ "Also add them to my contacts" }</span>
                </label>
            }
            <div class="dialog__buttons">
                <button type="submit" class="button button--main">{ "Allow" }</button>
                <button type="button" class="button" onclick={on_block}>{ "Block" }</button>
            </div>
            if waiting > 0 {
                <p class="card__note">{ format!("{waiting} more waiting") }</p>
            }
        </form>
        </div>
    }
}
