//! What happened since the start, for Prometheus. It holds no address, no person's name, no content, and
//! what is counted by a word is counted by one of few. Nothing here belongs to one link.
//!
//! The text is written by hand: what a client library adds are maps of labels and locks on the way of
//! every byte, where this has a few numbers.

mod counts;
mod histogram;
mod process;
mod results;
mod text;
mod traffic;

pub(crate) use results::{Referral, Ticket};
pub(crate) use traffic::Traffic;

use crate::{
    config::{Limit, ServerName},
    link::{CAUSES, LinkEnd},
    tls::Accepted,
};
use counts::{Counter, Counts};
use histogram::Histogram;
use results::{READ, read};
use std::{sync::Arc, time::Duration};
pub(crate) use text::CONTENT_TYPE;
use text::{Kind, Text};

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// By server; a link that leads to none has no word for it.
    opened: Counts<Arc<str>>,
    open: Counts<Arc<str>>,
    /// By close code and cause.
    closed: Counts<(u16, &'static str)>,
    pub(crate) traffic: Traffic,
    connect: Histogram,
    referrals: Counts<&'static str>,
    tickets: Counts<&'static str>,
    pub(crate) origins_refused: Counter,
    /// Connections that the system did not let us accept.
    pub(crate) accept_failures: Counter,
    limits_hit: Counts<&'static str>,
    handshakes: Counts<&'static str>,
    certificates: Counts<&'static str>,
    configs: Counts<&'static str>,
    /// By the first digit of the status.
    http: Counts<u16>,
}

impl Metrics {
    /// Nothing has happened. What can be counted is there with zero, so that the first time shows as one
    /// more than none.
    pub(crate) fn new() -> Self {
        process::started();
        let metrics = Self::default();
        for &(code, cause) in CAUSES {
            metrics.closed.add((code.code(), cause), 0);
        }
        metrics.closed.add(FAULT, 0);
        for referral in Referral::ALL {
            metrics.referrals.add(referral.word(), 0);
        }
        for ticket in Ticket::ALL {
            metrics.tickets.add(ticket.word(), 0);
        }
        for limit in Limit::ALL {
            metrics.limits_hit.add(limit.key(), 0);
        }
        for word in Accepted::WORDS {
            metrics.handshakes.add(word, 0);
        }
        for class in 1..=5 {
            metrics.http.add(class, 0);
        }
        for result in READ {
            metrics.certificates.add(result, 0);
            metrics.configs.add(result, 0);
        }
        metrics
    }

