//! The configurations in `docs/proxies`, as they are shipped, in the real nginx and HAProxy, each before two
//! gateways. What a gateway does by itself is shown by the tests in `gateway`.
//!
//! They need both programs, and `openssl` for certificates, and are passed over unless `MSNP6_TEST_PROXIES` is set; `cargo xtask test native`
//! installs them and sets it.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, helpers too"
)]

mod haproxy;
mod haproxy_tcp;
mod nginx;
mod site;
mod stories;
#[allow(
    clippy::similar_names,
    dead_code,
    unused_imports,
    reason = "shared with the tests in `gateway`, which use all of it"
)]
#[path = "../gateway/support/mod.rs"]
mod support;
