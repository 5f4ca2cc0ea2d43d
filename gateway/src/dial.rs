//! Opens TCP connections to addresses that were checked before. It resolves nothing.
//!
//! One address after the other is tried in the way of RFC 8305: the next one as soon as one has failed, or
//! when it has not answered for a moment, and the first that answers is taken. So a dead address costs a
//! moment and not the whole deadline.

use crate::tls::TlsFailure;
use msnp6::gateway::CloseCode;
use std::{collections::VecDeque, io, net::SocketAddr, time::Duration};
use tokio::{
    net::TcpStream,
    select,
    task::JoinSet,
    time::{Instant, sleep_until, timeout_at},
};

/// An address, and what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    /// Where to.
    pub(crate) address: SocketAddr,
    /// The number of the endpoint that it is an address of. Those with lower numbers are preferred.
    pub(crate) endpoint: usize,
}

/// The addresses of one endpoint, IPv6 and IPv4 in turn, beginning with the kind of the first.
pub(crate) fn ways(endpoint: usize, addresses: &[SocketAddr]) -> Vec<Way> {
    let is_first_kind = |address: &&SocketAddr| {
        addresses.first().map(SocketAddr::is_ipv6) == Some(address.is_ipv6())
    };
    let (one, other): (Vec<_>, Vec<_>) = addresses.iter().partition(is_first_kind);
    let (mut one, mut other) = (one.into_iter(), other.into_iter());
    let mut ways = Vec::with_capacity(addresses.len());
    while ways.len() < addresses.len() {
        let turn = one.next().into_iter().chain(other.next());
        ways.extend(turn.map(|&address| Way { address, endpoint }));
    }
    ways
}

/// Connects to the first address that answers, and says which endpoint it belongs to. All of them together
/// have `deadline` to do so.
pub(crate) async fn dial(
    ways: &[Way],
    deadline: Duration,
) -> Result<(TcpStream, usize), DialError> {
    let end = Instant::now() + deadline;
    let mut left: VecDeque<Way> = ways.iter().copied().collect();
    let mut under_way = JoinSet::new();
    let mut failure = DialError::NotFound;
    let mut before: Option<Way> = None;
    // Dropping the set gives up whatever has not answered.
    let connected = timeout_at(end, async {
        loop {
            if let Some(way) = left.pop_front() {
                before = Some(way);
                under_way.spawn(async move {
                    let connected = TcpStream::connect(way.address).await;
                    connected.map(|stream| (stream, way.endpoint))
                });
            }
            let patience = left.front().map(|next| {
                let is_same = before.is_some_and(|before| before.endpoint == next.endpoint);
                Instant::now() + if is_same { NEXT_ADDRESS } else { NEXT_ENDPOINT }
            });
            select! {
                biased;
                connected = under_way.join_next() => match connected {
                    Some(Ok(Ok(connected))) => return Ok(connected),
                    Some(Ok(Err(error))) => {
                        failure = DialError::from(error.kind(), error.raw_os_error());
                    }
                    // A task of ours neither panics nor is it given up here.
                    Some(Err(_)) => failure = DialError::TimedOut,
                    None => return Err(failure),
                },
                () = sleep_until(patience.unwrap_or(end)) => {}
            }
        }
    })
    .await;
    let (stream, endpoint) = connected.unwrap_or(Err(DialError::TimedOut))?;
    // Commands are small and each waits for an answer.
    let _ = stream.set_nodelay(true);
    Ok((stream, endpoint))
}

/// How long one address of an endpoint may be silent before the next is tried as well.
const NEXT_ADDRESS: Duration = Duration::from_millis(250);
/// The same between two endpoints, of which the first is where the operator wants people to be.
const NEXT_ENDPOINT: Duration = Duration::from_secs(1);

