//! Fetches `/config.json`. Read through the browser's own JSON, which costs the page nothing.

use core::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Reflect};
use msnp6::model::Secret;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

use crate::store::{Config, ConfigFailure, DemoAccount, Server};

/// How many servers and accounts are taken from an answer at most.
const MAX_ENTRIES: u32 = 100;

/// How long to wait for an answer, in milliseconds.
const DEADLINE: u32 = 15_000;

/// How long the gateway may take to show that it is still there, in milliseconds.
const PROBE_DEADLINE: u32 = 9_000;

/// Asks the gateway for its configuration; `answer` is called once, at the deadline at the latest.
pub fn fetch(answer: impl FnOnce(Result<Config, ConfigFailure>) + 'static) {
    fetch_within(DEADLINE, Box::new(answer));
}

/// Asks for it only to see that the gateway is there, which forbids to store the answer. An answer that
/// says anything else than that it is not there will do.
pub(super) fn probe(on_gone: impl FnOnce() + 'static) {
    let answer = move |answer| {
        if let Err(ConfigFailure::Unreachable | ConfigFailure::Status(500..)) = answer {
            on_gone();
        }
    };
    fetch_within(PROBE_DEADLINE, Box::new(answer));
}

fn fetch_within(deadline: u32, answer: Box<dyn FnOnce(Result<Config, ConfigFailure>)>) {
    let answer = Rc::new(RefCell::new(Some(answer)));
    let give = move |result| {
        if let Some(answer) = answer.take() {
            answer(result);
        }
    };
    let give_up = give.clone();
    let deadline = Timeout::new(deadline, move || give_up(Err(ConfigFailure::Unreachable)));
    spawn_local(async move {
        let result = ask().await;
        drop(deadline);
        give(result);
    });
}

async fn ask() -> Result<Config, ConfigFailure> {
    let window = web_sys::window().ok_or(ConfigFailure::Unreachable)?;
    let answer = JsFuture::from(window.fetch_with_str("config.json"))
        .await
        .map_err(|_| ConfigFailure::Unreachable)?;
    let response: Response = answer.dyn_into().map_err(|_| ConfigFailure::Malformed)?;
    if !response.ok() {
        return Err(ConfigFailure::Status(response.status()));
    }
    let json = response.json().map_err(|_| ConfigFailure::Malformed)?;
    let value = JsFuture::from(json)
        .await
        .map_err(|_| ConfigFailure::Malformed)?;
    read(&value).ok_or(ConfigFailure::Malformed)
}

/// Takes what it knows and leaves the rest, so that a newer gateway serves an older page.
pub fn read(value: &JsValue) -> Option<Config> {
    let servers = entries(&field(value, "servers")?)
        .map(|entry| {
            let name = text(&entry, "name")?;
            let label = text(&entry, "label").unwrap_or_else(|| name.clone());
            Some(Server { name, label })
        })
        .collect::<Option<Vec<_>>>()?;
    let accounts = field(value, "demo").and_then(|demo| field(&demo, "accounts"));
    let demo_accounts = accounts.iter().flat_map(entries).filter_map(|entry| {
        Some(DemoAccount {
            handle: text(&entry, "handle")?,
            password: Secret::new(text(&entry, "password")?),
        })
    });
    Some(Config {
        demo_accounts: demo_accounts.collect(),
        servers,
        version: text(value, "version").unwrap_or_default(),
    })
}

fn entries(value: &JsValue) -> impl Iterator<Item = JsValue> + use<> {
    let array = value.dyn_ref::<Array>().cloned().unwrap_or_default();
    (0..array.length().min(MAX_ENTRIES)).map(move |index| array.get(index))
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    field(value, name)?.as_string()
}

fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(value, &JsValue::from_str(name)).ok()?;
    (!found.is_null() && !found.is_undefined()).then_some(found)
}
