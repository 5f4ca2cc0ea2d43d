//! The built-in server, by scripts: what it answers, tells and refuses, a file for each part of it.
#![cfg(feature = "server")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

mod bots;
mod cookies;
mod harness;
mod lists;
mod notification;
mod presence;
mod quirks;
mod quirks_rooms;
mod robustness;
mod services;
mod settings;
mod sign_in;
mod switchboard;

#[path = "../support/mod.rs"]
mod support;
