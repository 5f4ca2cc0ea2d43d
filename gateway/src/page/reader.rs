//! From the page: whole messages, and no read while nobody asks for one.
//!
//! Plain messages are unmasked in the thread's buffer. Every other frame goes to tungstenite, one at a time,
//! so that it never holds a byte of the frame behind it.

use super::{
    Incoming, PageEnd,
    pipe::Pipe,
    pipe::Shared,
    unmask::{Head, unmask},
};
use crate::{scratch, stream::StreamReader};
use bytes::Bytes;
use std::{
    future::poll_fn,
    io, mem,
    sync::atomic::Ordering,
    task::{Context, Poll, ready},
};
use tokio_tungstenite::tungstenite::{
    Error, Message, error::ProtocolError, protocol::WebSocketContext,
};

/// The page's side that sends.
#[derive(Debug)]
pub(crate) struct PageReader<'a> {
    pub(super) stream: StreamReader<'a>,
    pub(super) context: &'a mut WebSocketContext,
    pub(super) incoming: &'a mut Incoming,
    pub(super) shared: &'a Shared,
}

impl PageReader<'_> {
    /// The next binary message; waits for as long as the page is silent. Nothing is lost when the wait
    /// is given up.
    pub(crate) async fn recv(&mut self) -> Result<Bytes, PageEnd> {
        loop {
            let message = poll_fn(|cx| {
                scratch::with(|buffer| {
                    ready!(self.poll_recv(cx, buffer, 1))?;
                    Poll::Ready(Ok(Bytes::copy_from_slice(buffer)))
                })
            });
            let message = message.await?;
            if !message.is_empty() {
                return Ok(message);
            }
        }
    }

    /// The next message of an echo, and whether it is a text.
    #[cfg(test)]
    pub(crate) async fn recv_any(&mut self) -> Result<(bool, Bytes), PageEnd> {
        poll_fn(|cx| {
            scratch::with(|buffer| {
                ready!(self.poll_recv(cx, buffer, 1))?;
                let bytes = Bytes::copy_from_slice(buffer);
                Poll::Ready(Ok((self.incoming.take_is_text(), bytes)))
            })
        })
        .await
    }

    /// The binary messages that are there, at most so many: their payloads are joined in `buffer`, which is
    /// empty before. Says how many there were. Between two calls the buffer may serve others.
    pub(crate) fn poll_recv(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut Vec<u8>,
        most: u32,
    ) -> Poll<Result<u32, PageEnd>> {
        buffer.append(&mut mem::take(&mut self.incoming.bytes));
        loop {
            match self.take(cx, buffer, most) {
                Some(Ok(messages)) => return Poll::Ready(Ok(messages)),
                Some(Err(end)) => return Poll::Ready(Err(end)),
                None => {}
            }
            match self.poll_fill(cx, buffer) {
                Poll::Pending => {
                    // Of an idle page nothing is left, and an empty vector has no memory.
                    self.incoming.bytes.extend_from_slice(buffer);
                    return Poll::Pending;
                }
                filled @ Poll::Ready(_) => ready!(filled)?,
            }
        }
    }

    /// What can be had of the bytes that were received. Messages are left in `buffer` alone, and what came
    /// behind them is kept; `None` leaves there what begins a frame.
    fn take(
        &mut self,
        cx: &Context<'_>,
        buffer: &mut Vec<u8>,
        most: u32,
    ) -> Option<Result<u32, PageEnd>> {
        loop {
            if self.incoming.is_at_message() {
                let found = unmask(buffer, most);
                if found.messages > 0 {
                    self.incoming.bytes = buffer.get(found.read..).unwrap_or_default().to_vec();
                    buffer.truncate(found.payload);
                    return Some(Ok(found.messages));
                }
            }
            if self.incoming.frame_left == 0 && !self.incoming.is_over {
                let head = Head::parse(buffer)?;
                if self.incoming.is_at_message() && head.is_plain() {
                    // The rest of it has not come.
                    return None;
                }
                if let Err(end) = self.incoming.begin(head) {
                    return Some(Err(end));
                }
            }
            if buffer.is_empty() && !self.incoming.is_over {
                return None;
            }
            if let Some(message) = self.read_frame(cx, buffer) {
                self.incoming.bytes.extend_from_slice(buffer);
                buffer.clear();
                return Some(message.map(|message| {
                    buffer.extend_from_slice(&message);
                    1
                }));
            }
        }
    }

    /// Gives tungstenite what is there of its frame, or word that nothing follows.
    fn read_frame(
        &mut self,
        cx: &Context<'_>,
        buffer: &mut Vec<u8>,
    ) -> Option<Result<Bytes, PageEnd>> {
        let part = self.incoming.frame_left.min(buffer.len());
        let mut pipe = Pipe::new(
            buffer.get(..part).unwrap_or_default(),
            self.incoming.is_over,
            self.shared,
        );
        let end = match self.context.read(&mut pipe) {
            Ok(Message::Binary(bytes)) => Ok(Some(bytes)),
            // tungstenite has queued the pong.
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => Ok(None),
            #[cfg(test)]
            Ok(Message::Text(text)) if self.incoming.echo.takes_texts => {
                self.incoming.echo.is_text = true;
                Ok(Some(text.into()))
            }
            Ok(Message::Text(_)) => Err(PageEnd::Garbled("the page sent a text frame".to_owned())),
            Ok(Message::Close(frame)) => {
                // Queues our half of the handshake.
                let _ = self.context.flush(&mut pipe);
                Err(PageEnd::Closed(frame.map(|frame| frame.code.into())))
            }
            Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(self.fail(&error)),
        };
        buffer.drain(..part);
        self.incoming.frame_left -= part;
        if self.shared.has_control() {
            // The writer is polled by the same task, but before this.
            cx.waker().wake_by_ref();
        }
        end.transpose()
    }

    fn fail(&mut self, error: &Error) -> PageEnd {
        match error {
            Error::ConnectionClosed | Error::AlreadyClosed => PageEnd::Closed(None),
            Error::Io(error) => PageEnd::Lost(error.kind()),
            Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => {
                PageEnd::Lost(io::ErrorKind::UnexpectedEof)
            }
            error => {
                self.incoming.is_broken = true;
                PageEnd::Garbled(error.to_string())
            }
        }
    }

    /// Waits for bytes, and appends them.
    fn poll_fill(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut Vec<u8>,
    ) -> Poll<Result<(), PageEnd>> {
        let spare = buffer.capacity() - buffer.len();
        buffer.reserve(spare.max(LEAST));
        let count = ready!(self.stream.poll_read_buf(cx, buffer));
        self.incoming.is_over = count.map_err(|error| PageEnd::Lost(error.kind()))? == 0;
        self.shared.heard.store(true, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }

    /// Reads to the end of the stream, whatever it says.
    pub(super) async fn discard(&mut self) {
        let discarded = |cx: &mut Context<'_>| {
            scratch::with(|buffer| {
                while !self.incoming.is_over {
                    buffer.clear();
                    ready!(self.poll_fill(cx, buffer))?;
                }
                Poll::Ready(Ok::<_, PageEnd>(()))
            })
        };
        let _ = poll_fn(discarded).await;
    }
}

/// How much is read at once, at least.
const LEAST: usize = 16 * 1024;
