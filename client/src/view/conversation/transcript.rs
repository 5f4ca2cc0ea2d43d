//! What was said. It stays at its end as long as the reader is there, and leaves them alone otherwise.

use core::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::Element;
use yew::prelude::*;

use super::block::Block;
use crate::store::{Conversation, LineBody, Shared};
use crate::view::Request;

/// How many lines are rendered as one block. Only blocks that changed are rendered anew.
const BLOCK: usize = 100;

/// How far from the end, in pixels, still counts as the end.
const NEAR_END: i32 = 48;

/// What [`Transcript`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TranscriptProps {
    /// Whose lines.
    pub conversation: Shared<Conversation>,
    /// What to call me.
    pub me: AttrValue,
    /// Whether something can be sent again.
    pub is_live: bool,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The log.
#[component]
pub fn Transcript(props: &TranscriptProps) -> Html {
    let lines = &props.conversation.lines;
    let log = use_node_ref();
    let is_at_end = use_memo((), |()| Cell::new(true));
    use_stay_at_end(&log, &is_at_end, props);
    let on_scroll = {
        let (log, is_at_end) = (log.clone(), is_at_end.clone());
        Callback::from(move |_: Event| {
            if let Some(log) = log.cast::<Element>() {
                is_at_end.set(distance_to_end(&log) <= NEAR_END);
            }
        })
    };
    let blocks = lines.chunks(BLOCK).enumerate().map(|(index, chunk)| {
        let before = (index * BLOCK).checked_sub(1).and_then(|at| lines.get(at));
        html! {
            <Block key={index} lines={chunk.to_vec()} before={before.map(|line| line.at.date)}
                conversation={props.conversation.key} me={&props.me} is_live={props.is_live} on={&props.on} />
        }
    });
    html! {
        <div class="log" role="log" aria-label="Messages" tabindex="0" ref={log} onscroll={on_scroll}>
            <p class="log__tip">
                { "Never give a password or the number of a card to anybody in a conversation." }
            </p>
            { for blocks }
        </div>
    }
}

/// Scrolls to the end when lines came while the reader was there, when the reader wrote, and when the
/// page changed its size.
#[hook]
fn use_stay_at_end(log: &NodeRef, is_at_end: &Rc<Cell<bool>>, props: &TranscriptProps) {
    let lines = &props.conversation.lines;
    let is_mine = lines
        .last()
        .is_some_and(|line| matches!(line.body, LineBody::Mine { .. }));
    let last = lines.last().map(|line| line.key);
    let to_end = {
        let (log, is_at_end) = (log.clone(), is_at_end.clone());
        move |is_wanted: bool| {
            if let Some(log) = log.cast::<Element>()
                && (is_wanted || is_at_end.get())
            {
                is_at_end.set(true);
                log.set_scroll_top(log.scroll_height());
            }
        }
    };
    let on_lines = to_end.clone();
    use_effect_with((last, props.conversation.clone()), move |_| on_lines(false));
    let on_mine = to_end.clone();
    use_effect_with(last, move |_| on_mine(is_mine));
    use_effect_with((), move |()| {
        let window = web_sys::window();
        let listener =
            window.map(|window| EventListener::new(&window, "resize", move |_| to_end(false)));
        move || drop(listener)
    });
}

fn distance_to_end(log: &Element) -> i32 {
    log.scroll_height() - log.client_height() - log.scroll_top()
}
