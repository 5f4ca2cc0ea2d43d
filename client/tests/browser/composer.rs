//! Keys in the composer. An Enter that belongs to an input method must never send.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CompositionEvent, CompositionEventInit, KeyboardEventInit};

use super::harness::{Page, check_focus, fire_input, key, press};
use crate::common::{opened, queued};

async fn page_with(draft: &str) -> Page {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.type_text(draft).await;
    page
}

#[wasm_bindgen_test]
async fn enter_sends() {
    let page = page_with("hello").await;
    assert!(page.key(&page.area(), &key("Enter")).await);
    assert_eq!(page.log.sent(), ["hello"]);
}

#[wasm_bindgen_test]
async fn enter_sends_what_is_typed_though_less_is_rendered_so_far() {
    let page = page_with("hell").await;
    let area = page.area();
    area.set_value("hello all");
    fire_input(&area);
    // At once, before anything is rendered anew.
    page.key(&area, &key("Enter")).await;
    assert_eq!(page.log.sent(), ["hello all"]);
}

#[wasm_bindgen_test]
async fn a_second_enter_before_the_field_is_empty_sends_nothing_again() {
    let page = page_with("hello").await;
    let area = page.area();
    press(&area, &key("Enter"));
    page.key(&area, &key("Enter")).await;
    assert_eq!(page.log.sent(), ["hello"]);
}

#[wasm_bindgen_test]
async fn the_arrow_up_leaves_alone_what_is_typed_and_not_rendered_yet() {
    let page = page_with("").await;
    let area = page.area();
    area.set_value("new");
    fire_input(&area);
    assert!(!page.key(&area, &key("ArrowUp")).await);
}

#[wasm_bindgen_test]
async fn shift_and_enter_begin_a_new_line() {
    let page = page_with("hello").await;
    let init = key("Enter");
    init.set_shift_key(true);
    assert!(!page.key(&page.area(), &init).await);
    assert!(page.log.sent().is_empty());
}

#[wasm_bindgen_test]
async fn on_a_touch_screen_enter_begins_a_new_line_and_with_ctrl_it_sends() {
    let page = page_with("hello").await;
    js_sys::eval("window.trueMedia = matchMedia; matchMedia = () => ({ matches: true })").unwrap();
    let begins_line = !page.key(&page.area(), &key("Enter")).await;
    let sent_before = page.log.sent();
    let init = key("Enter");
    init.set_ctrl_key(true);
    page.key(&page.area(), &init).await;
    js_sys::eval("matchMedia = trueMedia").unwrap();
    assert!(begins_line && sent_before.is_empty());
    assert_eq!(page.log.sent(), ["hello"]);
}

#[wasm_bindgen_test]
async fn enter_during_a_composition_does_not_send() {
    let page = page_with("にほん").await;
    let init = key("Enter");
    init.set_is_composing(true);
    assert!(!page.key(&page.area(), &init).await);
    assert!(page.log.sent().is_empty());
}

#[wasm_bindgen_test]
async fn an_enter_that_an_input_method_took_does_not_send() {
    let page = page_with("にほん").await;
    let init = key("Enter");
    init.set_key_code(229);
    assert!(!page.key(&page.area(), &init).await);
    assert!(page.log.sent().is_empty());
}

#[wasm_bindgen_test]
async fn what_is_composed_is_not_disturbed() {
    let page = page_with("").await;
    let area = page.area();
    let compose = |kind, data: &str| {
        let init = CompositionEventInit::new();
        init.set_bubbles(true);
        init.set_data(data);
        CompositionEvent::new_with_event_init_dict(kind, &init).unwrap()
    };
    area.dispatch_event(&compose("compositionstart", ""))
        .unwrap();
    for step in ["k", "か", "かn", "かん"] {
        area.dispatch_event(&compose("compositionupdate", step))
            .unwrap();
        page.type_text(step).await;
        assert_eq!(area.value(), step);
        let end = u32::try_from(step.chars().count()).unwrap();
        assert_eq!(area.selection_start().unwrap(), Some(end));
    }
    area.dispatch_event(&compose("compositionend", "かん"))
        .unwrap();
    page.key(&area, &key("Enter")).await;
    assert_eq!(page.log.sent(), ["かん"]);
}

#[wasm_bindgen_test]
async fn enter_on_nothing_sends_nothing_and_makes_no_line() {
    let page = page_with("  ").await;
    assert!(page.key(&page.area(), &key("Enter")).await);
    assert!(page.log.sent().is_empty());
}

