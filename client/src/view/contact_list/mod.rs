//! The contacts in two groups. Who is in which and in what order, the store knows.

mod keys;
mod row;

pub use row::ContactRow;

use msnp6::model::UserHandle;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::Request;
use crate::store::{
    ContactEntry, ContactSort, ContactTable, Focus, Pane, Settings, Shared, select,
};

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
    );
    let groups = use_memo(seen, |(contacts, settings, filter)| {
        let contacts = contacts.as_deref();
        contacts.map(|contacts| select::contact_groups(contacts, settings, filter))
    });
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
    html! {
        <div class="people" onkeydown={on_key} onfocusin={keeper}>
            { find(&filter, groups) }
            <div class="contacts" ref={list} tabindex="-1">
                <ul class="contacts__groups" role="list" aria-label="Contacts">
                    if props.settings.sort == ContactSort::Name {
                        { group(props, "all", "All", groups.all.len(), &groups.all) }
                    } else {
                        { group(props, "online", "Online", groups.online.len(), &groups.online) }
                        { group(props, "not-online", "Not online", offline, &groups.not_online) }
                    }
                </ul>
                { note(&filter, groups) }
            </div>
        </div>
    }
}

/// What is to be said below the rows.
fn note(filter: &str, groups: &select::ContactGroups) -> Html {
    let words = if groups.hidden > 0 {
        "Who is not online is hidden. You can change that in the options."
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
fn find(filter: &UseStateHandle<String>, groups: &select::ContactGroups) -> Html {
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
    entries: &[Shared<ContactEntry>],
) -> Html {
    let rows = entries.iter().map(|entry| {
        let unread = props.unread.iter().find(|(who, _)| *who == entry.handle);
        let is_selected = props.selected.as_ref() == Some(&entry.handle);
        html! {
            <ContactRow key={entry.handle.as_str()} entry={entry.clone()} on={&props.on}
                unread={unread.map_or(0, |(_, count)| *count)} {is_selected} />
        }
    });
    html! {
        <li class="contacts__group" key={id}>
            <h2 class="contacts__heading" {id}>{ format!("{word} ({count})") }</h2>
            <ul class="contacts__rows" role="list" aria-labelledby={id}>{ for rows }</ul>
        </li>
    }
}

/// The row of the conversation that the user comes from, else the list itself.
fn take_focus(list: &NodeRef) {
    let Some(list) = list.cast::<HtmlElement>() else {
        return;
    };
    let current = list.query_selector("[aria-current]").ok().flatten();
    let row = current.and_then(|row| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(row).ok());
    // An element that cannot take the focus leaves it where it is.
    let _ = row.unwrap_or(list).focus();
}
