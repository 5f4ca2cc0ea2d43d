//! The wire view, the help and the replay window: focus, filter, pause.

use msnp6::transcript::{Recorded, Side};
use msnp6_client::driver::watch_help_key;
use msnp6_client::store::{Action, DialogKind};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

use super::harness::{Page, check_focus, document, fire_input, key, settle, until};

fn recorded(text: &str) -> Action {
    let (side, text) = (Side::Server, text.to_owned());
    Action::WireRecorded(vec![Recorded { side, text }])
}

async fn open() -> Page {
    let page = Page::open().await;
    page.button("Wire view").focus().unwrap();
    page.act(Action::WireShown(true)).await;
    page.act(recorded("S: LST bob")).await;
    page.act(recorded("S: NLN carol")).await;
    page
}

fn lines(page: &Page) -> Vec<String> {
    let found = page.get(".wire__lines").query_selector_all("li").unwrap();
    let text = |index| found.item(index)?.text_content();
    (0..found.length()).filter_map(text).collect()
}

#[wasm_bindgen_test]
async fn the_panel_takes_the_focus_and_gives_it_back() {
    let page = open().await;
    check_focus(&page.get(".wire__filter"));
    page.act(Action::WireShown(false)).await;
    check_focus(&page.button("Wire view"));
}

#[wasm_bindgen_test]
async fn the_filter_leaves_the_lines_that_have_it_in_any_case() {
    let page = open().await;
    let field: web_sys::HtmlInputElement =
        wasm_bindgen::JsCast::unchecked_into(page.get(".wire__filter"));
    field.set_value("BOB");
    fire_input(&field);
    settle().await;
    assert_eq!(lines(&page), ["S: LST bob"]);
    field.set_value("zoe");
    fire_input(&field);
    settle().await;
    assert!(
        page.get(".wire__lines")
            .inner_text()
            .contains("No line has that.")
    );
}

#[wasm_bindgen_test]
async fn a_paused_panel_stands_still_and_loses_nothing() {
    let page = open().await;
    page.press("Pause").await;
    page.act(recorded("S: FLN carol")).await;
    assert_eq!(lines(&page).len(), 2);
    page.press("Go on").await;
    assert_eq!(lines(&page).len(), 3);
}

#[wasm_bindgen_test]
async fn the_end_stays_in_sight_while_lines_come() {
    let page = open().await;
    for _ in 0..200 {
        page.act(recorded("S: NLN somebody")).await;
    }
    let lines = page.get(".wire__lines");
    let last = page.get(".wire__lines li:last-child");
    assert!(lines.scroll_height() > lines.client_height());
    let bottom = last.get_bounding_client_rect().bottom();
    assert!(bottom <= lines.get_bounding_client_rect().bottom() + 1.0);
}

#[wasm_bindgen_test]
async fn help_comes_at_its_key_and_at_no_letter() {
    let page = Page::open().await;
    let asked = Rc::new(Cell::new(0));
    let count = asked.clone();
    let _watch = watch_help_key(move || count.set(count.get() + 1));
    let body = document().body().unwrap();
    assert!(page.key(&page.input("address"), &key("F1")).await);
    assert!(page.key(&body, &key("F1")).await);
    assert!(!page.key(&body, &key("?")).await);
    assert!(!page.key(&body, &key("a")).await);
    assert_eq!(asked.get(), 2);
}

#[wasm_bindgen_test]
async fn help_is_a_window_that_gives_the_focus_back() {
    let page = Page::open().await;
    page.press("Help").await;
    assert!(page.find("dialog:modal details[open]").is_some());
    page.press("Close").await;
    check_focus(&page.button("Help"));
}

#[wasm_bindgen_test]
async fn the_replay_window_begins_in_its_field() {
    let page = Page::open().await;
    page.act(Action::DialogOpened(DialogKind::Replay)).await;
    check_focus(&page.get("textarea"));
}

/// Chooses a file in the replay window, as the user does in the browser's own one.
fn choose_file(content: &str) {
    let script =
        "{ const all = new DataTransfer(); all.items.add(new File([CONTENT], 'session.txt'));
        const field = document.querySelector('.replay__file'); field.files = all.files;
        field.dispatchEvent(new Event('change', { bubbles: true })); }";
    js_sys::eval(&script.replace("CONTENT", content)).unwrap();
}

#[wasm_bindgen_test]
async fn a_chosen_file_is_played_and_one_that_is_too_long_is_none() {
    let page = Page::open().await;
    page.act(Action::DialogOpened(DialogKind::Replay)).await;
    let played = |count| page.log.replays.borrow().len() == count;
    choose_file("'=== caf\u{e9}\\n[   0.000] ns-1       C: VER 1 MSNP6'");
    until("the file is read", || played(1)).await;
    // The same one can be chosen again.
    choose_file("'x'.repeat(4000001)");
    until("the file is refused", || played(2)).await;
    let expected = ["=== caf\u{e9}\n[   0.000] ns-1       C: VER 1 MSNP6", ""];
    assert_eq!(*page.log.replays.borrow(), expected);
}
