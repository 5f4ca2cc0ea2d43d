//! Fuzzes the framer: the same frames however the bytes are cut. The body is in `bodies`.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::framer(data));
