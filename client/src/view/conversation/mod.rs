//! One conversation: head, transcript, who is typing, composer.

mod block;
mod composer;
mod line;
mod newest;
mod outbox;
mod people;
mod tabs;
mod tools;
mod transcript;
mod words;

pub use composer::Composer;
pub use people::Person;
pub use tabs::tab_row;
pub use transcript::Transcript;

use msnp6::messenger::TextFormat;
use outbox::outbox;
use people::roster;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{IconShape, Request, figure, icon, more, unknown_figure};
use crate::store::{Conversation, DialogKind, Ending, Phase, Shared};
use crate::text;

/// What [`ConversationView`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ConversationViewProps {
    /// Which.
    pub conversation: Shared<Conversation>,
    /// The names of the participants.
    pub title: AttrValue,
    /// The others in it.
    pub people: Vec<Person>,
    /// How many texts wait to be read in the other conversations.
    pub waiting: u32,
    /// Who is typing, and the words for it.
    pub typing: Option<(String, &'static str)>,
    /// What to call me.
    pub me: AttrValue,
    /// How my texts look.
    pub format: TextFormat,
    /// Whether the server confirms texts at all, as far as it has shown.
    pub confirms: bool,
    /// Whether codes such as `:)` are shown as drawings.
    pub has_emoticons: bool,
    /// The serial of an order to take the focus; 0 is none.
    pub focus: u32,
    /// Whether there is a session to send with, and if not, why.
    pub phase: Phase,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The conversation in front.
#[component]
pub fn ConversationView(props: &ConversationViewProps) -> Html {
    let section = use_node_ref();
    let composer = use_node_ref();
    use_effect_with(
        (section.clone(), composer.clone(), props.focus),
        |(section, composer, serial)| {
            if *serial > 0 {
                take_focus(section, composer);
            }
        },
    );
    let conversation = &props.conversation;
    let is_live = props.phase == Phase::SignedIn && conversation.live.is_some();
    // Without a connection texts can be written, and wait.
    let can_write = is_live || props.phase == Phase::Interrupted;
    html! {
        <section class="talk" ref={section} tabindex="-1"
            aria-label={format!("Conversation with {}", props.title)}>
            { head(props, is_live) }
            <Transcript conversation={conversation.key} lines={conversation.lines.clone()}
                fresh={conversation.fresh} me={&props.me} is_live={can_write} confirms={props.confirms}
                has_emoticons={props.has_emoticons} on={&props.on} />
            { outbox(conversation, &props.on) }
            <p class="typing" role="status" aria-label={props.typing.as_ref().map(|(who, is)| [who, *is].concat())}>
                if let Some((who, is)) = &props.typing {
                    { icon(IconShape::Pen) }
                    <span><bdi>{ who }</bdi>{ *is }{ "\u{2026}" }</span>
                }
            </p>
            if !can_write {
                { ended_note(props) }
            }
            <Composer key_={conversation.key} draft={conversation.draft.clone()}
                is_recalled={conversation.recalled.is_some()} format={props.format.clone()}
                has_emoticons={props.has_emoticons} area={composer} is_live={can_write} on={&props.on} />
        </section>
    }
}

fn head(props: &ConversationViewProps, is_live: bool) -> Html {
    let key = props.conversation.key;
    let back = if props.phase.is_inside() {
        "Back to contacts"
    } else {
        "Back to sign-in"
    };
    let waiting = props.waiting;
    let back = match waiting {
        0 => back.to_owned(),
        _ => format!("{back}, {waiting} unread in other conversations"),
    };
    let on_back = props.on.reform(|_: MouseEvent| Request::ShowList);
    let on_close = props
        .on
        .reform(move |_: MouseEvent| Request::CloseConversation(key));
    html! {
        <header class="talk__head">
            <button type="button" class="button button--icon talk__back" aria-label={back} onclick={on_back}>
                { icon(IconShape::Back) }
                if waiting > 0 {
                    <span class="badge" data-word={waiting.to_string()} />
                }
            </button>
            { who(props) }
            if is_live {
                { head_button(props, "Invite someone", IconShape::Plus, Request::OpenDialog(DialogKind::Invite(key))) }
                { head_button(props, "Nudge", IconShape::Nudge, Request::Nudge(key)) }
            }
            <button type="button" class="button button--icon" aria-label="Close conversation" onclick={on_close}>
                { icon(IconShape::Close) }
            </button>
        </header>
    }
}

/// The partner with presence and address, or all who are here.
fn who(props: &ConversationViewProps) -> Html {
    let [only] = props.people.as_slice() else {
        return html! {
            <div class="talk__who">
                <h2 class="talk__title"><bdi>{ &props.title }</bdi></h2>
                { roster(&props.people, &props.conversation.participants, props.phase != Phase::SignedIn, &props.on) }
            </div>
        };
    };
    let is_unknown = props.phase == Phase::Interrupted;
    let word = only.presence.map(text::presence);
    let word = word.or(is_unknown.then_some(text::UNKNOWN));
    html! {
        <>
            if let Some(presence) = only.presence {
                { figure(presence) }
            } else if is_unknown {
                { unknown_figure() }
            }
            <div class="talk__who">
                <h2 class="talk__title">
                    <bdi>{ &props.title }</bdi>
                    if let Some(word) = word {
                        <span class="talk__presence">{ format!(" ({word})") }</span>
                    }
                </h2>
                if only.handle != props.title {
                    <p class="talk__handle">{ &only.handle }</p>
                }
            </div>
            if let Some(who) = props.conversation.partner().filter(|_| props.phase.is_inside()) {
                { more(who, &only.name, &props.on) }
            }
        </>
    }
}

fn head_button(
    props: &ConversationViewProps,
    name: &'static str,
    shape: IconShape,
    request: Request,
) -> Html {
    let on_click = props.on.reform(move |_: MouseEvent| request.clone());
    html! {
        <button type="button" class="button button--icon" aria-label={name} title={name} onclick={on_click}>
            { icon(shape) }
        </button>
    }
}

/// Why nothing can be sent here, and the way on. A wide page has the sign-in form beside it.
fn ended_note(props: &ConversationViewProps) -> Html {
    let Phase::SignedOut { ending } = &props.phase else {
        return html! {
            <p class="talk__note">
                { "This conversation ended with the last session. It stays here until you close it." }
            </p>
        };
    };
    let what = ending.as_ref().map(|ending| text::ending(ending).what);
    let what = what.unwrap_or_else(|| "You are not signed in.".into());
    let (word, way_on) = match ending {
        Some(Ending::OtherTab) => ("Use it here", Request::UseHere),
        _ => ("Sign in again", Request::ShowList),
    };
    let on_click = props.on.reform(move |_: MouseEvent| way_on.clone());
    html! {
        <div class="talk__note">
            <p>{ what }{ " What was said and what you typed is still here." }</p>
            <button type="button" class="button talk__again" onclick={on_click}>{ word }</button>
        </div>
    }
}

/// The composer, where a keyboard does not cover the page; else the conversation itself.
fn take_focus(section: &NodeRef, composer: &NodeRef) {
    let target = if super::has_precise_pointer() {
        composer
    } else {
        section
    };
    if let Some(element) = target.cast::<HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
