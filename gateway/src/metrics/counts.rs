//! Numbers: one alone, and one for each of a few words.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn increment(&self) {
        // Nothing else depends on the order of counts.
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A number for each key. Not for what happens with every byte: it has a lock.
#[derive(Debug)]
pub(super) struct Counts<K>(Mutex<BTreeMap<K, u64>>);

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }
}

impl<K: Ord + Clone> Counts<K> {
    pub(super) fn add(&self, key: K, by: u64) {
        *self.lock().entry(key).or_default() += by;
    }

    /// One less, for what can come and go.
    pub(super) fn subtract(&self, key: &K) {
        if let Some(count) = self.lock().get_mut(key) {
            *count = count.saturating_sub(1);
        }
    }

    /// All of them, in order.
    pub(super) fn read(&self) -> Vec<(K, u64)> {
        let counts = self.lock();
        counts.iter().map(|(key, &n)| (key.clone(), n)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<K, u64>> {
        // The map is whole whatever happened to the thread that held it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts<Arc<str>> {
    /// Adds to the number of a word, and gives the word as it is kept here, for others to share.
    pub(super) fn add_to(&self, word: &str, by: u64) -> Arc<str> {
        let mut counts = self.lock();
        let kept = counts.get_key_value(word).map(|(kept, _)| Arc::clone(kept));
        let kept = kept.unwrap_or_else(|| word.into());
        *counts.entry(Arc::clone(&kept)).or_default() += by;
        kept
    }
}
