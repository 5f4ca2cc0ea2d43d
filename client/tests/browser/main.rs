//! The page in a real browser, without a server: focus, keys, input methods, scrolling. The root here
//! does with requests what the page's own root does, and keeps the intents for the test to look at.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail; clippy sees only the marked functions as tests, not their helpers"
)]

#[path = "../common/mod.rs"]
mod common;
mod composer;
mod dialog;
mod driver;
mod focus;
mod harness;
mod list;
mod menu;
mod scrolling;
mod sign_in;
mod tabs;
mod tools;
mod wire;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
