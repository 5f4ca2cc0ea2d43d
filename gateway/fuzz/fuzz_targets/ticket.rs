//! Fuzzes tickets: none is taken that was not signed. The body is in `src/fuzz.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| msnp6_gateway::fuzz::ticket(data));
