//! The sign-in page: the form, the steps while it goes on, and what went wrong.

mod alert;
mod demo;
mod form;
mod progress;

use yew::prelude::*;

use super::Request;
use crate::store::{AppState, DialogKind, Pane, Phase};
use alert::alerts;
use form::Form;
use progress::Progress;

/// The page. The form begins with the last sign-in: of this page, or as the browser remembers it.
pub(super) fn sign_in(state: &AppState, on: &Callback<Request>) -> Html {
    let (ending, steps) = match &state.phase {
        Phase::SignedOut { ending } => (ending.as_ref(), None),
        Phase::SigningIn { steps } => (None, Some(steps.clone())),
        Phase::SignedIn | Phase::Interrupted => (None, None),
    };
    let last = state.last_form.clone().or_else(|| state.remembered.clone());
    let is_busy = steps.is_some();
    let focus = state.windows.focus;
    let focus = if focus.pane == Pane::List {
        focus.serial
    } else {
        0
    };
    html! {
        <div class="sign-in">
            <div class="sign-in__hero">
                <svg class="sign-in__people" viewBox="0 0 64 44" aria-hidden="true"><use href="#people" /></svg>
                <h1 class="sign-in__title">{ "Messenger" }</h1>
                <p class="sign-in__subtitle">{ "MSN Messenger in your browser" }</p>
            </div>
            <div class="sign-in__body">
                { alerts(ending, &state.config, on) }
                <Form config={state.config.clone()} {last} is_remembered={state.remembered.is_some()} {is_busy} {focus}
                    on={on} />
                if let Some(steps) = steps {
                    <Progress {steps} on={on} />
                }
                <p class="sign-in__promise">
                    { "Your password stays in this page. Only an MD5 answer to the server's question leaves it." }
                </p>
                { foot(on) }
            </div>
        </div>
    }
}

/// What can be looked at before one signs in.
fn foot(on: &Callback<Request>) -> Html {
    let link = |word: &'static str, request: fn() -> Request| {
        let on_click = on.reform(move |_: MouseEvent| request());
        html! { <button type="button" class="link" onclick={on_click}>{ word }</button> }
    };
    html! {
        <p class="sign-in__foot">
            { link("Help", || Request::Help) }
            { link("Replay a recording", || Request::OpenDialog(DialogKind::Replay)) }
            { link("Wire view", || Request::ShowWire(true)) }
        </p>
    }
}
