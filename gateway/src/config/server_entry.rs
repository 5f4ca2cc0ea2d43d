//! One configured server: a name for queries and tickets, a label for people, an address.

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
}

impl ServerEntry {
    /// A server whose label is its name; `None` when the name or the address is none.
    pub fn new(name: &str, address: &str) -> Option<Self> {
        Some(Self {
            name: name.parse().ok()?,
            label: name.to_owned(),
            endpoint: address.parse().ok()?,
        })
    }

    /// The built-in server, once it listens.
    pub(crate) fn built_in(endpoint: Endpoint) -> Self {
        Self {
            name: ServerName(Self::BUILT_IN.to_owned()),
            label: "Built-in server".to_owned(),
            endpoint,
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
