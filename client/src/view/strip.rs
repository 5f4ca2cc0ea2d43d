//! The strip at the foot of the page: how the connection stands.

use yew::prelude::*;

use crate::store::{AppState, ConfigState, Phase};
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
            Phase::SignedIn => ("online", format!("Connected to {}", server(state))),
            Phase::SigningIn { steps } => {
                let step = steps.last().map(|last| text::step(&last.step));
                let step = step.unwrap_or_else(|| "starting".to_owned());
                ("away", format!("Connecting to {}: {step}", server(state)))
            }
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

/// The strip.
pub(super) fn strip(state: &AppState) -> Html {
    let Words {
        tone,
        connection,
        version,
    } = Words::of(state);
    html! {
        <footer class="strip">
            <div class="strip__connection" role="status" aria-label="Connection">
                <span class={classes!("dot", format!("dot--{tone}"))} aria-hidden="true" />
                <bdi>{ connection }</bdi>
            </div>
            if !version.is_empty() {
                <span class="strip__version">{ format!("Version {version}") }</span>
            }
        </footer>
    }
}
