//! One line of a transcript. Texts are text: nothing in them is ever markup.

use msnp6::messenger::{Delivery, DeliveryFailure};
use msnp6::model::{FriendlyName, UserHandle};
use yew::prelude::*;

use crate::store::{ConversationKey, Line, LineBody, LineKey, Shared};
use crate::text;
use crate::view::{Icon, IconShape, Request};

/// What [`LineView`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct LineViewProps {
    /// The line.
    pub line: Shared<Line>,
    /// Whether it is the first of its day.
    pub is_new_day: bool,
    /// In which conversation it is.
    pub conversation: ConversationKey,
    /// What to call me.
    pub me: AttrValue,
    /// Whether something can be sent again.
    pub is_live: bool,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The line.
#[component]
pub(super) fn LineView(props: &LineViewProps) -> Html {
    let line = &props.line;
    html! {
        <>
            if props.is_new_day {
                <p class="day"><span>{ text::date(line.at.date) }</span></p>
            }
            { body(props, line) }
        </>
    }
}

fn body(props: &LineViewProps, line: &Line) -> Html {
    match &line.body {
        LineBody::Theirs { handle, name, text } => {
            said(line, &label(name, handle), text, Html::default(), "line")
        }
        LineBody::Mine { text, delivery, .. } => {
            let fate = fate(props, line.key, delivery.as_ref());
            said(line, &props.me, text, fate, "line line--mine")
        }
        LineBody::Joined(who) => note(
            &label(&who.name, &who.handle),
            " has joined the conversation.",
        ),
        LineBody::Left(who) => note(
            &label(&who.name, &who.handle),
            " has left the conversation.",
        ),
    }
}

fn label(name: &FriendlyName, handle: &UserHandle) -> String {
    text::label(name, handle)
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
fn fate(props: &LineViewProps, line: LineKey, delivery: Option<&Delivery>) -> Html {
    match delivery {
        None | Some(Delivery::Sent) => html! {
            <p class="line__fate line__fate--open" aria-live="off">{ "Sending\u{2026}" }</p>
        },
        Some(Delivery::Delivered | Delivery::Unconfirmed) => Html::default(),
        Some(Delivery::Failed(failure)) => failed(props, line, failure),
    }
}

fn failed(props: &LineViewProps, line: LineKey, failure: &DeliveryFailure) -> Html {
    let key = props.conversation;
    let on_click = props
        .on
        .reform(move |_: MouseEvent| Request::SendAgain { key, line });
    html! {
        <p class="line__fate line__fate--failed">
            <Icon shape={IconShape::Cross} />
            { format!("Not delivered: {} ", text::not_delivered(failure)) }
            if props.is_live {
                <button type="button" class="link" onclick={on_click}>{ "Send again" }</button>
            }
        </p>
    }
}
