//! What all links and requests share: the configuration and what was made of it once.

use crate::{
    admission::Admission,
    config::{Config, ServerEntry},
    http::Site,
    link::LinkEnd,
    metrics::Metrics,
    transfer::TransferPolicy,
};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The gateway as its tasks see it: with one configuration, from the beginning of a request to the end of
/// its link.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) config: Config,
    /// All servers, the built-in one too; the first is the default.
    pub(crate) servers: Vec<Arc<ServerEntry>>,
    pub(crate) policy: TransferPolicy,
    pub(crate) site: Site,
    pub(crate) admission: Arc<Admission>,
    pub(crate) metrics: Arc<Metrics>,
    /// Cancelled once, when the gateway was told to stop.
    pub(crate) stop: CancellationToken,
    /// Every connection and link; the gateway ends when they have.
    pub(crate) tasks: TaskTracker,
}

impl Gateway {
    /// A gateway that runs nothing yet.
    pub(crate) fn new(config: Config) -> Self {
        let admission = Arc::new(Admission::new(config.limits));
        let metrics = Arc::new(Metrics::new());
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        Self::with(config, admission, metrics, stop, tasks)
    }

    /// The same gateway with another configuration: it counts on, and stops with this one.
    fn next(&self, config: Config) -> Self {
        let (admission, metrics) = (Arc::clone(&self.admission), Arc::clone(&self.metrics));
        admission.set_limits(config.limits);
        let (stop, tasks) = (self.stop.clone(), self.tasks.clone());
        Self::with(config, admission, metrics, stop, tasks)
    }

    fn with(
        config: Config,
        admission: Arc<Admission>,
        metrics: Arc<Metrics>,
        stop: CancellationToken,
        tasks: TaskTracker,
    ) -> Self {
        metrics.know(config.servers.iter().map(|server| &server.name));
        Self {
            servers: config.servers.iter().cloned().map(Arc::new).collect(),
            policy: TransferPolicy::new(config.transfer.clone(), Arc::clone(&config.resolver)),
            site: Site::new(config.web_root.clone()),
            admission,
            metrics,
            stop,
            tasks,
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

/// The gateway with the configuration that is in force, for whatever begins now.
#[derive(Debug)]
pub(crate) struct Live {
    gateway: RwLock<Arc<Gateway>>,
    replaced: Notify,
}

impl Live {
    pub(crate) fn new(gateway: Gateway) -> Self {
        Self {
            gateway: RwLock::new(Arc::new(gateway)),
            replaced: Notify::new(),
        }
    }

    /// As it is now.
    pub(crate) fn now(&self) -> Arc<Gateway> {
        let gateway = self.gateway.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&gateway)
    }

    /// Puts another configuration in force. What has begun goes on with the one before.
    pub(crate) fn replace(&self, config: Config) {
        let mut gateway = self.gateway.write().unwrap_or_else(PoisonError::into_inner);
        *gateway = Arc::new(gateway.next(config));
        self.replaced.notify_one();
    }

    /// Waits until another configuration is in force, or does not when one has come since the last wait. For
    /// one task alone.
    pub(crate) async fn replaced(&self) {
        self.replaced.notified().await;
    }
}
