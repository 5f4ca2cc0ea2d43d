//! Where I write. Enter sends, Shift+Enter begins a new line, and an input method's Enter does neither.

use web_sys::{HtmlElement, HtmlTextAreaElement, InputEvent, KeyboardEvent};
use yew::prelude::*;

use crate::store::ConversationKey;
use crate::text;
use crate::view::Request;

/// From how many bytes of room on the page says how many are left.
const ROOM_SHOWN: isize = 200;

/// The key code that browsers give to every key press that an input method has taken for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// What [`Composer`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ComposerProps {
    /// In which conversation.
    pub key_: ConversationKey,
    /// What is typed so far.
    pub draft: AttrValue,
    /// Will refer to the text field.
    pub area: NodeRef,
    /// Whether something can be sent; if not, the draft can only be read and copied.
    pub is_live: bool,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The text field with its button.
#[component]
pub fn Composer(props: &ComposerProps) -> Html {
    let key = props.key_;
    let room = text::room_left(&props.draft);
    let can_send = props.is_live && room >= 0 && !props.draft.trim().is_empty();
    let on_input = props.on.reform(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        Request::EditDraft { key, text }
    });
    let on_key = {
        let on = props.on.clone();
        let draft = props.draft.clone();
        Callback::from(move |event: KeyboardEvent| {
            if !is_send(&event) {
                return;
            }
            event.prevent_default();
            if can_send {
                let text = draft.to_string();
                on.emit(Request::SendText { key, text });
            }
        })
    };
    let on_submit = {
        let (on, draft, area) = (props.on.clone(), props.draft.clone(), props.area.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if can_send {
                let text = draft.to_string();
                on.emit(Request::SendText { key, text });
            }
            if let Some(area) = area.cast::<HtmlElement>() {
                // An element that cannot take the focus leaves it where it is.
                let _ = area.focus();
            }
        })
    };
    html! {
        <form class="composer" onsubmit={on_submit}>
            <textarea class="composer__area" ref={props.area.clone()} rows="2" aria-label="Message"
                aria-describedby="composer-room" aria-invalid={(room < 0).to_string()} autocomplete="off"
                enterkeyhint="send" readonly={!props.is_live} value={props.draft.clone()}
                oninput={on_input} onkeydown={on_key} />
            <button type="submit" class="button button--main composer__send" disabled={!can_send}>{ "Send" }</button>
            <p class="composer__room" id="composer-room">{ room_words(room) }</p>
        </form>
    }
}

fn is_send(event: &KeyboardEvent) -> bool {
    event.key() == "Enter"
        && !event.shift_key()
        && !event.is_composing()
        && event.key_code() != TAKEN_BY_INPUT_METHOD
}

fn room_words(room: isize) -> String {
    match room {
        ..0 => format!(
            "Too long for one message by {}. Shorten it, or send it in parts.",
            room.unsigned_abs()
        ),
        0..ROOM_SHOWN => format!("{room} left"),
        _ => String::new(),
    }
}
