//! Moving the focus among things of one kind by arrows, Home, End and what people type of a name.

use core::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, NodeList};
use yew::prelude::*;

use crate::store::lower;

/// How long letters belong to one word, in milliseconds.
const ONE_WORD: f64 = 1000.0;

thread_local! {
    /// The letters typed so far, and when the last one was.
    static TYPED: RefCell<(String, f64)> = const { RefCell::new((String::new(), 0.0)) };
}

/// Moves the focus from the item `here` to the one that a key means, if it means one. What comes after
/// the last one is the first one when it `goes_round`.
pub(crate) fn step_among(
    event: &KeyboardEvent,
    items: &[HtmlElement],
    here: Option<usize>,
    goes_round: bool,
) {
    let Some(end) = items.len().checked_sub(1) else {
        return;
    };
    let (before_first, after_last) = if goes_round { (end, 0) } else { (0, end) };
    let columns = columns(items);
    let (onward, back) = if columns > 1 {
        ("ArrowRight", "ArrowLeft")
    } else {
        ("ArrowDown", "ArrowUp")
    };
    let there = match event.key().as_str() {
        "ArrowDown" if columns > 1 => here.map_or(0, |here| {
            let below = here + columns;
            if below > end { here % columns } else { below }
        }),
        "ArrowUp" if columns > 1 => here.map_or(end, |here| {
            let above = here.checked_sub(columns);
            above.unwrap_or_else(|| end - (end - here) % columns)
        }),
        name if name == onward => {
            here.map_or(0, |here| if here == end { after_last } else { here + 1 })
        }
        name if name == back => {
            here.map_or(end, |here| here.checked_sub(1).unwrap_or(before_first))
        }
        "Home" => 0,
        "End" => end,
        key => match named(key, event.time_stamp(), items, here) {
            Some(index) => index,
            None => return,
        },
    };
    event.prevent_default();
    focus(items.get(there).cloned());
}

/// How many items stand beside each other in the first row.
fn columns(items: &[HtmlElement]) -> usize {
    let top = |item: &HtmlElement| item.get_bounding_client_rect().top();
    let first = items.first().map(top).unwrap_or_default();
    let row = items
        .iter()
        .take_while(|item| (top(item) - first).abs() < 1.0);
    row.count().max(1)
}

/// The item that the letters mean which were typed in a row, or the last letter alone if they mean none.
fn named(key: &str, now: f64, items: &[HtmlElement], here: Option<usize>) -> Option<usize> {
    let mut letters = key.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return None;
    };
    TYPED.with_borrow_mut(|(word, last)| {
        if now - *last > ONE_WORD {
            word.clear();
        }
        *last = now;
        // A space within a word belongs to it, and else presses the button.
        if letter == ' ' && word.is_empty() {
            return None;
        }
        word.push(lower(letter));
        next_with(items, here, word).or_else(|| {
            word.drain(..word.len() - lower(letter).len_utf8());
            next_with(items, here, word)
        })
    })
}

/// The next item whose name begins with a word. The same letter again and again goes through all that
/// begin with it; another one stays as long as the name fits.
fn next_with(items: &[HtmlElement], here: Option<usize>, word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    let is_one_letter = word.chars().all(|letter| letter == first);
    let count = if is_one_letter {
        1
    } else {
        word.chars().count()
    };
    let start = here.map_or(0, |here| here + usize::from(is_one_letter));
    let begins = |index: &usize| {
        let name = items[*index].text_content().unwrap_or_default();
        let name = name.trim().chars().map(lower).take(count);
        name.eq(word.chars().take(count))
    };
    (start..items.len())
        .chain(0..start.min(items.len()))
        .find(begins)
}

/// The elements of a list, those of HTML alone.
pub(crate) fn elements(list: Option<NodeList>) -> Vec<HtmlElement> {
    let Some(list) = list else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|index| list.item(index)?.dyn_into().ok())
        .collect()
}

/// Gives an element the focus.
pub(crate) fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
