//! What can be done about a contact, and what is known of them.

use msnp6::model::{ListKind, Membership};
use yew::prelude::*;

use super::buttons;
use crate::store::{ContactEntry, DialogKind};
use crate::text;
use crate::view::{Request, step_in_menu};

/// The choices. By keyboard: arrows, Home, End, first letters, Enter, Escape, Tab.
pub(super) fn menu(entry: &ContactEntry, on: &Callback<Request>) -> Html {
    let handle = || entry.handle.clone();
    let (block, word) = if entry.is_blocked() {
        (Request::Unblock(handle()), "Unblock")
    } else {
        (Request::Block(handle()), "Block")
    };
    let choices = [
        ("Send a message", Request::OpenConversation(handle())),
        (word, block),
        if entry.is_contact() {
            ("Remove", Request::OpenDialog(DialogKind::Remove(handle())))
        } else {
            ("Add to my contacts", Request::Add(handle()))
        },
        (
            "Properties",
            Request::OpenDialog(DialogKind::Properties(handle())),
        ),
    ];
    let choices = choices.into_iter().map(|(word, request)| {
        let on = on.clone();
        let on_click = Callback::from(move |_: MouseEvent| {
            on.emit(Request::CloseDialog);
            on.emit(request.clone());
        });
        html! { <button type="button" class="menu__item" role="menuitem" onclick={on_click}>{ word }</button> }
    });
    let on_key = {
        let on = on.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Tab" {
                event.prevent_default();
                on.emit(Request::CloseDialog);
            } else {
                step_in_menu(&event);
            }
        })
    };
    html! {
        <div class="dialog__menu" role="menu" aria-labelledby="dialog-title" onkeydown={on_key}>{ for choices }</div>
    }
}

/// Address, lists, telephone numbers.
pub(super) fn properties(entry: &ContactEntry, on: &Callback<Request>) -> Html {
    let lists = ListKind::ALL
        .into_iter()
        .filter(|list| entry.membership.contains(*list));
    let is_on_none = entry.membership == Membership::default();
    let numbers = entry.properties.iter().filter_map(|(property, value)| {
        let word = text::telephone(*property)?;
        Some(html! { <><dt>{ word }</dt><dd><bdi>{ value.as_str() }</bdi></dd></> })
    });
    html! {
        <div class="dialog__form">
            <dl class="dialog__facts">
                <dt>{ "E-mail address" }</dt><dd>{ entry.handle.as_str() }</dd>
                <dt>{ "Status" }</dt><dd>{ text::status(entry) }</dd>
                <dt>{ "Lists" }</dt>
                { for lists.map(|list| html! { <dd>{ text::on_list(list) }</dd> }) }
                if is_on_none {
                    <dd>{ "None" }</dd>
                }
                { for numbers }
            </dl>
            { buttons(None, "Close", on) }
        </div>
    }
}
