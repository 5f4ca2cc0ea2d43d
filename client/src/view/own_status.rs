//! The head of the page: who I am, how I appear, how much mail waits, and the way out.

use msnp6::model::Presence;
use yew::prelude::*;

use super::{IconShape, Menu, MenuItem, Request, figure, icon, large_figure};
use crate::store::{Account, CHOOSABLE, DialogKind, choosable, label};
use crate::text;

/// My name, my presence with its menu, "Sign out". While there is no connection nobody sees me, and
/// `wanted` is how I shall appear then.
pub(super) fn own_status(
    account: &Account,
    wanted: Option<Presence>,
    unread_mail: u32,
    on: &Callback<Request>,
) -> Html {
    let name = label(&account.name, &account.handle);
    let presence = account.presence.or(wanted);
    let word = match (account.presence, wanted) {
        (None, Some(wanted)) => format!("{} when back", text::presence(wanted)),
        _ => presence.map_or("\u{2026}", text::presence).to_owned(),
    };
    let items = CHOOSABLE.map(|it| MenuItem {
        value: it.code().into(),
        word: text::presence(it).into(),
        picture: figure(it),
        is_checked: presence == Some(it),
    });
    let on_choose = {
        let on = on.clone();
        Callback::from(move |code: AttrValue| {
            if let Some(presence) = choosable(&code) {
                on.emit(Request::ChangePresence(presence));
            }
        })
    };
    let on_sign_out = on.reform(|_: MouseEvent| Request::SignOut);
    let on_rename = on.reform(|_: MouseEvent| Request::OpenDialog(DialogKind::Rename));
    let on_options = on.reform(|_: MouseEvent| Request::OpenDialog(DialogKind::Options));
    let on_help = on.reform(|_: MouseEvent| Request::Help);
    let has_name = name != account.handle.as_str();
    html! {
        <header class="banner">
            { large_figure(account.presence) }
            <div class="banner__me">
                <p class="banner__name">
                    <bdi>{ name }</bdi>
                    if has_name {
                        <span class="banner__handle">{ account.handle.as_str() }</span>
                    }
                </p>
                <button type="button" class="button button--icon banner__rename" aria-label="My name" onclick={on_rename}>
                    { icon(IconShape::Pen) }
                </button>
                <Menu label="My status" items={items.to_vec()} {on_choose}>
                    <span data-word={word.clone()} />
                    { icon(IconShape::Down) }
                </Menu>
                <span class="hidden">{ word }</span>
                if unread_mail > 0 {
                    <span class="banner__mail">
                        { unread_mail }{ if unread_mail == 1 { " unread e-mail" } else { " unread e-mails" } }
                    </span>
                }
            </div>
            <button type="button" class="button button--icon" aria-label="Options" title="Options" onclick={on_options}>
                { icon(IconShape::Options) }
            </button>
            <button type="button" class="button button--icon" aria-label="Help" title="Help (F1)" onclick={on_help}>
                { icon(IconShape::Help) }
            </button>
            <button type="button" class="button" onclick={on_sign_out}>{ "Sign out" }</button>
        </header>
    }
}
