//! The contacts in two groups. Who is in which and in what order, the store knows.

mod block;
mod keys;
mod row;

use gloo::timers::callback::Timeout;
use msnp6::model::UserHandle;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use self::block::{Block, blocks};
use super::Request;
use super::parts::focus;
use crate::store::select::{self, ContactGroups};
use crate::store::{ContactEntry, ContactSort, ContactTable, Focus, Pane, Settings, Shared};

/// How many rows of each group are rendered with the list itself.
const FIRST_ROWS: usize = 60;

/// When the next ones come, in milliseconds: after the first ones have been painted.
const NEXT_ROWS_AFTER: u32 = 30;

/// What [`ContactList`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ContactListProps {
    /// The lists; `None` while they are on their way.
    pub contacts: Option<Shared<ContactTable>>,
    /// How they are sorted, and who is hidden.
    pub settings: Shared<Settings>,
    /// How many texts of whom wait to be read.
    pub unread: Vec<(UserHandle, u32)>,
    /// The partner of the conversation in front.
    pub selected: Option<UserHandle>,
    /// The latest order to move the focus.
    pub focus: Focus,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The list.
#[component]
pub fn ContactList(props: &ContactListProps) -> Html {
    let list = use_node_ref();
    let filter = use_state(String::new);
    use_effect_with((list.clone(), props.focus), |(list, focus)| {
        if focus.serial > 0 && focus.pane == Pane::List {
            take_focus(list);
        }
    });
    let keeper = keys::use_one_tab_stop(&list);
    let seen = (
        props.contacts.clone(),
        props.settings.clone(),
        filter.clone(),
        props.unread.clone(),
    );
    let groups = use_memo(seen, |(contacts, settings, filter, unread)| {
        let contacts = contacts.as_deref();
        contacts.map(|contacts| select::contact_groups(contacts, settings, filter, unread))
    });
    let limit = use_growing_limit(groups.as_ref().as_ref().map_or(0, ContactGroups::len));
    let Some(groups) = &*groups else {
        return html! {
            <div class="contacts" ref={list} tabindex="-1">
                <p class="contacts__note">{ "Fetching your contacts\u{2026}" }</p>
            </div>
        };
    };
    let on_key = {
        let list = list.clone();
        Callback::from(move |event: KeyboardEvent| keys::step(&list, &event))
    };
    let offline = groups.not_online.len() + groups.hidden;
    let is_unknown = !groups.is_empty() && groups.unknown.len() == groups.len();
    html! {
        <div class="people" onkeydown={on_key} onfocusin={keeper}>
            { find(&filter, groups) }
            <div class="contacts" ref={list} tabindex="-1">
                <ul class="contacts__groups" role="list" aria-label="Contacts">
                    if props.settings.sort == ContactSort::Name {
                        { group(props, "all", "All", groups.all.len(), (&groups.all, limit)) }
                    } else {
                        if !is_unknown {
                            { group(props, "online", "Online", groups.online.len(), (&groups.online, limit)) }
                        }
                        if !groups.unknown.is_empty() {
                            { group(props, "unknown", "Status unknown", groups.unknown.len(), (&groups.unknown, limit)) }
                        }
                        if !is_unknown {
                            { group(props, "not-online", "Not online", offline, (&groups.not_online, limit)) }
                        }
                    }
                </ul>
                { note(&filter, groups) }
            </div>
        </div>
    }
}

/// How many rows of each group are shown: at first what a page has room for, and soon after that all.
/// So a long list is there at once, and none of its parts keeps the page from answering.
#[hook]
fn use_growing_limit(wanted: usize) -> usize {
    let limit = use_state(|| FIRST_ROWS);
    let is_enough = *limit >= wanted;
    let setter = limit.setter();
    use_effect_with((*limit, is_enough), move |(limit, is_enough)| {
        let next = *limit * 3;
        let more = (!is_enough).then(|| Timeout::new(NEXT_ROWS_AFTER, move || setter.set(next)));
        move || drop(more)
    });
    *limit
}

/// What is to be said below the rows.
fn note(filter: &str, groups: &ContactGroups) -> Html {
    let mut all = groups.unknown.iter().chain(&groups.all);
    let words = if all.any(|entry| entry.is_unknown) {
        "Nobody knows who is online until the connection is back."
    } else if groups.hidden > 0 {
        "Who is not online is hidden. You can change that in the options."
    } else if !groups.not_online.is_empty() && groups.online.is_empty() && filter.is_empty() {
        "Nobody is online now. You see it here as soon as somebody comes."
    } else if !groups.is_empty() {
        return Html::default();
    } else if filter.is_empty() {
        "Your list is empty. Add somebody by their e-mail address."
    } else {
        "Nobody on your list has that in their name or address."
    };
    html! { <p class="contacts__note">{ words }</p> }
}

/// The field that narrows the list down, and how many are left, for who cannot see it.
fn find(filter: &UseStateHandle<String>, groups: &ContactGroups) -> Html {
    let on_input = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| {
            filter.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let on_key = {
        let filter = filter.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                filter.set(String::new());
            }
        })
    };
    let found = (!filter.is_empty()).then(|| format!("{} found", groups.len()));
    html! {
        <>
            <input class="field__box people__find" type="search" aria-label="Find a contact"
                placeholder="Find a contact" autocomplete="off" spellcheck="false" value={(**filter).clone()}
                oninput={on_input} onkeydown={on_key} />
            <p class="hidden" role="status">{ found }</p>
        </>
    }
}

fn group(
    props: &ContactListProps,
    id: &'static str,
    word: &str,
    count: usize,
    (entries, limit): (&[Shared<ContactEntry>], usize),
) -> Html {
    let blocks = blocks(&entries[..entries.len().min(limit)]).map(|entries| {
        let is_here = |who: &UserHandle| entries.iter().any(|entry| entry.handle == *who);
        let unread = props.unread.iter().filter(|(who, _)| is_here(who));
        let selected = props.selected.clone().filter(is_here);
        html! {
            <Block key={entries[0].handle.as_str()} entries={entries.to_vec()}
                unread={unread.cloned().collect::<Vec<_>>()} {selected}
                is_mixed={id == "all"} on={&props.on} />
        }
    });
    html! {
        <li class="contacts__group" key={id}>
            <h2 class="contacts__heading" {id}>{ format!("{word} ({count})") }</h2>
            <ul class="contacts__rows" role="list" aria-labelledby={id}>{ for blocks }</ul>
        </li>
    }
}

/// The row of the conversation that the user comes from, here or above, else the list itself.
fn take_focus(list: &NodeRef) {
    let Some(list) = list.cast::<HtmlElement>() else {
        return;
    };
    let all = list.closest(".roster").ok().flatten();
    let current = all.and_then(|all| all.query_selector("[aria-current]").ok().flatten());
    // A row that is out of sight leaves the focus where it is.
    focus(Some(list));
    focus(current.and_then(|row| row.dyn_into().ok()));
}
