//! The head of the page: who I am, how I appear, and the way out.

use msnp6::model::Presence;
use yew::prelude::*;

use super::{Figure, Icon, IconShape, Menu, MenuItem, Request};
use crate::store::{Account, Shared};
use crate::text;

/// What [`OwnStatus`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct OwnStatusProps {
    /// Whose session it is.
    pub account: Shared<Account>,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// My name, my presence with its menu, "Sign out".
#[component]
pub fn OwnStatus(props: &OwnStatusProps) -> Html {
    let account = &props.account;
    let name = text::label(&account.name, &account.handle);
    let shown = account.presence.unwrap_or(Presence::AppearOffline);
    let word = account.presence.map_or("\u{2026}", text::presence);
    let items = text::CHOOSABLE.map(|presence| MenuItem {
        value: presence.code().into(),
        word: text::presence(presence).into(),
        picture: html! { <Figure {presence} /> },
        is_checked: account.presence == Some(presence),
    });
    let on_choose = {
        let on = props.on.clone();
        Callback::from(move |code: AttrValue| {
            if let Some(presence) = text::presence_from_code(&code) {
                on.emit(Request::ChangePresence(presence));
            }
        })
    };
    let on_sign_out = props.on.reform(|_: MouseEvent| Request::SignOut);
    let has_name = name != account.handle.as_str();
    html! {
        <header class="banner">
            <Figure presence={shown} is_large=true />
            <div class="banner__me">
                <p class="banner__name">
                    <bdi>{ name }</bdi>
                    if has_name {
                        <span class="banner__handle">{ account.handle.as_str() }</span>
                    }
                </p>
                <Menu label="My status" items={items.to_vec()} {on_choose}>
                    <span>{ word }</span>
                    <Icon shape={IconShape::Down} />
                </Menu>
            </div>
            <button type="button" class="button" onclick={on_sign_out}>{ "Sign out" }</button>
        </header>
    }
}
