//! Fuzzes the configuration file: taken, or refused in words. The body is in `src/fuzz.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| msnp6_gateway::fuzz::config(data));
