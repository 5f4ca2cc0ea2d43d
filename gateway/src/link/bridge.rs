//! The two pumps between a page and one server. Each reads only when the other side has taken what it
//! read before, so a slow side slows the other one and memory stays bounded. Upstream is towards the
//! server, downstream towards the page. Opens no connection and follows no referral.

use super::{
    Announcer, LinkEnd, Tally,
    downstream::Downstream,
    fence::Fence,
    pace::Pace,
    upstream::{Upstream, UpstreamEnd},
};
use crate::{
    config::Deadlines,
    page::{PageEnd, PageSocket},
    stream::Stream,
};
use bytes::Bytes;
use msnp6::model::Endpoint;
use std::{future::poll_fn, pin::Pin};
use tokio::{io::AsyncWriteExt as _, select, time::timeout};
use tokio_util::io::poll_read_buf;

/// What one bridge carries, and how.
#[derive(Debug)]
pub(crate) struct Carriage<'a> {
    /// For a notification server: reads along, and asks about the switchboards it names.
    pub(crate) announcer: Option<Announcer<'a>>,
    /// What the page sent while the connection was being opened.
    pub(crate) first: Option<Bytes>,
    /// After a referral: keeps out what was meant for the server before.
    pub(crate) fence: Option<Fence>,
    /// How much of the page is too much.
    pub(crate) pace: Pace,
    pub(crate) tally: &'a Tally<'a>,
    pub(crate) deadlines: &'a Deadlines,
}

/// Why the pumps stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The link is over.
    Over(LinkEnd),
    /// The server refers the page to another one.
    Referred(Endpoint),
}

impl From<PageEnd> for Stop {
    fn from(end: PageEnd) -> Self {
        Self::Over(LinkEnd::Page(end))
    }
}

/// Carries bytes both ways until one side ends, and leaves the server in order. All is borrowed: a future
/// that owns what it was given keeps room for it twice.
pub(crate) async fn bridge(
    page: &mut PageSocket,
    server: &mut Stream,
    carriage: &mut Carriage<'_>,
) -> Stop {
    let (tally, deadlines) = (carriage.tally, carriage.deadlines);
    let (page_reader, page_writer) = page.split();
    let (server_reader, server_writer) = server.split();
    let mut upstream = Upstream {
        page: page_reader,
        server: server_writer,
        fence: &mut carriage.fence,
        pace: &mut carriage.pace,
        tally,
        deadlines,
    };
    let mut downstream = Downstream {
        server: server_reader,
        page: page_writer,
        tally,
        deadlines,
    };
    let stop = both(
        Box::pin(upstream.pump(&mut carriage.first)),
        Box::pin(downstream.pump(carriage.announcer)),
        tally,
        deadlines,
    )
    .await;
    if let Stop::Over(LinkEnd::Page(PageEnd::Closed(_) | PageEnd::Lost(_))) = stop {
        Box::pin(page.closed_by_page(deadlines.close)).await;
        let _ = Box::pin(timeout(deadlines.close, part(server))).await;
    }
    stop
}

/// Runs both pumps. The server's last bytes reach the page even when it takes none any more.
async fn both(
    upstream: Pin<Box<impl Future<Output = UpstreamEnd>>>,
    mut downstream: Pin<Box<impl Future<Output = Stop>>>,
    tally: &Tally<'_>,
    deadlines: &Deadlines,
) -> Stop {
    let end = select! {
        biased;
        stop = &mut downstream => return stop,
        end = upstream => end,
    };
    match end {
        UpstreamEnd::Page(end) => end.into(),
        UpstreamEnd::TooFast(limit) => Stop::Over(LinkEnd::TooFast(limit)),
        UpstreamEnd::Stalled => Stop::Over(LinkEnd::ServerStalled),
        UpstreamEnd::Lost(kind) => {
            let last = Box::pin(timeout(deadlines.close, downstream)).await;
            last.unwrap_or_else(|_| {
                let undelivered = tally.undelivered();
                Stop::Over(LinkEnd::ServerLost { kind, undelivered })
            })
        }
    }
}

/// Says to the server that nothing follows, and reads what it still says: closing with bytes unread
/// would reset the connection, and may take what the page said last with it.
async fn part(server: &mut Stream) {
    let _ = server.shutdown().await;
    let mut left = Vec::new();
    loop {
        let read = poll_fn(|cx| poll_read_buf(Pin::new(&mut *server), cx, &mut left));
        if !read.await.is_ok_and(|count| count > 0) {
            return;
        }
        left.clear();
    }
}
