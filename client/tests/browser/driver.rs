//! The driver's own contact with the browser. There is no gateway here, and that is tested too.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use msnp6::messenger::{CloseReason, Event, Intent, SignInFailure, SignInStep};
use msnp6::model::{Presence, Secret, Timestamp};
use msnp6_client::driver::{self, Alarm, Driver};
use msnp6_client::store::Remembered;
use wasm_bindgen_test::wasm_bindgen_test;

use super::harness::{json, until};
use crate::common::handle;

#[wasm_bindgen_test]
fn a_configuration_is_read_with_what_it_has() {
    let config = driver::read_config(&json(
        r#"{"version":"1.2","servers":[{"name":"a","label":"The A"},{"name":"b"}],"more":1,
            "demo":{"accounts":[{"handle":"x@y","password":"z"},{"handle":"no password"}]}}"#,
    ));
    let config = config.unwrap();
    let labels: Vec<_> = config.servers.iter().map(|s| s.label.as_str()).collect();
    assert_eq!(labels, ["The A", "b"]);
    assert_eq!(config.demo_accounts.len(), 1);
    assert_eq!(config.version, "1.2");
}

#[wasm_bindgen_test]
fn what_is_no_configuration_is_refused() {
    for text in ["null", "[]", "{}", "7", r#"{"servers":[{"label":"x"}]}"#] {
        assert!(driver::read_config(&json(text)).is_none(), "{text}");
    }
}

#[wasm_bindgen_test]
fn what_is_remembered_comes_back_and_can_be_forgotten() {
    let last = Remembered {
        address: "alice@example.com".to_owned(),
        server: Some("demo".to_owned()),
        presence: Presence::Away,
    };
    driver::remember(Some(&last));
    assert_eq!(driver::recall(), Some(last));
    driver::remember(None);
    assert_eq!(driver::recall(), None);
}

#[wasm_bindgen_test]
fn what_is_kept_over_a_reload_stays_in_this_tab_and_can_be_forgotten() {
    driver::keep("a record");
    assert_eq!(driver::recall_kept().as_deref(), Some("a record"));
    let lasting = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    for index in 0..lasting.length().unwrap() {
        let key = lasting.key(index).unwrap().unwrap();
        assert_ne!(lasting.get_item(&key).unwrap().as_deref(), Some("a record"));
    }
    driver::keep("");
    assert_eq!(driver::recall_kept(), None);
}

#[wasm_bindgen_test]
fn the_browser_asks_before_leaving_only_while_it_is_told_to() {
    let is_asked = || {
        let init = web_sys::EventInit::new();
        init.set_cancelable(true);
        let event = web_sys::Event::new_with_event_init_dict("beforeunload", &init).unwrap();
        !web_sys::window().unwrap().dispatch_event(&event).unwrap()
    };
    assert!(!is_asked());
    let guard = driver::guard_leaving();
    assert!(is_asked());
    drop(guard);
    assert!(!is_asked());
}

#[wasm_bindgen_test]
async fn an_alarm_rings_not_before_its_time_and_only_the_last_one() {
    let rung = Rc::new(Cell::new(None));
    let mut alarm = Alarm::default();
    alarm.set(driver::moment().at, || panic!("replaced"));
    let at = Timestamp(driver::moment().at.0 + 20);
    let told = rung.clone();
    alarm.set(at, move || told.set(Some(driver::moment().at)));
    until("it rings", || rung.get().is_some()).await;
    assert!(rung.get().unwrap() >= at);
}

#[wasm_bindgen_test]
async fn without_a_gateway_a_sign_in_fails_with_a_lost_link() {
    let events = Rc::new(RefCell::new(Vec::new()));
    let told = events.clone();
    let driver = Driver::new(move |_, events| told.borrow_mut().extend(events));
    driver.intend(Intent::SignIn {
        handle: handle("alice"),
        password: Secret::new("demo".to_owned()),
        presence: Presence::Online,
    });
    assert_eq!(
        events.borrow()[..],
        [Event::SignInProgress(SignInStep::Connecting)]
    );
    let lost = Event::SignInFailed(SignInFailure::Link(CloseReason::Lost));
    until("it fails", || events.borrow().last() == Some(&lost)).await;
}

#[wasm_bindgen_test]
async fn a_cancelled_sign_in_says_nothing_more() {
    let events = Rc::new(RefCell::new(Vec::new()));
    let told = events.clone();
    let driver = Driver::new(move |_, events| told.borrow_mut().extend(events));
    driver.intend(Intent::SignIn {
        handle: handle("alice"),
        password: Secret::new("demo".to_owned()),
        presence: Presence::Online,
    });
    driver.intend(Intent::SignOut);
    super::harness::settle().await;
    assert_eq!(
        events.borrow()[1..],
        [Event::SignInFailed(SignInFailure::Cancelled)]
    );
}
