//! From the page to a server: what the page sent already becomes one write, and the page is read only
//! once the server has taken it.

use super::{Tally, fence::Fence, pace::Pace};
use crate::{
    config::{Deadlines, Limit},
    page::{PageEnd, PageReader},
    scratch,
    stream::StreamWriter,
};
use bytes::Bytes;
use std::{
    future::poll_fn,
    io,
    task::{Context, Poll, ready},
};
use tokio::time::{Instant, timeout};

/// The pump from a page to a server.
#[derive(Debug)]
pub(super) struct Upstream<'a> {
    pub(super) page: PageReader<'a>,
    pub(super) server: StreamWriter<'a>,
    pub(super) fence: &'a mut Option<Fence>,
    pub(super) pace: &'a mut Pace,
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
    pub(super) async fn pump(&mut self, first: &mut Option<Bytes>) -> UpstreamEnd {
        let first = first.take().map(|first| self.hand_on(&first, 1));
        let mut handed_on = first.unwrap_or(Ok(Vec::new()));
        loop {
            match handed_on {
                Err(end) => return end,
                Ok(rest) if rest.is_empty() => {}
                Ok(rest) => {
                    if let Err(end) = Box::pin(self.write(rest)).await {
                        return end;
                    }
                }
            }
            handed_on = poll_fn(|cx| scratch::with(|buffer| self.poll_step(cx, buffer))).await;
        }
    }

    /// Hands on what the page has sent; gives what the server does not take at once.
    fn poll_step(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut Vec<u8>,
    ) -> Poll<Result<Vec<u8>, UpstreamEnd>> {
        // The fence has to know where messages begin.
        let most = if self.fence.is_some() { 1 } else { u32::MAX };
        let messages = ready!(self.page.poll_recv(cx, buffer, most)).map_err(UpstreamEnd::Page)?;
        Poll::Ready(self.hand_on(buffer, messages))
    }

    fn hand_on(&mut self, bytes: &[u8], messages: u32) -> Result<Vec<u8>, UpstreamEnd> {
        if self.pace.is_limited() {
            let paced = self.pace.take(Instant::now(), messages, bytes.len());
            paced.map_err(UpstreamEnd::TooFast)?;
        }
        if let Some(fence) = self.fence {
            let passed = fence.pass(Bytes::copy_from_slice(bytes));
            if fence.is_open() {
                *self.fence = None;
            }
            self.tally
                .drop_stale(bytes.len().saturating_sub(passed.len()));
            self.tally.take(messages, passed.len());
            return self.try_write(&passed);
        }
        self.tally.take(messages, bytes.len());
        self.try_write(bytes)
    }

    /// Writes what the server takes at once, and gives the rest.
    fn try_write(&self, mut bytes: &[u8]) -> Result<Vec<u8>, UpstreamEnd> {
        while !bytes.is_empty() {
            match self.server.try_write(bytes) {
                Ok(count) => {
                    self.tally.hand_upstream(count);
                    bytes = bytes.get(count..).unwrap_or_default();
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(UpstreamEnd::Lost(error.kind())),
            }
        }
        Ok(bytes.to_vec())
    }

    async fn write(&self, mut bytes: Vec<u8>) -> Result<(), UpstreamEnd> {
        while !bytes.is_empty() {
            let ready = timeout(self.deadlines.stall, self.server.writable()).await;
            let ready = ready.map_err(|_| UpstreamEnd::Stalled)?;
            ready.map_err(|error| UpstreamEnd::Lost(error.kind()))?;
            bytes = self.try_write(&bytes)?;
        }
        Ok(())
    }
}
