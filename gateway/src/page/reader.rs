//! From the page: whole messages, one at a time, and no read while nobody asks for one.

use super::{Incoming, PageEnd, pipe::Pipe, pipe::Shared};
use crate::stream::Stream;
use bytes::Bytes;
use std::{future::poll_fn, io, sync::atomic::Ordering};
use tokio_tungstenite::tungstenite::{
    Error, Message, error::ProtocolError, protocol::WebSocketContext,
};

/// The page's side that sends.
#[derive(Debug)]
pub(crate) struct PageReader<'a> {
    pub(super) stream: &'a Stream,
    pub(super) context: &'a mut WebSocketContext,
    pub(super) incoming: &'a mut Incoming,
    pub(super) shared: &'a Shared,
}

impl PageReader<'_> {
    /// The next binary message; waits for as long as the page is silent. Nothing is lost when the wait
    /// is given up.
    pub(crate) async fn recv(&mut self) -> Result<Bytes, PageEnd> {
        loop {
            if let Some(message) = self.recv_ready() {
                return message;
            }
            self.fill().await?;
        }
    }

    /// The next binary message, if it has been received whole. Asks no socket.
    pub(crate) fn recv_ready(&mut self) -> Option<Result<Bytes, PageEnd>> {
        loop {
            let mut pipe = Pipe::new(self.incoming, self.shared);
            let end = match self.context.read(&mut pipe) {
                Ok(Message::Binary(bytes)) if bytes.is_empty() => continue,
                Ok(Message::Binary(bytes)) => return Some(Ok(bytes)),
                // tungstenite has queued the pong.
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => continue,
                Ok(Message::Text(_)) => PageEnd::Garbled("the page sent a text frame".to_owned()),
                Ok(Message::Close(frame)) => {
                    // Queues our half of the handshake.
                    let _ = self.context.flush(&mut pipe);
                    PageEnd::Closed(frame.map(|frame| frame.code.into()))
                }
                Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => return None,
                Err(error) => self.fail(&error),
            };
            return Some(Err(end));
        }
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

    /// Waits for bytes. The buffer is there only once they are.
    async fn fill(&mut self) -> Result<(), PageEnd> {
        loop {
            let lost = |error: io::Error| PageEnd::Lost(error.kind());
            poll_fn(|cx| self.stream.poll_read_ready(cx))
                .await
                .map_err(lost)?;
            let mut chunk = Vec::with_capacity(CHUNK);
            match self.stream.try_read_buf(&mut chunk) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                count => {
                    self.incoming.is_over = count.map_err(lost)? == 0;
                    self.shared.heard.store(true, Ordering::Relaxed);
                    // Everything received before has been read, or nobody would be here.
                    self.incoming.bytes = chunk;
                    self.incoming.read = 0;
                    return Ok(());
                }
            }
        }
    }

    /// Reads to the end of the stream, whatever it says.
    pub(super) async fn discard(&mut self) {
        while !self.incoming.is_over && self.fill().await.is_ok() {}
    }
}

/// How much is read at once.
const CHUNK: usize = 16 * 1024;
