//! Fuzzes a whole client, whose server says anything at any time. The body is in `bodies`.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::messenger(data));
