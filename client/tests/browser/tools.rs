//! Emoticons to pick, and how texts look: what only a browser can show.

use msnp6::messenger::{Colour, Effects, Intent, TextFormat};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use super::harness::{Page, check_focus, focused, key};
use crate::common::{looking, opened};

async fn talking() -> Page {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page
}

fn name_of(element: &Element) -> String {
    let text = element.text_content().unwrap_or_default();
    text.trim().to_owned()
}

fn computed(element: &HtmlElement, property: &str) -> String {
    let window = web_sys::window().unwrap();
    let style = window.get_computed_style(element).unwrap().unwrap();
    style.get_property_value(property).unwrap()
}

#[wasm_bindgen_test]
async fn the_picker_is_walked_in_rows_and_columns() {
    let page = talking().await;
    page.press("Emoticons").await;
    assert_eq!(name_of(&focused()), "smile :-)");
    page.key(&focused(), &key("ArrowRight")).await;
    assert_eq!(name_of(&focused()), "laugh :-D");
    let first = focused().get_bounding_client_rect();
    page.key(&focused(), &key("ArrowDown")).await;
    let below = focused().get_bounding_client_rect();
    assert!(below.top() > first.top(), "no row further");
    assert!((below.left() - first.left()).abs() < 1.0, "another column");
    page.key(&focused(), &key("ArrowUp")).await;
    page.key(&focused(), &key("ArrowLeft")).await;
    page.key(&focused(), &key("ArrowLeft")).await;
    assert_eq!(name_of(&focused()), "question (?)");
}

#[wasm_bindgen_test]
async fn escape_closes_the_picker_and_gives_the_focus_back() {
    let page = talking().await;
    page.press("Emoticons").await;
    page.key(&focused(), &key("Escape")).await;
    assert!(page.find("[role=menu]").is_none());
    check_focus(&page.button("Emoticons"));
}

#[wasm_bindgen_test]
async fn a_picked_emoticon_goes_where_the_cursor_is_and_the_writing_goes_on() {
    let page = talking().await;
    page.type_text("ab").await;
    let area = page.area();
    area.set_selection_range(1, 1).unwrap();
    page.press("Emoticons").await;
    let smile: HtmlElement = focused()
        .parent_element()
        .unwrap()
        .first_element_child()
        .unwrap()
        .unchecked_into();
    smile.click();
    super::harness::settle().await;
    assert_eq!(area.value(), "a:-)b");
    assert_eq!(area.selection_start().unwrap(), Some(4));
    check_focus(&area);
}

#[wasm_bindgen_test]
async fn my_choices_are_told_to_the_messenger_and_shown_in_the_field() {
    let page = talking().await;
    page.press("Font and colour").await;
    page.press("Bold").await;
    page.press("Colour: Black").await;
    page.press("Red").await;
    let intents = page.log.intents.borrow();
    let format = intents.iter().rev().find_map(|intent| match intent {
        Intent::ChangeFormat(format) => Some(format.clone()),
        _ => None,
    });
    let format = format.expect("a format");
    assert!(format.effects.is_bold && !format.effects.is_italic);
    assert_eq!(format.colour.red, 255);
    let area: HtmlElement = page.area().unchecked_into();
    assert_eq!(computed(&area, "font-weight"), "700");
    assert_ne!(computed(&area, "--ink-light"), "");
    assert_eq!(
        page.button("Bold").get_attribute("aria-pressed").unwrap(),
        "true"
    );
}

#[wasm_bindgen_test]
async fn a_text_is_shown_in_the_colour_and_the_font_of_its_writer() {
    let page = talking().await;
    let format = TextFormat {
        font: Some("Courier New".to_owned()),
        effects: Effects {
            is_italic: true,
            ..Effects::default()
        },
        colour: Colour {
            red: 128,
            green: 0,
            blue: 128,
        },
        ..TextFormat::default()
    };
    page.event(looking(1, "bob", "hello", format)).await;
    let text = page.get(".line__text");
    assert!(computed(&text, "font-family").starts_with("\"Courier New\""));
    assert_eq!(computed(&text, "font-style"), "italic");
    assert_eq!(computed(&text, "--ink-light"), "#800080");
}

#[wasm_bindgen_test]
async fn a_font_that_tries_to_be_more_sets_nothing_else() {
    let page = talking().await;
    let format = TextFormat {
        font: Some("x\"; position: fixed; --y: \"z\\".to_owned()),
        ..TextFormat::default()
    };
    page.event(looking(1, "bob", "hello", format)).await;
    let text = page.get(".line__text");
    assert_eq!(computed(&text, "position"), "static");
    assert_eq!(text.style().length(), 1, "{}", text.style().css_text());
}

#[wasm_bindgen_test]
async fn an_emoticon_is_selected_as_its_code() {
    let page = talking().await;
    page.event(looking(1, "bob", "hi :) there", TextFormat::default()))
        .await;
    let text = page.get(".line__text");
    assert_eq!(text.text_content().unwrap(), "hi :) there");
    let drawing = page.get(".emoticon").get_bounding_client_rect();
    assert!(drawing.width() > 15.0 && drawing.width() < 30.0);
}
