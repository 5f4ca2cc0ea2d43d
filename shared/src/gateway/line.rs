//! What the gateway says to the page in text frames: one line each, in words and spaces.
//!
//! ```text
//! READY host:port
//! TICKET SB host:port TICKET SECONDS
//! DENIED NS|SB host:port
//! ```

use core::fmt;

use crate::model::{Endpoint, Secret};

/// Which kind of server an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `NS`: a notification server.
    Notification,
    /// `SB`: a switchboard.
    Switchboard,
}

impl LinkKind {
    /// The two letters on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Notification => "NS",
            Self::Switchboard => "SB",
        }
    }

    /// The kind of two letters, or `None` for any other word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Notification, Self::Switchboard]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// One text frame of the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayLine {
    /// The TCP connection to that address stands; every binary frame from here on belongs to it.
    Ready {
        /// The address that was dialled, as the server or the configuration named it.
        endpoint: Endpoint,
    },
    /// The next command names this switchboard; the ticket opens a link to it.
    Ticket {
        /// The address as the server named it.
        endpoint: Endpoint,
        /// What to put into the query `?ticket=`: at most 512 bytes of `A–Z a–z 0–9 - _ .`
        ticket: Secret<String>,
        /// How long it is good for, from now.
        seconds: u32,
    },
    /// Policy refuses the address that the next command names.
    Denied {
        /// Which kind of server it was to be.
        kind: LinkKind,
        /// The address as the server named it.
        endpoint: Endpoint,
    },
}

impl GatewayLine {
    /// The longest ticket, in bytes: it has to fit into a request line with room to spare.
    pub const MAX_TICKET: usize = 512;

    /// Reads one text frame.
    pub fn decode(text: &str) -> Result<Self, GatewayLineError> {
        let words: Vec<&str> = text.trim_end_matches(['\r', '\n']).split(' ').collect();
        let endpoint = |word: &str| word.parse().map_err(|_| GatewayLineError);
        match *words.as_slice() {
            ["READY", at] => Ok(Self::Ready {
                endpoint: endpoint(at)?,
            }),
            ["TICKET", "SB", at, ticket, seconds] if is_ticket(ticket) => Ok(Self::Ticket {
                endpoint: endpoint(at)?,
                ticket: Secret::new(ticket.to_owned()),
                seconds: seconds.parse().map_err(|_| GatewayLineError)?,
            }),
            ["DENIED", kind, at] => Ok(Self::Denied {
                kind: LinkKind::from_code(kind).ok_or(GatewayLineError)?,
                endpoint: endpoint(at)?,
            }),
            _ => Err(GatewayLineError),
        }
    }

    /// The text frame, without a line end.
    pub fn encode(&self) -> String {
        match self {
            Self::Ready { endpoint } => format!("READY {endpoint}"),
            Self::Ticket {
                endpoint,
                ticket,
                seconds,
            } => {
                format!("TICKET SB {endpoint} {} {seconds}", ticket.expose())
            }
            Self::Denied { kind, endpoint } => format!("DENIED {} {endpoint}", kind.code()),
        }
    }
}

fn is_ticket(word: &str) -> bool {
    (1..=GatewayLine::MAX_TICKET).contains(&word.len())
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// A text frame that is none of the gateway's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GatewayLineError;

impl fmt::Display for GatewayLineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text frame that is none of READY, TICKET and DENIED")
    }
}

impl core::error::Error for GatewayLineError {}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_line_reads_back() {
        for text in [
            "READY 192.0.2.20:1863",
            "TICKET SB 192.0.2.50:1864 abc-_.DEF 120",
            "DENIED NS 10.0.0.5:1863",
            "DENIED SB [::1]:1863",
        ] {
            assert_eq!(
                GatewayLine::decode(text).map(|l| l.encode()).as_deref(),
                Ok(text)
            );
        }
    }

    #[test]
    fn anything_else_is_an_error() {
        for text in [
            "",
            "READY",
            "READY  192.0.2.20:1863",
            "READY 192.0.2.20:0",
            "TICKET NS 192.0.2.20:1863 abc 120",
            "TICKET SB 192.0.2.20:1863 a/b 120",
            "TICKET SB 192.0.2.20:1863 abc soon",
            "DENIED XX 192.0.2.20:1863",
            "XFR 3 NS 192.0.2.20:1863",
        ] {
            assert_eq!(GatewayLine::decode(text), Err(GatewayLineError), "{text:?}");
        }
    }

    #[test]
    fn a_ticket_does_not_show_in_debug_output() {
        let line = GatewayLine::decode("TICKET SB 192.0.2.50:1864 abcdef 120").expect("a line");
        assert!(!format!("{line:?}").contains("abcdef"));
    }
}
