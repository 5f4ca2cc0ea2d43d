//! Accepts connections until told to stop, then lets the links leave well.

use crate::{
    admin, built_in,
    config::{Config, ServerEntry},
    gateway::{Gateway, Live},
    http::{self, Purpose},
    listen::{Listeners, PageListener},
    reload::{self, Reloader, Reloads},
    tls,
};
use std::{future::Future, io, iter::repeat, sync::Arc, time::Duration};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use tracing::{info, warn};

/// Serves until `shutdown` completes; then closes every link with 4014, waits for them as long as
/// [`Deadlines::drain`](crate::Deadlines) says, and returns.
///
/// Fails only when the built-in server finds no port to listen on.
pub async fn run(
    listeners: impl Into<Listeners>,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let (_, reloads) = Reloader::new();
    run_reloading(listeners, config, reloads, shutdown).await
}

/// The same, and takes other configurations meanwhile.
pub async fn run_reloading(
    listeners: impl Into<Listeners>,
    mut config: Config,
    reloads: Reloads,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let Listeners {
        page,
        redirect,
        admin,
    } = listeners.into();
    let (demo, built_in) = if config.demo {
        let (endpoint, serving) = built_in::start().await?;
        // For clients that need no gateway, such as the example of the library.
        info!(%endpoint, "the built-in server listens");
        let entry = ServerEntry::built_in(endpoint);
        config.servers.push(entry.clone());
        (Some(tokio::spawn(serving)), Some(entry))
    } else {
        (None, None)
    };
    let live = Arc::new(Live::new(Gateway::new(config)));
    let admin = admin.map(|listener| tokio::spawn(admin::serve(listener, Arc::clone(&live))));
    let mut accepting = JoinSet::new();
    let addresses = page.iter().filter_map(PageListener::tcp_addr);
    let tls_port = addresses.map(|address| address.port()).next();
    let redirect = redirect.into_iter().zip(repeat(tls_port.unwrap_or(443)));
    let redirect = redirect.map(|(listener, port)| (listener, Purpose::Redirect(port)));
    for (listener, purpose) in page.into_iter().zip(repeat(Purpose::Page)).chain(redirect) {
        accepting.spawn(accept(listener, purpose, Arc::clone(&live)));
    }
    accepting.spawn(tls::watch(Arc::clone(&live)));
    accepting.spawn(tls::remind(Arc::clone(&live)));
    accepting.spawn(reload::obey(Arc::clone(&live), reloads, built_in));
    shutdown.await;
    let gateway = live.now();
    // A page that is told to go does not find the door open still.
    accepting.shutdown().await;
    gateway.stop.cancel();
    info!("stopping");
    gateway.tasks.close();
    if timeout(gateway.config.deadlines.drain, gateway.tasks.wait())
        .await
        .is_err()
    {
        warn!(left = gateway.tasks.len(), "not every link left in time");
    }
    for task in [admin, demo].into_iter().flatten() {
        task.abort();
    }
    Ok(())
}

async fn accept(listener: PageListener, purpose: Purpose, live: Arc<Live>) {
    let mut pause = FIRST_PAUSE;
    let mut said: Option<Instant> = None;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                pause = FIRST_PAUSE;
                let serving = http::serve(stream, peer, purpose, Arc::clone(&live));
                live.now().tasks.spawn(serving);
            }
            Err(error) => {
                // Out of descriptors, mostly; some link will end. Accepting never ends by itself.
                live.now().metrics.accept_failures.increment();
                if said.is_none_or(|said| said.elapsed() >= SAID_AGAIN) {
                    warn!(%error, "cannot accept connections; trying again");
                    said = Some(Instant::now());
                }
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// Whoever comes and goes while descriptors are short does not fill the log.
const SAID_AGAIN: Duration = Duration::from_mins(1);
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
