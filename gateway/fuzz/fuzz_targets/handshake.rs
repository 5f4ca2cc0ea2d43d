//! Fuzzes a connection: answered in HTTP, and over when its client is. The body is in `src/fuzz.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| msnp6_gateway::fuzz::handshake(data));
