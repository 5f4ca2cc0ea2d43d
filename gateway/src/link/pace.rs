//! How much a page may send. Over some seconds it may send more than the limit says, so that a long text
//! or a slow network's backlog passes; for longer it may not. Pure: it is told the time.

use crate::config::{Bound, Limit, Limits};
use std::time::Duration;
use tokio::time::Instant;

/// What a page has sent lately, against its limits.
#[derive(Debug)]
pub(super) struct Pace {
    bytes: Bucket,
    frames: Bucket,
}

impl Pace {
    pub(super) fn new(now: Instant, limits: &Limits) -> Self {
        Self {
            bytes: Bucket::new(now, limits.bytes_per_second),
            frames: Bucket::new(now, limits.frames_per_second),
        }
    }

    /// Whether anything is limited at all; asking for the time is not free.
    pub(super) fn is_limited(&self) -> bool {
        self.bytes
            .rate
            .number()
            .or(self.frames.rate.number())
            .is_some()
    }

    /// Counts messages; the limit that they break, if they do.
    pub(super) fn take(&mut self, now: Instant, frames: u32, bytes: usize) -> Result<(), Limit> {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        if !self.bytes.take(now, bytes) {
            return Err(Limit::Bytes);
        }
        if !self.frames.take(now, frames) {
            return Err(Limit::Frames);
        }
        Ok(())
    }
}

/// A bucket that runs empty at a rate, and overflows: kept as the time when it will be empty.
#[derive(Debug)]
struct Bucket {
    rate: Bound,
    empty_at: Instant,
}

impl Bucket {
    fn new(now: Instant, rate: Bound) -> Self {
        Self {
            rate,
            empty_at: now,
        }
    }

    fn take(&mut self, now: Instant, amount: u32) -> bool {
        let Some(rate) = self.rate.number() else {
            return true;
        };
        self.empty_at = self.empty_at.max(now) + Duration::from_secs(amount.into()) / rate.get();
        self.empty_at - now <= BURST
    }
}

/// For so long a page may send twice as much as it may, or all of that at once.
const BURST: Duration = Duration::from_secs(10);

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(bytes: u32, frames: u32) -> (Instant, Pace) {
        let now = Instant::now();
        let limits = Limits {
            bytes_per_second: Bound::at(bytes),
            frames_per_second: Bound::at(frames),
            ..Limits::NONE
        };
        (now, Pace::new(now, &limits))
    }

    #[test]
    fn a_page_may_send_at_its_rate_for_ever() {
        let (mut now, mut pace) = pace(1000, 10);
        for _ in 0..1000 {
            now += Duration::from_millis(100);
            assert_eq!(pace.take(now, 1, 100), Ok(()));
        }
    }

    #[test]
    fn ten_seconds_worth_at_once_is_fine_and_a_byte_more_is_not() {
        let (now, mut pace) = pace(1000, 0);
        assert_eq!(pace.take(now, 1, 10_000), Ok(()));
        assert_eq!(pace.take(now, 1, 1), Err(Limit::Bytes));
    }

    #[test]
    fn many_small_messages_break_a_limit_of_their_own() {
        let (now, mut pace) = pace(0, 10);
        assert_eq!(pace.take(now, 100, 100), Ok(()));
        assert_eq!(pace.take(now, 1, 1), Err(Limit::Frames));
    }

    #[test]
    fn without_limits_nothing_is_too_much() {
        let (now, mut pace) = pace(0, 0);
        assert!(!pace.is_limited());
        assert_eq!(pace.take(now, u32::MAX, usize::MAX), Ok(()));
    }
}
