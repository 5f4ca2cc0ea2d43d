//! The PROXY protocol: what a balancer says about its client before the client's first byte, and what
//! the gateway says to a server in the same way. Versions 1 and 2 come in, version 2 goes out.

use super::ClientAddr;
use crate::dial::DialError;
use ppp::{v1, v2};
use std::{io, net::SocketAddr};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    time::{Instant, timeout_at},
};

/// What a balancer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Who is calling.
    Client(SocketAddr),
    /// Nobody: the balancer itself, to see whether the gateway is there, or somebody without an
    /// IP address.
    Nobody,
}

/// Reads the header, and not one byte after it.
pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Result<Said, Refusal> {
    let mut head = Vec::with_capacity(v2_head());
    while head.len() < v2::PROTOCOL_PREFIX.len() {
        if more(stream, &mut head, v2::PROTOCOL_PREFIX.len()).await? == 0 {
            return Err(if head.is_empty() {
                Refusal::Silent
            } else {
                Refusal::Ended
            });
        }
        let is_beginning = |of: &[u8]| head.iter().zip(of).all(|(is, should)| is == should);
        if is_beginning(v2::PROTOCOL_PREFIX) {
            continue;
        }
        // Version 1 may be shorter than the first look, but not with a protocol and a line end.
        if !is_beginning(V1_PREFIX) {
            return Err(Refusal::None);
        }
    }
    if head == v2::PROTOCOL_PREFIX {
        read_v2(stream, head).await
    } else {
        read_v1(stream, head).await
    }
}

/// A line. It is read byte by byte, because nothing but its end says how long it is.
async fn read_v1(
    stream: &mut (impl AsyncRead + Unpin),
    mut line: Vec<u8>,
) -> Result<Said, Refusal> {
    while !line.ends_with(b"\n") {
        if line.len() >= V1_LONGEST {
            return Err(Refusal::Malformed);
        }
        let length = line.len() + 1;
        if more(stream, &mut line, length).await? == 0 {
            return Err(Refusal::Ended);
        }
    }
    let header = v1::Header::try_from(line.as_slice()).map_err(|_| Refusal::Malformed)?;
    Ok(match header.addresses {
        v1::Addresses::Unknown => Said::Nobody,
        v1::Addresses::Tcp4(at) => Said::Client((at.source_address, at.source_port).into()),
        v1::Addresses::Tcp6(at) => Said::Client((at.source_address, at.source_port).into()),
    })
}

/// Sixteen bytes, the last two of which say how many follow. What stands behind the addresses is for
/// others.
async fn read_v2(
    stream: &mut (impl AsyncRead + Unpin),
    mut header: Vec<u8>,
) -> Result<Said, Refusal> {
    fill(stream, &mut header, v2_head()).await?;
    let &[.., command, _, high, low] = header.as_slice() else {
        return Err(Refusal::Ended);
    };
    let length = usize::from(u16::from_be_bytes([high, low]));
    fill(stream, &mut header, v2_head() + length).await?;
    if command == v2::Version::Two | v2::Command::Local {
        // Whatever else it says is to be ignored.
        return Ok(Said::Nobody);
    }
    let header = v2::Header::try_from(header.as_slice()).map_err(|_| Refusal::Malformed)?;
    if header.protocol == v2::Protocol::Datagram {
        return Err(Refusal::Malformed);
    }
    Ok(match header.addresses {
        v2::Addresses::Unspecified | v2::Addresses::Unix(_) => Said::Nobody,
        v2::Addresses::IPv4(at) => Said::Client((at.source_address, at.source_port).into()),
        v2::Addresses::IPv6(at) => Said::Client((at.source_address, at.source_port).into()),
    })
}

async fn fill(
    stream: &mut (impl AsyncRead + Unpin),
    bytes: &mut Vec<u8>,
    length: usize,
) -> Result<(), Refusal> {
    while bytes.len() < length {
        if more(stream, bytes, length).await? == 0 {
            return Err(Refusal::Ended);
        }
    }
    Ok(())
}

/// Reads what is there, up to a length in all.
async fn more(
    stream: &mut (impl AsyncRead + Unpin),
    bytes: &mut Vec<u8>,
    length: usize,
) -> Result<usize, Refusal> {
    let left = u64::try_from(length.saturating_sub(bytes.len())).unwrap_or(u64::MAX);
    let read = stream.take(left).read_buf(bytes).await;
    read.map_err(|error| Refusal::Lost(error.kind()))
}

/// Begins a connection to a server with the header, which has to be gone at `deadline`.
pub(crate) async fn send(
    stream: &mut (impl AsyncWrite + Unpin),
    client: &ClientAddr,
    called: Option<SocketAddr>,
    deadline: Instant,
) -> Result<(), DialError> {
    let sent = async { stream.write_all(&header(client, called)?).await };
    let sent = timeout_at(deadline, sent).await;
    let sent = sent.map_err(|_| DialError::TimedOut)?;
    sent.map_err(|error| DialError::Unreachable(error.kind()))
}

/// The header for a server: who is calling, and which address of the gateway was called.
fn header(client: &ClientAddr, called: Option<SocketAddr>) -> io::Result<Vec<u8>> {
    let Some(client) = client.socket_address() else {
        // Nobody has said who it is; so the gateway speaks for itself.
        let nobody = v2::AddressFamily::Unspecified | v2::Protocol::Unspecified;
        return v2::Builder::new(v2::Version::Two | v2::Command::Local, nobody).build();
    };
    let command = v2::Version::Two | v2::Command::Proxy;
    let addresses = match (client, called) {
        (SocketAddr::V4(_), Some(called)) if called.ip().to_canonical().is_ipv4() => {
            (client, canonical(called))
        }
        (SocketAddr::V4(_), None) => (client, SocketAddr::from(([0; 4], 0))),
        (_, called) => {
            let called = called.unwrap_or_else(|| SocketAddr::from(([0_u16; 8], 0)));
            (in_v6(client), in_v6(called))
        }
    };
    v2::Builder::with_addresses(command, v2::Protocol::Stream, addresses).build()
}

fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// Both addresses of a header are of one kind.
fn in_v6(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(four) => (four.ip().to_ipv6_mapped(), four.port()).into(),
        SocketAddr::V6(_) => address,
    }
}

/// What every header of version 2 begins with, up to its length.
const fn v2_head() -> usize {
    v2::PROTOCOL_PREFIX.len() + 4
}

const V1_PREFIX: &[u8] = b"PROXY ";
/// The longest line of version 1, with its end.
const V1_LONGEST: usize = 107;

/// Why a connection of a balancer is not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// The end before any byte: how balancers see whether anybody listens.
    #[error("it has said nothing")]
    Silent,
    /// Something else, such as a request.
    #[error("it began with something else; does the balancer send PROXY headers?")]
    None,
    /// One that breaks the rules.
    #[error("it is malformed")]
    Malformed,
    /// The end in the middle of one.
    #[error("the connection ended within it")]
    Ended,
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Lost(io::ErrorKind),
    /// Not there, or not whole, in time.
    #[error("it did not come in time")]
    Late,
}

#[cfg(test)]
mod tests;
