//! The handshake with a page, and an answer for whoever speaks plain HTTP where TLS is spoken.

use crate::stream::{Stream, TlsStream};
use rustls::{ServerConfig, ServerConnection};
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// What came of a handshake.
#[derive(Debug)]
pub(crate) enum Accepted {
    /// It is done.
    Done(Stream),
    /// Somebody has looked whether anybody is here.
    Left,
    /// Somebody spoke HTTP without TLS, and was told so.
    Plain,
    /// It failed.
    Failed(io::Error),
    /// It took too long.
    Late,
}

impl Accepted {
    /// What metrics count by.
    pub(crate) const WORDS: [&str; 5] = ["done", "failed", "late", "left", "plain"];

    pub(crate) const fn word(&self) -> &'static str {
        let [done, failed, late, left, plain] = Self::WORDS;
        match self {
            Self::Done(_) => done,
            Self::Failed(_) => failed,
            Self::Late => late,
            Self::Left => left,
            Self::Plain => plain,
        }
    }
}

/// Waits for the handshake, all of it no longer than `deadline`.
pub(crate) async fn accept(
    tcp: TcpStream,
    config: Arc<ServerConfig>,
    deadline: Duration,
) -> Accepted {
    let accepted = timeout(deadline, shake_hands(tcp, config)).await;
    accepted.map_or(Accepted::Late, |accepted| {
        accepted.unwrap_or_else(Accepted::Failed)
    })
}

async fn shake_hands(tcp: TcpStream, config: Arc<ServerConfig>) -> io::Result<Accepted> {
    // It stays where it is: rustls wants it as well.
    let mut first = [0];
    if tcp.peek(&mut first).await? == 0 {
        return Ok(Accepted::Left);
    }
    // What HTTP begins with, and no record of TLS.
    if first[0].is_ascii_uppercase() {
        return Ok(refuse(tcp).await);
    }
    let session = ServerConnection::new(config).map_err(io::Error::other)?;
    let stream = TlsStream::handshake(tcp, session).await?;
    Ok(Accepted::Done(Stream::Tls(stream)))
}

/// Answers, and reads what still comes, or that would reset the connection under the answer.
async fn refuse(mut tcp: TcpStream) -> Accepted {
    if tcp.write_all(REFUSAL.as_bytes()).await.is_ok() && tcp.shutdown().await.is_ok() {
        let mut rest = [0; 512];
        let mut left = MOST;
        while let Ok(count @ 1..) = tcp.read(&mut rest).await
            && left > count
        {
            left -= count;
        }
    }
    Accepted::Plain
}

/// The longest request that is read to its end without being looked at.
const MOST: usize = 64 * 1024;

const REFUSAL: &str = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\
    Content-Type: text/plain; charset=utf-8\r\nContent-Length: 56\r\n\r\n\
    This address speaks HTTPS; begin with https:// instead.\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_refusal_is_as_long_as_it_says() {
        let (head, body) = REFUSAL.split_once("\r\n\r\n").expect("a head");
        let length = format!("Content-Length: {}", body.len());
        assert!(head.ends_with(&length), "{length}");
    }
}
