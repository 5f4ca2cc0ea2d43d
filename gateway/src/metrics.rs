//! A few counters, as Prometheus reads them. They hold no address, no name, no content.

use crate::config::Limit;
use crate::link::{LinkEnd, Tally};
use msnp6::gateway::CloseCode;
use std::{
    fmt::Write as _,
    sync::atomic::{AtomicU64, Ordering},
};

/// What happened since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    links_opened: Counter,
    links_closed: [Counter; CloseCode::ALL.len()],
    links_lost: Counter,
    upstream_bytes: Counter,
    downstream_bytes: Counter,
    pub(crate) transfers_followed: Counter,
    pub(crate) transfers_refused: Counter,
    pub(crate) tickets_issued: Counter,
    pub(crate) tickets_denied: Counter,
    pub(crate) origins_refused: Counter,
    limits_hit: [Counter; Limit::ALL.len()],
}

impl Metrics {
    /// Counts a link for as long as the answer lives.
    pub(crate) fn link_opened(&self) -> OpenLink<'_> {
        self.links_opened.increment();
        OpenLink {
            metrics: self,
            is_closed: false,
        }
    }

    /// Counts that a limit was hit.
    pub(crate) fn limit_hit(&self, limit: Limit) {
        let index = Limit::ALL.iter().position(|&known| known == limit);
        if let Some(counter) = index.and_then(|index| self.limits_hit.get(index)) {
            counter.increment();
        }
    }

    /// The text of `/metrics`.
    pub(crate) fn render(&self) -> String {
        let mut text = String::new();
        let closed: u64 = self.links_closed.iter().map(Counter::read).sum();
        let ended = closed + self.links_lost.read();
        // Read one after the other, while links come and go.
        let open = self.links_opened.read().saturating_sub(ended);
        let _ = writeln!(
            text,
            "# TYPE msnp6_gateway_links gauge\nmsnp6_gateway_links {open}"
        );
        for (name, counter) in [
            ("links_opened", &self.links_opened),
            ("links_lost", &self.links_lost),
            ("upstream_bytes", &self.upstream_bytes),
            ("downstream_bytes", &self.downstream_bytes),
            ("transfers_followed", &self.transfers_followed),
            ("transfers_refused", &self.transfers_refused),
            ("tickets_issued", &self.tickets_issued),
            ("tickets_denied", &self.tickets_denied),
            ("origins_refused", &self.origins_refused),
        ] {
            let name = format!("msnp6_gateway_{name}_total");
            let _ = writeln!(text, "# TYPE {name} counter\n{name} {}", counter.read());
        }
        let name = "msnp6_gateway_limits_hit_total";
        let _ = writeln!(text, "# TYPE {name} counter");
        for (limit, counter) in Limit::ALL.iter().zip(&self.limits_hit) {
            let _ = writeln!(text, "{name}{{limit=\"{limit}\"}} {}", counter.read());
        }
        let name = "msnp6_gateway_links_closed_total";
        let _ = writeln!(text, "# TYPE {name} counter");
        for (code, counter) in CloseCode::ALL.iter().zip(&self.links_closed) {
            let _ = writeln!(
                text,
                "{name}{{code=\"{}\"}} {}",
                code.code(),
                counter.read()
            );
        }
        text
    }
}

/// A number that only grows.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn increment(&self) {
        self.add(1);
    }

    fn add(&self, by: u64) {
        // Nothing else depends on the order of counts.
        self.0.fetch_add(by, Ordering::Relaxed);
    }

    fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A link that is open; dropping it without [`closed`](Self::closed) counts as lost, by a fault of ours.
#[derive(Debug)]
pub(crate) struct OpenLink<'a> {
    metrics: &'a Metrics,
    is_closed: bool,
}

impl OpenLink<'_> {
    pub(crate) fn closed(mut self, end: &LinkEnd, tally: &Tally) {
        self.is_closed = true;
        let code = end.close_code();
        let index = CloseCode::ALL.iter().position(|&known| known == code);
        if let Some(counter) = index.and_then(|index| self.metrics.links_closed.get(index)) {
            counter.increment();
        }
        self.metrics.upstream_bytes.add(tally.upstream());
        self.metrics.downstream_bytes.add(tally.downstream());
    }
}

impl Drop for OpenLink<'_> {
    fn drop(&mut self) {
        if !self.is_closed {
            self.metrics.links_lost.increment();
        }
    }
}
