//! Views rendered to text, without a browser: the names and roles that people and tests rely on, and
//! that nothing from outside becomes markup.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail; clippy sees only the marked functions as tests, not their helpers"
)]

mod away;
#[path = "../common/mod.rs"]
mod common;
mod contacts;
mod conversation;
mod dialogs;
mod hostile;
mod hostile_names;
mod interrupted;
mod looks;
mod narrow;
mod sign_in;
mod wire;

use common::*;
use msnp6::command::ErrorCode;
use msnp6::messenger::{
    CloseReason, Delivery, DeliveryFailure, Event, MailNotice, SignInFailure, SignInStep,
    SignOutReason,
};
use msnp6::model::{ConversationId, FriendlyName, ListKind, Presence, Secret, TextId};
use msnp6_client::store::{
    Action, AppState, Config, ConfigFailure, DemoAccount, DialogKind, Server, Shared,
};
use msnp6_client::view::screen;
use tokio::task::LocalSet;
use yew::{Callback, Html, LocalServerRenderer, Properties, component};

#[derive(PartialEq, Properties)]
struct ScreenProps {
    state: Shared<AppState>,
}

#[component]
fn Screen(props: &ScreenProps) -> Html {
    screen(&props.state, &Callback::noop())
}

/// The whole page as the browser would get it.
fn render(page: &Page) -> String {
    let state = Shared::new(page.state.clone());
    let props = ScreenProps { state };
    let renderer = LocalServerRenderer::<Screen>::with_props(props).hydratable(false);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    LocalSet::new().block_on(&runtime.expect("a runtime"), renderer.render())
}

/// What of it is text, with one space wherever elements meet.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for c in html.chars() {
        match c {
            '<' => is_inside = true,
            '>' => {
                is_inside = false;
                text.push(' ');
            }
            c if !is_inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    for part in expected {
        assert!(html.contains(part), "missing: {part}\nfound: {html}");
    }
}

#[track_caller]
fn check_absent(html: &str, unwanted: &[&str]) {
    for part in unwanted {
        assert!(!html.contains(part), "unwanted: {part}\nfound: {html}");
    }
}

fn config(servers: &[&str], demo: &[&str]) -> Action {
    let servers = servers.iter().map(|name| Server {
        name: (*name).to_owned(),
        label: format!("The {name}"),
    });
    let demo_accounts = demo.iter().map(|who| DemoAccount {
        handle: handle(who).as_str().to_owned(),
        password: Secret::new("demo".to_owned()),
    });
    Action::ConfigAnswered(Ok(Config {
        servers: servers.collect(),
        demo_accounts: demo_accounts.collect(),
        version: "1.2.3".to_owned(),
    }))
}
