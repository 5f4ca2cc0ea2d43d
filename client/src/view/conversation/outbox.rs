//! My texts that wait for a connection, below the transcript.

use yew::prelude::*;

use crate::store::Conversation;
use crate::view::Request;

/// The texts, each with the way back into the composer.
pub(super) fn outbox(conversation: &Conversation, on: &Callback<Request>) -> Html {
    if conversation.outbox.is_empty() {
        return Html::default();
    }
    let key = conversation.key;
    let texts = conversation.outbox.iter().map(|unsent| {
        let line = unsent.key;
        let on_click = on.reform(move |_: MouseEvent| Request::TakeBack { key, line });
        html! {
            <li key={line.0}>
                <div class="line__text" dir="auto">{ &unsent.text }</div>
                <p class="line__fate">
                    { "Waiting for the connection. " }
                    <button type="button" class="link" onclick={on_click}>{ "Take back" }</button>
                </p>
            </li>
        }
    });
    html! { <ul class="outbox" role="list" aria-label="Waiting texts" tabindex="0">{ for texts }</ul> }
}
