//! Whose word counts about who is calling: the operator's own proxies. Text in, rule out; no network.

use hyper::header::{self, HeaderName};
use ipnet::IpNet;
use std::{net::IpAddr, str::FromStr};

/// What the operator says about proxies in front of the gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// The proxies that are believed; nobody else is.
    pub proxies: Vec<TrustedProxy>,
    /// The header in which they say who is calling.
    pub header: TrustedHeader,
    /// Whether they begin each connection with a PROXY header.
    pub proxy_protocol: bool,
}

impl Trust {
    /// Whether there is a trusted proxy at an address; `None` is a Unix socket.
    pub fn is_proxy(&self, ip: Option<IpAddr>) -> bool {
        let ip = ip.map(|ip| ip.to_canonical());
        self.proxies.iter().any(|proxy| match (proxy, &ip) {
            (TrustedProxy::Network(network), Some(ip)) => network.contains(ip),
            (TrustedProxy::Unix, None) => true,
            _ => false,
        })
    }
}

/// One entry of `trusted_proxy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrustedProxy {
    /// Every machine of a network, or one.
    Network(IpNet),
    /// Whoever connects to the Unix socket: its mode says who can.
    Unix,
}

impl FromStr for TrustedProxy {
    type Err = TrustedProxyError;

    fn from_str(text: &str) -> Result<Self, TrustedProxyError> {
        if text == "unix" {
            return Ok(Self::Unix);
        }
        let network = match text.parse::<IpAddr>() {
            Ok(ip) => IpNet::from(ip.to_canonical()),
            Err(_) => text.parse().map_err(|_| TrustedProxyError)?,
        };
        Ok(Self::Network(network))
    }
}

/// The one header that trusted proxies write. Only one is read: a proxy that writes one of them passes
/// the other on as its client has sent it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrustedHeader {
    /// `X-Forwarded-For`: addresses with commas in between.
    #[default]
    XForwardedFor,
    /// `Forwarded` of RFC 7239.
    Forwarded,
}

impl TrustedHeader {
    pub(crate) const fn name(self) -> HeaderName {
        match self {
            Self::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            Self::Forwarded => header::FORWARDED,
        }
    }
}

impl FromStr for TrustedHeader {
    type Err = TrustedHeaderError;

    fn from_str(text: &str) -> Result<Self, TrustedHeaderError> {
        match text.to_ascii_lowercase().as_str() {
            "x-forwarded-for" => Ok(Self::XForwardedFor),
            "forwarded" => Ok(Self::Forwarded),
            _ => Err(TrustedHeaderError),
        }
    }
}

/// A text that is no proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a proxy is an IP address, a network, or unix")]
pub struct TrustedProxyError;

/// A text that is no header of proxies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the header is X-Forwarded-For or Forwarded")]
pub struct TrustedHeaderError;
