//! One link: a page's socket, and the servers that it is carried to one after the other.
//!
//! A link to a configured server is read along and follows referrals on the same socket; a link with a
//! ticket leads to one switchboard and is carried blindly. This module decides where to; `bridge`
//! moves the bytes.

mod announcer;
mod bridge;
mod cause;
mod downstream;
mod end;
mod fence;
mod hops;
mod life;
mod opening;
mod pace;
mod quiet;
mod read_along;
mod tally;
mod target;
mod upstream;

pub(crate) use cause::CAUSES;
pub(crate) use end::LinkEnd;
pub(crate) use tally::Tally;
pub(crate) use target::Target;

use announcer::Announcer;
use bridge::{Carriage, Stop, bridge};
use fence::Fence;
use hops::Hops;
use opening::Opening;
use pace::Pace;
use read_along::{ReadAlong, Then};

use crate::{
    admission::Client,
    client::ClientAddr,
    config::ServerEntry,
    dial::{Way, ways},
    gateway::Gateway,
    metrics::Referral,
    page::{OutFrame, PageEnd, PageSocket},
    stream::Stream,
    transfer::TransferError,
};
use bytes::Bytes;
use msnp6::{
    gateway::{GatewayLine, LinkKind},
    model::Endpoint,
};
use std::{future::poll_fn, pin::pin, task::Poll, time::Instant};
use tokio::{select, time::sleep};
use tracing::info;

/// Carries one page's socket to its end, and closes it with the reason. All is borrowed: a future that owns
/// what it was given keeps room for it twice.
pub(crate) async fn run(
    gateway: &Gateway,
    page: &mut PageSocket,
    peer: &ClientAddr,
    target: &Target,
) {
    let tally = Tally::new(&gateway.metrics.traffic);
    let opened = Instant::now();
    let open = gateway.metrics.link_opened(target.server());
    log_opened(*peer, target);
    let admitted = gateway.admission.admit(Client::of(*peer), target.server());
    // Only a link that has to end some time keeps a clock for it.
    let lifetime = gateway.config.deadlines.lifetime;
    let mut age = lifetime.map(|lifetime| Box::pin(sleep(lifetime)));
    let mut link = Link {
        gateway,
        page,
        client: peer,
        tally: &tally,
    };
    let end = if let Err(limit) = &admitted {
        LinkEnd::Full(*limit)
    } else {
        select! {
            biased;
            () = gateway.stop.cancelled() => Gateway::restarting(),
            () = poll_fn(|cx| match &mut age {
                Some(age) => age.as_mut().poll(cx),
                None => Poll::Pending,
            }) => LinkEnd::TooOld,
            end = link.carry(target) => end,
        }
    };
    if let LinkEnd::Full(limit) | LinkEnd::TooFast(limit) = &end {
        gateway.metrics.limit_hit(*limit);
    }
    open.closed(&end);
    log_closed(*peer, &end, &tally, opened);
    let deadline = gateway.config.deadlines.close;
    match &end {
        LinkEnd::Page(PageEnd::Closed(_) | PageEnd::Lost(_)) => {
            Box::pin(page.closed_by_page(deadline)).await;
        }
        end => {
            let (code, reason) = (end.close_code().code(), end.reason());
            Box::pin(page.close(code, &reason, deadline)).await;
        }
    }
}

struct Link<'a> {
    gateway: &'a Gateway,
    page: &'a mut PageSocket,
    client: &'a ClientAddr,
    tally: &'a Tally<'a>,
}

/// A connection that stands, the number of its endpoint, and what the page said in the meantime.
type Reached = (Stream, usize, Option<Bytes>);

impl<'a> Link<'a> {
    async fn carry(&mut self, target: &Target) -> LinkEnd {
        let carried = match target {
            Target::Nowhere(end) => return end.clone(),
            Target::Server(server) => self.notification(server).await,
            Target::Switchboard(server, endpoint) => self.switchboard(server, endpoint).await,
        };
        carried.unwrap_or_else(|end| end)
    }

    async fn switchboard(
        &mut self,
        server: &ServerEntry,
        endpoint: &Endpoint,
    ) -> Result<LinkEnd, LinkEnd> {
        let addresses = self.named(server, endpoint);
        let reached = self.reach(server, Some(endpoint), addresses, false);
        let (mut stream, _, first) = Box::pin(reached).await?;
        Box::pin(self.say_ready(endpoint)).await?;
        let mut carriage = self.carriage(None, first, None);
        match Box::pin(bridge(self.page, &mut stream, &mut carriage)).await {
            Stop::Over(end) => Ok(end),
            // Nobody reads along on such a link.
            Stop::Referred(_) => Ok(LinkEnd::TransferRefused),
        }
    }

