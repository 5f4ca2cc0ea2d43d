//! Fuzzes the header of balancers: the same however it is cut. The body is in `src/fuzz.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| msnp6_gateway::fuzz::proxy_header(data));
