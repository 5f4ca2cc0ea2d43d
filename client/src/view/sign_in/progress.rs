//! The steps of a sign-in with their times, and "Cancel".

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::store::Step;
use crate::text;
use crate::view::{IconShape, Request, icon};

/// What [`Progress`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ProgressProps {
    /// The steps so far.
    pub steps: Vec<Step>,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The list of steps.
#[component]
pub(super) fn Progress(props: &ProgressProps) -> Html {
    let cancel = use_node_ref();
    // The user just pressed "Sign in", which is gone: the next thing they may want is this.
    use_effect_with(cancel.clone(), |cancel| {
        if let Some(cancel) = cancel.cast::<HtmlElement>() {
            let _ = cancel.focus();
        }
    });
    let on_cancel = props.on.reform(|_: MouseEvent| Request::SignOut);
    let steps = props.steps.iter().enumerate().map(|(index, step)| {
        html! {
            <li key={index} class={classes!("step", step.took.is_some().then_some("step--done"))}>
                if step.took.is_some() {
                    { icon(IconShape::Check) }
                } else {
                    <span class="spinner" aria-hidden="true" />
                }
                <span>{ text::step(&step.step) }</span>
                // The style sheet counts the seconds of the one under way.
                if let Some(took) = step.took {
                    <span class="step__time">{ text::duration(took) }</span>
                }
            </li>
        }
    });
    html! {
        <div class="progress">
            <ol class="progress__steps" aria-label="Progress">{ for steps }</ol>
            <button type="button" class="button" ref={cancel} onclick={on_cancel}>{ "Cancel" }</button>
        </div>
    }
}
