//! The whole page: head, two panes, strip. One structure at every width; style sheets decide what a
//! narrow page shows at a time.

use yew::prelude::*;

use super::added_by::{added_by, added_by_bar};
use super::apart::apart;
use super::heard::heard;
use super::notices::notices;
use super::own_status::own_status;
use super::sign_in::sign_in;
use super::strip::strip;
use super::talk::talk;
use super::wire_view::replay_bar;
use super::{ContactList, IconShape, Request, icon};
use crate::later::later;
use crate::store::{AppState, DialogKind, Pane, Phase, select};

/// The page as it is to look for a state. Where requests go, `on`, has to stay the same callback.
pub fn screen(state: &AppState, on: &Callback<Request>) -> Html {
    let is_signed_in = state.phase.is_inside();
    let has_talk = is_signed_in || !state.conversations.is_empty();
    let class = classes!(
        "screen",
        match state.windows.pane {
            Pane::List => "screen--list",
            Pane::Conversation => "screen--conversation",
        },
        (!has_talk).then_some("screen--alone"),
    );
    let account = state.account.as_deref().filter(|_| is_signed_in);
    let wanted = (state.phase == Phase::Interrupted).then_some(state.idle.wanted);
    let later = later();
    html! {
        <div {class}>
            if let Some(account) = account {
                { own_status(account, wanted, state.unread_mail, on) }
            }
            <div class="notices">
                { replay_bar(state.replay.as_ref().map(|replay| replay.state), on) }
                { notices(&state.notices, on) }
                { added_by_bar(state, on) }
            </div>
            <main class="panes">
                // The sign-in page has a title of its own, where that is shown.
                if is_signed_in || state.windows.pane == Pane::Conversation {
                    <h1 class="hidden">{ "Messenger" }</h1>
                }
                <div class="pane pane--list">
                    if is_signed_in {
                        <div class="roster">
                            { added_by(state, on) }
                            { apart(state, on) }
                            { contacts(state, on) }
                            { roster_foot(on) }
                        </div>
                    } else {
                        { sign_in(state, on) }
                        { kept(state, on) }
                    }
                </div>
                if has_talk {
                    <div class="pane pane--talk">{ talk(state, on) }</div>
                }
            </main>
            if let (Some(log), Some(later)) = (&state.wire, later) {
                { (later.wire_view)(log, !is_signed_in, on) }
            }
            { strip(state, on) }
            if let Some(later) = later {
                { (later.dialog)(state, on) }
            }
            { heard(state) }
        </div>
    }
}

fn contacts(state: &AppState, on: &Callback<Request>) -> Html {
    let partner = select::selected(state).and_then(|c| c.partner().cloned());
    html! {
        <ContactList contacts={state.contacts.clone()} settings={state.settings.clone()} unread={select::unread_from(state)}
            selected={partner} focus={state.windows.focus} on={on} />
    }
}

fn roster_foot(on: &Callback<Request>) -> Html {
    let on_add = on.reform(|_: MouseEvent| Request::OpenDialog(DialogKind::Add));
    let on_privacy = on.reform(|_: MouseEvent| Request::OpenDialog(DialogKind::Privacy));
    html! {
        <p class="roster__foot">
            <button type="button" class="button" onclick={on_add}>
                { icon(IconShape::Plus) }{ "Add a contact" }
            </button>
            <button type="button" class="button" onclick={on_privacy}>{ "Privacy" }</button>
        </p>
    }
}

/// The way to what an ended session left behind; a wide page shows it anyway.
fn kept(state: &AppState, on: &Callback<Request>) -> Html {
    let Some(key) = state.windows.selected else {
        return Html::default();
    };
    let on_click = on.reform(move |_: MouseEvent| Request::ShowConversation(key));
    html! {
        <p class="kept">
            <button type="button" class="button" onclick={on_click}>{ "Show my conversations" }</button>
        </p>
    }
}
