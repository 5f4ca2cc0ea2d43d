//! What others see of me: my name and my telephone numbers.

use yew::prelude::*;

use super::{form, text_field};
use crate::store::{AppState, Dialog, NUMBERS};
use crate::text;
use crate::view::Request;

/// A field for each of them.
pub(super) fn own_data(state: &AppState, dialog: &Dialog, on: &Callback<Request>) -> Html {
    let name = state.account.as_ref().map_or("", |me| me.name.as_str());
    let numbers = NUMBERS.into_iter().map(|property| {
        let label = text::telephone(property).unwrap_or_default();
        text_field(dialog, "tel", label, state.own_number(property))
    });
    let fields = html! {
        <>
            { text_field(dialog, "text", "Your name", name) }
            { for numbers }
            <p class="card__note">{ "Everybody who has you in their list sees these, unless you block them." }</p>
        </>
    };
    form(dialog, "Save", fields, on)
}
