//! Accounts that anybody may try, when the gateway has some.

use yew::prelude::*;

use crate::store::DemoAccount;

/// The hint; `on_choose` is told the account that is to be filled in.
pub(super) fn demo(accounts: &[DemoAccount], on_choose: &Callback<DemoAccount>) -> Html {
    let Some(first) = accounts.first() else {
        return Html::default();
    };
    let buttons = accounts.iter().map(|account| {
        let (on_choose, chosen) = (on_choose.clone(), account.clone());
        let on_click = Callback::from(move |_: MouseEvent| on_choose.emit(chosen.clone()));
        let name = account.handle.split('@').next().unwrap_or(&account.handle);
        html! {
            <button type="button" key={account.handle.clone()} class="button button--chip" onclick={on_click}
                aria-label={format!("Fill in {}", account.handle)}>{ name }</button>
        }
    });
    html! {
        <div class="demo">
            <p>
                { "Try it: " }<strong>{ &first.handle }</strong>
                { ", password " }<strong>{ first.password.expose() }</strong>
            </p>
            <p class="demo__accounts"><span>{ "Fill in:" }</span>{ for buttons }</p>
        </div>
    }
}
