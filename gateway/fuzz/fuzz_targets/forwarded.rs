//! Fuzzes the header of proxies: what a client says of itself is not believed. The body is in `src/fuzz.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| msnp6_gateway::fuzz::forwarded(data));
