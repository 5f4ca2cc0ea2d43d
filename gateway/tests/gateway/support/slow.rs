//! Whoever says everything byte by byte. That is a fault, and no wait for anything.

use std::{io, time::Duration};
use tokio::{
    io::{AsyncWrite, AsyncWriteExt as _},
    time::{Interval, MissedTickBehavior, interval},
};

/// One tick for each byte.
pub(crate) fn pace() -> Interval {
    let mut pace = interval(Duration::from_millis(1));
    // Nobody catches up after a pause.
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pace
}

/// Sends one byte after the other, each in a packet of its own where the system does not gather them.
pub(crate) async fn dribbles(
    to: &mut (impl AsyncWrite + Unpin),
    bytes: impl IntoIterator<Item = u8>,
) -> io::Result<()> {
    let mut pace = pace();
    for byte in bytes {
        pace.tick().await;
        to.write_all(&[byte]).await?;
    }
    Ok(())
}
