//! How the page behaves. Each change is in force at once.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::buttons;
use crate::store::{AppState, ContactSort, IDLE_CHOICES, Setting};
use crate::view::Request;

/// The sections, one below the other.
pub(super) fn options(state: &AppState, on: &Callback<Request>) -> Html {
    let settings = &*state.settings;
    let idle = IDLE_CHOICES.map(|minutes| {
        let word = match minutes {
            0 => "Never".to_owned(),
            1 => "After 1 minute".to_owned(),
            _ => format!("After {minutes} minutes"),
        };
        (
            word,
            settings.idle_minutes == minutes,
            Setting::IdleMinutes(minutes),
        )
    });
    let sort = [
        ("By status", ContactSort::Status),
        ("By name", ContactSort::Name),
    ];
    let sort =
        sort.map(|(word, sort)| (word.to_owned(), settings.sort == sort, Setting::Sort(sort)));
    let on_wire = {
        let on = on.clone();
        Callback::from(move |_: MouseEvent| {
            on.emit(Request::CloseDialog);
            on.emit(Request::ShowWire(true));
        })
    };
    html! {
        <div class="dialog__form">
            { section("Contacts", &[
                choice("Order", "options-sort", &sort, on),
                mark("Hide who is not online", settings.hides_offline, Setting::HideOffline, on),
            ]) }
            { section("My status", &[choice("Show me as idle", "options-idle", &idle, on)]) }
            { section("Conversations", &[
                mark("Show emoticons as pictures", settings.has_emoticons, Setting::Emoticons, on),
            ]) }
            { section("For the curious", &[html! {
                <button type="button" class="button" onclick={on_wire}>{ "Wire view" }</button>
            }]) }
            { buttons(None, "Close", on) }
        </div>
    }
}

/// Settings that belong together.
fn section(title: &'static str, settings: &[Html]) -> Html {
    html! {
        <fieldset class="section">
            <legend class="section__title">{ title }</legend>
            { for settings.iter().cloned() }
        </fieldset>
    }
}

/// A box to tick.
fn mark(
    word: &'static str,
    is_checked: bool,
    setting: fn(bool) -> Setting,
    on: &Callback<Request>,
) -> Html {
    let on_change = on.reform(move |event: Event| {
        let is_checked = event.target_unchecked_into::<HtmlInputElement>().checked();
        Request::Set(setting(is_checked))
    });
    html! {
        <label class="check">
            <input type="checkbox" checked={is_checked} onchange={on_change} />
            <span>{ word }</span>
        </label>
    }
}

/// A list to choose one of: the word, whether it is in force, what it sets.
fn choice(
    label: &'static str,
    id: &'static str,
    choices: &[(String, bool, Setting)],
    on: &Callback<Request>,
) -> Html {
    let settings: Vec<Setting> = choices.iter().map(|(_, _, it)| it.clone()).collect();
    let on = on.clone();
    let on_change = Callback::from(move |event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        let index = usize::try_from(select.selected_index());
        if let Some(setting) = index.ok().and_then(|index| settings.get(index)) {
            on.emit(Request::Set(setting.clone()));
        }
    });
    let choices = choices.iter().map(|(word, is_chosen, _)| {
        html! { <option selected={*is_chosen}>{ word }</option> }
    });
    html! {
        <div class="field">
            <label class="field__label" for={id}>{ label }</label>
            <select class="field__box" {id} onchange={on_change}>{ for choices }</select>
        </div>
    }
}
