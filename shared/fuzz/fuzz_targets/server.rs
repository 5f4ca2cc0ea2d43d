//! Fuzzes the built-in server, whose clients say anything at any time. The body is in `bodies`.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::server(data));
