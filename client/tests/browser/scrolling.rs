//! The transcript follows what is said, unless its reader is somewhere else.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use super::harness::{Page, settle};
use crate::common::{opened, queued, text};

async fn long_transcript() -> Page {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    for number in 0..60 {
        page.event(text(1, "bob", &format!("line {number}"))).await;
    }
    page
}

fn log(page: &Page) -> Element {
    page.get("[role=log]").into()
}

fn is_at_end(log: &Element) -> bool {
    log.scroll_height() - log.client_height() - log.scroll_top() <= 2
}

#[wasm_bindgen_test]
async fn it_stays_at_the_end() {
    let page = long_transcript().await;
    let log = log(&page);
    assert!(log.scroll_height() > 2 * log.client_height(), "not long");
    assert!(is_at_end(&log));
}

#[wasm_bindgen_test]
async fn it_leaves_a_reader_alone_who_went_back() {
    let page = long_transcript().await;
    let log = log(&page);
    log.set_scroll_top(100);
    // The browser tells of it in the next frame.
    super::harness::until("the scrolling is told", || log.scroll_top() == 100).await;
    settle_frame().await;
    page.event(text(1, "bob", "one more")).await;
    assert_eq!(log.scroll_top(), 100);
}

#[wasm_bindgen_test]
async fn it_goes_to_the_end_when_the_reader_writes() {
    let page = long_transcript().await;
    let log = log(&page);
    log.set_scroll_top(100);
    settle_frame().await;
    page.event(queued(1, 1, "mine")).await;
    assert!(is_at_end(&log));
}

#[wasm_bindgen_test]
async fn lines_are_rendered_in_blocks() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    for number in 0..250 {
        page.event(text(1, "bob", &number.to_string())).await;
    }
    // The end of a transcript is there at once, what is before it follows.
    super::harness::until("the first lines are there", || {
        page.get(".line__text").text_content().as_deref() == Some("0")
    })
    .await;
    let first = page.get(".block");
    let lines = first.query_selector_all(".line").unwrap().length();
    assert_eq!(lines, 25);
    assert!(is_at_end(&log(&page)));
}

#[wasm_bindgen_test]
async fn a_new_line_leaves_the_elements_of_the_others_alone() {
    let page = long_transcript().await;
    let first = page.get(".line");
    page.event(text(1, "bob", "one more")).await;
    assert_eq!(page.get(".line"), first);
    assert_eq!(
        first
            .query_selector(".line__text")
            .unwrap()
            .unwrap()
            .text_content()
            .unwrap(),
        "line 0"
    );
}

#[wasm_bindgen_test]
async fn a_reader_who_went_back_is_told_how_much_is_new_and_led_there() {
    let page = long_transcript().await;
    let log = log(&page);
    assert!(page.find(".transcript__newest").is_none());
    log.set_scroll_top(100);
    super::harness::until("the way back is there", || {
        page.find(".transcript__newest").is_some()
    })
    .await;
    page.event(text(1, "bob", "one more")).await;
    page.event(text(1, "bob", "and another")).await;
    assert_eq!(log.scroll_top(), 100);
    let button = page.get(".transcript__newest");
    assert_eq!(button.text_content().unwrap(), "Jump to newest2 new");
    button.click();
    super::harness::until("the way back is gone", || {
        page.find(".transcript__newest").is_none()
    })
    .await;
    assert!(is_at_end(&log));
    super::harness::check_focus(&log);
}

/// Scroll events come with a frame.
async fn settle_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window.request_animation_frame(&resolve).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
    settle().await;
}

#[wasm_bindgen_test]
async fn a_copy_of_what_was_said_is_what_was_read_with_the_codes_of_emoticons() {
    let page = Page::signed_in().await;
    page.event(opened(1, &["bob"], true)).await;
    page.event(text(
        1,
        "bob",
        "look (L) at\nhttps://example.com/a?b=c  now <b>",
    ))
    .await;
    // A script may not copy by itself; what the browser would copy is the text of the selection.
    let script = "getSelection().selectAllChildren(document.querySelector('.line__text'));
        getSelection().toString()";
    let copied = js_sys::eval(script).unwrap().as_string();
    let expected = "look (L) at\nhttps://example.com/a?b=c  now <b>";
    assert_eq!(copied.as_deref(), Some(expected));
}
