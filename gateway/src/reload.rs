//! Another configuration while the gateway runs: all of it or nothing. Links that are open go on with the
//! one that they began with. Where it is read from and when is for whoever runs the gateway.

use crate::{
    config::{Config, ConfigError, ServerEntry},
    gateway::{Gateway, Live},
};
use std::{mem, sync::Arc};
use tokio::sync::{mpsc, oneshot};
use tracing::{info, warn};

/// Hands configurations to a gateway that runs.
#[derive(Clone, Debug)]
pub struct Reloader(mpsc::Sender<Order>);

/// Where a gateway gets them.
#[derive(Debug)]
pub struct Reloads(mpsc::Receiver<Order>);

#[derive(Debug)]
struct Order {
    /// Boxed: the queue has room for dozens, and nearly always none.
    loaded: Box<Result<Config, ConfigError>>,
    done: oneshot::Sender<bool>,
}

impl Reloader {
    /// Both ends.
    pub fn new() -> (Self, Reloads) {
        let (sender, receiver) = mpsc::channel(1);
        (Self(sender), Reloads(receiver))
    }

    /// Puts a configuration in force, or tells in log and metrics why there is none. Completes when that is
    /// done, with whether it is in force.
    pub async fn reload(&self, loaded: Result<Config, ConfigError>) -> bool {
        let (done, is_done) = oneshot::channel();
        let loaded = Box::new(loaded);
        // A gateway that stops takes none any more.
        let _ = self.0.send(Order { loaded, done }).await;
        is_done.await.unwrap_or(false)
    }
}

/// Takes them as they come. The built-in server, if one runs, is there for whoever wants it.
pub(crate) async fn obey(live: Arc<Live>, mut reloads: Reloads, built_in: Option<ServerEntry>) {
    while let Some(Order { loaded, done }) = reloads.0.recv().await {
        let gateway = live.now();
        let next = (*loaded).and_then(|config| next(&gateway, config, built_in.as_ref()));
        gateway.metrics.config_read(next.is_ok());
        let is_taken = next.is_ok();
        match next {
            Ok((config, waiting)) => {
                live.replace(config);
                info!("configuration taken");
                if !waiting.is_empty() {
                    let keys = waiting.join(", ");
                    warn!(
                        keys,
                        "these stay as they were until the gateway is restarted"
                    );
                }
            }
            Err(error) => warn!("the configuration stays as it was: {error}"),
        }
        // Nobody has to wait for it.
        let _ = done.send(is_taken);
    }
}

/// What can be in force now, and the keys of what cannot.
fn next(
    gateway: &Gateway,
    mut config: Config,
    built_in: Option<&ServerEntry>,
) -> Result<(Config, Vec<&'static str>), ConfigError> {
    let now = &gateway.config;
    let mut waiting = Vec::new();
    let mut keep = |is_other: bool, key: &'static str| {
        if is_other {
            waiting.push(key);
        }
    };
    let listen = mem::replace(&mut config.listen, now.listen.clone());
    keep(listen != now.listen, "listen");
    let redirect = mem::replace(&mut config.redirect_listen, now.redirect_listen.clone());
    keep(redirect != now.redirect_listen, "redirect_listen");
    let admin = mem::replace(&mut config.admin_listen, now.admin_listen);
    keep(admin != now.admin_listen, "admin_listen");
    let format = mem::replace(&mut config.log_format, now.log_format);
    keep(format != now.log_format, "log_format");
    if config.tls.is_some() != now.tls.is_some() {
        config.tls.clone_from(&now.tls);
        keep(true, "tls_certificate");
    }
    if config.demo {
        config.demo = built_in.is_some();
        keep(!config.demo, "demo");
        config.servers.extend(built_in.cloned());
    }
    if config.servers.is_empty() {
        return Err(ConfigError::NoServer);
    }
    if config.ticket_keys.is_random() && now.ticket_keys.is_random() {
        // Tickets that are out stay good.
        config.ticket_keys = now.ticket_keys.clone();
    }
    Ok((config, waiting))
}
