//! Choosing a recording to be played, and the bar that says that one is.

use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::store::ReplayState;
use crate::view::Request;

/// The form for a text to be pasted or a file to be chosen; `outcome` says what is wrong with it.
pub(crate) fn replay_form(outcome: Html, buttons: Html, on: &Callback<Request>) -> Html {
    let on_submit = on.reform(|event: SubmitEvent| {
        event.prevent_default();
        let form: HtmlFormElement = event.target_unchecked_into();
        let area = form.query_selector("textarea").ok().flatten();
        let area = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok());
        Request::Replay(area.map(|area| area.value()).unwrap_or_default())
    });
    let on_file = {
        let on = on.clone();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                on.emit(Request::ReplayFile(file));
                // The same file can be chosen again, once it was corrected.
                field.set_value("");
            }
        })
    };
    html! {
        <form class="dialog__form" onsubmit={on_submit}>
            <p>
                { "See in this page what happened in a recorded session, such as a copy of the wire view. \
                   Nothing is sent anywhere, and nobody notices." }
            </p>
            <label class="field">
                <span class="field__label">{ "Recording" }</span>
                <textarea class="field__box replay__text" rows="8" spellcheck="false"
                    aria-describedby="dialog-fault" placeholder="[   0.000] ns-1       C: VER 1 MSNP6 \u{2026}" />
            </label>
            <label class="field">
                <span class="field__label">{ "Or a file" }</span>
                <input class="replay__file" type="file" accept=".txt,text/plain" onchange={on_file} />
            </label>
            { outcome }
            { buttons }
        </form>
    }
}

/// Nobody may take a recording for the present.
pub(crate) fn replay_bar(state: Option<ReplayState>, on: &Callback<Request>) -> Html {
    let words = match state {
        None => return Html::default(),
        Some(ReplayState::Playing) => " of a recording. Nothing is sent anywhere.",
        Some(ReplayState::Over) => " is over. This is how it ended.",
    };
    let on_click = on.reform(|_: MouseEvent| Request::StopReplay);
    html! {
        <div class="notice notice--replay" role="status">
            <p class="notice__text"><strong>{ "Replay" }</strong>{ words }</p>
            <button type="button" class="button" onclick={on_click}>{ "Stop the replay" }</button>
        </div>
    }
}
