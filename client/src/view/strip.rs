//! The strip at the foot of the page: how the connection stands.

use yew::prelude::*;

use crate::store::{AppState, ConfigState, Phase};
use crate::text;

/// What [`Strip`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StripProps {
    /// In what state it is, for its colour.
    pub tone: &'static str,
    /// The words.
    pub words: AttrValue,
    /// The gateway's version, if known.
    #[prop_or_default]
    pub version: AttrValue,
}

impl StripProps {
    /// What the strip says of a state.
    pub fn of(state: &AppState) -> Self {
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
            words: words.into(),
            version: version.into(),
        }
    }
}

fn server(state: &AppState) -> &str {
    state.server.as_deref().unwrap_or("the server")
}

/// The strip.
#[component]
pub fn Strip(props: &StripProps) -> Html {
    html! {
        <footer class="strip">
            <div class="strip__connection" role="status" aria-label="Connection">
                <span class={classes!("dot", format!("dot--{}", props.tone))} aria-hidden="true" />
                <bdi>{ &props.words }</bdi>
            </div>
            if !props.version.is_empty() {
                <span class="strip__version">{ format!("Version {}", props.version) }</span>
            }
        </footer>
    }
}
