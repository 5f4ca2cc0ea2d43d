//! A connection of the gateway's, to a page or to a server: over TCP, through a Unix socket, or over TLS.
//! All are asked in the same way, and none costs an idle link a buffer. What is said on it is for others.

mod halves;
mod tls_stream;

pub(crate) use halves::{StreamReader, StreamWriter};
pub(crate) use tls_stream::TlsStream;

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// A connection that stands.
#[derive(Debug)]
pub(crate) enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(tokio::net::UnixStream),
    /// Boxed: the state of a session is large, and most links have none.
    Tls(Box<TlsStream>),
}

/// The same of whatever it is.
macro_rules! either {
    ($stream:expr, $inner:ident => $answer:expr) => {
        match $stream {
            Stream::Tcp($inner) => $answer,
            #[cfg(unix)]
            Stream::Unix($inner) => $answer,
            Stream::Tls($inner) => $answer,
        }
    };
}

impl Stream {
    /// The address of the gateway's end.
    pub(crate) fn local_addr(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(stream) => stream.local_addr().ok(),
            #[cfg(unix)]
            Self::Unix(_) => None,
            Self::Tls(stream) => stream.local_addr().ok(),
        }
    }

    /// Both directions, to be used at the same time.
    pub(crate) fn split(&mut self) -> (StreamReader<'_>, StreamWriter<'_>) {
        halves::split(self)
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        either!(self.get_mut(), stream => Pin::new(stream).poll_read(cx, buffer))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        either!(self.get_mut(), stream => Pin::new(stream).poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        either!(self.get_mut(), stream => Pin::new(stream).poll_write_vectored(cx, parts))
    }

    fn is_write_vectored(&self) -> bool {
        either!(self, stream => stream.is_write_vectored())
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self.get_mut(), stream => Pin::new(stream).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self.get_mut(), stream => Pin::new(stream).poll_shutdown(cx))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_without_tls_has_no_room_for_it() {
        let plain = size_of::<TcpStream>();
        assert!(size_of::<Stream>() <= plain + size_of::<usize>());
    }
}
