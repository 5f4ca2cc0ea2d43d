//! The way back to the end of a transcript, for a reader who went away from it. It watches the scrolling
//! itself, so that nothing of the transcript is rendered for it.

use core::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::store::{LineBody, LineKey, Lines};
use crate::view::{IconShape, icon};

/// How far from the end, in pixels, still counts as the end.
const NEAR_END: i32 = 48;

/// What [`Newest`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct NewestProps {
    /// The lines.
    pub lines: Lines,
    /// The element that scrolls.
    pub log: NodeRef,
    /// Where to note whether the reader is at the end.
    pub is_at_end: Rc<Cell<bool>>,
}

/// A button, while there is a way to go.
#[component]
pub(super) fn Newest(props: &NewestProps) -> Html {
    // The newest line when the reader went away from the end.
    let left_at = use_state(|| None::<LineKey>);
    let newest = props.lines.last().map(|line| line.key);
    let latest = use_memo((), |()| Cell::new(None));
    let is_away = use_memo((), |()| Cell::new(false));
    latest.set(newest);
    {
        let (is_at_end, left_at) = (props.is_at_end.clone(), left_at.setter());
        use_effect_with(props.log.clone(), move |log| {
            let listener = log.cast::<Element>().map(|log| {
                let scrolled = log.clone();
                EventListener::new(&log, "scroll", move |_| {
                    let is_near = distance_to_end(&scrolled) <= NEAR_END;
                    is_at_end.set(is_near);
                    if is_away.replace(!is_near) == is_near {
                        left_at.set(latest.get().filter(|_| !is_near));
                    }
                })
            });
            move || drop(listener)
        });
    }
    let Some(left_at) = *left_at else {
        return Html::default();
    };
    let since = props.lines.iter().rev().take_while(|it| it.key > left_at);
    let count = since
        .filter(|line| matches!(line.body, LineBody::Theirs { .. }))
        .count();
    let log = props.log.clone();
    let on_click = Callback::from(move |_: MouseEvent| {
        if let Some(log) = log.cast::<HtmlElement>() {
            log.set_scroll_top(log.scroll_height());
            // The button goes; an element that cannot take the focus leaves it where it is.
            let _ = log.focus();
        }
    });
    html! {
        <button type="button" class="button button--chip transcript__newest" onclick={on_click}>
            { icon(IconShape::Down) }
            { "Jump to newest" }
            if count > 0 {
                <span class="badge">{ count }<span class="hidden">{ " new" }</span></span>
            }
        </button>
    }
}

fn distance_to_end(log: &Element) -> i32 {
    log.scroll_height() - log.client_height() - log.scroll_top()
}
