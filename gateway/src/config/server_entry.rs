//! One configured server: a name for queries and tickets, a label for people, an address.

use crate::tls::ServerTls;
use msnp6::model::Endpoint;
use std::{fmt, str::FromStr};

/// A server that pages may choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerEntry {
    /// What `?server=` says.
    pub name: ServerName,
    /// What people read.
    pub label: String,
    /// Where it is.
    pub endpoint: Endpoint,
    /// Where it is as well; tried in this order when there is no answer at the first.
    pub others: Vec<Endpoint>,
    /// Whether each connection to it begins with a PROXY header, which says who is calling.
    pub send_proxy: bool,
    /// How connections to it, and to what it names, are secured; `None` for plain TCP.
    pub tls: Option<ServerTls>,
}

impl ServerEntry {
    /// A server whose label is its name, at one address or at several with a `+` between them; `None` when
    /// the name or an address is none.
    pub fn new(name: &str, addresses: &str) -> Option<Self> {
        let mut endpoints = addresses.split('+').map(str::parse);
        Some(Self {
            name: name.parse().ok()?,
            label: name.to_owned(),
            endpoint: endpoints.next()?.ok()?,
            others: endpoints.collect::<Result<_, _>>().ok()?,
            send_proxy: false,
            tls: None,
        })
    }

    /// Everywhere it is, the preferred place first.
    pub fn endpoints(&self) -> impl Iterator<Item = &Endpoint> {
        [&self.endpoint].into_iter().chain(&self.others)
    }

    /// The built-in server, once it listens.
    pub(crate) fn built_in(endpoint: Endpoint) -> Self {
        Self {
            name: ServerName(Self::BUILT_IN.to_owned()),
            label: "Built-in server".to_owned(),
            endpoint,
            others: Vec::new(),
            send_proxy: false,
            tls: None,
        }
    }

    /// The name of the built-in server; no other may have it beside it.
    pub(crate) const BUILT_IN: &str = "demo";
}

/// A server's name: 1 to 32 of `A–Z a–z 0–9 . _ -`, so that it needs no escape anywhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServerName(String);

impl ServerName {
    /// The longest name, in bytes: tickets hold it.
    pub const MAX: usize = 32;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ServerName {
    type Err = ServerNameError;

    fn from_str(text: &str) -> Result<Self, ServerNameError> {
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        if !(1..=Self::MAX).contains(&text.len()) || !text.bytes().all(is_word) {
            return Err(ServerNameError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for ServerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no server's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a server's name is 1 to 32 of A-Z a-z 0-9 . _ -")]
pub struct ServerNameError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_may_have_several_addresses() {
        let server =
            ServerEntry::new("one", "a.example.org:1863+[2001:db8::1]:1864").expect("fine");
        let endpoints: Vec<_> = server.endpoints().map(ToString::to_string).collect();
        assert_eq!(endpoints, ["a.example.org:1863", "[2001:db8::1]:1864"]);
        for wrong in [
            "",
            "+",
            "a.example.org:1863+",
            "a.example.org:1863+nowhere:x",
        ] {
            assert_eq!(ServerEntry::new("one", wrong), None, "{wrong}");
        }
    }
}
