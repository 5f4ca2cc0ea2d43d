//! Three dots beside somebody's name: the way to what can be done about them.

use msnp6::model::UserHandle;
use yew::prelude::*;

use super::Request;
use crate::store::DialogKind;

/// The button that opens their menu.
pub(super) fn more(handle: &UserHandle, name: &str, on: &Callback<Request>) -> Html {
    let handle = handle.clone();
    let on_click =
        on.reform(move |_: MouseEvent| Request::OpenDialog(DialogKind::Menu(handle.clone())));
    html! {
        <button type="button" class="button button--icon contact__more" onclick={on_click}
            aria-haspopup="dialog" aria-label={format!("More about {name}")} />
    }
}
