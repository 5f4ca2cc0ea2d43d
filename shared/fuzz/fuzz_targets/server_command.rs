//! Fuzzes commands of both directions: what was read is written so that it reads back. The body is in `bodies`.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::server_command(data));
