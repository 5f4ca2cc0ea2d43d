//! Who is calling: the address of a page's machine, however many proxies and balancers stand in
//! between. Only those that the operator trusts are believed.
//!
//! Three sources, from the nearest on: the socket's other end, the PROXY header of a balancer
//! (`proxy_protocol`), the header of an HTTP proxy (`forwarded`). Each counts only when the one before
//! it is a trusted proxy, so nobody can give themselves another address.

mod forwarded;
pub(crate) mod proxy_protocol;
mod trust;

pub use trust::{Trust, TrustedHeader, TrustedHeaderError, TrustedProxy, TrustedProxyError};

use hyper::header::{self, HeaderMap, HeaderName};
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

/// The other end of a connection: of its socket, or as a trusted balancer has named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    /// `None` on a Unix socket.
    address: Option<SocketAddr>,
    is_named: bool,
}

impl Peer {
    /// At the other end of a TCP connection.
    pub(crate) const fn tcp(address: SocketAddr) -> Self {
        let address = Some(address);
        Self {
            address,
            is_named: false,
        }
    }

    /// At the other end of a Unix socket.
    #[cfg(unix)]
    pub(crate) const UNIX: Self = Self {
        address: None,
        is_named: false,
    };

    /// What a balancer at the other end says about its own other end.
    pub(crate) const fn named(address: SocketAddr) -> Self {
        let address = Some(address);
        Self {
            address,
            is_named: true,
        }
    }

    /// Whether it is a proxy of the operator's.
    pub(crate) fn is_trusted(&self, trust: &Trust) -> bool {
        trust.is_proxy(self.address.map(|address| address.ip()))
    }

    /// Who sent a request with these headers.
    pub(crate) fn client(&self, headers: &HeaderMap, trust: &Trust) -> ClientAddr {
        let own = ClientAddr::new(self.address, false);
        if self.is_trusted(trust) {
            let named = forwarded::client(headers, trust);
            return named.map_or(own, |address| ClientAddr::new(Some(address), false));
        }
        let is_proxied = self.is_named || FORWARDING.iter().any(|name| headers.contains_key(name));
        let is_here = !is_proxied && own.ip.is_some_and(|ip| ip.is_loopback());
        ClientAddr { is_here, ..own }
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ClientAddr::new(self.address, false).fmt(f)
    }
}

/// Where one of these stands, a proxy has passed the request on, trusted or not.
const FORWARDING: [HeaderName; 3] = [
    header::FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    header::VIA,
];

/// The address of a client, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClientAddr {
    ip: Option<IpAddr>,
    /// 0 when nobody has said.
    port: u16,
    is_here: bool,
}

impl ClientAddr {
    fn new(address: Option<SocketAddr>, is_here: bool) -> Self {
        Self {
            // An IPv4 client has one address, whatever kind of socket it came through.
            ip: address.map(|address| address.ip().to_canonical()),
            port: address.map_or(0, |address| address.port()),
            is_here,
        }
    }

    /// What limits count by; `None` behind a Unix socket when no proxy has named anybody.
    pub(crate) const fn key(&self) -> Option<IpAddr> {
        self.ip
    }

    /// Whether it is certainly a program of this machine, and no proxy that runs here.
    pub(crate) const fn is_here(&self) -> bool {
        self.is_here
    }

    /// The address with its port, or with port 0.
    pub(crate) fn socket_address(&self) -> Option<SocketAddr> {
        self.ip.map(|ip| SocketAddr::new(ip, self.port))
    }
}

impl fmt::Display for ClientAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.ip, self.port) {
            (None, _) => f.write_str("unix"),
            (Some(ip), 0) => ip.fmt(f),
            (Some(ip), port) => SocketAddr::new(ip, port).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trust(proxies: &[&str]) -> Trust {
        let proxies = proxies.iter().map(|text| text.parse().expect(text));
        Trust {
            proxies: proxies.collect(),
            ..Trust::default()
        }
    }

