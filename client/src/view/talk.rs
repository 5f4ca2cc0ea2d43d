//! The right half: tabs, and the conversation in front, or what to do when there is none.

use yew::prelude::*;

use super::{ConversationView, Person, Request, tab_row};
use crate::store::{AppState, ContactEntry, Pane, Phase, Shared, label, select};

/// Tabs and a conversation.
pub(super) fn talk(state: &AppState, on: &Callback<Request>) -> Html {
    let contacts = state.contacts.as_ref();
    let selected = select::selected(state);
    let tabs = state.conversations.iter().map(|conversation| {
        let title = AttrValue::from(select::title(contacts, conversation));
        (conversation.key, title, conversation.unread)
    });
    let tabs: Vec<_> = tabs.collect();
    html! {
        <>
            if !tabs.is_empty() {
                { tab_row(&tabs, selected.map(|c| c.key), on) }
            }
            if let Some(conversation) = selected {
                { front(state, conversation, on) }
            } else {
                <div class="empty">
                    <svg class="empty__people" viewBox="0 0 64 44" aria-hidden="true"><use href="#people" /></svg>
                    <p>{ nothing_open(state) }</p>
                </div>
            }
        </>
    }
}

/// What to do next, with no conversation open.
fn nothing_open(state: &AppState) -> &'static str {
    let is_contact = |entry: &Shared<ContactEntry>| entry.is_contact();
    match &state.contacts {
        Some(contacts) if !contacts.iter().any(is_contact) => {
            "Add somebody to your contacts. Then start a conversation from there."
        }
        _ => "Choose somebody from your contacts to start a conversation.",
    }
}

fn front(
    state: &AppState,
    conversation: &Shared<crate::store::Conversation>,
    on: &Callback<Request>,
) -> Html {
    let contacts = state.contacts.as_ref();
    // The steps of a sign-in are nothing to a conversation.
    let phase = match &state.phase {
        Phase::SigningIn { .. } => Phase::default(),
        other => other.clone(),
    };
    let is_signed_in = phase == Phase::SignedIn;
    let people = conversation.participants.iter().map(|who| {
        let entry = contacts.and_then(|contacts| contacts.get(&who.handle));
        let entry = entry.filter(|entry| is_signed_in && entry.is_contact());
        Person {
            name: select::name_of(contacts, conversation, &who.handle).into(),
            handle: AttrValue::from(who.handle.as_str().to_owned()),
            presence: entry.map(|entry| entry.presence),
        }
    });
    let people: Vec<_> = people.collect();
    let me = state.account.as_ref();
    let me = me.map_or_else(|| "I".to_owned(), |me| label(&me.name, &me.handle));
    let focus = state.windows.focus;
    let focus = if focus.pane == Pane::Conversation {
        focus.serial
    } else {
        0
    };
    html! {
        <ConversationView key={conversation.key.0} conversation={conversation.clone()}
            title={select::title(contacts, conversation)}
            {people} format={select::my_format(state)} has_emoticons={state.settings.has_emoticons}
            waiting={select::unread_total(state).saturating_sub(conversation.unread)}
            typing={select::typing_words(contacts, conversation)}
            {me} {focus} confirms={state.has_confirmed} phase={phase} on={on} />
    }
}
