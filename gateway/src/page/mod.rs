//! The socket of one page: WebSocket messages over the stream that HTTP left behind.
//!
//! Plain messages are read and written here, in buffers of the thread. Everything else of the protocol
//! (control frames, fragments, whatever breaks a rule) is tungstenite's, which never sees the stream: it
//! reads from what was just received and writes control frames into a small buffer. So an idle socket
//! holds no buffer of its own, and whatever is half written when somebody stops waiting is finished before
//! anything else. This is no bridge: it knows no server.

mod bits;
#[cfg(test)]
mod echo;
mod frame;
#[cfg(test)]
pub(crate) mod masked;
mod pipe;
mod reader;
mod unmask;
mod writer;

pub(crate) use frame::OutFrame;
pub(crate) use reader::PageReader;
pub(crate) use writer::PageWriter;

use crate::stream::Stream;
use pipe::{Pipe, Shared};
use std::{io, net::SocketAddr, time::Duration};
use tokio::{io::AsyncWriteExt as _, time::timeout};
use tokio_tungstenite::tungstenite::{
    Utf8Bytes,
    protocol::{CloseFrame, Role, WebSocketConfig, WebSocketContext},
};
use unmask::Head;

/// The longest message of a page, in bytes. MSNP commands have less than two thousand.
pub(crate) const MAX_MESSAGE: usize = 64 * 1024;

/// A page's socket after the handshake.
#[derive(Debug)]
pub(crate) struct PageSocket {
    stream: Stream,
    context: WebSocketContext,
    incoming: Incoming,
    outgoing: OutFrame,
    shared: Shared,
    stall: Duration,
}

/// What was received, and how far tungstenite is in it.
#[derive(Debug, Default)]
struct Incoming {
    /// What was received and not read yet.
    bytes: Vec<u8>,
    /// How much of a frame that tungstenite reads is still to come.
    frame_left: usize,
    /// Whether tungstenite has some fragments of a message and waits for the others.
    is_in_message: bool,
    /// Whether the page's side of the stream has ended.
    is_over: bool,
    /// Whether tungstenite met something it cannot read on from.
    is_broken: bool,
    #[cfg(test)]
    echo: echo::Echo,
}

impl Incoming {
    /// Whether the next byte is the first of a message, as far as is known.
    const fn is_at_message(&self) -> bool {
        self.frame_left == 0 && !self.is_in_message
    }

    /// Leaves the frame of this header to tungstenite, which does not mind how a length is written.
    fn begin(&mut self, head: Head) -> Result<(), PageEnd> {
        if !head.is_shortest() {
            self.is_broken = true;
            let words = "the length of a frame is written with more bytes than it needs";
            return Err(PageEnd::Garbled(words.to_owned()));
        }
        self.frame_left = head.frame();
        self.is_in_message = head.goes_on().unwrap_or(self.is_in_message);
        Ok(())
    }
}

impl PageSocket {
    /// A socket on a stream whose handshake is done; `received` came behind the request.
    pub(crate) fn new(stream: Stream, received: &[u8], stall: Duration) -> Self {
        Self {
            stream,
            context: context(MAX_MESSAGE),
            incoming: Incoming {
                bytes: received.to_vec(),
                ..Incoming::default()
            },
            outgoing: OutFrame::default(),
            shared: Shared::default(),
            stall,
        }
    }

    /// The address of the gateway that the page has called; a Unix socket has none.
    pub(crate) fn local_addr(&self) -> Option<SocketAddr> {
        self.stream.local_addr()
    }

    /// Both directions, to be used at the same time.
    pub(crate) fn split(&mut self) -> (PageReader<'_>, PageWriter<'_>) {
        let (read_half, write_half) = self.stream.split();
        let reader = PageReader {
            stream: read_half,
            context: &mut self.context,
            incoming: &mut self.incoming,
            shared: &self.shared,
        };
        let writer = PageWriter {
            stream: write_half,
            outgoing: &mut self.outgoing,
            shared: &self.shared,
            stall: self.stall,
        };
        (reader, writer)
    }

    /// Says why, after everything that is on its way, and waits for the page to agree, or for
    /// `deadline`. Without the wait, bytes of the page that nobody reads would reset the connection
    /// under the last words.
    pub(crate) async fn close(&mut self, code: u16, reason: &str, deadline: Duration) {
        let mut cut = reason.len().min(MAX_REASON);
        while !reason.is_char_boundary(cut) {
            cut -= 1;
        }
        let frame = CloseFrame {
            code: code.into(),
            reason: Utf8Bytes::from(&reason[..cut]),
        };
        let mut pipe = Pipe::new(&[], self.incoming.is_over, &self.shared);
        let _ = self.context.close(&mut pipe, Some(frame));
        let _ = timeout(deadline, self.finish()).await;
    }

    /// Lets the page's own closing handshake end, or `deadline` pass.
    pub(crate) async fn closed_by_page(&mut self, deadline: Duration) {
        let finished = async {
            let (_, mut writer) = self.split();
            if writer.flush().await.is_ok() {
                let _ = self.stream.shutdown().await;
            }
        };
        let _ = timeout(deadline, finished).await;
    }

    async fn finish(&mut self) {
        let (mut reader, mut writer) = self.split();
        if writer.flush().await.is_err() {
            return;
        }
        if reader.incoming.is_broken {
            reader.discard().await;
        } else {
            while reader.recv().await.is_ok() {}
        }
    }
}

/// What reads all that is no plain message.
fn context(longest: usize) -> WebSocketContext {
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(MAX_CONTROL)
        .max_message_size(Some(longest))
        .max_frame_size(Some(longest));
    WebSocketContext::new(Role::Server, Some(config))
}

/// How a page's socket ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PageEnd {
    /// With a closing handshake; the code that the page gave.
    Closed(Option<u16>),
    /// The connection broke.
    Lost(io::ErrorKind),
    /// The page broke the rules; in a few words.
    Garbled(String),
    /// The page takes no bytes.
    Stalled,
    /// The page gives no sign of life.
    Silent,
    /// Page and server live, but have nothing to say.
    Idle,
}

/// What tungstenite keeps for reading before it has anything to read. It then takes a few bytes at a time,
/// which is enough for pongs.
const READ_BUFFER: usize = 0;
/// Pongs and a close frame that the page does not take, before a page that pings on loses some.
const MAX_CONTROL: usize = 1024;
/// The longest reason in a close frame (RFC 6455 §5.5).
const MAX_REASON: usize = 123;
