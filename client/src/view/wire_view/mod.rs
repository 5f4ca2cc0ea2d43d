//! The wire view: what this page and its servers say to each other, line by line, for those who want to know.
//! It stands below the page and stops nothing.

mod replay;

pub(super) use replay::{replay_bar, replay_form};

use msnp6::model::search;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::parts::focus;
use super::{IconShape, Request, icon};
use crate::store::{DialogKind, Shared, Side, WireLine, WireLog, lowered};

/// How many lines are shown at most: the latest, as more would keep the page from answering.
const MAX_SHOWN: usize = 1000;

/// What [`WireView`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
struct WireViewProps {
    /// What to show.
    pub log: Shared<WireLog>,
    /// Whether a recording can be played now.
    pub can_replay: bool,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The panel for a log.
pub(crate) fn wire_view(log: &Shared<WireLog>, can_replay: bool, on: &Callback<Request>) -> Html {
    html! { <WireView log={log.clone()} {can_replay} on={on} /> }
}

/// The panel.
#[component]
fn WireView(props: &WireViewProps) -> Html {
    let WireViewProps { log, on, .. } = props;
    let words = use_state(String::new);
    // While it stands still: the serial of the last line that is shown.
    let until = use_state(|| None::<u32>);
    let field = use_focus();
    let on_input = {
        let words = words.clone();
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            words.set(lowered(&field.value()));
        })
    };
    let on_pause = {
        let (until, latest) = (until.clone(), log.latest());
        Callback::from(move |_: MouseEvent| until.set(until.is_none().then_some(latest)))
    };
    let shown = |line: &&WireLine| {
        until.is_none_or(|until| line.serial <= until)
            && (words.is_empty() || search::find(&lowered(&line.text), &words).is_some())
    };
    let mut latest = log.lines().rev().filter(shown).peekable();
    let lines: Vec<Html> = latest.by_ref().take(MAX_SHOWN).map(line).collect();
    let is_all = latest.peek().is_none();
    let is_empty = lines.is_empty();
    html! {
        <section class="wire" aria-label="Wire view">
            <div class="wire__tools">
                <h2 class="wire__title">{ "Wire view" }</h2>
                <input class="field__box wire__filter" type="search" ref={field} aria-label="Filter"
                    placeholder="Filter" spellcheck="false" autocomplete="off" oninput={on_input} />
                <button type="button" class="button" onclick={on_pause}>
                    { if until.is_some() { "Go on" } else { "Pause" } }
                </button>
                { tool("Clear", || Request::ClearWire, on) }
                { tool("Copy", || Request::CopyWire, on) }
                if props.can_replay {
                    { tool("Replay", || Request::OpenDialog(DialogKind::Replay), on) }
                }
                <button type="button" class="button button--icon" aria-label="Close the wire view"
                    onclick={on.reform(|_: MouseEvent| Request::ShowWire(false))}>
                    { icon(IconShape::Close) }
                </button>
            </div>
            <p class="wire__note" role="status">{ note(log.copied) }{ left_out(is_all, log.missing) }</p>
            <div class="wire__lines" tabindex="0" role="group" aria-label="Dialogue">
                if is_empty {
                    <p class="wire__empty">{ empty(&words) }</p>
                } else {
                    <ol>{ for lines.into_iter().rev() }</ol>
                }
            </div>
        </section>
    }
}

/// The focus comes here, and goes back to where it was when the panel closes.
#[hook]
fn use_focus() -> NodeRef {
    let field = use_node_ref();
    use_effect_with(field.clone(), |field| {
        let document = web_sys::window().and_then(|window| window.document());
        let before = document.and_then(|document| document.active_element());
        focus(field.cast::<HtmlElement>());
        move || {
            use wasm_bindgen::JsCast;
            focus(before.and_then(|before| before.dyn_into().ok()));
        }
    });
    field
}

fn tool(word: &'static str, request: fn() -> Request, on: &Callback<Request>) -> Html {
    let on_click = on.reform(move |_: MouseEvent| request());
    html! { <button type="button" class="button" onclick={on_click}>{ word }</button> }
}

fn line(line: &WireLine) -> Html {
    let class = match line.side {
        Side::Client => "wire__client",
        Side::Server => "wire__server",
        Side::Note => "wire__by",
    };
    html! { <li key={line.serial} {class}>{ AttrValue::from(line.text.clone()) }</li> }
}

const fn note(copied: Option<bool>) -> &'static str {
    match copied {
        None => {
            "Passwords never go over the wire; digests, cookies and profile data are shown as ***. What you \
             and others write is shown in full, and is in a copy as well."
        }
        Some(true) => {
            "Copied, with all texts and addresses in it: mind whom you give it to. Digests, cookies and \
             profile data are hidden."
        }
        Some(false) => {
            "The browser did not allow the copy. Click into the lines, select all of them and copy them \
             yourself."
        }
    }
}

/// What is not in sight, and what is not there any more.
fn left_out(is_all: bool, missing: usize) -> Option<String> {
    if missing > 0 {
        return Some(format!(
            " It became too much: {missing} lines after the beginning are missing, in a copy as well."
        ));
    }
    let words = " The latest 1,000 lines are shown; a copy has all of them.";
    (!is_all).then(|| words.to_owned())
}

const fn empty(words: &str) -> &'static str {
    if words.is_empty() {
        "Nothing has been said since this was opened. Sign in, or write to somebody."
    } else {
        "No line has that. Clear the filter to see all of them."
    }
}
