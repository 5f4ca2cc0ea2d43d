//! MSNP6, the protocol of MSN Messenger 3.6 (2001), without sockets, clocks or threads.
#![forbid(unsafe_code)]

pub mod auth;
pub mod command;
pub mod gateway;
pub mod messenger;
pub mod model;
pub mod payload;
#[cfg(feature = "server")]
pub mod server;
mod session;
pub mod wire;
