//! The question before something of mine is lost.

use yew::prelude::*;

use super::answer;
use crate::store::{AppState, ConversationKey, Losses, select};
use crate::text;
use crate::view::Request;

/// The title and the form. The focus begins on what loses nothing.
pub(super) fn leave(
    state: &AppState,
    which: Option<ConversationKey>,
    on: &Callback<Request>,
) -> (String, Html) {
    let conversation = which.and_then(|key| state.conversations.get(key));
    let title = conversation.map_or_else(
        || "Sign out?".to_owned(),
        |c| {
            let people = select::title(state.contacts.as_ref(), c);
            format!("Close the conversation with {people}?")
        },
    );
    let on_keep = on.reform(|_: MouseEvent| Request::CloseDialog);
    let body = html! {
        <form class="dialog__form" onsubmit={on.reform(|event| answer(&event))}>
            <p id="dialog-loss">{ text::losses(Losses::of(state, which)) }</p>
            <div class="dialog__buttons">
                <button type="submit" class="button">{ "Discard" }</button>
                <button type="button" class="button button--main" autofocus=true aria-describedby="dialog-loss"
                    onclick={on_keep}>{ "Keep" }</button>
            </div>
        </form>
    };
    (title, body)
}
