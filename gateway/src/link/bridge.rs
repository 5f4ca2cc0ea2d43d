//! The two pumps between a page and one server. Each reads only when the other side has taken what it
//! read before, so a slow side slows the other one and memory stays bounded. Upstream is towards the
//! server, downstream towards the page. Opens no connection and follows no referral.

use super::{Announcer, LinkEnd, ReadAlong, Tally, Then, fence::Fence};
use crate::{
    config::Deadlines,
    page::{OutFrame, PageEnd, PageReader, PageSocket, PageWriter},
};
use bytes::Bytes;
use msnp6::model::Endpoint;
use std::{future::poll_fn, io, pin::Pin, pin::pin, task::Poll};
use tokio::{
    io::AsyncWriteExt as _,
    net::{
        TcpStream,
        tcp::{ReadHalf, WriteHalf},
    },
    select,
    time::{Instant, Sleep, sleep, timeout},
};
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
    pub(crate) tally: &'a Tally,
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

/// Carries bytes both ways until one side ends, and leaves the server in order.
pub(crate) async fn bridge(
    page: &mut PageSocket,
    mut server: TcpStream,
    carriage: Carriage<'_>,
) -> Stop {
    let Carriage {
        announcer,
        first,
        fence,
        tally,
        deadlines,
    } = carriage;
    let (page_reader, page_writer) = page.split();
    let (server_reader, server_writer) = server.split();
    let upstream = Upstream {
        page: page_reader,
        server: server_writer,
        fence,
        tally,
        deadlines,
    };
    let downstream = Downstream {
        server: server_reader,
        page: page_writer,
        tally,
        deadlines,
    };
    let stop = both(
        upstream.pump(first),
        downstream.pump(announcer),
        tally,
        deadlines,
    )
    .await;
    if let Stop::Over(LinkEnd::Page(PageEnd::Closed(_) | PageEnd::Lost(_))) = stop {
        page.closed_by_page(deadlines.close).await;
        let _ = timeout(deadlines.close, part(&mut server)).await;
    }
    stop
}

/// Runs both pumps. The server's last bytes reach the page even when it takes none any more.
async fn both(
    upstream: impl Future<Output = UpstreamEnd>,
    downstream: impl Future<Output = Stop>,
    tally: &Tally,
    deadlines: &Deadlines,
) -> Stop {
    let mut downstream = pin!(downstream);
    let end = select! {
        biased;
        stop = &mut downstream => return stop,
        end = upstream => end,
    };
    match end {
        UpstreamEnd::Page(end) => end.into(),
        UpstreamEnd::Stalled => Stop::Over(LinkEnd::ServerStalled),
        UpstreamEnd::Lost(kind) => {
            let last = timeout(deadlines.close, downstream).await;
            last.unwrap_or_else(|_| {
                let undelivered = tally.undelivered();
                Stop::Over(LinkEnd::ServerLost { kind, undelivered })
            })
        }
    }
}

/// Says to the server that nothing follows, and reads what it still says: closing with bytes unread
/// would reset the connection, and may take what the page said last with it.
async fn part(server: &mut TcpStream) {
    let (mut reader, mut writer) = server.split();
    let _ = writer.shutdown().await;
    let mut left = Vec::new();
    while read_some(&mut reader, &mut left)
        .await
        .is_ok_and(|count| count > 0)
    {
        left.clear();
    }
}

struct Upstream<'a> {
    page: PageReader<'a>,
    server: WriteHalf<'a>,
    fence: Option<Fence>,
    tally: &'a Tally,
    deadlines: &'a Deadlines,
}

enum UpstreamEnd {
    Page(PageEnd),
    Stalled,
    Lost(io::ErrorKind),
}