    fn tcp(address: &str) -> Peer {
        Peer::tcp(address.parse().expect("an address"))
    }

    fn headers(lines: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in lines {
            let name: HeaderName = name.parse().expect("a name");
            map.append(name, value.parse().expect("a value"));
        }
        map
    }

    fn client(peer: Peer, lines: &[(&str, &str)], proxies: &[&str]) -> String {
        peer.client(&headers(lines), &trust(proxies)).to_string()
    }

    #[test]
    fn a_header_counts_only_from_a_trusted_proxy() {
        let line = [("x-forwarded-for", "203.0.113.9")];
        let proxy = tcp("10.0.0.1:5");
        assert_eq!(client(proxy, &line, &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(client(proxy, &line, &["10.0.0.1"]), "203.0.113.9");
        assert_eq!(client(proxy, &line, &["10.0.0.2"]), "10.0.0.1:5");
        assert_eq!(client(proxy, &line, &[]), "10.0.0.1:5");
        assert_eq!(client(proxy, &[], &["10.0.0.1"]), "10.0.0.1:5");
    }

    #[cfg(unix)]
    #[test]
    fn the_other_end_of_a_unix_socket_is_trusted_when_it_is_listed() {
        let line = [("x-forwarded-for", "203.0.113.9")];
        assert_eq!(client(Peer::UNIX, &line, &["unix"]), "203.0.113.9");
        assert_eq!(client(Peer::UNIX, &line, &["127.0.0.1"]), "unix");
        assert_eq!(client(Peer::UNIX, &[], &["unix"]), "unix");
    }

    #[test]
    fn what_a_balancer_names_is_believed_no_further_than_it_is_trusted_itself() {
        let line = [("x-forwarded-for", "198.51.100.7")];
        let named = Peer::named("203.0.113.9:77".parse().expect("an address"));
        assert_eq!(client(named, &line, &["10.0.0.0/8"]), "203.0.113.9:77");
        let proxy = Peer::named("10.0.0.9:77".parse().expect("an address"));
        assert_eq!(client(proxy, &line, &["10.0.0.0/8"]), "198.51.100.7");
    }

    #[test]
    fn an_ipv4_address_is_the_same_through_a_socket_of_both_kinds() {
        let line = [("x-forwarded-for", "::ffff:203.0.113.9")];
        let proxy = tcp("[::ffff:10.0.0.1]:5");
        assert_eq!(client(proxy, &line, &["10.0.0.1"]), "203.0.113.9");
        assert_eq!(client(proxy, &[], &[]), "10.0.0.1:5");
    }

    #[test]
    fn a_proxy_on_this_machine_is_no_program_that_calls_from_here() {
        let is_here = |peer: Peer, lines: &[(&str, &str)], proxies: &[&str]| {
            peer.client(&headers(lines), &trust(proxies)).is_here()
        };
        let near = tcp("127.0.0.1:5");
        assert!(is_here(near, &[], &[]));
        assert!(is_here(tcp("[::ffff:127.0.0.1]:5"), &[], &["10.0.0.1"]));
        for name in ["x-forwarded-for", "forwarded", "via"] {
            assert!(!is_here(near, &[(name, "x")], &[]), "{name}");
        }
        // Whether it names somebody or not, and whoever it names.
        assert!(!is_here(near, &[], &["127.0.0.1"]));
        let loopback = [("x-forwarded-for", "127.0.0.1")];
        assert!(!is_here(near, &loopback, &["127.0.0.1"]));
        assert!(!is_here(tcp("10.0.0.1:5"), &loopback, &["10.0.0.1"]));
        let named = Peer::named("127.0.0.1:9".parse().expect("an address"));
        assert!(!is_here(named, &[], &["10.0.0.1"]));
        assert!(!is_here(tcp("203.0.113.9:5"), &[], &[]));
    }
}
