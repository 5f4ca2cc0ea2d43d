//! The strip at the foot of the page: how the connection stands.

use yew::prelude::*;

use super::Request;
use crate::store::{AppState, Comeback, ConfigState, Phase, Wait};
use crate::text;

/// What the strip says.
struct Words {
    /// In what state it is, for its colour.
    tone: &'static str,
    /// The words.
    connection: String,
    /// The gateway's version, if known.
    version: String,
}

impl Words {
    fn of(state: &AppState) -> Self {
        let (tone, words) = match &state.phase {
            Phase::SignedIn if !state.connection.has_network => ("away", offline(state)),
            Phase::SignedIn => ("online", format!("Connected to {}", server(state))),
            Phase::SigningIn { steps } => {
                let step = steps.last().map(|last| text::step(&last.step));
                let step = step.unwrap_or_else(|| "starting".to_owned());
                ("away", format!("Connecting to {}: {step}", server(state)))
            }
            Phase::Interrupted => ("away", interrupted(state.connection.comeback.as_ref())),
            Phase::SignedOut { ending: Some(_) } => ("busy", "Not connected".to_owned()),
            Phase::SignedOut { ending: None } => ("offline", "Not signed in".to_owned()),
        };
        let version = match &state.config {
            ConfigState::Ready(config) => config.version.clone(),
            ConfigState::Loading | ConfigState::Failed(_) => String::new(),
        };
        Self {
            tone,
            connection: words,
            version,
        }
    }
}

fn server(state: &AppState) -> &str {
    state.server.as_deref().unwrap_or("the server")
}

/// The device says so, which may be wrong: the messenger asks the server at that moment.
fn offline(state: &AppState) -> String {
    let server = server(state);
    format!("This device is offline. Checking whether {server} still answers\u{2026}")
}

/// What happened, and what comes next.
fn interrupted(comeback: Option<&Comeback>) -> String {
    let Some(Comeback { cause, wait }) = comeback else {
        return String::new();
    };
    let next = match wait {
        Wait::Network => return "You are offline; waiting for a network".to_owned(),
        Wait::Until { .. } => "Trying again",
        Wait::Due | Wait::Trying => "Connecting again\u{2026}",
    };
    format!("{} {next}", text::ending(cause).what)
}

/// How long it takes until the next try. Nobody wants to hear each second of it.
fn countdown(wait: Wait) -> Html {
    match wait {
        Wait::Until { seconds, .. } => {
            html! { <span aria-hidden="true">{ format!(" in {seconds} s") }</span> }
        }
        _ => Html::default(),
    }
}

/// What the user can do about the way back.
fn ways(wait: Wait, on: &Callback<Request>) -> Html {
    let on_now = on.reform(|_: MouseEvent| Request::TryNow);
    let on_stop = on.reform(|_: MouseEvent| Request::StopTrying);
    html! {
        <div class="strip__ways">
            if wait != Wait::Trying {
                <button type="button" class="button" onclick={on_now}>{ "Now" }</button>
            }
            <button type="button" class="button" onclick={on_stop}>{ "Stop" }</button>
        </div>
    }
}

/// The strip.
pub(super) fn strip(state: &AppState, on: &Callback<Request>) -> Html {
    let Words {
        tone,
        connection,
        version,
    } = Words::of(state);
    let wait = state.connection.comeback.as_ref().map(|it| it.wait);
    html! {
        <footer class="strip">
            <div class="strip__connection" role="status" aria-label="Connection">
                <span class={classes!("dot", format!("dot--{tone}"))} aria-hidden="true" />
                <p><bdi>{ connection }</bdi>{ wait.map(countdown) }</p>
            </div>
            { wait.map(|wait| ways(wait, on)) }
            if !version.is_empty() && wait.is_none() {
                <span class="strip__version">{ format!("Version {version}") }</span>
            }
        </footer>
    }
}