impl Upstream<'_> {
    async fn pump(mut self, mut first: Option<Bytes>) -> UpstreamEnd {
        loop {
            let message = match first.take() {
                Some(message) => message,
                None => match self.page.recv().await {
                    Ok(message) => message,
                    Err(end) => return UpstreamEnd::Page(end),
                },
            };
            let (bytes, end) = self.gather(message);
            self.tally.take(bytes.len());
            if let Err(end) = self.write(&bytes).await {
                return end;
            }
            if let Some(end) = end {
                return UpstreamEnd::Page(end);
            }
        }
    }

    /// Joins what the page has sent already into one write.
    fn gather(&mut self, message: Bytes) -> (Bytes, Option<PageEnd>) {
        let mut bytes = self.pass(message);
        let mut joined = Vec::new();
        let mut end = None;
        while bytes.len().max(joined.len()) < GATHER {
            match self.page.recv_ready() {
                None => break,
                Some(Err(page_end)) => {
                    end = Some(page_end);
                    break;
                }
                Some(Ok(message)) => {
                    if joined.is_empty() {
                        joined = std::mem::take(&mut bytes).into();
                    }
                    joined.extend_from_slice(&self.pass(message));
                }
            }
        }
        if joined.is_empty() {
            return (bytes, end);
        }
        (joined.into(), end)
    }

    fn pass(&mut self, message: Bytes) -> Bytes {
        let Some(fence) = &mut self.fence else {
            return message;
        };
        let before = message.len();
        let passed = fence.pass(message);
        self.tally.drop_stale(before.saturating_sub(passed.len()));
        passed
    }

    async fn write(&self, mut bytes: &[u8]) -> Result<(), UpstreamEnd> {
        while !bytes.is_empty() {
            match self.server.try_write(bytes) {
                Ok(count) => {
                    self.tally.hand_upstream(count);
                    bytes = bytes.get(count..).unwrap_or_default();
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let ready = timeout(self.deadlines.stall, self.server.writable()).await;
                    let ready = ready.map_err(|_| UpstreamEnd::Stalled)?;
                    ready.map_err(|error| UpstreamEnd::Lost(error.kind()))?;
                }
                Err(error) => return Err(UpstreamEnd::Lost(error.kind())),
            }
        }
        Ok(())
    }
}

struct Downstream<'a> {
    server: ReadHalf<'a>,
    page: PageWriter<'a>,
    tally: &'a Tally,
    deadlines: &'a Deadlines,
}

