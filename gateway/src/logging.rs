//! Where log lines go: to standard error, those of the gateway only. Libraries are left out, some of
//! them print what they carry.

use msnp6_gateway::LogFormat;
use std::io::{self, IsTerminal as _};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer as _, filter::Targets, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// Starts logging at the level in `MSNP6_GATEWAY_LOG`: `error`, `warn`, `info` (unless said otherwise),
/// `debug`, `trace` or `off`.
pub(crate) fn start(format: LogFormat) {
    let level = std::env::var("MSNP6_GATEWAY_LOG").ok();
    let level = level.and_then(|level| level.parse().ok());
    let filter = Targets::new().with_target("msnp6_gateway", level.unwrap_or(LevelFilter::INFO));
    let lines = fmt::layer().with_writer(io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).boxed(),
        // What is said about a line stands beside its message, where collectors look for it.
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry()
        .with(lines)
        .with(filter)
        .init();
}
