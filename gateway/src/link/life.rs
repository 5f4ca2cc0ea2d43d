//! Whether the page is still there. Any byte is a sign of life; pings ask for one, and keep proxies in
//! between from taking a quiet link for a dead one. Pure: it is told the time.

use crate::config::Deadlines;
use tokio::time::Instant;

/// What is known about a page's life. The deadlines come with each question: a link need not keep them.
#[derive(Debug)]
pub(super) struct Life {
    next_ping: Instant,
    /// When the first ping went out after which nothing was heard.
    asked_at: Option<Instant>,
}

/// The page gave no sign of life in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Silent;

impl Life {
    pub(super) fn new(now: Instant, deadlines: &Deadlines) -> Self {
        Self {
            next_ping: now + deadlines.ping,
            asked_at: None,
        }
    }

    /// When to call [`tick`](Self::tick) next.
    pub(super) fn wake_at(&self, deadlines: &Deadlines) -> Instant {
        let given_up = self.asked_at.map(|asked| asked + deadlines.pong);
        given_up.map_or(self.next_ping, |at| at.min(self.next_ping))
    }

    /// Whether to send a ping now; `was_heard` is whether any byte came since the last call.
    pub(super) fn tick(
        &mut self,
        now: Instant,
        was_heard: bool,
        deadlines: &Deadlines,
    ) -> Result<bool, Silent> {
        if was_heard {
            self.asked_at = None;
        }
        let given_up = self.asked_at.map(|asked| asked + deadlines.pong);
        if given_up.is_some_and(|at| now >= at) {
            return Err(Silent);
        }
        let is_due = now >= self.next_ping;
        if is_due {
            self.next_ping = now + deadlines.ping;
            self.asked_at.get_or_insert(now);
        }
        Ok(is_due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seconds at which pings go to a page that is heard again after some of them, and when it is
    /// given up, if it is within five minutes.
    fn pings(is_heard: impl Fn(usize) -> bool) -> (Vec<u64>, Option<u64>) {
        let start = Instant::now();
        let deadlines = Deadlines::default();
        let mut life = Life::new(start, &deadlines);
        let (mut pings, mut was_heard) = (Vec::new(), false);
        loop {
            let now = life.wake_at(&deadlines);
            let seconds = (now - start).as_secs();
            match life.tick(now, was_heard, &deadlines) {
                Err(Silent) => return (pings, Some(seconds)),
                Ok(_) if seconds > 300 => return (pings, None),
                Ok(true) => pings.push(seconds),
                Ok(false) => {}
            }
            was_heard = is_heard(pings.len());
        }
    }

    #[test]
    fn a_page_that_answers_is_asked_every_25_seconds() {
        let (pings, given_up) = pings(|_| true);
        assert_eq!(
            (pings[..4].to_vec(), given_up),
            (vec![25, 50, 75, 100], None)
        );
    }

    #[test]
    fn a_page_that_never_answers_is_given_up_after_60_seconds() {
        assert_eq!(pings(|_| false), (vec![25, 50], Some(60)));
    }

    #[test]
    fn a_page_that_stops_answering_is_given_up_35_seconds_after_the_first_ping_that_it_missed() {
        assert_eq!(pings(|count| count < 3), (vec![25, 50, 75, 100], Some(110)));
    }
}
