//! One line of a transcript. Texts are text: nothing in them is ever markup.

use msnp6::messenger::{Delivery, DeliveryFailure};
use yew::prelude::*;

use crate::store::{ConversationKey, Line, LineBody, LineKey, label};
use crate::text;
use crate::view::{IconShape, Request, icon};

/// What all lines of a transcript have in common.
pub(super) struct Surroundings<'a> {
    /// In which conversation they are.
    pub conversation: ConversationKey,
    /// What to call me.
    pub me: &'a str,
    /// Whether something can be sent again.
    pub is_live: bool,
    /// Where requests go.
    pub on: &'a Callback<Request>,
}

/// A line, and its day when it is the first of it.
pub(super) fn line_view(around: &Surroundings<'_>, line: &Line, is_new_day: bool) -> Html {
    // The key matters: without it each new line would push the content of all lines one further.
    html! {
        <div class="entry" key={line.key.0}>
            if is_new_day {
                <p class="day"><span>{ text::date(line.at.date) }</span></p>
            }
            { body(around, line) }
        </div>
    }
}

fn body(around: &Surroundings<'_>, line: &Line) -> Html {
    match &line.body {
        LineBody::Theirs { handle, name, text } => {
            said(line, &label(name, handle), text, Html::default(), "line")
        }
        LineBody::Mine { text, delivery, .. } => {
            let fate = fate(around, line.key, delivery.as_ref());
            said(line, around.me, text, fate, "line line--mine")
        }
        LineBody::Joined(who) => note(
            &label(&who.name, &who.handle),
            " has joined the conversation.",
        ),
        LineBody::Left(who) => note(
            &label(&who.name, &who.handle),
            " has left the conversation.",
        ),
        LineBody::Deed { who, deed } => note(&label(&who.name, &who.handle), &text::deed(deed)),
    }
}

fn said(line: &Line, who: &str, words: &str, fate: Html, class: &'static str) -> Html {
    html! {
        <div {class}>
            <p class="line__who"><bdi>{ who }</bdi>{ " says:" }</p>
            <time class="line__time">{ text::clock(line.at) }</time>
            <p class="line__text" dir="auto">{ words }</p>
            { fate }
        </div>
    }
}

fn note(who: &str, what: &str) -> Html {
    html! { <p class="line line--note"><bdi>{ who }</bdi>{ what }</p> }
}

/// What became of a text of mine, when that matters. A style sheet lets "Sending…" appear only after a
/// moment, so that it does not flicker.
fn fate(around: &Surroundings<'_>, line: LineKey, delivery: Option<&Delivery>) -> Html {
    match delivery {
        None | Some(Delivery::Sent) => html! {
            <p class="line__fate line__fate--open" aria-live="off">{ "Sending\u{2026}" }</p>
        },
        Some(Delivery::Delivered | Delivery::Unconfirmed) => Html::default(),
        Some(Delivery::Failed(failure)) => failed(around, line, failure),
    }
}

fn failed(around: &Surroundings<'_>, line: LineKey, failure: &DeliveryFailure) -> Html {
    let key = around.conversation;
    let on_click = around
        .on
        .reform(move |_: MouseEvent| Request::SendAgain { key, line });
    html! {
        <p class="line__fate line__fate--failed">
            { icon(IconShape::Cross) }
            { format!("Not delivered: {} ", text::not_delivered(failure)) }
            if around.is_live {
                <button type="button" class="link" onclick={on_click}>{ "Send again" }</button>
            }
        </p>
    }
}