impl Downstream<'_> {
    async fn pump(self, announcer: Option<Announcer<'_>>) -> Stop {
        let pumped = match announcer {
            Some(announcer) => self.pump_notification(announcer).await,
            None => self.pump_switchboard().await,
        };
        pumped.unwrap_or_else(Stop::from)
    }

    /// Nothing is read along: whatever one read gives is one frame.
    async fn pump_switchboard(mut self) -> Result<Stop, PageEnd> {
        let mut life = Life::new(self.deadlines);
        loop {
            self.readable(&mut life).await?;
            let mut frame = OutFrame::with_capacity(CHUNK);
            match try_read(&mut self.server, frame.payload()).await {
                Ok(None) => {}
                Ok(Some(0)) => return Ok(self.closed()),
                Ok(Some(count)) => {
                    self.page.send(frame.into_binary()).await?;
                    self.tally.hand_downstream(count);
                }
                Err(error) => return Ok(self.lost(&error)),
            }
        }
    }

    async fn pump_notification(mut self, announcer: Announcer<'_>) -> Result<Stop, PageEnd> {
        let mut life = Life::new(self.deadlines);
        let mut reading = ReadAlong::new();
        loop {
            self.readable(&mut life).await?;
            let mut chunk = Vec::with_capacity(CHUNK);
            let stop = match try_read(&mut self.server, &mut chunk).await {
                Ok(None) => continue,
                Ok(Some(0)) => self.closed(),
                Ok(Some(_)) => {
                    reading.push(&chunk);
                    drop(chunk);
                    match self.hand_on(&mut reading, &announcer).await? {
                        None => continue,
                        Some(stop) => return Ok(stop),
                    }
                }
                Err(error) => self.lost(&error),
            };
            self.send(&reading.into_rest()).await?;
            return Ok(stop);
        }
    }

    /// Takes every step that is there.
    async fn hand_on(
        &mut self,
        reading: &mut ReadAlong,
        announcer: &Announcer<'_>,
    ) -> Result<Option<Stop>, PageEnd> {
        loop {
            let step = match reading.step() {
                Ok(step) => step,
                Err(error) => return Ok(Some(Stop::Over(LinkEnd::ServerGarbled(error)))),
            };
            self.send(&step.bytes).await?;
            match step.then {
                Then::Wait => return Ok(None),
                Then::Referral(endpoint) => return Ok(Some(Stop::Referred(endpoint))),
                Then::Switchboard(endpoint) => {
                    let line = Box::pin(announcer.announce(endpoint)).await;
                    self.page.send(OutFrame::text(&line.encode())).await?;
                }
            }
        }
    }

    async fn send(&mut self, bytes: &[u8]) -> Result<(), PageEnd> {
        self.page.send_bytes(bytes).await?;
        self.tally.hand_downstream(bytes.len());
        Ok(())
    }

    /// Waits for the server. Meanwhile the page gets its pongs, and is asked for a sign of life.
    async fn readable(&mut self, life: &mut Life<'_>) -> Result<(), PageEnd> {
        loop {
            let server = self.server.as_ref();
            select! {
                biased;
                _ = poll_fn(|cx| server.poll_read_ready(cx)) => return Ok(()),
                () = self.page.has_control() => self.page.flush().await?,
                () = life.timer.as_mut() => {
                    if life.is_due(self.page.take_heard())? {
                        self.page.send(OutFrame::ping()).await?;
                    }
                }
            }
        }
    }

    fn closed(&self) -> Stop {
        let undelivered = self.tally.undelivered();
        Stop::Over(LinkEnd::ServerClosed { undelivered })
    }

    fn lost(&self, error: &io::Error) -> Stop {
        let (kind, undelivered) = (error.kind(), self.tally.undelivered());
        Stop::Over(LinkEnd::ServerLost { kind, undelivered })
    }
}

/// Whether the page is still there. Any byte is a sign of life; a silent page is asked with a ping.
struct Life<'a> {
    timer: Pin<Box<Sleep>>,
    was_asked: bool,
    deadlines: &'a Deadlines,
}

impl<'a> Life<'a> {
    fn new(deadlines: &'a Deadlines) -> Self {
        Self {
            timer: Box::pin(sleep(deadlines.ping)),
            was_asked: false,
            deadlines,
        }
    }

    /// The timer ran out: whether to ask now.
    fn is_due(&mut self, was_heard: bool) -> Result<bool, PageEnd> {
        if self.was_asked && !was_heard {
            return Err(PageEnd::Silent);
        }
        self.was_asked = !was_heard;
        let wait = if self.was_asked {
            self.deadlines.pong
        } else {
            self.deadlines.ping
        };
        self.timer.as_mut().reset(Instant::now() + wait);
        Ok(self.was_asked)
    }
}

/// Reads once. `None` when there was nothing after all.
async fn try_read(server: &mut ReadHalf<'_>, buffer: &mut Vec<u8>) -> io::Result<Option<usize>> {
    poll_fn(
        |cx| match poll_read_buf(Pin::new(&mut *server), cx, buffer) {
            Poll::Pending => Poll::Ready(Ok(None)),
            Poll::Ready(count) => Poll::Ready(count.map(Some)),
        },
    )
    .await
}

/// Waits until there is something to read, or the end.
async fn read_some(server: &mut ReadHalf<'_>, buffer: &mut Vec<u8>) -> io::Result<usize> {
    poll_fn(|cx| poll_read_buf(Pin::new(&mut *server), cx, buffer)).await
}

/// How much is read at once from a server.
const CHUNK: usize = 16 * 1024;
/// How much of what a page sent is joined into one write.
const GATHER: usize = 64 * 1024;
