//! Where log lines go: to standard error, those of the gateway only. Libraries are left out, some of
//! them print what they carry.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// Starts logging at the level in `MSNP6_GATEWAY_LOG`: `error`, `warn`, `info` (unless said otherwise),
/// `debug`, `trace` or `off`.
pub(crate) fn start() {
    let level = std::env::var("MSNP6_GATEWAY_LOG").ok();
    let level = level.and_then(|level| level.parse().ok());
    let filter = Targets::new().with_target("msnp6_gateway", level.unwrap_or(LevelFilter::INFO));
    let format = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    tracing_subscriber::registry()
        .with(format)
        .with(filter)
        .init();
}