/// Why no connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DialError {
    /// The name does not resolve.
    #[error("the name does not resolve")]
    NotFound,
    /// The machine is there, but nobody listens.
    #[error("nobody listens at the address")]
    Refused,
    /// No answer before the deadline.
    #[error("no answer before the deadline")]
    TimedOut,
    /// There is no way to the address.
    #[error("no way to the address: {0}")]
    Unreachable(io::ErrorKind),
    /// A connection stands, but no TLS on it.
    #[error("{0}")]
    Tls(TlsFailure),
    /// The gateway has no descriptor left.
    #[error("the gateway has no descriptor left")]
    Exhausted,
}

impl DialError {
    fn from(kind: io::ErrorKind, os_error: Option<i32>) -> Self {
        // EMFILE and ENFILE have no kind of their own.
        const OUT_OF_DESCRIPTORS: [i32; 2] = [23, 24];
        match kind {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::TimedOut => Self::TimedOut,
            _ if cfg!(unix) && os_error.is_some_and(|code| OUT_OF_DESCRIPTORS.contains(&code)) => {
                Self::Exhausted
            }
            kind => Self::Unreachable(kind),
        }
    }

    pub(crate) const fn close_code(self) -> CloseCode {
        match self {
            Self::NotFound => CloseCode::ServerNotFound,
            Self::Refused => CloseCode::ServerRefused,
            Self::TimedOut => CloseCode::ServerTimeout,
            Self::Unreachable(_) => CloseCode::ServerUnreachable,
            Self::Tls(_) => CloseCode::TlsFailed,
            Self::Exhausted => CloseCode::GatewayFault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(texts: &[&str]) -> Vec<SocketAddr> {
        let parse = |text: &&str| text.parse().expect("an address");
        texts.iter().map(parse).collect()
    }

    #[test]
    fn both_kinds_of_addresses_take_turns_and_none_is_left_out() {
        let (a, b, c) = ("[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1");
        let found = addresses(&[a, b, c, "192.0.2.1:1"]);
        let order: Vec<_> = ways(4, &found).iter().map(|way| way.address).collect();
        assert_eq!(order, addresses(&[a, "192.0.2.1:1", b, c]));
        assert!(ways(4, &found).iter().all(|way| way.endpoint == 4));
        assert_eq!(ways(0, &[]), []);
    }

    #[tokio::test]
    async fn an_address_where_nobody_listens_costs_no_time() {
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let refused = gone.local_addr().expect("an address");
        drop(gone);
        let there = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let mut all = ways(0, &[refused]);
        all.extend(ways(1, &[there.local_addr().expect("an address")]));
        let before = Instant::now();
        let (_, endpoint) = dial(&all, Duration::from_secs(5)).await.expect("connected");
        assert_eq!(endpoint, 1);
        assert!(before.elapsed() < NEXT_ENDPOINT);
    }

    #[tokio::test]
    async fn when_all_fail_it_is_said_why() {
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let refused = gone.local_addr().expect("an address");
        drop(gone);
        let failed = dial(&ways(0, &[refused, refused]), Duration::from_secs(5)).await;
        assert_eq!(failed.err(), Some(DialError::Refused));
        let nowhere = dial(&[], Duration::from_secs(5)).await;
        assert_eq!(nowhere.err(), Some(DialError::NotFound));
    }

    #[test]
    fn each_failure_has_its_own_close_code() {
        let code = |kind| DialError::from(kind, None).close_code().code();
        assert_eq!(code(io::ErrorKind::ConnectionRefused), 4001);
        assert_eq!(code(io::ErrorKind::HostUnreachable), 4002);
        assert_eq!(code(io::ErrorKind::NetworkUnreachable), 4002);
        assert_eq!(code(io::ErrorKind::TimedOut), 4003);
        assert_eq!(DialError::NotFound.close_code().code(), 4004);
        let exhausted = DialError::from(io::ErrorKind::Other, Some(24));
        assert_eq!(exhausted.close_code().code(), 4015);
    }
}
