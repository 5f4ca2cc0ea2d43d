//! A person with their presence in shape and colour. The word stands beside it, never in it.

use msnp6::model::Presence;
use yew::prelude::*;

/// A head and shoulders with a badge, as large as a line of a list.
pub fn figure(presence: Presence) -> Html {
    draw_as(drawing(presence), None)
}

/// The same at nearly twice the size; `None` is somebody of whom nobody knows.
pub fn large_figure(presence: Option<Presence>) -> Html {
    draw_as(presence.map_or(UNKNOWN, drawing), Some("figure--large"))
}

/// Somebody of whom nobody knows how reachable they are.
pub fn unknown_figure() -> Html {
    draw_as(UNKNOWN, None)
}

fn draw_as((tone, body, badge): Drawing, size: Option<&'static str>) -> Html {
    html! {
        <svg class={classes!("figure", tone, size)} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <use href={body} />
            if let Some(badge) = badge {
                <use href={badge} />
            }
        </svg>
    }
}

/// A class, a body and a badge.
type Drawing = (&'static str, &'static str, Option<&'static str>);

const UNKNOWN: Drawing = ("figure--unknown", "#figure-hollow", None);

const fn drawing(presence: Presence) -> Drawing {
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
