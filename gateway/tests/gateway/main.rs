//! The gateway over real sockets, on this machine only: fake servers on one side, pages on the other.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails, helpers too"
)]
#![expect(
    clippy::similar_names,
    reason = "a link says a line: both words are right"
)]

mod addresses;
mod built_in;
mod callers;
mod canary;
mod certificates;
mod closing;
mod deadlines;
mod demo;
mod docs;
mod faults;
mod http;
mod leaving;
mod limits;
mod links;
mod listeners;
mod metrics;
mod pressure;
mod program;
mod reload;
mod server_tls;
mod slow;
mod support;
mod tickets;
mod tls;
mod transfers;
