//! What went wrong, and the way on.

use yew::prelude::*;

use crate::store::{ConfigState, Ending};
use crate::text::{self, Sentence};
use crate::view::{IconShape, Request, icon};

/// The alerts, or nothing: why there is no session, and why there is no configuration.
pub(super) fn alerts(
    ending: Option<&Ending>,
    config: &ConfigState,
    on: &Callback<Request>,
) -> Html {
    let on_retry = on.reform(|_: MouseEvent| Request::LoadConfig);
    let on_use_here = on.reform(|_: MouseEvent| Request::UseHere);
    html! {
        <>
            if let Some(ending) = ending {
                { alert(&text::ending(ending), html! {
                    if matches!(ending, Ending::OtherTab) {
                        <button type="button" class="button" onclick={on_use_here}>{ "Use it here" }</button>
                    }
                }) }
            }
            if let ConfigState::Failed(failure) = *config {
                { alert(&text::config_failure(failure), html! {
                    <button type="button" class="button" onclick={on_retry}>{ "Try again" }</button>
                }) }
            }
        </>
    }
}

fn alert(sentence: &Sentence, way_on: Html) -> Html {
    html! {
        <div class="alert" role="alert">
            { icon(IconShape::Warning) }
            <div>
                <p class="alert__what">{ &*sentence.what }</p>
                <p class="alert__next">{ &*sentence.next }</p>
                { way_on }
            </div>
        </div>
    }
}
