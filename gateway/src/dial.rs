//! Opens TCP connections to addresses that were checked before. It resolves nothing.
//!
//! One address after the other is tried in the way of RFC 8305: the next one as soon as one has failed, or
//! when it has not answered for a moment, and the first that answers is taken. So a dead address costs a
//! moment and not the whole deadline. Whoever finds the one that was taken of no use, because it does not
//! speak TLS as it should, asks for the next.

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

/// The ways that are left to try, and until when.
#[derive(Debug)]
pub(crate) struct Dialling {
    left: VecDeque<Way>,
    end: Instant,
    /// The most telling one so far.
    failure: DialError,
}

impl Dialling {
    /// All ways together have `deadline`, with whatever is done on the connections in between.
    pub(crate) fn new(ways: &[Way], deadline: Duration) -> Self {
        Self {
            left: ways.iter().copied().collect(),
            end: Instant::now() + deadline,
            failure: DialError::NotFound,
        }
    }

    /// Connects to the first address that answers, and says which it is. Asked again, it goes on with those
    /// that have neither answered nor failed. When all have failed it says why, by the most telling failure.
    pub(crate) async fn next(&mut self) -> Result<(TcpStream, Way), DialError> {
        let Self { left, end, failure } = self;
        let mut under_way = JoinSet::new();
        let mut silent: Vec<Way> = Vec::new();
        let mut before: Option<Way> = None;
        // Dropping the set gives up whatever has not answered.
        let connected = timeout_at(*end, async {
            loop {
                if let Some(way) = left.pop_front() {
                    before = Some(way);
                    silent.push(way);
                    under_way.spawn(async move {
                        let connected = TcpStream::connect(way.address).await;
                        (way, connected.map_err(DialError::from))
                    });
                }
                let patience = left.front().map(|next| {
                    let is_same = before.is_some_and(|before| before.endpoint == next.endpoint);
                    Instant::now() + if is_same { NEXT_ADDRESS } else { NEXT_ENDPOINT }
                });
                select! {
                    biased;
                    connected = under_way.join_next() => match connected {
                        Some(Ok((way, connected))) => {
                            silent.retain(|silent| *silent != way);
                            match connected {
                                Ok(stream) => return Ok((stream, way)),
                                Err(error) => *failure = failure.or(error),
                            }
                        }
                        // A task of ours neither panics nor is it given up here.
                        Some(Err(_)) => *failure = failure.or(DialError::TimedOut),
                        None => return Err(*failure),
                    },
                    () = sleep_until(patience.unwrap_or(*end)) => {}
                }
            }
        })
        .await;
        let (stream, way) = connected.unwrap_or_else(|_| Err(failure.or(DialError::TimedOut)))?;
        // They had no time to answer, and stand first still.
        silent
            .into_iter()
            .rev()
            .for_each(|way| left.push_front(way));
        // Commands are small and each waits for an answer.
        let _ = stream.set_nodelay(true);
        Ok((stream, way))
    }

    /// The connection that stood was of no use. Says whether there is another way.
    pub(crate) fn failed(&mut self, failure: DialError) -> bool {
        self.failure = self.failure.or(failure);
        !self.left.is_empty()
    }

    /// Until when the connection that stands has to be of use: an even share of the time that is left, so that
    /// one which falls silent then leaves as much to each of the others.
    pub(crate) fn share(&self) -> Instant {
        let now = Instant::now();
        let ways = u32::try_from(self.left.len()).unwrap_or(u32::MAX);
        now + self.end.saturating_duration_since(now) / ways.saturating_add(1)
    }
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

impl From<io::Error> for DialError {
    fn from(error: io::Error) -> Self {
        // EMFILE and ENFILE have no kind of their own.
        const OUT_OF_DESCRIPTORS: [i32; 2] = [23, 24];
        let is_short = |code| OUT_OF_DESCRIPTORS.contains(&code);
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::TimedOut => Self::TimedOut,
            _ if cfg!(unix) && error.raw_os_error().is_some_and(is_short) => Self::Exhausted,
            kind => Self::Unreachable(kind),
        }
    }
}