#[wasm_bindgen_test]
async fn a_text_over_the_limit_is_not_sent_and_not_lost() {
    let long = "a".repeat(32 * 1024 + 1);
    let page = page_with(&long).await;
    page.key(&page.area(), &key("Enter")).await;
    assert!(page.log.sent().is_empty());
    assert_eq!(page.area().value(), long);
    assert_eq!(page.area().get_attribute("aria-invalid").unwrap(), "true");
}

#[wasm_bindgen_test]
async fn a_text_of_several_messages_is_sent_and_the_field_empties_as_they_are_taken() {
    let (first, second) = ("a".repeat(1400), "b".repeat(10));
    let page = page_with(&[first.as_str(), &second].concat()).await;
    page.key(&page.area(), &key("Enter")).await;
    assert_eq!(page.log.sent().len(), 1);
    page.event(queued(1, 1, &first)).await;
    assert_eq!(page.area().value(), second);
    page.event(queued(1, 2, &second)).await;
    assert_eq!(page.area().value(), "");
}

#[wasm_bindgen_test]
async fn an_enter_that_ends_a_composition_does_not_send_when_the_end_is_told_first() {
    let page = page_with("にほん").await;
    let area = page.area();
    let init = CompositionEventInit::new();
    init.set_bubbles(true);
    let end = CompositionEvent::new_with_event_init_dict("compositionend", &init).unwrap();
    area.dispatch_event(&end).unwrap();
    let init = key("Enter");
    init.set_key_code(229);
    assert!(!page.key(&area, &init).await);
    assert!(page.log.sent().is_empty());
}

#[wasm_bindgen_test]
async fn the_arrow_up_in_an_empty_field_brings_back_what_was_sent() {
    let page = page_with("").await;
    page.event(queued(1, 1, "one")).await;
    page.event(queued(1, 2, "two\nlines")).await;
    let area = page.area();
    assert!(page.key(&area, &key("ArrowUp")).await);
    assert_eq!(area.value(), "two\nlines");
    // In its second line the arrow is the field's own.
    area.set_selection_range(5, 5).unwrap();
    assert!(!page.key(&area, &key("ArrowUp")).await);
    area.set_selection_range(1, 1).unwrap();
    assert!(page.key(&area, &key("ArrowUp")).await);
    assert_eq!(area.value(), "one");
    assert!(page.key(&area, &key("ArrowDown")).await);
    assert_eq!(area.value(), "two\nlines");
    assert!(page.key(&area, &key("ArrowDown")).await);
    assert_eq!(area.value(), "");
}

#[wasm_bindgen_test]
async fn arrows_of_an_input_method_and_in_a_draft_of_my_own_stay_theirs() {
    let page = page_with("").await;
    page.event(queued(1, 1, "one")).await;
    let area = page.area();
    let kinds: [fn(&KeyboardEventInit); 3] = [
        |init| init.set_is_composing(true),
        |init| init.set_key_code(229),
        |init| init.set_shift_key(true),
    ];
    for kind in kinds {
        let init = key("ArrowUp");
        kind(&init);
        assert!(!page.key(&area, &init).await);
        assert_eq!(area.value(), "");
    }
    page.type_text("mine").await;
    assert!(!page.key(&area, &key("ArrowUp")).await);
    assert_eq!(area.value(), "mine");
}

#[wasm_bindgen_test]
async fn the_button_sends_and_gives_the_focus_back() {
    let page = page_with("hello").await;
    page.press("Send").await;
    assert_eq!(page.log.sent(), ["hello"]);
    check_focus(&page.area());
}

#[wasm_bindgen_test]
async fn the_field_is_empty_once_the_text_was_taken() {
    let page = page_with("hello").await;
    page.key(&page.area(), &key("Enter")).await;
    assert_eq!(page.area().value(), "hello");
    page.event(queued(1, 1, "hello")).await;
    assert_eq!(page.area().value(), "");
}

#[wasm_bindgen_test]
async fn a_draft_comes_back_with_its_conversation() {
    let page = page_with("for bob").await;
    page.event(opened(2, &["carol"], true)).await;
    assert_eq!(page.area().value(), "");
    page.type_text("for carol").await;
    page.press("Bob").await;
    assert_eq!(page.area().value(), "for bob");
}
