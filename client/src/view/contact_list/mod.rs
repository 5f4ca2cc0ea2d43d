//! The contacts in two groups. Who is in which and in what order, the store knows.

mod row;

pub use row::ContactRow;

use msnp6::model::UserHandle;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::Request;
use crate::store::{ContactEntry, ContactTable, Focus, Pane, Shared, select};

/// What [`ContactList`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ContactListProps {
    /// The lists; `None` while they are on their way.
    pub contacts: Option<Shared<ContactTable>>,
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
    use_effect_with((list.clone(), props.focus), |(list, focus)| {
        if focus.serial > 0 && focus.pane == Pane::List {
            take_focus(list);
        }
    });
    let groups = use_memo(props.contacts.clone(), |contacts| {
        contacts.as_deref().map(select::contact_groups)
    });
    let Some(groups) = &*groups else {
        return html! {
            <div class="contacts" ref={list} tabindex="-1">
                <p class="contacts__note">{ "Fetching your contacts\u{2026}" }</p>
            </div>
        };
    };
    let is_empty = groups.online.is_empty() && groups.not_online.is_empty();
    html! {
        <div class="contacts" ref={list} tabindex="-1">
            <ul class="contacts__groups" role="list" aria-label="Contacts">
                { group(props, "online", "Online", &groups.online) }
                { group(props, "not-online", "Not online", &groups.not_online) }
            </ul>
            if is_empty {
                <p class="contacts__note">
                    { "Your list is empty. Add somebody by their e-mail address." }
                </p>
            }
        </div>
    }
}

fn group(
    props: &ContactListProps,
    id: &'static str,
    word: &str,
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
        <li class="contacts__group">
            <h2 class="contacts__heading" {id}>{ format!("{word} ({})", entries.len()) }</h2>
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