impl DialError {
    /// What to tell of two failures, of which `later` was met later. A server that was reached and does not
    /// speak TLS as it should says more than one that was not reached.
    pub(crate) const fn or(self, later: Self) -> Self {
        match (self, later) {
            (Self::Tls(first), Self::Tls(later)) => Self::Tls(first.or(later)),
            (Self::Tls(_), _) => self,
            _ => later,
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

    const DEADLINE: Duration = Duration::from_secs(5);

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
        let mut dialling = Dialling::new(&all, DEADLINE);
        let (_, way) = dialling.next().await.expect("connected");
        assert_eq!(way, all[1]);
        assert!(before.elapsed() < NEXT_ENDPOINT);
    }

    #[tokio::test]
    async fn when_all_fail_it_is_said_why() {
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let refused = gone.local_addr().expect("an address");
        drop(gone);
        let failed = Dialling::new(&ways(0, &[refused, refused]), DEADLINE);
        assert_eq!({ failed }.next().await.err(), Some(DialError::Refused));
        let nowhere = Dialling::new(&[], DEADLINE);
        assert_eq!({ nowhere }.next().await.err(), Some(DialError::NotFound));
    }

    /// A full queue of connections that nobody accepts drops further ones.
    #[cfg(target_os = "linux")]
    async fn silent() -> (tokio::net::TcpListener, Vec<TcpStream>) {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket
            .bind("127.0.0.1:0".parse().expect("an address"))
            .expect("a port");
        let listener = socket.listen(0).expect("a queue");
        let address = listener.local_addr().expect("an address");
        let first = TcpStream::connect(address).await.expect("a connection");
        (listener, vec![first])
    }

    #[tokio::test]
    #[cfg(target_os = "linux")]
    async fn asked_again_it_goes_on_with_what_has_neither_answered_nor_failed() {
        let (silent, _queue) = silent().await;
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = |of: &tokio::net::TcpListener| of.local_addr().expect("an address");
        let (silent, there) = (address(&silent), address(&listener));
        let refused = address(&gone);
        drop(gone);
        let all = ways(0, &[refused, silent, there, there]);
        let mut dialling = Dialling::new(&all, DEADLINE);
        let (_, way) = dialling.next().await.expect("connected");
        assert_eq!(way.address, there);
        assert_eq!(dialling.left, [all[1], all[3]]);
        let (_, way) = dialling.next().await.expect("connected");
        assert_eq!(way.address, there);
        assert_eq!(dialling.left, [all[1]]);
        let before = Instant::now();
        dialling.end = before + NEXT_ADDRESS;
        assert_eq!(dialling.next().await.err(), Some(DialError::TimedOut));
        assert!(before.elapsed() >= NEXT_ADDRESS);
    }

    #[tokio::test(start_paused = true)]
    async fn each_connection_has_an_even_share_of_the_time_that_is_left() {
        let address = "192.0.2.1:1".parse().expect("an address");
        let mut dialling = Dialling::new(&ways(0, &[address; 4]), Duration::from_secs(12));
        let mut shares = Vec::new();
        while dialling.left.pop_front().is_some() {
            let share = dialling.share() - Instant::now();
            shares.push(share.as_secs());
            tokio::time::advance(share).await;
        }
        assert_eq!(shares, [3; 4]);
        assert_eq!(dialling.share(), Instant::now());
    }

    #[test]
    fn a_failure_of_tls_is_told_before_others_and_the_certificate_before_all() {
        let silence = DialError::Tls(TlsFailure::Late);
        let stranger = DialError::Tls(TlsFailure::Untrusted);
        for other in [
            DialError::Refused,
            DialError::TimedOut,
            DialError::Exhausted,
        ] {
            assert_eq!(silence.or(other), silence);
            assert_eq!(other.or(silence), silence);
        }
        assert_eq!(silence.or(stranger), stranger);
        assert_eq!(stranger.or(silence), stranger);
        let expired = DialError::Tls(TlsFailure::Expired);
        assert_eq!(stranger.or(expired), stranger);
        assert_eq!(
            DialError::Refused.or(DialError::TimedOut),
            DialError::TimedOut
        );
    }

    #[test]
    fn each_failure_has_its_own_close_code() {
        let code = |kind| DialError::from(io::Error::from(kind)).close_code().code();
        assert_eq!(code(io::ErrorKind::ConnectionRefused), 4001);
        assert_eq!(code(io::ErrorKind::HostUnreachable), 4002);
        assert_eq!(code(io::ErrorKind::NetworkUnreachable), 4002);
        assert_eq!(code(io::ErrorKind::TimedOut), 4003);
        assert_eq!(DialError::NotFound.close_code().code(), 4004);
        let exhausted = DialError::from(io::Error::from_raw_os_error(24));
        assert_eq!(exhausted.close_code().code(), 4015);
    }
}
