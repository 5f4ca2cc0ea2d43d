//! What was said. It stays at its end as long as the reader is there, and leaves them alone otherwise.
//!
//! Lines are rendered in blocks, and only blocks that changed are rendered anew. Of a long transcript the
//! end is there at once, and the rest follows block by block, so that nothing ever waits for it.

use core::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use super::block::Block;
use crate::store::{ConversationKey, LineBody, LineKey, Lines};
use crate::view::{IconShape, Request, icon, paint};

/// How many lines are rendered as one block. Keys decide, so that a line that goes moves no other one
/// into another block.
const BLOCK: u32 = 25;

/// How many more of them are rendered each time, until all are.
const BLOCKS_AT_ONCE: usize = 4;

/// How far from the end, in pixels, still counts as the end.
const NEAR_END: i32 = 48;

/// What [`Transcript`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TranscriptProps {
    /// Whose lines.
    pub conversation: ConversationKey,
    /// The lines.
    pub lines: Lines,
    /// The first one that came in unseen.
    pub fresh: Option<LineKey>,
    /// What to call me.
    pub me: AttrValue,
    /// Whether something can be sent again.
    pub is_live: bool,
    /// Whether the server confirms texts at all, as far as it has shown.
    pub confirms: bool,
    /// Whether codes such as `:)` are shown as drawings.
    pub has_emoticons: bool,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// What the reader has before them.
#[derive(Clone, Copy, PartialEq)]
struct Sight {
    /// How many blocks are rendered, from the end.
    blocks: usize,
    /// The newest line when the reader went away from the end.
    left_at: Option<LineKey>,
}

/// The log.
#[component]
pub fn Transcript(props: &TranscriptProps) -> Html {
    let lines = &props.lines;
    let log = use_node_ref();
    let is_at_end = use_memo((), |()| Cell::new(true));
    let sight = use_state(|| Sight {
        blocks: 2 * BLOCKS_AT_ONCE,
        left_at: None,
    });
    let of_block = |key: LineKey| key.0 / BLOCK;
    let blocks = lines.chunk_by(|a, b| of_block(a.key) == of_block(b.key));
    let blocks: Vec<_> = blocks.collect();
    let hidden = blocks.len().saturating_sub(sight.blocks);
    use_stay_at_end(&log, &is_at_end, props, sight.blocks);
    use_effect_with((hidden > 0, sight.clone()), |(is_more, sight)| {
        let sight = sight.clone();
        let next = is_more.then(|| {
            Timeout::new(1, move || {
                let blocks = sight.blocks + BLOCKS_AT_ONCE;
                sight.set(Sight { blocks, ..*sight });
            })
        });
        move || drop(next)
    });
    let on_scroll = {
        let (log, is_at_end, sight) = (log.clone(), is_at_end.clone(), sight.clone());
        let newest = lines.last().map(|line| line.key);
        Callback::from(move |_: Event| {
            let Some(log) = log.cast::<Element>() else {
                return;
            };
            let is_near = distance_to_end(&log) <= NEAR_END;
            is_at_end.set(is_near);
            if is_near != sight.left_at.is_none() {
                let left_at = newest.filter(|_| !is_near);
                sight.set(Sight { left_at, ..*sight });
            }
        })
    };
    let shown = blocks.iter().enumerate().skip(hidden).map(|(index, block)| {
        let before = index.checked_sub(1).and_then(|at| blocks[at].last());
        let first = block.first().map(|line| line.key).unwrap_or_default();
        let fresh = props.fresh.filter(|key| block.iter().any(|line| line.key == *key));
        html! {
            <Block key={of_block(first)} lines={block.to_vec()} before={before.map(|line| line.at.date)} {fresh}
                conversation={props.conversation} me={&props.me} is_live={props.is_live} confirms={props.confirms}
                has_emoticons={props.has_emoticons} on={&props.on} />
        }
    });
    html! {
        <div class="transcript">
            // Its news is told elsewhere, once and as "name: text"; here it would be told with all around it.
            <div class="log" role="log" aria-label="Messages" aria-live="off" tabindex="0" ref={log.clone()}
                onscroll={on_scroll}>
                <p class="log__tip">
                    { "Never give a password or the number of a card to anybody in a conversation." }
                </p>
                { for shown }
            </div>
            if let Some(left_at) = sight.left_at {
                { to_newest(lines, left_at, log) }
            }
        </div>
    }
}

/// The way back to the end, with the number of texts that came since.
fn to_newest(lines: &Lines, left_at: LineKey, log: NodeRef) -> Html {
    let since = lines.iter().rev().take_while(|line| line.key > left_at);
    let count = since
        .filter(|line| matches!(line.body, LineBody::Theirs { .. }))
        .count();
    let on_click = Callback::from(move |_: MouseEvent| {
        if let Some(log) = log.cast::<web_sys::HtmlElement>() {
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

/// Scrolls to the end when lines came while the reader was there, when the reader wrote, and when the
/// page changed its size.
#[hook]
fn use_stay_at_end(
    log: &NodeRef,
    is_at_end: &Rc<Cell<bool>>,
    props: &TranscriptProps,
    blocks: usize,
) {
    let lines = &props.lines;
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
    let (on_lines, painted) = (to_end.clone(), log.clone());
    use_effect_with((lines.clone(), blocks), move |_| {
        paint(&painted);
        on_lines(false);
    });
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
