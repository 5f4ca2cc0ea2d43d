//! One link through a bridge, as a page has it: over a WebSocket, or bare towards the relay.

use crate::{
    bridge::Dialect,
    frame::{self, Counter},
};
use anyhow::{Context as _, Result, bail, ensure};
use std::{io, net::SocketAddr, sync::Arc};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A link that is open.
#[derive(Debug)]
pub(crate) struct Link {
    stream: TcpStream,
    received: Received,
    message: Arc<[u8]>,
    length: u64,
}

/// What came through the bridge.
#[derive(Debug)]
enum Received {
    Bare(u64),
    Framed(Counter),
}

/// What a page sends, again and again: the same bytes, framed once for all links.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    bytes: Arc<[u8]>,
    length: u64,
}

impl Message {
    pub(crate) fn new(payload: &[u8], dialect: &Dialect) -> Self {
        let bytes = match dialect {
            Dialect::Bare => payload.to_vec(),
            Dialect::WebSocket(_) => frame::masked(frame::BINARY, payload),
        };
        Self {
            bytes: bytes.into(),
            length: u64::try_from(payload.len()).unwrap_or(u64::MAX),
        }
    }
}

impl Link {
    /// Opens one, up to the end of the handshake.
    pub(crate) async fn open(
        address: SocketAddr,
        dialect: &Dialect,
        message: &Message,
    ) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("connecting")?;
        Self::over(stream, address, dialect, message).await
    }

    /// The same on a connection that stands.
    pub(crate) async fn over(
        stream: TcpStream,
        address: SocketAddr,
        dialect: &Dialect,
        message: &Message,
    ) -> Result<Self> {
        let mut link = Self::new(stream, message)?;
        if let Dialect::WebSocket(path) = dialect {
            let behind = link.shake_hands(address, path).await?;
            if !behind.is_empty() {
                link.take(&behind)?;
            }
        }
        Ok(link)
    }

    fn new(stream: TcpStream, message: &Message) -> Result<Self> {
        stream.set_nodelay(true).context("connecting")?;
        Ok(Self {
            stream,
            received: Received::Bare(0),
            message: Arc::clone(&message.bytes),
            length: message.length,
        })
    }

    /// Gives what came behind the answer.
    async fn shake_hands(&mut self, address: SocketAddr, path: &str) -> Result<Vec<u8>> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        self.stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        let end = loop {
            let count = self.stream.read_buf(&mut answer).await?;
            ensure!(
                count > 0 && answer.len() < HEAD,
                "no answer to the handshake"
            );
            if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        ensure!(
            answer.starts_with(b"HTTP/1.1 101 "),
            "the handshake was refused"
        );
        self.received = Received::Framed(Counter::default());
        Ok(answer.split_off(end))
    }

    /// The path with the ticket that a gateway gives when the server names a switchboard at once.
    pub(crate) async fn ticket(address: SocketAddr, dialect: &Dialect) -> Result<Dialect> {
        let Dialect::WebSocket(path) = dialect else {
            bail!("a ticket comes over a WebSocket");
        };
        let stream = TcpStream::connect(address).await.context("connecting")?;
        let mut link = Self::new(stream, &Message::new(b"", dialect))?;
        let mut said = link.shake_hands(address, path).await?;
        // The server's command comes behind the line of the gateway.
        while !said.ends_with(b"\r\n") {
            let count = link.stream.read_buf(&mut said).await?;
            ensure!(count > 0, "the gateway ended the link");
        }
        link.close().await;
        let said = String::from_utf8_lossy(&said);
        let (_, words) = said.split_once("TICKET SB ").context("no ticket")?;
        let ticket = words.split(' ').nth(1).context("no ticket")?;
        Ok(Dialect::WebSocket(format!("/msnp?ticket={ticket}").into()))
    }

    /// For who sends and receives otherwise. Nothing but words of the gateway may have come so far.
    pub(crate) fn into_stream(self) -> TcpStream {
        self.stream
    }

    /// Sends the message.
    pub(crate) async fn send(&mut self) -> Result<()> {
        Ok(self.stream.write_all(&self.message).await?)
    }

    /// Sends the message, and waits until as much has come back.
    pub(crate) async fn echo(&mut self, buffer: &mut [u8]) -> Result<()> {
        let until = self.received() + self.length;
        self.send().await?;
        while self.received() < until {
            self.receive(buffer).await?;
        }
        Ok(())
    }

    /// Receives once, and gives how much of it was the server's.
    pub(crate) async fn receive(&mut self, buffer: &mut [u8]) -> Result<u64> {
        let before = self.received();
        let count = self.stream.read(buffer).await?;
        self.take(buffer.get(..count).unwrap_or_default())?;
        self.answer_pings().await?;
        Ok(self.received() - before)
    }

    /// Receives what is there already; an idle page answers pings as well.
    pub(crate) async fn look(&mut self, buffer: &mut [u8]) -> Result<()> {
        match self.stream.try_read(buffer) {
            Ok(count) => self.take(buffer.get(..count).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error.into()),
        }
        self.answer_pings().await
    }

    /// Ends the link as a page does that is left.
    pub(crate) async fn close(mut self) {
        if let Received::Framed(_) = self.received {
            let goodbye = frame::masked(frame::CLOSE, &1000_u16.to_be_bytes());
            let _ = self.stream.write_all(&goodbye).await;
        }
        let _ = self.stream.shutdown().await;
    }

    /// Ends it without a word, as a network does.
    pub(crate) fn reset(self) {
        let _ = self.stream.set_zero_linger();
    }

    fn received(&self) -> u64 {
        match &self.received {
            Received::Bare(bytes) => *bytes,
            Received::Framed(counter) => counter.bytes,
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<()> {
        ensure!(!bytes.is_empty(), "the bridge ended the link");
        match &mut self.received {
            Received::Bare(count) => *count += u64::try_from(bytes.len())?,
            Received::Framed(counter) => {
                counter.push(bytes);
                if counter.is_closed {
                    bail!("the bridge closed the link");
                }
            }
        }
        Ok(())
    }

    async fn answer_pings(&mut self) -> Result<()> {
        let Received::Framed(counter) = &mut self.received else {
            return Ok(());
        };
        for _ in 0..std::mem::take(&mut counter.pings) {
            let pong = frame::masked(frame::PONG, b"");
            self.stream.write_all(&pong).await?;
        }
        Ok(())
    }
}

/// No answer to a handshake is longer.
const HEAD: usize = 4096;
