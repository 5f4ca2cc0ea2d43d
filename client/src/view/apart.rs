//! Conversations without a row in the list, for a narrow page, which has no tabs: without it whoever goes
//! back to the list would not find them again.

use yew::prelude::*;

use super::{Request, unknown_figure};
use crate::store::{AppState, select};

/// A button for each, above the contacts.
pub(super) fn apart(state: &AppState, on: &Callback<Request>) -> Html {
    let all = select::apart(state);
    if all.is_empty() {
        return Html::default();
    }
    let rows = all.iter().map(|conversation| {
        let key = conversation.key;
        let unread = conversation.unread;
        let on_click = on.reform(move |_: MouseEvent| Request::ShowConversation(key));
        let class = classes!("contact", (unread > 0).then_some("contact--unread"));
        let is_selected = state.windows.selected == Some(key);
        let picture = if conversation.partner().is_some() {
            unknown_figure()
        } else {
            html! { <svg class="figure" viewBox="0 0 64 44" aria-hidden="true"><use href="#people" /></svg> }
        };
        html! {
            <li key={key.0}>
                <button type="button" {class} onclick={on_click} aria-current={is_selected.then_some("true")}>
                    { picture }
                    <bdi class="contact__name">{ select::title(state.contacts.as_ref(), conversation) }</bdi>
                    if unread > 0 {
                        <span class="badge">{ unread }<span class="hidden">{ " unread" }</span></span>
                    }
                </button>
            </li>
        }
    });
    html! {
        <nav class="apart" aria-labelledby="apart">
            <h2 class="contacts__heading" id="apart">{ format!("Conversations ({})", all.len()) }</h2>
            <ul role="list">{ for rows }</ul>
        </nav>
    }
}
