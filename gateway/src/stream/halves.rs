//! Both directions of a stream, for two pumps of one task.

use super::{Stream, TlsStream};
use bytes::BufMut;
use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::net::tcp;
#[cfg(unix)]
use tokio::net::unix;
use tokio_util::io::poll_read_buf;

/// The direction that comes in.
#[derive(Debug)]
pub(crate) enum StreamReader<'a> {
    Tcp(tcp::ReadHalf<'a>),
    #[cfg(unix)]
    Unix(unix::ReadHalf<'a>),
    Tls(&'a TlsStream),
}

/// The direction that goes out.
#[derive(Debug)]
pub(crate) enum StreamWriter<'a> {
    Tcp(tcp::WriteHalf<'a>),
    #[cfg(unix)]
    Unix(unix::WriteHalf<'a>),
    Tls(&'a TlsStream),
}

pub(super) fn split(stream: &mut Stream) -> (StreamReader<'_>, StreamWriter<'_>) {
    match stream {
        Stream::Tcp(stream) => {
            let (reader, writer) = stream.split();
            (StreamReader::Tcp(reader), StreamWriter::Tcp(writer))
        }
        #[cfg(unix)]
        Stream::Unix(stream) => {
            let (reader, writer) = stream.split();
            (StreamReader::Unix(reader), StreamWriter::Unix(writer))
        }
        Stream::Tls(stream) => (StreamReader::Tls(stream), StreamWriter::Tls(stream)),
    }
}

impl StreamReader<'_> {
    /// Reads once, behind what is in the buffer, as much as it has room for. The system is not asked again after
    /// a read that has left room, which an ordinary `try_read` would do.
    pub(crate) fn poll_read_buf(
        &mut self,
        cx: &mut Context<'_>,
        buffer: &mut impl BufMut,
    ) -> Poll<io::Result<usize>> {
        match self {
            Self::Tcp(reader) => poll_read_buf(Pin::new(reader), cx, buffer),
            #[cfg(unix)]
            Self::Unix(reader) => poll_read_buf(Pin::new(reader), cx, buffer),
            Self::Tls(stream) => stream.poll_read_buf(cx, buffer),
        }
    }
}

impl StreamWriter<'_> {
    /// Whoever is refused for now comes back with the same bytes.
    pub(crate) fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(writer) => writer.try_write(bytes),
            #[cfg(unix)]
            Self::Unix(writer) => writer.try_write(bytes),
            Self::Tls(stream) => stream.try_write(bytes),
        }
    }

    pub(crate) async fn writable(&self) -> io::Result<()> {
        match self {
            Self::Tcp(writer) => writer.writable().await,
            #[cfg(unix)]
            Self::Unix(writer) => writer.writable().await,
            Self::Tls(stream) => stream.writable().await,
        }
    }
}
