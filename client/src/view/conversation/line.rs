//! One line of a transcript. Texts are text: nothing in them is ever markup.

use msnp6::messenger::{Delivery, TextFormat};
use yew::prelude::*;

use super::words::{direction, words};
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
    /// Whether the server confirms texts at all, as far as it has shown.
    pub confirms: bool,
    /// Whether codes such as `:)` are shown as drawings.
    pub has_emoticons: bool,
    /// Where requests go.
    pub on: &'a Callback<Request>,
}

/// A line, with its day when it is the first of it, and a mark when it is the first one unseen.
pub(super) fn line_view(
    around: &Surroundings<'_>,
    line: &Line,
    is_new_day: bool,
    is_fresh: bool,
) -> Html {
    // The key matters: without it each new line would push the content of all lines one further.
    html! {
        <div class="entry" key={line.key.0}>
            if is_new_day {
                <p class="day"><span>{ text::date(line.at.date) }</span></p>
            }
            if is_fresh {
                <p class="day day--fresh"><span>{ "New since you left" }</span></p>
            }
            { body(around, line) }
        </div>
    }
}

fn body(around: &Surroundings<'_>, line: &Line) -> Html {
    match &line.body {
        LineBody::Theirs {
            handle,
            name,
            text,
            format,
        } => said(around, line, &label(name, handle), (text, format)),
        LineBody::Mine { text, format, .. } => said(around, line, around.me, (text, format)),
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

/// What somebody said, and of a text of mine what became of it.
fn said(
    around: &Surroundings<'_>,
    line: &Line,
    who: &str,
    (text, format): (&str, &TextFormat),
) -> Html {
    let (class, fate, mark) = match &line.body {
        LineBody::Mine { delivery, .. } => {
            let fate = fate(around, line.key, delivery.as_ref());
            ("line line--mine", fate, mark(around, delivery.as_ref()))
        }
        _ => ("line", Html::default(), Html::default()),
    };
    html! {
        <div {class}>
            <div class="line__who">
                <bdi>{ who }</bdi>{ " says: " }
                <time class="line__time">{ text::clock(line.at) }{ mark }</time>
            </div>
            <div class="line__text" dir={direction(format)} data-effects={format.effects.code()}
                data-look={text::look(format)}>
                { words(text, around.has_emoticons) }
            </div>
            { fate }
        </div>
    }
}

fn note(who: &str, what: &str) -> Html {
    html! { <p class="line line--note"><bdi>{ who }</bdi>{ what }</p> }
}

/// The mark of a text that arrived, or that a server which never says so has taken.
fn mark(around: &Surroundings<'_>, delivery: Option<&Delivery>) -> Html {
    match delivery {
        Some(Delivery::Delivered) => html! {
            <span class="line__mark" role="img" aria-label="Delivered" title="Delivered">
                { icon(IconShape::Check) }
            </span>
        },
        Some(Delivery::Unconfirmed) if !around.confirms => html! {
            <span title="Sent. This server has confirmed no text so far.">{ " Sent" }</span>
        },
        _ => Html::default(),
    }
}

/// What became of a text of mine, when that matters. A style sheet lets what is still open appear only
/// after a moment, so that it does not flicker.
fn fate(around: &Surroundings<'_>, line: LineKey, delivery: Option<&Delivery>) -> Html {
    let open = match delivery {
        None => "Waiting to be sent\u{2026}",
        Some(Delivery::Sent) => "Sending\u{2026}",
        Some(Delivery::Unconfirmed) if around.confirms => {
            return html! {
                <p class="line__fate">{ "Sent, not confirmed. " }{ send_again(around, line) }</p>
            };
        }
        Some(Delivery::Delivered | Delivery::Unconfirmed) => return Html::default(),
        Some(Delivery::Failed(failure)) => {
            let why = text::not_delivered(failure);
            return html! {
                <p class="line__fate line__fate--failed">
                    { icon(IconShape::Cross) }
                    { format!("Not delivered: {why} ") }
                    { send_again(around, line) }
                </p>
            };
        }
    };
    html! { <p class="line__fate line__fate--open">{ open }</p> }
}

fn send_again(around: &Surroundings<'_>, line: LineKey) -> Html {
    if !around.is_live {
        return Html::default();
    }
    let key = around.conversation;
    let on_click = around
        .on
        .reform(move |_: MouseEvent| Request::SendAgain { key, line });
    html! { <button type="button" class="link" onclick={on_click}>{ "Send again" }</button> }
}
