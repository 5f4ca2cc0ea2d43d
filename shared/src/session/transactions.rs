//! Transaction ids and what they stand for. The only place where ids are made.

use core::time::Duration;

use super::earliest;
use crate::model::{SortedMap, Timestamp, TransactionId};

/// Requests that wait for an answer, each with its deadline.
#[derive(Debug)]
pub(crate) struct Transactions<T> {
    last: u32,
    pending: SortedMap<TransactionId, Pending<T>>,
}

#[derive(Debug)]
struct Pending<T> {
    request: T,
    deadline: Timestamp,
}

impl<T> Default for Transactions<T> {
    fn default() -> Self {
        Self {
            last: 0,
            pending: SortedMap::default(),
        }
    }
}

impl<T> Transactions<T> {
    /// A fresh id for `request`, which is given up `patience` after `now`. Never 0, which marks what
    /// nobody asked for.
    pub(crate) fn begin(
        &mut self,
        now: Timestamp,
        patience: Duration,
        request: T,
    ) -> TransactionId {
        let trid = self.next_id();
        self.pending.insert(
            trid,
            Pending {
                request,
                deadline: now + patience,
            },
        );
        trid
    }

    /// A fresh id for a command that nothing answers.
    pub(crate) fn next_id(&mut self) -> TransactionId {
        self.last = self.last.checked_add(1).unwrap_or(1);
        TransactionId(self.last)
    }

    /// The request of an answer; it waits no more.
    pub(crate) fn resolve(&mut self, trid: TransactionId) -> Option<T> {
        self.pending.remove(&trid).map(|pending| pending.request)
    }

    /// The request of an answer that more answers will follow.
    pub(crate) fn get(&self, trid: TransactionId) -> Option<&T> {
        self.pending.get(&trid).map(|pending| &pending.request)
    }

    /// Takes out one request whose deadline has passed.
    pub(crate) fn expire(&mut self, now: Timestamp) -> Option<T> {
        let trid = *self
            .pending
            .iter()
            .find(|(_, pending)| pending.deadline <= now)?
            .0;
        self.resolve(trid)
    }

    /// Takes out everything that waits, in order of asking.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = T> + use<T> {
        core::mem::take(&mut self.pending)
            .into_iter()
            .map(|(_, pending)| pending.request)
    }

    /// When the next request is to be given up.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.pending
            .values()
            .map(|pending| pending.deadline)
            .fold(None, |a, b| earliest(a, Some(b)))
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_request_is_resolved_once_and_by_its_own_id() {
        let mut transactions = Transactions::default();
        let (a, b) = (
            transactions.begin(Timestamp(0), Duration::from_secs(5), "a"),
            transactions.begin(Timestamp(0), Duration::from_secs(5), "b"),
        );
        assert_eq!((a, b), (TransactionId(1), TransactionId(2)));
        assert_eq!(transactions.resolve(b), Some("b"));
        assert_eq!(transactions.resolve(b), None);
        assert_eq!(transactions.get(a), Some(&"a"));
    }

    #[test]
    fn what_is_not_answered_expires_at_its_deadline_and_not_before() {
        let mut transactions = Transactions::default();
        transactions.begin(Timestamp(1_000), Duration::from_secs(5), "late");
        transactions.begin(Timestamp(0), Duration::from_secs(5), "early");
        assert_eq!(transactions.deadline(), Some(Timestamp(5_000)));
        assert_eq!(transactions.expire(Timestamp(4_999)), None);
        assert_eq!(transactions.expire(Timestamp(5_000)), Some("early"));
        assert_eq!(transactions.expire(Timestamp(5_000)), None);
    }

    #[test]
    fn ids_wrap_around_without_becoming_zero() {
        let mut transactions = Transactions::<()> {
            last: u32::MAX,
            ..Transactions::default()
        };
        assert_eq!(transactions.next_id(), TransactionId(1));
    }
}
