//! The open conversations, one button each. A wide page shows them; a narrow one has the list instead.

use yew::prelude::*;

use crate::store::ConversationKey;
use crate::view::Request;
use crate::view::parts::step_within;

/// The row of tabs: key, title and number of unread texts of each, and which one is in front.
pub fn tab_row(
    tabs: &[(ConversationKey, AttrValue, u32)],
    selected: Option<ConversationKey>,
    on: &Callback<Request>,
) -> Html {
    let tabs = tabs.iter().map(|(key, title, unread)| {
        let key = *key;
        let is_selected = selected == Some(key);
        let on_click = on
            .reform(move |_: MouseEvent| Request::ShowConversation(key));
        let class = classes!("tab", is_selected.then_some("tab--front"));
        html! {
            <li key={key.0} class="tabs__item">
                <button type="button" {class} onclick={on_click} aria-current={is_selected.then_some("true")}>
                    <span class="tab__title"><bdi>{ title }</bdi></span>
                    if *unread > 0 {
                        <span class="badge">
                            { unread }<span class="hidden">{ " unread" }</span>
                        </span>
                    }
                </button>
            </li>
        }
    });
    let on_key = Callback::from(|event: KeyboardEvent| {
        if !(event.ctrl_key() || event.alt_key() || event.meta_key()) {
            step_within(".tabs__list", ".tab", &event);
        }
    });
    html! {
        <nav class="tabs" aria-label="Open conversations">
            <ul class="tabs__list" role="list" onkeydown={on_key}>{ for tabs }</ul>
        </nav>
    }
}