    async fn notification(&mut self, server: &ServerEntry) -> Result<LinkEnd, LinkEnd> {
        let mut hops = Hops::new(Instant::now());
        let announcer = Announcer {
            gateway: self.gateway,
            server,
        };
        let addresses = self.gateway.policy.ways(server);
        let (mut stream, number, mut first) =
            Box::pin(self.reach(server, None, addresses, false)).await?;
        let reached = server.endpoints().nth(number);
        let mut endpoint = reached.unwrap_or(&server.endpoint).clone();
        let mut fence = None;
        loop {
            Box::pin(self.say_ready(&endpoint)).await?;
            let mut carriage = self.carriage(Some(announcer), first.take(), fence);
            endpoint = match Box::pin(bridge(self.page, &mut stream, &mut carriage)).await {
                Stop::Over(end) => return Ok(end),
                Stop::Referred(endpoint) => endpoint,
            };
            drop(stream);
            if !hops.may_follow(Instant::now()) {
                self.gateway.metrics.referral(Referral::TooMany);
                return Ok(LinkEnd::TooManyReferrals);
            }
            stream = Box::pin(self.refer(server, &endpoint)).await?;
            fence = Some(Fence::default());
        }
    }

    /// Follows a referral. What the page says until the new connection stands was for the old server.
    async fn refer(
        &mut self,
        server: &ServerEntry,
        endpoint: &Endpoint,
    ) -> Result<Stream, LinkEnd> {
        self.tally.write_off();
        let addresses = self.named(server, endpoint);
        let reached = self.reach(server, Some(endpoint), addresses, true).await;
        match &reached {
            Ok(_) => {
                info!(server = %server.name, address = %endpoint, "referral followed");
                self.gateway.metrics.referral(Referral::Followed);
            }
            Err(LinkEnd::TransferRefused) => {
                self.gateway.metrics.referral(Referral::Refused);
                self.say(&GatewayLine::Denied {
                    kind: LinkKind::Notification,
                    endpoint: endpoint.clone(),
                })
                .await?;
            }
            Err(_) => self.gateway.metrics.referral(Referral::Failed),
        }
        reached.map(|(stream, ..)| stream)
    }

    /// The ways to what a server named, if policy allows any.
    fn named<'b>(
        &self,
        server: &'b ServerEntry,
        endpoint: &'b Endpoint,
    ) -> impl Future<Output = Result<Vec<Way>, TransferError>> + use<'a, 'b>
    where
        'a: 'b,
    {
        let policy = &self.gateway.policy;
        async move {
            let addresses = policy.addresses(server, endpoint).await?;
            Ok(ways(0, &addresses))
        }
    }

    /// Opens a connection, and notices when the page goes away meanwhile. One message of the page is
    /// kept for the server, or all are dropped as stale.
    async fn reach(
        &mut self,
        server: &ServerEntry,
        named: Option<&Endpoint>,
        addresses: impl Future<Output = Result<Vec<Way>, TransferError>>,
        is_stale: bool,
    ) -> Result<Reached, LinkEnd> {
        let opening = Opening {
            gateway: self.gateway,
            server,
            named,
            client: *self.client,
            called: self.page.local_addr(),
        };
        let mut open = pin!(opening.open(addresses));
        let (mut reader, _) = self.page.split();
        let mut first = None;
        loop {
            select! {
                biased;
                connected = &mut open => {
                    let (stream, endpoint) = connected?;
                    return Ok((stream, endpoint, first));
                }
                message = reader.recv(), if first.is_none() => match message {
                    Ok(message) if is_stale => self.tally.drop_stale(message.len()),
                    Ok(message) => first = Some(message),
                    Err(end) => return Err(LinkEnd::Page(end)),
                },
            }
        }
    }

    fn carriage<'b>(
        &self,
        announcer: Option<Announcer<'b>>,
        first: Option<Bytes>,
        fence: Option<Fence>,
    ) -> Carriage<'b>
    where
        'a: 'b,
    {
        Carriage {
            announcer,
            first,
            fence,
            pace: Pace::new(tokio::time::Instant::now(), &self.gateway.config.limits),
            tally: self.tally,
            deadlines: &self.gateway.config.deadlines,
        }
    }

    async fn say_ready(&mut self, endpoint: &Endpoint) -> Result<(), LinkEnd> {
        let endpoint = endpoint.clone();
        self.say(&GatewayLine::Ready { endpoint }).await
    }

    async fn say(&mut self, line: &GatewayLine) -> Result<(), LinkEnd> {
        let (_, mut writer) = self.page.split();
        let said = writer.send(OutFrame::text(&line.encode())).await;
        said.map_err(LinkEnd::Page)
    }
}

fn log_opened(peer: ClientAddr, target: &Target) {
    match target {
        Target::Server(server) => {
            info!(%peer, server = %server.name, address = %server.endpoint, "link opened");
        }
        Target::Switchboard(server, endpoint) => {
            info!(%peer, server = %server.name, switchboard = %endpoint, "link opened");
        }
        Target::Nowhere(_) => info!(%peer, "link opened to nowhere"),
    }
}

fn log_closed(peer: ClientAddr, end: &LinkEnd, tally: &Tally<'_>, opened: Instant) {
    info!(
        %peer,
        code = end.close_code().code(),
        why = end.words(),
        upstream = tally.upstream(),
        downstream = tally.downstream(),
        dropped = tally.dropped(),
        milliseconds = opened.elapsed().as_millis(),
        "link closed"
    );
}
