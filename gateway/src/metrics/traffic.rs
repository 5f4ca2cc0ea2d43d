//! Bytes and messages, counted while they pass. Each thread mostly has numbers of its own, far enough from
//! the others' that no two processors pass the same line of memory to and fro.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// What all links carried.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    shards: [Shard; SHARDS],
}

/// What threads of one number carried, in two cache lines of its own.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Shard {
    upstream_bytes: AtomicU64,
    upstream_frames: AtomicU64,
    downstream_bytes: AtomicU64,
    downstream_frames: AtomicU64,
}

/// Sums by direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) upstream: u64,
    pub(super) downstream: u64,
}

const SHARDS: usize = 16;

static NEXT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Which shard this thread counts in.
    static SHARD: usize = NEXT.fetch_add(1, Ordering::Relaxed) % SHARDS;
}

impl Traffic {
    /// Messages of pages were taken.
    pub(crate) fn frames_upstream(&self, frames: u64) {
        add(self.shard().map(|shard| &shard.upstream_frames), frames);
    }

    /// Bytes were handed to a server.
    pub(crate) fn upstream(&self, bytes: u64) {
        add(self.shard().map(|shard| &shard.upstream_bytes), bytes);
    }

    /// Bytes were handed to a page, in so many messages.
    pub(crate) fn downstream(&self, bytes: u64, frames: u64) {
        let shard = self.shard();
        add(shard.map(|shard| &shard.downstream_bytes), bytes);
        add(shard.map(|shard| &shard.downstream_frames), frames);
    }

    pub(super) fn bytes(&self) -> Sums {
        Sums {
            upstream: self.sum(|shard| &shard.upstream_bytes),
            downstream: self.sum(|shard| &shard.downstream_bytes),
        }
    }

    pub(super) fn frames(&self) -> Sums {
        Sums {
            upstream: self.sum(|shard| &shard.upstream_frames),
            downstream: self.sum(|shard| &shard.downstream_frames),
        }
    }

    fn shard(&self) -> Option<&Shard> {
        // A thread that is ending has no number any more.
        let index = SHARD.try_with(|&index| index).unwrap_or_default();
        self.shards.get(index)
    }

    fn sum(&self, of: impl Fn(&Shard) -> &AtomicU64) -> u64 {
        let each = self
            .shards
            .iter()
            .map(|shard| of(shard).load(Ordering::Relaxed));
        each.fold(0, u64::wrapping_add)
    }
}

fn add(counter: Option<&AtomicU64>, by: u64) {
    if let Some(counter) = counter {
        counter.fetch_add(by, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_threads_carry_is_counted_whole() {
        let traffic = Traffic::default();
        std::thread::scope(|scope| {
            for _ in 0..40 {
                scope.spawn(|| {
                    for _ in 0..1000 {
                        traffic.frames_upstream(1);
                        traffic.upstream(3);
                        traffic.downstream(5, 2);
                    }
                });
            }
        });
        let sums = |upstream, downstream| Sums {
            upstream,
            downstream,
        };
        assert_eq!(traffic.bytes(), sums(120_000, 200_000));
        assert_eq!(traffic.frames(), sums(40_000, 80_000));
    }
}
