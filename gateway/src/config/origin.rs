//! A web origin: scheme, host and port. Compares what browsers send with what operators write.

use std::{net::Ipv6Addr, str::FromStr};

/// An origin such as `https://chat.example.org`, with its port spelt out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    is_https: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// Whether a request with this `Host` header went to this very origin. The scheme is not known
    /// there, a proxy may have taken TLS off; so a host without port means the scheme's own port.
    pub fn is_host(&self, host_header: &str) -> bool {
        split(host_header, self.default_port())
            .is_some_and(|(host, port)| host == self.host && port == self.port)
    }

    /// Whether pages of it come over TLS.
    pub const fn is_https(&self) -> bool {
        self.is_https
    }

    const fn default_port(&self) -> u16 {
        if self.is_https { 443 } else { 80 }
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let (scheme, rest) = text.split_once("://").ok_or(OriginError)?;
        let is_https = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(OriginError),
        };
        let default_port = if is_https { 443 } else { 80 };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = split(rest, default_port).ok_or(OriginError)?;
        Ok(Self {
            is_https,
            host,
            port,
        })
    }
}

/// The same with a port in any case, and in lower case.
fn split(text: &str, default_port: u16) -> Option<(String, u16)> {
    let (host, port) = host_and_port(text)?;
    Some((host.to_ascii_lowercase(), port.unwrap_or(default_port)))
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`; brackets stay. `None` for what is no host.
pub(crate) fn host_and_port(text: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port.parse().ok()?)),
        _ => (text, None),
    };
    let is_literal = |inner: &str| inner.parse::<Ipv6Addr>().is_ok();
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    let is_host = match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(is_literal),
        None => (1..=LONGEST_NAME).contains(&host.len()) && host.bytes().all(is_word),
    };
    is_host.then_some((host, port))
}

/// Of DNS.
const LONGEST_NAME: usize = 253;

/// A text that is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an origin is http:// or https://, a host, and maybe a port")]
pub struct OriginError;

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Origin {
        text.parse().expect(text)
    }

    #[test]
    fn the_schemes_own_port_may_be_left_out() {
        assert_eq!(
            origin("https://Chat.example.org/"),
            origin("https://chat.example.org:443")
        );
        assert_ne!(origin("http://a.example"), origin("https://a.example"));
    }

    #[test]
    fn a_host_header_names_the_same_place() {
        assert!(origin("https://chat.example.org").is_host("chat.example.org"));
        assert!(origin("http://127.0.0.1:8080").is_host("127.0.0.1:8080"));
        assert!(origin("http://[::1]:8080").is_host("[::1]:8080"));
        assert!(!origin("http://127.0.0.1:8080").is_host("127.0.0.1"));
        assert!(!origin("https://evil.example").is_host("chat.example.org"));
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for text in [
            "",
            "null",
            "chat.example.org",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://u@a",
            "https://a:b",
            "https://*.example.org",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(OriginError), "{text}");
        }
    }
}
