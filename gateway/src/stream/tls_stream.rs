//! TLS over TCP, for either end. rustls does the protocol and never waits; this moves its bytes. Which
//! certificate is shown or believed is for others.
//!
//! Both directions of a link are used by one task, so the lock is always free when it is wanted.

use bytes::BufMut;
use rustls::Connection;
use std::{
    future::poll_fn,
    io::{self, BufRead as _, Read, Write},
    mem,
    net::SocketAddr,
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// A connection whose handshake is done.
#[derive(Debug)]
pub(crate) struct TlsStream {
    tcp: TcpStream,
    session: Mutex<Session>,
}

#[derive(Debug)]
struct Session {
    tls: Connection,
    /// Bytes that are encrypted, and of which the system has not taken all; they are answered for when it has.
    owed: usize,
    /// Nothing that comes after what broke the rules is looked at.
    is_broken: bool,
}

impl TlsStream {
    /// Does the handshake. Whoever gives up waiting has no connection any more.
    pub(crate) async fn handshake(
        tcp: TcpStream,
        tls: impl Into<Connection>,
    ) -> io::Result<Box<Self>> {
        let session = Mutex::new(Session {
            tls: tls.into(),
            owed: 0,
            is_broken: false,
        });
        let stream = Box::new(Self { tcp, session });
        loop {
            poll_fn(|cx| stream.poll_sent(cx)).await?;
            if !stream.lock().tls.is_handshaking() {
                return Ok(stream);
            }
            poll_fn(|cx| stream.tcp.poll_read_ready(cx)).await?;
            let received = stream.lock().receive(&stream.tcp);
            match received {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => return Err(error),
                _ => {}
            }
        }
    }

    pub(super) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }

    /// Ready when there is something to read after all records that are none of the other side's words.
    fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut session = self.lock();
        while session.has_nothing_to_read() && !session.is_broken {
            ready!(self.tcp.poll_read_ready(cx))?;
            match session.receive(&self.tcp) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                received => drop(received?),
            }
        }
        Poll::Ready(Ok(()))
    }

    pub(super) fn poll_read_buf(
        &self,
        cx: &mut Context<'_>,
        buffer: &mut impl BufMut,
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_read_ready(cx))?;
        let room = buffer.chunk_mut().len();
        Poll::Ready(self.read(room, |bytes| buffer.put_slice(bytes)))
    }

    /// Hands on what has come, at most so many bytes. None is the end that the other side has announced;
    /// an end that it has not is an error, because somebody in between may have cut off what was to follow.
    fn read(&self, room: usize, put: impl FnOnce(&[u8])) -> io::Result<usize> {
        let mut session = self.lock();
        while session.has_nothing_to_read() {
            session.receive(&self.tcp)?;
        }
        let mut reader = session.tls.reader();
        let bytes = reader.fill_buf()?;
        let bytes = bytes.get(..room).unwrap_or(bytes);
        put(bytes);
        let count = bytes.len();
        reader.consume(count);
        Ok(count)
    }

    /// Answers once the system has taken all that was encrypted. Until then it refuses, and has to be asked
    /// again with the same bytes, which it does not encrypt twice.
    pub(super) fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut session = self.lock();
        if session.owed == 0 {
            session.send(&self.tcp)?;
            session.owed = session.encrypt(bytes)?;
        }
        session.send(&self.tcp)?;
        Ok(mem::take(&mut session.owed))
    }

    /// Waits until everything that is encrypted is out, and there is room for more.
    pub(super) async fn writable(&self) -> io::Result<()> {
        self.tcp.writable().await?;
        poll_fn(|cx| self.poll_sent(cx)).await
    }

    fn poll_sent(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            match self.lock().send(&self.tcp) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                sent => return Poll::Ready(sent),
            }
            ready!(self.tcp.poll_write_ready(cx))?;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    fn has_nothing_to_read(&mut self) -> bool {
        let mut reader = self.tls.reader();
        let found = reader.fill_buf();
        found.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }

    /// Takes in what the system has.
    fn receive(&mut self, tcp: &TcpStream) -> io::Result<usize> {
        if self.is_broken {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let count = self.tls.read_tls(&mut Raw(tcp))?;
        let processed = self.tls.process_new_packets();
        self.is_broken = processed.is_err();
        // An answer that the protocol wants, or the alert that says what was wrong. What does not fit now goes
        // out before the next word.
        let _ = self.send(tcp);
        processed.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        Ok(count)
    }

    fn encrypt(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let record = bytes.get(..RECORD).unwrap_or(bytes);
        self.tls.writer().write(record)
    }

    /// Hands what is encrypted to the system, all of it or as much as it takes.
    fn send(&mut self, tcp: &TcpStream) -> io::Result<()> {
        while self.tls.wants_write() {
            self.tls.write_tls(&mut Raw(tcp))?;
        }
        Ok(())
    }
}

