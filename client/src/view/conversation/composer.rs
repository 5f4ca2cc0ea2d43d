//! Where I write. Enter sends, Shift+Enter begins a new line, and an input method's Enter does neither. A touch
//! screen's keyboard has no Shift+Enter: there Enter begins a new line, and the button sends.
//! The arrow up brings back what was sent before.

use core::cell::Cell;

use msnp6::messenger::TextFormat;
use web_sys::{HtmlElement, HtmlTextAreaElement, InputEvent, KeyboardEvent};
use yew::prelude::*;

use super::tools::tools;
use super::words::direction;
use crate::store::ConversationKey;
use crate::text;
use crate::view::{Request, has_precise_pointer, paint};

/// The key code that browsers give to every key press that an input method has taken for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// What [`Composer`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ComposerProps {
    /// In which conversation.
    pub key_: ConversationKey,
    /// What is typed so far.
    pub draft: AttrValue,
    /// Whether that repeats an earlier text of mine.
    pub is_recalled: bool,
    /// How my texts look.
    pub format: TextFormat,
    /// Whether codes such as `:)` are shown as drawings.
    pub has_emoticons: bool,
    /// Will refer to the text field.
    pub area: NodeRef,
    /// Whether something can be sent; if not, the draft can only be read and copied.
    pub is_live: bool,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The text field with its button and its tools.
#[component]
pub fn Composer(props: &ComposerProps) -> Html {
    let key = props.key_;
    let has_looks = use_state(|| false);
    let (room, told, is_short) = text::room(&props.draft);
    let can_send = props.is_live && is_sendable(&props.draft);
    // Whether what stands in the field is on its way already.
    let is_sent = use_memo((), |()| Cell::new(false));
    is_sent.set(false);
    let send = {
        let (on, area, is_live) = (props.on.clone(), props.area.clone(), props.is_live);
        let is_sent = is_sent.clone();
        Callback::from(move |()| {
            // What is rendered may be some keys behind: a busy page takes keys before it shows them.
            let text = area.cast::<HtmlTextAreaElement>().map(|area| area.value());
            let text = text.filter(|text| is_live && is_sendable(text));
            if let Some(text) = text
                && !is_sent.replace(true)
            {
                on.emit(Request::SendText { key, text });
            }
        })
    };
    let on_input = props.on.reform(move |event: InputEvent| {
        is_sent.set(false);
        let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        Request::EditDraft { key, text }
    });
    let on_key = {
        let (props, send) = (props.clone(), send.clone());
        Callback::from(move |event: KeyboardEvent| on_key(&props, &send, &event))
    };
    let on_submit = {
        let area = props.area.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            send.emit(());
            if let Some(area) = area.cast::<HtmlElement>() {
                // An element that cannot take the focus leaves it where it is.
                let _ = area.focus();
            }
        })
    };
    let area = props.area.clone();
    use_effect(move || paint(&area));
    let format = &props.format;
    html! {
        <form class="composer" onsubmit={on_submit}>
            if props.is_live {
                { tools(props, &has_looks) }
            }
            <textarea class="composer__area" data-effects={format.effects.code()} dir={direction(format)}
                data-look={text::look(format).unwrap_or_default()} ref={props.area.clone()} rows="2" aria-label="Message"
                aria-describedby="composer-room" aria-invalid={(!is_short).to_string()} autocomplete="off"
                readonly={!props.is_live} value={props.draft.clone()}
                oninput={on_input} onkeydown={on_key} />
            <button type="submit" class="button button--main composer__send" disabled={!can_send}>{ "Send" }</button>
            <p class="composer__room" id="composer-room">{ room }</p>
            // Told when it changes, which each key press would be too much for.
            <p class="hidden" role="status">{ told }</p>
        </form>
    }
}

fn is_sendable(text: &str) -> bool {
    let (.., is_short) = text::room(text);
    is_short && !text.trim().is_empty()
}

fn on_key(props: &ComposerProps, send: &Callback<()>, event: &KeyboardEvent) {
    let is_modified = event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key();
    if event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD {
        return;
    }
    match event.key().as_str() {
        "Enter" if !event.shift_key() && (is_modified || has_precise_pointer()) => {
            event.prevent_default();
            send.emit(());
        }
        name @ ("ArrowUp" | "ArrowDown") if !is_modified => {
            let is_older = name == "ArrowUp";
            if is_at_edge(props, is_older, event) {
                event.prevent_default();
                let key = props.key_;
                props.on.emit(Request::RecallText { key, is_older });
            }
        }
        _ => {}
    }
}

/// Whether an arrow has nowhere to go in the draft: it is empty, or repeats an earlier text and the
/// cursor is in its first line, or its last.
fn is_at_edge(props: &ComposerProps, is_first: bool, event: &KeyboardEvent) -> bool {
    let area: HtmlTextAreaElement = event.target_unchecked_into();
    let text = area.value();
    if text.is_empty() {
        return true;
    }
    let cursor = area.selection_start().ok().flatten().unwrap_or_default() as usize;
    let units = text.encode_utf16();
    let is_break = |unit: u16| unit == u16::from(b'\n');
    let has_break = if is_first {
        units.take(cursor).any(is_break)
    } else {
        units.skip(cursor).any(is_break)
    };
    props.is_recalled && !has_break
}
