//! Where a server listens, as `XFR` and `RNG` name it. Not a resolved address: names stay names.

use core::fmt;
use core::str::FromStr;

/// A host and a port, such as `192.0.2.20:1863` (reference §2.6, §2.7).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Endpoint {
    host: String,
    port: u16,
}

impl Endpoint {
    /// The registered port of all three server roles, used when an address names none.
    pub const DEFAULT_PORT: u16 = 1863;

    /// Longest host name that is accepted, in bytes: the limit of the domain name system.
    const MAX_HOST: usize = 253;

    /// An endpoint from a host (a name, an IPv4 address, or an IPv6 address without brackets) and a port.
    pub fn new(host: &str, port: u16) -> Result<Self, EndpointError> {
        let is_word = |b: u8| b.is_ascii_graphic() && !b"/[]@?#%\\\"<>".contains(&b);
        if host.is_empty() || host.len() > Self::MAX_HOST || !host.bytes().all(is_word) {
            return Err(EndpointError::Host);
        }
        if port == 0 {
            return Err(EndpointError::Port);
        }
        Ok(Self {
            host: host.to_ascii_lowercase(),
            port,
        })
    }

    /// The host in lower case: a name or a literal address, IPv6 without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The TCP port, never 0.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    /// Reads `host:port`, `host`, `[v6]:port` or a bare IPv6 address; a missing port is 1863.
    fn from_str(text: &str) -> Result<Self, EndpointError> {
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, tail) = rest.split_once(']').ok_or(EndpointError::Host)?;
                match tail.strip_prefix(':') {
                    Some(port) => (host, Some(port)),
                    None if tail.is_empty() => (host, None),
                    None => return Err(EndpointError::Port),
                }
            }
            None => match text.rsplit_once(':') {
                Some((host, port)) if !host.contains(':') => (host, Some(port)),
                _ => (text, None),
            },
        };
        let port = match port {
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse().map_err(|_| EndpointError::Port)?
            }
            Some(_) => return Err(EndpointError::Port),
            None => Self::DEFAULT_PORT,
        };
        Self::new(host, port)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// Why a text is no [`Endpoint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointError {
    /// The host is empty, too long, or holds a character that no host has.
    Host,
    /// The port is not a number from 1 to 65535.
    Port,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Host => "the host is empty or malformed",
            Self::Port => "the port is not a number from 1 to 65535",
        })
    }
}

impl core::error::Error for EndpointError {}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn reads_every_form_that_servers_send() {
        for (text, host, port) in [
            ("192.0.2.20:1863", "192.0.2.20", 1863),
            ("192.0.2.20", "192.0.2.20", 1863),
            ("M1.Example.org:1864", "m1.example.org", 1864),
            ("[2001:db8::1]:99", "2001:db8::1", 99),
            ("2001:db8::1", "2001:db8::1", 1863),
        ] {
            let endpoint: Endpoint = text.parse().expect(text);
            assert_eq!((endpoint.host(), endpoint.port()), (host, port), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_address() {
        for text in [
            "",
            ":1863",
            "host:",
            "host:0",
            "host:65536",
            "host:+1",
            "a b:1",
            "a/b:1",
            "[::1",
            "[::1]x",
        ] {
            assert!(text.parse::<Endpoint>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn prints_what_it_reads() {
        for text in ["192.0.2.20:1863", "[2001:db8::1]:99"] {
            assert_eq!(
                text.parse::<Endpoint>().map(|e| e.to_string()).as_deref(),
                Ok(text)
            );
        }
    }
}
