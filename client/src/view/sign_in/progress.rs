//! The steps of a sign-in with their times, and "Cancel".

use gloo::timers::callback::Timeout;
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
                <span class="step__time">
                    if let Some(took) = step.took {
                        { text::duration(took) }
                    } else {
                        <Elapsed />
                    }
                </span>
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

/// How many whole seconds it has been on the page. Nothing until the first is over.
#[component]
fn Elapsed() -> Html {
    let seconds = use_state(|| 0_u32);
    let (setter, next) = (seconds.setter(), *seconds + 1);
    use_effect_with(next, move |_| {
        let tick = Timeout::new(1000, move || setter.set(next));
        move || drop(tick)
    });
    html! {
        if *seconds > 0 {
            { format!("{} s", *seconds) }
        }
    }
}
