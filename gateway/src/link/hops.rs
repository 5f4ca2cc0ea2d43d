//! How often one server may refer a page to the next.

use msnp6::gateway::MAX_REFERRALS;
use std::time::{Duration, Instant};

/// Counts referrals in a row. A link that stayed with one server for a minute starts anew: being sent
/// on in mid-session now and then is no loop.
#[derive(Debug)]
pub(crate) struct Hops {
    count: u8,
    last: Instant,
}

/// Referrals further apart than this are not in a row.
const APART: Duration = Duration::from_mins(1);

impl Hops {
    pub(crate) const fn new(now: Instant) -> Self {
        Self {
            count: 0,
            last: now,
        }
    }

    /// Whether one more referral may be followed.
    pub(crate) fn may_follow(&mut self, now: Instant) -> bool {
        if now.saturating_duration_since(self.last) >= APART {
            self.count = 0;
        }
        self.last = now;
        self.count = self.count.saturating_add(1);
        self.count <= MAX_REFERRALS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_in_a_row_are_followed_and_no_sixth() {
        let now = Instant::now();
        let mut hops = Hops::new(now);
        for _ in 0..5 {
            assert!(hops.may_follow(now));
        }
        assert!(!hops.may_follow(now));
    }

    #[test]
    fn a_minute_with_one_server_starts_anew() {
        let mut now = Instant::now();
        let mut hops = Hops::new(now);
        for _ in 0..20 {
            now += APART;
            assert!(hops.may_follow(now));
        }
    }
}
