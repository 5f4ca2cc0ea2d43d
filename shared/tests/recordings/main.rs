//! Recordings of a real server, each played to a `Messenger`: the events they must give, whole and byte by
//! byte; and every line of them read as the command that it is.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[cfg(feature = "server")]
mod built_in;
mod chat;
#[cfg(feature = "server")]
#[path = "../server/harness/mod.rs"]
mod harness;
mod junk;
mod lines;
mod lists;
mod presence;
mod services;
mod sign_in;
#[path = "../support/mod.rs"]
mod support;

use msnp6::messenger::{Event, Intent, ListEvent};
use msnp6::model::{FriendlyName, Presence, Secret, UserHandle};
use support::replay::{Cut, Replay, Script};
use support::transcripts::transcript;

/// The handle of somebody as the recordings know them.
fn of(name: &str) -> UserHandle {
    UserHandle::parse(&format!("{name}@example.com")).expect("a handle")
}

fn called(name: &str) -> FriendlyName {
    FriendlyName::parse(name).expect("a name")
}

/// Plays the part that began on a connection, both ways, and answers it once they gave the same.
fn replay(file: &str, connection: &'static str, script: Script<'_>) -> Replay {
    replay_as(file, connection, Presence::Online, script)
}

/// The same, for somebody whose first presence was another.
fn replay_as(
    file: &str,
    connection: &'static str,
    presence: Presence,
    script: Script<'_>,
) -> Replay {
    let name = connection.split(['-', '.']).next().expect("a name");
    replay_by(name, file, connection, presence, script)
}

/// The same, for somebody after whom the connection is not called.
fn replay_by(
    name: &str,
    file: &str,
    connection: &'static str,
    presence: Presence,
    script: Script<'_>,
) -> Replay {
    let first = Intent::SignIn {
        handle: of(name),
        password: Secret::new(format!("secret-{name}")),
        presence,
    };
    let whole = Replay::run(Cut::Frames, file, connection, first.clone(), script);
    let bytes = Replay::run(Cut::Bytes, file, connection, first, script);
    assert_eq!(whole.events, bytes.events);
    assert_eq!(whole.sent, bytes.sent);
    whole
}

/// The connections of a recording, in order, that begin with these letters.
fn connections(file: &str, start: &str) -> Vec<&'static str> {
    let mut all = Vec::new();
    for entry in transcript(file) {
        if entry.connection.starts_with(start) && !all.contains(&entry.connection) {
            all.push(entry.connection);
        }
    }
    all
}

/// What is picked from all events, in order.
fn told<'a, T>(events: &'a [Event], pick: impl FnMut(&'a Event) -> Option<T>) -> Vec<T> {
    events.iter().filter_map(pick).collect()
}

/// Who was told to be how.
fn presences(events: &[Event]) -> Vec<(&str, Option<&str>, Presence)> {
    told(events, |event| match event {
        Event::ContactPresence {
            handle,
            name,
            presence,
        } => {
            let name = name.as_ref().map(FriendlyName::as_str);
            Some((handle.as_str(), name, *presence))
        }
        _ => None,
    })
}

/// What was told of lists, names, settings and numbers.
fn changes(events: &[Event]) -> Vec<&ListEvent> {
    told(events, |event| match event {
        Event::Lists(event) => Some(event),
        _ => None,
    })
}

/// What was written, and by whom.
fn texts(events: &[Event]) -> Vec<(&str, &str)> {
    told(events, |event| match event {
        Event::TextReceived { handle, text, .. } => Some((handle.as_str(), text.as_str())),
        _ => None,
    })
}

/// What was found odd.
fn oddities(events: &[Event]) -> Vec<&str> {
    told(events, |event| match event {
        Event::Oddity { what } => Some(what.as_str()),
        _ => None,
    })
}
