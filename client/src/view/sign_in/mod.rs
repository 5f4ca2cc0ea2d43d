//! The sign-in page: the form, the steps while it goes on, and what went wrong.

mod alert;
mod demo;
mod form;
mod progress;

use yew::prelude::*;

use super::Request;
use crate::store::{ConfigState, Phase, Remembered};
use alert::Alerts;
use form::Form;
use progress::Progress;

/// What [`SignIn`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SignInProps {
    /// How far it is.
    pub phase: Phase,
    /// What the gateway says about itself.
    pub config: ConfigState,
    /// The last sign-in: of this page, or as the browser remembers it.
    #[prop_or_default]
    pub last: Option<Remembered>,
    /// Whether the browser remembers it.
    #[prop_or_default]
    pub is_remembered: bool,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The page.
#[component]
pub fn SignIn(props: &SignInProps) -> Html {
    let SignInProps {
        phase,
        config,
        last,
        is_remembered,
        on,
    } = props;
    let (ending, steps) = match phase {
        Phase::SignedOut { ending } => (ending.clone(), None),
        Phase::SigningIn { steps } => (None, Some(steps.clone())),
        Phase::SignedIn => (None, None),
    };
    let is_busy = steps.is_some();
    html! {
        <div class="sign-in">
            <div class="sign-in__hero">
                <svg class="sign-in__people" viewBox="0 0 64 44" aria-hidden="true"><use href="#people" /></svg>
                <h1 class="sign-in__title">{ "Messenger" }</h1>
                <p class="sign-in__subtitle">{ "MSN Messenger in your browser" }</p>
            </div>
            <div class="sign-in__body">
                <Alerts {ending} config={config.clone()} on={on} />
                <Form config={config.clone()} last={last.clone()} is_remembered={*is_remembered} {is_busy} on={on} />
                if let Some(steps) = steps {
                    <Progress {steps} on={on} />
                }
                <p class="sign-in__promise">
                    { "Your password stays in this page. Only an MD5 answer to the server\u{2019}s question leaves it." }
                </p>
            </div>
        </div>
    }
}
