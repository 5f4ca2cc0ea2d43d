//! The sign-in form: what it hands over, what it keeps, and where the focus goes.

use msnp6::command::ErrorCode;
use msnp6::messenger::{Event, SignInFailure, SignInStep};
use msnp6::model::{Presence, Secret};
use msnp6_client::store::{Action, Config, DemoAccount};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

use super::harness::{Page, check_focus, settle, until};
use crate::common::{self, handle};

async fn ask(page: &Page) {
    let mut script = common::Page::default();
    script.ask_sign_in("alice");
    page.act(Action::SignInAsked {
        handle: handle("alice"),
        form: script.state.last_form.unwrap(),
        server_label: None,
    })
    .await;
}

#[wasm_bindgen_test]
async fn it_hands_the_password_over_and_keeps_nothing_of_it() {
    let page = Page::open().await;
    page.fill("address", " Alice@Example.com ").await;
    page.fill("password", "hunter2").await;
    let status: HtmlSelectElement = page.get("#status").unchecked_into();
    status.set_value("AWY");
    let changed = web_sys::EventInit::new();
    changed.set_bubbles(true);
    let changed = web_sys::Event::new_with_event_init_dict("change", &changed).unwrap();
    status.dispatch_event(&changed).unwrap();
    settle().await;
    page.press("Sign in").await;
    let sign_ins = page.log.sign_ins.borrow();
    let [only] = &sign_ins[..] else {
        panic!("{} sign-ins", sign_ins.len());
    };
    assert_eq!(only.handle.as_str(), "alice@example.com");
    assert_eq!(only.password.expose(), "hunter2");
    assert_eq!(only.presence, Presence::Away);
    assert!(!only.is_remembered);
    assert_eq!(page.input("password").value(), "");
    let html = page.get(".screen").outer_html();
    assert!(!html.contains("hunter2"));
}

#[wasm_bindgen_test]
async fn a_bad_address_is_pointed_at() {
    let page = Page::open().await;
    page.fill("address", "alice").await;
    page.fill("password", "demo").await;
    page.press("Sign in").await;
    assert!(page.log.sign_ins.borrow().is_empty());
    let address = page.input("address");
    check_focus(&address);
    assert_eq!(address.get_attribute("aria-invalid").unwrap(), "true");
    let fault = page.get("#address-fault").text_content().unwrap();
    assert!(fault.contains("name@example.com"), "{fault}");
    assert_eq!(page.input("password").value(), "demo");
}

#[wasm_bindgen_test]
async fn a_missing_password_is_pointed_at() {
    let page = Page::open().await;
    page.fill("address", "alice@example.com").await;
    page.press("Sign in").await;
    assert!(page.log.sign_ins.borrow().is_empty());
    check_focus(&page.input("password"));
}

#[wasm_bindgen_test]
async fn while_it_goes_on_cancel_has_the_focus() {
    let page = Page::open().await;
    ask(&page).await;
    check_focus(&page.button("Cancel"));
    assert!(page.input("address").matches(":disabled").unwrap());
}

#[wasm_bindgen_test]
async fn after_a_failure_the_password_has_the_focus() {
    let page = Page::open().await;
    ask(&page).await;
    let failure = SignInFailure::Refused(ErrorCode::AUTHENTICATION_FAILED);
    page.event(Event::SignInFailed(failure)).await;
    check_focus(&page.input("password"));
    page.get("[role=alert]");
}

#[wasm_bindgen_test]
async fn a_demo_account_is_filled_in() {
    let page = Page::open().await;
    page.act(Action::ConfigAnswered(Ok(Config {
        demo_accounts: vec![DemoAccount {
            handle: "bob@example.com".to_owned(),
            password: Secret::new("demo".to_owned()),
        }],
        ..Config::default()
    })))
    .await;
    page.press("Fill in bob@example.com").await;
    assert_eq!(page.input("address").value(), "bob@example.com");
    assert_eq!(page.input("password").value(), "demo");
}

#[wasm_bindgen_test]
async fn the_step_under_way_shows_its_seconds() {
    let page = Page::open().await;
    ask(&page).await;
    page.event(Event::SignInProgress(SignInStep::Connecting))
        .await;
    // The seconds are hidden until there is one.
    let shown = || {
        let script = "(() => { const style = getComputedStyle(document.querySelector('.step:last-child'), '::after');
            return style.visibility + style.getPropertyValue('--seconds'); })()";
        js_sys::eval(script).unwrap().as_string().unwrap()
    };
    assert_eq!(shown(), "hidden0");
    until("a second", || shown() == "visible1").await;
    page.event(Event::SignInProgress(SignInStep::Authenticating))
        .await;
    assert_eq!(shown(), "hidden0");
}
