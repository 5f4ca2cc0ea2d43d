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
use super::newest::Newest;
use crate::store::{ConversationKey, LineBody, LineKey, Lines};
use crate::view::{Request, paint};

/// How many more of them are rendered each time, until all are.
const BLOCKS_AT_ONCE: usize = 4;

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

/// The log.
#[component]
pub fn Transcript(props: &TranscriptProps) -> Html {
    let log = use_node_ref();
    let is_at_end = use_memo((), |()| Cell::new(true));
    // How many blocks are rendered, from the end.
    let count = use_state(|| 2 * BLOCKS_AT_ONCE);
    let blocks = props.lines.blocks();
    let hidden = blocks.len().saturating_sub(*count);
    use_stay_at_end(&log, &is_at_end, props, *count);
    {
        let setter = count.setter();
        use_effect_with((hidden > 0, *count), move |(is_more, count)| {
            let next = *count + BLOCKS_AT_ONCE;
            let more = is_more.then(|| Timeout::new(1, move || setter.set(next)));
            move || drop(more)
        });
    }
    let shown = blocks.iter().enumerate().skip(hidden).map(|(index, block)| {
        let before = index.checked_sub(1).and_then(|at| blocks[at].last());
        let fresh = props.fresh.filter(|key| block.has_room_for(*key));
        html! {
            <Block key={block.key()} lines={block.clone()} before={before.map(|line| line.at.date)} {fresh}
                conversation={props.conversation} me={&props.me} is_live={props.is_live} confirms={props.confirms}
                has_emoticons={props.has_emoticons} on={&props.on} />
        }
    });
    html! {
        <div class="transcript">
            // Its news is told elsewhere, once and as "name: text"; here it would be told with all around it.
            <div class="log" role="log" aria-label="Messages" aria-live="off" tabindex="0" ref={log.clone()}>
                <p class="log__tip">
                    { "Never give a password or the number of a card to anybody in a conversation." }
                </p>
                { for shown }
            </div>
            <Newest lines={props.lines.clone()} {log} is_at_end={is_at_end} />
        </div>
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
