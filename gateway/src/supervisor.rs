//! What systemd is told when it is the one that started the program (`Type=notify`): that the gateway
//! is ready, that it reads its configuration again, that it stops, and, for its watchdog, that it still lives. Without systemd nothing happens.

use sd_notify::NotifyState;
use tracing::warn;

/// The gateway listens. From here on the watchdog hears of it, as long as its tasks get their turn.
pub(crate) fn ready() {
    tell(&[NotifyState::Ready]);
    if let Some(interval) = sd_notify::watchdog_enabled() {
        tokio::spawn(async move {
            // Twice as often as asked for, as its manual wants it.
            let mut beat = tokio::time::interval(interval / 2);
            loop {
                beat.tick().await;
                tell(&[NotifyState::Watchdog]);
            }
        });
    }
}

/// The configuration is being read again.
pub(crate) fn reloading() {
    // It wants to know since when, or it does not believe it.
    match NotifyState::monotonic_usec_now() {
        Ok(since) => tell(&[NotifyState::Reloading, since]),
        Err(error) => warn!(%error, "systemd cannot be told"),
    }
}

/// The gateway is as ready as before, with that configuration or the one before.
pub(crate) fn reloaded() {
    tell(&[NotifyState::Ready]);
}

/// The gateway leaves; its links take some seconds.
pub(crate) fn stopping() {
    tell(&[NotifyState::Stopping]);
}

fn tell(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        warn!(%error, "systemd cannot be told");
    }
}
