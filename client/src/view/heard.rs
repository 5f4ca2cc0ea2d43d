//! News of all conversations for those who hear the page: each line once, as "name: text". Nobody sees
//! it, and nobody's focus moves.

use msnp6::messenger::Delivery;
use yew::prelude::*;

use crate::store::{AppState, Line, LineBody, label};
use crate::text;

/// The latest lines; a screen reader tells those that are added.
pub(super) fn heard(state: &AppState) -> Html {
    let lines = state.heard.iter().map(|(conversation, line)| {
        let key = [conversation.0, line.key.0]
            .map(|part| part.to_string())
            .join("-");
        html! { <p {key}>{ told(line) }</p> }
    });
    html! { <div class="hidden" aria-live="polite" aria-relevant="additions">{ for lines }</div> }
}

fn told(line: &Line) -> String {
    let (who, words) = match &line.body {
        LineBody::Theirs {
            handle, name, text, ..
        } => (label(name, handle), [": ", &text::spoken(text)].concat()),
        LineBody::Mine { text, delivery, .. } => {
            let why = match delivery {
                Some(Delivery::Failed(failure)) => text::not_delivered(failure),
                _ => "".into(),
            };
            ("Not delivered: ".to_owned(), [text, ". ", &why].concat())
        }
        LineBody::Joined(who) => (label(&who.name, &who.handle), " has joined.".to_owned()),
        LineBody::Left(who) => (label(&who.name, &who.handle), " has left.".to_owned()),
        LineBody::Deed { who, deed } => {
            (label(&who.name, &who.handle), text::deed(deed).into_owned())
        }
    };
    [who, words].concat()
}
