//! Scripts of events, and the state that they must lead to. No element, no browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail; clippy sees only the marked functions as tests, not their helpers"
)]

mod away;
mod bounds;
mod comeback;
#[path = "../common/mod.rs"]
mod common;
mod contacts;
mod conversations;
mod dialogs;
mod kept;
mod losses;
mod privacy;
mod session;
mod talk;
mod wire;

use core::time::Duration;

use common::*;
use msnp6::messenger::{
    Alert, Change, CloseReason, Delivery, DeliveryFailure, Event, Intent, IntentRefusal, ListEvent,
    MailNotice, SignInFailure, SignInStep, SignOutReason,
};
use msnp6::model::{
    ConversationId, ListKind, Presence, PrivacyDefault, ReverseListPrompt, TextId, Timestamp,
};
use msnp6_client::requests::plan;
use msnp6_client::store::{
    Action, ContactSort, DialogFault, DialogKind, Ending, LineBody, LineKey, MAX_CONVERSATIONS,
    MAX_LINES, Notice, Pane, Phase, Setting, Shared, select,
};
use msnp6_client::view::{Answer, Decision, Request};

fn labels(group: &[Shared<msnp6_client::store::ContactEntry>]) -> Vec<&str> {
    group.iter().map(|entry| entry.label.as_str()).collect()
}

fn groups(page: &Page) -> select::ContactGroups {
    found(page, "")
}

fn found(page: &Page, filter: &str) -> select::ContactGroups {
    let contacts = page.state.contacts.as_ref().expect("contacts");
    let unread = select::unread_from(&page.state);
    select::contact_groups(contacts, &page.state.settings, filter, &unread)
}

fn words(line: &LineBody) -> &str {
    match line {
        LineBody::Theirs { text, .. } | LineBody::Mine { text, .. } => text,
        LineBody::Joined(_) => "joined",
        LineBody::Left(_) => "left",
        LineBody::Deed { .. } => "deed",
    }
}

fn transcript(conversation: &msnp6_client::store::Conversation) -> Vec<&str> {
    let lines = conversation.lines.iter();
    lines.map(|line| words(&line.body)).collect()
}

fn line_key(page: &Page, index: usize) -> LineKey {
    let line = page.only().lines.iter().nth(index);
    line.expect("a line").key
}

fn delivery(page: &Page) -> Option<Delivery> {
    match &page.only().lines.last().expect("a line").body {
        LineBody::Mine { delivery, .. } => delivery.clone(),
        other => panic!("not a text of mine: {other:?}"),
    }
}