    /// These servers can be counted by from now on.
    pub(crate) fn know<'a>(&self, servers: impl Iterator<Item = &'a ServerName>) {
        for server in servers {
            self.opened.add_to(server.as_str(), 0);
            self.open.add_to(server.as_str(), 0);
        }
    }

    /// Counts a link for as long as the answer lives.
    pub(crate) fn link_opened(&self, server: Option<&ServerName>) -> OpenLink<'_> {
        let word = server.map(ServerName::as_str).unwrap_or_default();
        self.opened.add_to(word, 1);
        OpenLink {
            metrics: self,
            server: server.map(|server| self.open.add_to(server.as_str(), 1)),
            is_closed: false,
        }
    }

    /// Counts that a limit was hit.
    pub(crate) fn limit_hit(&self, limit: Limit) {
        self.limits_hit.add(limit.key(), 1);
    }

    pub(crate) fn referral(&self, result: Referral) {
        self.referrals.add(result.word(), 1);
    }

    pub(crate) fn ticket(&self, result: Ticket) {
        self.tickets.add(result.word(), 1);
    }

    /// A page and the gateway have tried to speak TLS.
    pub(crate) fn handshake(&self, result: &Accepted) {
        self.handshakes.add(result.word(), 1);
    }

    /// The files of the certificate were read again.
    pub(crate) fn certificate_read(&self, is_taken: bool) {
        self.certificates.add(read(is_taken), 1);
    }

    /// The configuration was read again.
    pub(crate) fn config_read(&self, is_taken: bool) {
        self.configs.add(read(is_taken), 1);
    }

    /// A connection to a server stands, after so long.
    pub(crate) fn connected(&self, after: Duration) {
        self.connect.observe(after);
    }

    /// A request for the page or its socket was answered.
    pub(crate) fn answered(&self, status: u16) {
        self.http.add(status / 100, 1);
    }

    /// The text of `/metrics`; the certificate for pages, if there is one, expires at this second.
    pub(crate) fn render(&self, is_ready: bool, expires: Option<u64>) -> String {
        let mut text = Text::default();
        self.write_links(&mut text);
        self.write_events(&mut text);
        text.family(
            "ready",
            Kind::Gauge,
            "Whether new links are taken: 1 until told to stop.",
        );
        text.sample(&[], u8::from(is_ready));
        text.family(
            "certificate_expires_timestamp_seconds",
            Kind::Gauge,
            "Until when the certificate for pages is good, in seconds since 1970.",
        );
        if let Some(expires) = expires {
            text.sample(&[], expires);
        }
        text.family(
            "build_info",
            Kind::Gauge,
            "Always 1; says which version runs.",
        );
        text.sample(&[("version", env!("CARGO_PKG_VERSION"))], 1);
        process::write(&mut text);
        text.into_string()
    }

    fn write_links(&self, text: &mut Text) {
        text.family(
            "links",
            Kind::Gauge,
            "Links that are open, by configured server.",
        );
        for (server, count) in self.open.read() {
            text.sample(&[("server", &server)], count);
        }
        let help = "Links that were opened, by configured server; none if it leads nowhere.";
        text.family("links_opened_total", Kind::Counter, help);
        for (server, count) in self.opened.read() {
            text.sample(&[("server", &server)], count);
        }
        let help = "Links that have ended, by close code and cause.";
        text.family("links_closed_total", Kind::Counter, help);
        for ((code, cause), count) in self.closed.read() {
            text.sample(&[("code", &code.to_string()), ("cause", cause)], count);
        }
        let (bytes, frames) = (self.traffic.bytes(), self.traffic.frames());
        let help = "Bytes of MSNP carried, by direction: upstream is towards the server.";
        text.family("bytes_total", Kind::Counter, help);
        text.sample(&[("direction", "upstream")], bytes.upstream);
        text.sample(&[("direction", "downstream")], bytes.downstream);
        let help = "WebSocket messages carried, by direction.";
        text.family("frames_total", Kind::Counter, help);
        text.sample(&[("direction", "upstream")], frames.upstream);
        text.sample(&[("direction", "downstream")], frames.downstream);
        let help = "Seconds until a connection to a server stood, name look-up apart.";
        text.family("connect_seconds", Kind::Histogram, help);
        self.connect.write(text);
    }

    fn write_events(&self, text: &mut Text) {
        for (name, label, counts, help) in [
            (
                "referrals_total",
                "result",
                &self.referrals,
                "Referrals of notification servers, by what became of them.",
            ),
            (
                "tickets_total",
                "result",
                &self.tickets,
                "Tickets for switchboards: issued and denied, then accepted, expired and invalid.",
            ),
            (
                "tls_handshakes_total",
                "result",
                &self.handshakes,
                "TLS handshakes with pages, by result; plain is HTTP without TLS, left said nothing.",
            ),
            (
                "config_reloads_total",
                "result",
                &self.configs,
                "How often another configuration was taken while running, or refused.",
            ),
            (
                "certificate_reads_total",
                "result",
                &self.certificates,
                "How often changed files of the certificate were taken, or refused.",
            ),
            (
                "limits_hit_total",
                "limit",
                &self.limits_hit,
                "How often a limit was hit, by its key in the configuration.",
            ),
        ] {
            text.family(name, Kind::Counter, help);
            for (word, count) in counts.read() {
                text.sample(&[(label, word)], count);
            }
        }
        let help = "Answers to pages, by class of status; 1xx are WebSockets.";
        text.family("http_requests_total", Kind::Counter, help);
        for (class, count) in self.http.read() {
            text.sample(&[("status", &format!("{class}xx"))], count);
        }
        let help = "Sockets refused for the page that asked.";
        text.family("origins_refused_total", Kind::Counter, help);
        text.sample(&[], self.origins_refused.read());
        let help = "Connections that could not be accepted, mostly for want of descriptors.";
        text.family("accept_failures_total", Kind::Counter, help);
        text.sample(&[], self.accept_failures.read());
    }
}

/// What a page sees of a link that ended by a fault of ours: its connection broke.
const FAULT: (u16, &str) = (1006, "fault");

/// A link that is open; dropping it without [`closed`](Self::closed) counts as a fault of ours.
#[derive(Debug)]
pub(crate) struct OpenLink<'a> {
    metrics: &'a Metrics,
    /// The name that all links to the server share.
    server: Option<Arc<str>>,
    is_closed: bool,
}

impl OpenLink<'_> {
    pub(crate) fn closed(mut self, end: &LinkEnd) {
        self.is_closed = true;
        let cause = (end.close_code().code(), end.cause());
        self.metrics.closed.add(cause, 1);
    }
}

impl Drop for OpenLink<'_> {
    fn drop(&mut self) {
        if !self.is_closed {
            self.metrics.closed.add(FAULT, 1);
        }
        if let Some(server) = &self.server {
            self.metrics.open.subtract(server);
        }
    }
}
