//! Some lines of a transcript that are rendered together.

use yew::prelude::*;

use super::line::{Surroundings, line_view};
use crate::store::{ConversationKey, LineBlock, LineKey, LocalDate, Shared};
use crate::view::Request;

/// What [`Block`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct BlockProps {
    /// The lines.
    pub lines: Shared<LineBlock>,
    /// The day of the line before them.
    pub before: Option<LocalDate>,
    /// The first line that came in unseen, if it is among them.
    pub fresh: Option<LineKey>,
    /// Whose lines.
    pub conversation: ConversationKey,
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

/// The lines.
#[component]
pub(super) fn Block(props: &BlockProps) -> Html {
    let around = Surroundings {
        conversation: props.conversation,
        me: &props.me,
        is_live: props.is_live,
        confirms: props.confirms,
        has_emoticons: props.has_emoticons,
        on: &props.on,
    };
    let mut before = props.before;
    let lines = props.lines.iter().map(|line| {
        let is_new_day = before.replace(line.at.date) != Some(line.at.date);
        line_view(&around, line, is_new_day, props.fresh == Some(line.key))
    });
    html! { <div class="block">{ for lines }</div> }
}
