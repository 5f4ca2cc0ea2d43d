//! Towards the page: one frame at a time, and no next one before it is taken.

use super::{OutFrame, PageEnd, pipe::Shared};
use crate::stream::StreamWriter;
use std::{io, sync::atomic::Ordering, time::Duration};
use tokio::time::timeout;

/// The page's side that receives.
#[derive(Debug)]
pub(crate) struct PageWriter<'a> {
    pub(super) stream: StreamWriter<'a>,
    /// The frame that is being written; it stays here when somebody gives up waiting.
    pub(super) outgoing: &'a mut OutFrame,
    pub(super) shared: &'a Shared,
    pub(super) stall: Duration,
}

impl PageWriter<'_> {
    /// Sends a frame, and waits until the system has taken all of it.
    pub(crate) async fn send(&mut self, frame: OutFrame) -> Result<(), PageEnd> {
        self.flush().await?;
        *self.outgoing = frame;
        self.flush().await
    }

    /// Sends bytes as binary frames.
    pub(crate) async fn send_bytes(&mut self, bytes: &[u8]) -> Result<(), PageEnd> {
        for part in bytes.chunks(OutFrame::MAX_PAYLOAD) {
            self.send(OutFrame::binary(part)).await?;
        }
        Ok(())
    }

    /// Sends what waits: the rest of a frame, then control frames.
    pub(crate) async fn flush(&mut self) -> Result<(), PageEnd> {
        loop {
            let rest = self.outgoing.rest();
            if rest.is_empty() {
                let control = self.shared.take_control();
                let is_done = control.is_empty();
                *self.outgoing = OutFrame::ready(control);
                if is_done {
                    return Ok(());
                }
                continue;
            }
            match self.stream.try_write(rest) {
                Ok(count) => self.outgoing.advance(count),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.writable().await?,
                Err(error) => return Err(PageEnd::Lost(error.kind())),
            }
        }
    }

    /// Waits for control frames to send.
    #[cfg(test)]
    pub(crate) async fn wait_for_control(&self) {
        let is_there = |_: &mut std::task::Context<'_>| {
            if self.has_control() {
                return std::task::Poll::Ready(());
            }
            std::task::Poll::Pending
        };
        std::future::poll_fn(is_there).await;
    }

    /// Whether control frames wait to be sent. Reading queues them, and wakes the task then.
    pub(crate) fn has_control(&self) -> bool {
        self.shared.has_control()
    }

    /// Writes what the system takes at once of a frame whose bytes somebody else needs back. What it does not
    /// take stays here, and `false` says so: call [`flush`](Self::flush) then.
    pub(crate) fn try_send(&mut self, frame: &[u8]) -> Result<bool, PageEnd> {
        let mut written = 0;
        if self.outgoing.rest().is_empty() && !self.has_control() {
            written = match self.stream.try_write(frame) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
                Err(error) => return Err(PageEnd::Lost(error.kind())),
            };
        }
        let rest = frame.get(written..).unwrap_or_default();
        if !rest.is_empty() {
            self.outgoing.append(rest);
        }
        Ok(rest.is_empty())
    }

    /// Whether any byte came from the page since this was last asked.
    pub(crate) fn take_heard(&self) -> bool {
        self.shared.heard.swap(false, Ordering::Relaxed)
    }

    async fn writable(&self) -> Result<(), PageEnd> {
        match Box::pin(timeout(self.stall, self.stream.writable())).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(PageEnd::Lost(error.kind())),
            Err(_) => Err(PageEnd::Stalled),
        }
    }
}
