//! The help: shortcuts, states, what is safe, and what it means when a connection fails.

use msnp6::gateway::CloseCode;
use msnp6::messenger::CloseReason;
use msnp6::model::Presence;
use yew::prelude::*;

use super::figure;
use crate::text;

/// The sections, one below the other; those of interest in trouble alone are closed at first.
pub(super) fn help() -> Html {
    let shortcuts = text::SHORTCUTS.iter().map(|(place, keys)| {
        let keys = keys.iter().map(|(key, deed)| row(text_html(key), deed));
        html! { <><h4 class="help__place">{ place }</h4><dl class="help__rows">{ for keys }</dl></> }
    });
    let states = Presence::ALL.into_iter().map(|presence| {
        let word = html! { <>{ figure(presence) }{ text::presence(presence) }</> };
        row(word, text::meaning(presence))
    });
    let safety = text::SAFETY
        .iter()
        .map(|words| html! { <li>{ words }</li> });
    let codes = CloseCode::ALL.iter().map(|&code| CloseReason::Code(code));
    let failures = [CloseReason::Lost].into_iter().chain(codes).map(|reason| {
        let text::Sentence { what, next } = text::link_closed(reason);
        row(text_html(&what), &next)
    });
    html! {
        <div class="help">
            { section("Keys", html! { { for shortcuts } }) }
            { section("States", html! { <dl class="help__rows">{ for states }</dl> }) }
            { section("What is safe", html! { <ul class="help__list">{ for safety }</ul> }) }
            { section("When a connection fails", html! { <dl class="help__rows">{ for failures }</dl> }) }
        </div>
    }
}

fn section(title: &'static str, body: Html) -> Html {
    html! {
        <details class="help__section" open={title == "Keys"}>
            <summary><h3>{ title }</h3></summary>
            { body }
        </details>
    }
}

fn row(what: Html, means: &str) -> Html {
    html! { <div><dt>{ what }</dt><dd>{ means.to_owned() }</dd></div> }
}

fn text_html(words: &str) -> Html {
    html! { <>{ words.to_owned() }</> }
}
