//! Serves the page and carries its bytes to MSNP6 servers.
//!
//! A page cannot open TCP, so it opens a WebSocket here, and what it sends goes to a server as it is,
//! and back. The gateway never changes a byte, knows no password, and keeps no session: it reads along
//! in what a notification server sends, only to see which addresses that server names.
//!
//! ```no_run
//! use msnp6_gateway::{Config, Inherited, Listeners, ServerEntry, run};
//!
//! # async fn example() -> std::io::Result<()> {
//! let server = ServerEntry::new("escargot", "ms.example.org:1863").expect("a name and an address");
//! let config = Config::new(vec![server]).expect("random bytes");
//! let listeners = Listeners::open(&config, Inherited::default()).await?;
//! let shutdown = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
//! run(listeners, config, shutdown).await
//! # }
//! ```
#![forbid(unsafe_code)]

mod admin;
mod admission;
pub mod built_in;
pub mod client;
pub mod config;
mod dial;
#[cfg(all(unix, any(test, fuzzing)))]
#[allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "no part of the gateway"
)]
pub mod fuzz;
mod gateway;
mod http;
mod link;
pub mod listen;
mod metrics;
mod page;
mod reload;
pub mod resolve;
mod scratch;
mod server;
mod stream;
pub mod ticket;
pub mod tls;
pub mod transfer;

pub use config::{
    Bound, CommandLine, Config, ConfigError, Deadlines, Limits, LogFormat, ServerEntry,
};
pub use listen::{Inherited, Listeners};
pub use reload::{Reloader, Reloads};
pub use server::{run, run_reloading};
