//! What is to happen later, and the earliest of it. Knows no clock: the caller says what time it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{LinkId, SwitchboardId, Timestamp};

/// Everything that the server waits for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A link has to sign in, to enter a room, or to leave after it was sent elsewhere.
    Handshake(LinkId),
    /// A challenge has to be answered, or the next one is due.
    Challenge(LinkId),
    /// A room in which nobody does anything ends.
    Idle(SwitchboardId),
    /// A bot in a room says something.
    Reply(SwitchboardId),
    /// Presence that was held back is told.
    Presence,
    /// An announced maintenance begins.
    Shutdown,
}

/// At most one deadline a timer.
#[derive(Debug, Default)]
pub(super) struct Timers {
    deadlines: BTreeMap<Timer, Timestamp>,
    order: BTreeSet<(Timestamp, Timer)>,
}

impl Timers {
    /// Sets a timer, or moves it.
    pub(super) fn set(&mut self, timer: Timer, at: Timestamp) {
        self.cancel(&timer);
        self.deadlines.insert(timer.clone(), at);
        self.order.insert((at, timer));
    }

    /// Forgets a timer, set or not.
    pub(super) fn cancel(&mut self, timer: &Timer) {
        if let Some(at) = self.deadlines.remove(timer) {
            self.order.remove(&(at, timer.clone()));
        }
    }

    /// The earliest deadline.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.order.first().map(|(at, _)| *at)
    }

    /// How many are set.
    pub(super) fn len(&self) -> usize {
        self.deadlines.len()
    }

    /// Takes out one timer whose time has come.
    pub(super) fn expired(&mut self, now: Timestamp) -> Option<Timer> {
        self.order.first().filter(|(at, _)| *at <= now)?;
        let (_, timer) = self.order.pop_first()?;
        self.deadlines.remove(&timer);
        Some(timer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_expire_in_order_and_once() {
        let mut timers = Timers::default();
        let (a, b) = (Timer::Handshake(LinkId(1)), Timer::Challenge(LinkId(1)));
        timers.set(a.clone(), Timestamp(20));
        timers.set(b.clone(), Timestamp(10));
        assert_eq!(timers.next(), Some(Timestamp(10)));
        assert_eq!(timers.expired(Timestamp(9)), None);
        assert_eq!(timers.expired(Timestamp(20)), Some(b));
        assert_eq!(timers.expired(Timestamp(20)), Some(a));
        assert_eq!(timers.expired(Timestamp(20)), None);
    }

    #[test]
    fn a_timer_that_was_moved_or_cancelled_leaves_nothing_behind() {
        let mut timers = Timers::default();
        let timer = Timer::Handshake(LinkId(1));
        timers.set(timer.clone(), Timestamp(10));
        timers.set(timer.clone(), Timestamp(30));
        assert_eq!(timers.next(), Some(Timestamp(30)));
        timers.cancel(&timer);
        assert_eq!(timers.next(), None);
        assert_eq!(timers.len(), 0);
    }
}