/// How much is encrypted at once, and may wait for a side that does not read: one record.
const RECORD: usize = 16 * 1024;

impl AsyncRead for TlsStream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.poll_read_ready(cx))?;
        self.read(buffer.remaining(), |bytes| buffer.put_slice(bytes))?;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for TlsStream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_sent(cx))?;
        let mut session = self.lock();
        let count = session.encrypt(bytes)?;
        match session.send(&self.tcp) {
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => Poll::Ready(Err(error)),
            _ => Poll::Ready(Ok(count)),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_sent(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.lock().tls.send_close_notify();
        ready!(self.poll_sent(cx))?;
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

/// Says that nothing follows, if the system takes it at once: then an end is no broken connection.
impl Drop for TlsStream {
    fn drop(&mut self) {
        let mut session = self.lock();
        session.tls.send_close_notify();
        let _ = session.send(&self.tcp);
    }
}

/// The socket as rustls wants it.
struct Raw<'a>(&'a TcpStream);

impl Read for Raw<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.try_read(buffer)
    }
}

impl Write for Raw<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.try_write(bytes)
    }

    fn write_vectored(&mut self, parts: &[io::IoSlice<'_>]) -> io::Result<usize> {
        self.0.try_write_vectored(parts)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::ServerEntry,
        stream::Stream,
        tls::{Accepted, Certificate, ServerTls, accept},
    };
    use std::time::Duration;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
        time::{Instant, timeout},
    };

    const PATIENCE: Duration = Duration::from_secs(10);

    /// Both ends of a connection: as pages are accepted, and as servers are reached.
    async fn both_ends() -> (Stream, Stream) {
        let name = "ms.example.org";
        let pair = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: String| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("written");
            path
        };
        let certificate = file("crt", pair.cert.pem());
        let key = file("key", pair.signing_key.serialize_pem());
        let config = Certificate::load(&certificate, &key).expect("a pair");
        let tls = ServerTls::new(Some(&certificate)).expect("an authority");
        let server = ServerEntry::new("test", name).expect("an address");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let near = TcpStream::connect(listener.local_addr().expect("an address")).await;
        let (far, _) = listener.accept().await.expect("a connection");
        let (near, far) = tokio::join!(
            tls.connect(
                near.expect("there"),
                &server,
                &server.endpoint,
                Instant::now() + PATIENCE
            ),
            accept(far, config.now().config.clone(), PATIENCE)
        );
        match (near, far) {
            (Ok(near), Accepted::Done(far)) => (near, far),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn what_a_write_has_answered_for_needs_nothing_more_to_arrive() {
        let (mut near, mut far) = both_ends().await;
        let bytes = vec![b'x'; 100_000];
        let mut answered = 0;
        while let Ok(count) = near.split().1.try_write(&bytes) {
            answered += count;
        }
        let mut read = vec![0; answered];
        let arrived = timeout(PATIENCE, far.read_exact(&mut read)).await;
        arrived.expect("all of it").expect("read");
        // What was refused meanwhile comes once, when it is asked for again.
        let (_, writer) = near.split();
        writer.writable().await.expect("room");
        let count = writer.try_write(&bytes).expect("written");
        let mut read = vec![0; count];
        far.read_exact(&mut read).await.expect("read");
        near.shutdown().await.expect("said");
        assert_eq!(far.read(&mut read).await.expect("an end in order"), 0);
    }

    #[tokio::test]
    async fn a_stream_is_not_ready_to_read_for_what_is_none_of_the_others_words() {
        let (mut near, mut far) = both_ends().await;
        let ((mut reader, _), (_, writer)) = (near.split(), far.split());
        // Tickets for the next time have come by now; they are nothing to read.
        writer.writable().await.expect("room");
        let mut read = Vec::with_capacity(2);
        let ready = poll_fn(|cx| Poll::Ready(reader.poll_read_buf(cx, &mut read).is_ready()));
        assert!(!ready.await);
        assert_eq!(writer.try_write(b"PNG").expect("written"), 3);
        for (room, count) in [(2, 2), (1, 1)] {
            read.reserve_exact(room);
            let mut room = (&mut read).limit(room);
            let next = poll_fn(|cx| reader.poll_read_buf(cx, &mut room));
            assert_eq!(next.await.expect("read"), count);
        }
        assert_eq!(read, b"PNG");
    }
}
