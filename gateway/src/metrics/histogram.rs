//! How long something took, in buckets.

use super::text::Text;
use std::{
    array,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// The upper bounds of the buckets, in milliseconds, with the text that says them in seconds.
const BOUNDS: [(u64, &str); 11] = [
    (5, "0.005"),
    (10, "0.01"),
    (25, "0.025"),
    (50, "0.05"),
    (100, "0.1"),
    (250, "0.25"),
    (500, "0.5"),
    (1000, "1"),
    (2500, "2.5"),
    (5000, "5"),
    (10_000, "10"),
];

/// Counts by bucket; the last one has no bound.
#[derive(Debug)]
pub(super) struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    microseconds: AtomicU64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            buckets: array::from_fn(|_| AtomicU64::new(0)),
            microseconds: AtomicU64::new(0),
        }
    }
}

impl Histogram {
    pub(super) fn observe(&self, took: Duration) {
        let is_within = |&(bound, _): &(u64, &str)| took <= Duration::from_millis(bound);
        let index = BOUNDS.iter().position(is_within).unwrap_or(BOUNDS.len());
        if let Some(bucket) = self.buckets.get(index) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(took, Ordering::Relaxed);
    }

    /// Each bucket counts what is in those below it as well.
    pub(super) fn write(&self, text: &mut Text) {
        let bounds = BOUNDS.iter().map(|&(_, seconds)| seconds).chain(["+Inf"]);
        let mut count = 0;
        for (bound, bucket) in bounds.zip(&self.buckets) {
            count += bucket.load(Ordering::Relaxed);
            text.part("_bucket", &[("le", bound)], count);
        }
        let sum = self.microseconds.load(Ordering::Relaxed);
        let (seconds, rest) = (sum / 1_000_000, sum % 1_000_000);
        text.part("_sum", &[], format_args!("{seconds}.{rest:06}"));
        text.part("_count", &[], count);
    }
}
