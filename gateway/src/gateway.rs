//! What all links and requests share: the configuration and what was made of it once.

use crate::{
    admission::Admission,
    config::{Config, ServerEntry},
    http::Site,
    link::LinkEnd,
    metrics::Metrics,
    transfer::TransferPolicy,
};
use std::sync::Arc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The gateway as its tasks see it.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) config: Config,
    /// All servers, the built-in one too; the first is the default.
    pub(crate) servers: Vec<Arc<ServerEntry>>,
    pub(crate) policy: TransferPolicy,
    pub(crate) site: Site,
    pub(crate) admission: Admission,
    pub(crate) metrics: Metrics,
    /// Cancelled once, when the gateway was told to stop.
    pub(crate) stop: CancellationToken,
    /// Every connection and link; the gateway ends when they have.
    pub(crate) tasks: TaskTracker,
}

impl Gateway {
    /// A gateway that runs nothing yet.
    pub(crate) fn new(config: Config) -> Self {
        Self {
            servers: config.servers.iter().cloned().map(Arc::new).collect(),
            policy: TransferPolicy::new(config.transfer.clone(), Arc::clone(&config.resolver)),
            site: Site::new(config.web_root.clone()),
            admission: Admission::new(config.limits),
            metrics: Metrics::new(config.servers.iter().map(|server| &server.name)),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            config,
        }
    }

    /// The configured server of a name.
    pub(crate) fn server(&self, name: &str) -> Option<&Arc<ServerEntry>> {
        self.servers
            .iter()
            .find(|server| server.name.as_str() == name)
    }

    /// How a link ends because the gateway stops. Each page gets another number of seconds, so that
    /// they do not all come back at once.
    pub(crate) fn restarting() -> LinkEnd {
        let spread = getrandom::u32().unwrap_or_default() % SPREAD;
        LinkEnd::Restarting {
            seconds: SOONEST + spread,
        }
    }
}

/// The first page comes back after so many seconds, the last one `SPREAD` later.
const SOONEST: u32 = 2;
const SPREAD: u32 = 9;
