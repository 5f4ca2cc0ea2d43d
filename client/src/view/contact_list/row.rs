//! One contact: a button that opens the conversation, and one for all else.

use msnp6::model::Presence;
use yew::prelude::*;

use crate::store::{ContactEntry, DialogKind};
use crate::text;
use crate::view::{IconShape, Request, figure, icon, unknown_figure};

/// A row of the list: who, how many of their texts wait to be read, and whether the conversation with
/// them is in front. No component of its own: a thousand of those take longer than what they show.
pub(super) fn row(
    entry: &ContactEntry,
    unread: u32,
    is_selected: bool,
    is_mixed: bool,
    on: &Callback<Request>,
) -> Html {
    let presence = entry.presence;
    let word = text::status(entry);
    let picture = if entry.is_unknown {
        unknown_figure()
    } else {
        figure(presence)
    };
    // A heading says it already for those who are simply there or not there, and when nobody knows.
    let has_heading = !is_mixed && matches!(presence, Presence::Online | Presence::Offline);
    let handle = entry.handle.clone();
    let on_click = on.reform(move |_: MouseEvent| Request::OpenConversation(handle.clone()));
    let handle = entry.handle.clone();
    let on_more = on.reform(move |event: MouseEvent| {
        event.prevent_default();
        Request::OpenDialog(DialogKind::Menu(handle.clone()))
    });
    let is_blocked = entry.is_blocked();
    let described = (unread > 0 || is_blocked).then(|| format!("more-{}", entry.handle.as_str()));
    let class = classes!(
        "contact",
        (!entry.presence.is_reachable()).then_some("contact--offline"),
        (unread > 0).then_some("contact--unread"),
    );
    html! {
        <li key={entry.handle.as_str()} oncontextmenu={on_more.clone()}>
            <button type="button" {class} tabindex="-1" onclick={on_click} title={entry.handle.as_str().to_owned()}
                aria-label={format!("{}, {word}", entry.label)} aria-describedby={described.clone()}
                aria-current={is_selected.then_some("true")}>
                { picture }
                <bdi class="contact__name">{ &entry.label }</bdi>
                if !has_heading {
                    <span class="contact__presence">{ format!("({word})") }</span>
                }
                if is_blocked {
                    <span class="contact__presence contact__blocked" data-word="Blocked">
                        { icon(IconShape::Blocked) }
                    </span>
                }
                if unread > 0 {
                    <span class="badge" data-word={unread.to_string()} />
                }
            </button>
            // What is said in a button has to be in its name: these are only shown there, and said here.
            if described.is_some() {
                <span hidden=true id={described}>
                    if is_blocked { { "Blocked " } }
                    if unread > 0 { { unread }{ " unread" } }
                </span>
            }
            <button type="button" class="button button--icon contact__more" tabindex="-1" onclick={on_more}
                aria-haspopup="dialog" aria-label={format!("More about {}", entry.label)} />
        </li>
    }
}
