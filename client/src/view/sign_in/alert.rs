//! What went wrong, and the way on.

use yew::prelude::*;

use crate::store::{ConfigState, Ending};
use crate::text::{self, Sentence};
use crate::view::{Icon, IconShape, Request};

/// What [`Alerts`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct AlertsProps {
    /// Why there is no session.
    pub ending: Option<Ending>,
    /// Whether the gateway said what it is.
    pub config: ConfigState,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The alerts, or nothing.
#[component]
pub(super) fn Alerts(props: &AlertsProps) -> Html {
    let on_retry = props.on.reform(|_: MouseEvent| Request::LoadConfig);
    html! {
        <>
            if let Some(ending) = &props.ending {
                { alert(&text::ending(ending), Html::default()) }
            }
            if let ConfigState::Failed(failure) = props.config {
                { alert(&text::config_failure(failure), html! {
                    <button type="button" class="button" onclick={on_retry}>{ "Try again" }</button>
                }) }
            }
        </>
    }
}

fn alert(sentence: &Sentence, way_on: Html) -> Html {
    html! {
        <div class="alert" role="alert">
            <Icon shape={IconShape::Warning} />
            <div>
                <p class="alert__what">{ &*sentence.what }</p>
                <p class="alert__next">{ &*sentence.next }</p>
                { way_on }
            </div>
        </div>
    }
}
