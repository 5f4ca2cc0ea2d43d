//! What a link carried, for its log line and for the metrics.

use crate::{metrics::Traffic, page::OutFrame};
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of MSNP, by direction.
#[derive(Debug)]
pub(crate) struct Tally<'a> {
    /// What all links carry together.
    traffic: &'a Traffic,
    taken: AtomicU64,
    upstream: AtomicU64,
    downstream: AtomicU64,
    dropped: AtomicU64,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(traffic: &'a Traffic) -> Self {
        Self {
            traffic,
            taken: AtomicU64::default(),
            upstream: AtomicU64::default(),
            downstream: AtomicU64::default(),
            dropped: AtomicU64::default(),
        }
    }

    /// Messages were taken from the page; these bytes of them are on the way to the server.
    pub(crate) fn take(&self, frames: u32, bytes: usize) {
        self.traffic.frames_upstream(frames.into());
        add(&self.taken, bytes);
    }

    /// Bytes were handed to the server's connection.
    pub(crate) fn hand_upstream(&self, bytes: usize) {
        self.traffic.upstream(add(&self.upstream, bytes));
    }

    /// Bytes were handed to the page's connection.
    pub(crate) fn hand_downstream(&self, bytes: usize) {
        let frames = number(bytes.div_ceil(OutFrame::MAX_PAYLOAD));
        let bytes = add(&self.downstream, bytes);
        self.traffic.downstream(bytes, frames);
    }

    /// Bytes of the page were meant for a server that referred it on.
    pub(crate) fn drop_stale(&self, bytes: usize) {
        add(&self.dropped, bytes);
    }

    /// What was taken from the page and got no further.
    pub(crate) fn undelivered(&self) -> u64 {
        read(&self.taken).saturating_sub(self.upstream())
    }

    /// What is on the way is now stale: the server it was for has referred the page on.
    pub(crate) fn write_off(&self) {
        let undelivered = self.undelivered();
        self.taken.fetch_sub(undelivered, Ordering::Relaxed);
        self.dropped.fetch_add(undelivered, Ordering::Relaxed);
    }

    pub(crate) fn upstream(&self) -> u64 {
        read(&self.upstream)
    }

    pub(crate) fn downstream(&self) -> u64 {
        read(&self.downstream)
    }

    /// All that moved, in both directions.
    pub(crate) fn carried(&self) -> u64 {
        self.upstream() + self.downstream()
    }

    pub(crate) fn dropped(&self) -> u64 {
        read(&self.dropped)
    }
}

fn add(counter: &AtomicU64, bytes: usize) -> u64 {
    let bytes = number(bytes);
    // A count for people; no other memory depends on its order.
    counter.fetch_add(bytes, Ordering::Relaxed);
    bytes
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn read(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}
