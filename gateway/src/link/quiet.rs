//! How long nothing but pings has moved on a link. Pure: it is told the time, and what was carried.

use std::time::Duration;
use tokio::time::Instant;

/// Since when a link is quiet, as far as is known: it is looked at now and then only.
#[derive(Debug)]
pub(super) struct Quiet {
    since: Instant,
    carried: u64,
}

impl Quiet {
    pub(super) const fn new(now: Instant, carried: u64) -> Self {
        Self {
            since: now,
            carried,
        }
    }

    /// When to look again, if there is a deadline.
    pub(super) fn wake_at(&self, longest: Option<Duration>) -> Option<Instant> {
        longest.map(|longest| self.since + longest)
    }

    /// Whether the link has been quiet for too long; `carried` is all that it ever carried.
    pub(super) fn is_too_long(
        &mut self,
        now: Instant,
        carried: u64,
        longest: Option<Duration>,
    ) -> bool {
        if carried != self.carried {
            self.carried = carried;
            self.since = now;
        }
        self.wake_at(longest).is_some_and(|end| now >= end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);
    const LONGEST: Option<Duration> = Some(MINUTE);

    #[test]
    fn a_link_that_carries_nothing_is_quiet_for_too_long_at_its_deadline() {
        let start = Instant::now();
        let mut quiet = Quiet::new(start, 5);
        assert_eq!(quiet.wake_at(LONGEST), Some(start + MINUTE));
        assert!(!quiet.is_too_long(start + MINUTE / 2, 5, LONGEST));
        assert!(quiet.is_too_long(start + MINUTE, 5, LONGEST));
    }

    #[test]
    fn one_byte_starts_the_time_anew() {
        let start = Instant::now();
        let mut quiet = Quiet::new(start, 5);
        assert!(!quiet.is_too_long(start + MINUTE, 6, LONGEST));
        assert!(!quiet.is_too_long(start + MINUTE * 2 - Duration::from_secs(1), 6, LONGEST));
        assert!(quiet.is_too_long(start + MINUTE * 2, 6, LONGEST));
    }

    #[test]
    fn without_a_deadline_a_link_may_be_quiet_for_ever() {
        let start = Instant::now();
        let mut quiet = Quiet::new(start, 0);
        assert_eq!(quiet.wake_at(None), None);
        assert!(!quiet.is_too_long(start + MINUTE * 10_000, 0, None));
    }
}
