//! A button with a menu of choices, one of which is in force. By keyboard: arrows, Home, End, first
//! letters, Enter, Escape; the focus goes back to the button.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, Node};
use yew::prelude::*;

use super::steps::{elements, focus, step_among};

/// One choice of a [`Menu`].
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    /// What stands for it in the callback.
    pub value: AttrValue,
    /// The word.
    pub word: AttrValue,
    /// What stands before the word.
    pub picture: Html,
    /// Whether it is in force.
    pub is_checked: bool,
}

/// What [`Menu`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MenuProps {
    /// The accessible name of the button.
    pub label: AttrValue,
    /// What stands on the button.
    pub children: Html,
    /// The choices.
    pub items: Vec<MenuItem>,
    /// Whether they stand in rows and columns, as pictures whose words are only heard.
    #[prop_or_default]
    pub is_grid: bool,
    /// Told the value of the one that was chosen.
    pub on_choose: Callback<AttrValue>,
}

/// A button with a menu.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let is_open = use_state(|| false);
    let root = use_node_ref();
    let button = use_node_ref();
    let list = use_node_ref();

    use_effect_with((*is_open, list.clone()), |(is_open, list)| {
        if *is_open {
            focus_first(list);
        }
    });

    let close = {
        let (is_open, button) = (is_open.clone(), button.clone());
        Callback::from(move |()| {
            is_open.set(false);
            focus(button.cast::<HtmlElement>());
        })
    };
    let on_toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let on_key = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                close.emit(());
            } else {
                step_in_menu(&event);
            }
        })
    };
    let on_focus_out = {
        let (root, is_open) = (root.clone(), is_open.clone());
        Callback::from(move |event: FocusEvent| {
            if *is_open && !holds(&root, event.related_target()) {
                is_open.set(false);
            }
        })
    };
    let is_choice = props.items.iter().any(|item| item.is_checked);
    let items = props.items.iter().map(|item| {
        let (value, on_choose, close) =
            (item.value.clone(), props.on_choose.clone(), close.clone());
        let on_click = Callback::from(move |_: MouseEvent| {
            close.emit(());
            on_choose.emit(value.clone());
        });
        entry(item, is_choice, props.is_grid, on_click)
    });
    html! {
        <div class="menu" ref={root} onfocusout={on_focus_out}>
            <button type="button" class="menu__button" ref={button} onclick={on_toggle}
                aria-label={&props.label} aria-haspopup="menu" aria-expanded={is_open.to_string()}>
                { props.children.clone() }
            </button>
            if *is_open {
                <div class={classes!("menu__list", props.is_grid.then_some("menu__list--grid"))} role="menu" aria-label={&props.label} ref={list} onkeydown={on_key}>
                    { for items }
                </div>
            }
        </div>
    }
}

/// An entry; where none is in force, there is nothing to be checked.
fn entry(item: &MenuItem, is_choice: bool, is_grid: bool, on_click: Callback<MouseEvent>) -> Html {
    let role = if is_choice {
        "menuitemradio"
    } else {
        "menuitem"
    };
    html! {
        <button type="button" class="menu__item" {role} tabindex="-1" onclick={on_click}
            aria-checked={is_choice.then(|| item.is_checked.to_string())}
            title={is_grid.then(|| item.word.clone())}>
            { item.picture.clone() }
            <span class={is_grid.then_some("hidden")}>{ &item.word }</span>
        </button>
    }
}

/// Moves the focus within the menu that a key was pressed in.
pub fn step_in_menu(event: &KeyboardEvent) {
    step_within("[role=menu]", ".menu__item", event);
}

/// Moves the focus among the items of the list that a key was pressed in.
pub(crate) fn step_within(list: &str, items: &str, event: &KeyboardEvent) {
    let target: Option<HtmlElement> = event.target().and_then(|it| it.dyn_into().ok());
    let list = target.as_ref().and_then(|target| target.closest(list).ok());
    let list = list.flatten();
    let items = elements(list.and_then(|list| list.query_selector_all(items).ok()));
    let here = items.iter().position(|item| Some(item) == target.as_ref());
    step_among(event, &items, here, true);
}

fn focus_first(list: &NodeRef) {
    let items = items_of(list.cast());
    let checked = items
        .iter()
        .find(|item| item.get_attribute("aria-checked").as_deref() == Some("true"));
    focus(checked.or(items.first()).cloned());
}

fn items_of(list: Option<Element>) -> Vec<HtmlElement> {
    elements(list.and_then(|list| list.query_selector_all(".menu__item").ok()))
}

fn holds(root: &NodeRef, target: Option<web_sys::EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<Node>().ok());
    match (root.get(), target) {
        (Some(root), Some(target)) => root.contains(Some(&target)),
        _ => false,
    }
}
