//! A person with their presence in shape and colour. The word stands beside it, never in it.

use msnp6::model::Presence;
use yew::prelude::*;

/// What [`Figure`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FigureProps {
    /// How reachable the person is.
    pub presence: Presence,
    /// Whether it is drawn at twice the size.
    #[prop_or_default]
    pub is_large: bool,
}

/// A head and shoulders with a badge.
#[component]
pub fn Figure(props: &FigureProps) -> Html {
    let (tone, body, badge) = drawing(props.presence);
    let class = classes!("figure", tone, props.is_large.then_some("figure--large"));
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <use href={body} />
            if let Some(badge) = badge {
                <use href={badge} />
            }
        </svg>
    }
}

/// The class, the body and the badge of a state.
const fn drawing(presence: Presence) -> (&'static str, &'static str, Option<&'static str>) {
    match presence {
        Presence::Online => ("figure--online", "#figure", None),
        Presence::Idle | Presence::BeRightBack | Presence::Away | Presence::OutToLunch => {
            ("figure--away", "#figure", Some("#badge-clock"))
        }
        Presence::Busy => ("figure--busy", "#figure", Some("#badge-bar")),
        Presence::OnThePhone => ("figure--busy", "#figure", Some("#badge-receiver")),
        Presence::AppearOffline | Presence::Offline => ("figure--offline", "#figure-hollow", None),
    }
}
