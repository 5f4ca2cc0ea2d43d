//! From the page to a server: what the page sent already becomes one write, and the page is read only
//! once the server has taken it.

use super::{Tally, fence::Fence, pace::Pace};
use crate::{
    config::{Deadlines, Limit},
    page::{PageEnd, PageReader},
    stream::StreamWriter,
};
use bytes::Bytes;
use std::io;
use tokio::time::{Instant, timeout};

/// The pump from a page to a server.
#[derive(Debug)]
pub(super) struct Upstream<'a> {
    pub(super) page: PageReader<'a>,
    pub(super) server: StreamWriter<'a>,
    pub(super) fence: Option<Fence>,
    pub(super) pace: Pace,
    pub(super) tally: &'a Tally<'a>,
    pub(super) deadlines: &'a Deadlines,
}

/// Why it stopped.
#[derive(Debug)]
pub(super) enum UpstreamEnd {
    /// The page ended.
    Page(PageEnd),
    /// The page sends more than it may.
    TooFast(Limit),
    /// The server takes no bytes.
    Stalled,
    /// The server's connection broke.
    Lost(io::ErrorKind),
}

impl Upstream<'_> {
    /// Pumps until one side ends; `first` came before the server was there.
    pub(super) async fn pump(mut self, mut first: Option<Bytes>) -> UpstreamEnd {
        loop {
            let message = match first.take() {
                Some(message) => message,
                None => match self.page.recv().await {
                    Ok(message) => message,
                    Err(end) => return UpstreamEnd::Page(end),
                },
            };
            let (bytes, frames, end) = self.gather(message);
            if self.pace.is_limited()
                && let Err(limit) = self.pace.take(Instant::now(), frames, bytes.len())
            {
                return UpstreamEnd::TooFast(limit);
            }
            self.tally.take(frames, bytes.len());
            if let Err(end) = self.write(&bytes).await {
                return end;
            }
            if let Some(end) = end {
                return UpstreamEnd::Page(end);
            }
        }
    }

    /// Joins what the page has sent already into one write.
    fn gather(&mut self, message: Bytes) -> (Bytes, u32, Option<PageEnd>) {
        let mut bytes = self.pass(message);
        let mut joined = Vec::new();
        let mut end = None;
        let mut frames = 1;
        while bytes.len().max(joined.len()) < GATHER {
            match self.page.recv_ready() {
                None => break,
                Some(Err(page_end)) => {
                    end = Some(page_end);
                    break;
                }
                Some(Ok(message)) => {
                    frames += 1;
                    if joined.is_empty() {
                        joined = std::mem::take(&mut bytes).into();
                    }
                    joined.extend_from_slice(&self.pass(message));
                }
            }
        }
        if joined.is_empty() {
            return (bytes, frames, end);
        }
        (joined.into(), frames, end)
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
                    let ready = timeout(self.deadlines.stall, self.server.writable());
                    let ready = Box::pin(ready).await;
                    let ready = ready.map_err(|_| UpstreamEnd::Stalled)?;
                    ready.map_err(|error| UpstreamEnd::Lost(error.kind()))?;
                }
                Err(error) => return Err(UpstreamEnd::Lost(error.kind())),
            }
        }
        Ok(())
    }
}

/// How much of what a page sent is joined into one write.
const GATHER: usize = 64 * 1024;
