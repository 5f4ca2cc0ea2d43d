//! The page's memory of what the gateway allowed and refused. Pure: the driver asks it before it opens
//! a switchboard.

use core::fmt;
use core::time::Duration;

use super::GatewayLine;
use crate::model::{Endpoint, Secret, SortedMap, Timestamp};

/// Tickets by address, as the gateway handed them out.
#[derive(Debug, Default)]
pub struct TicketBook {
    entries: SortedMap<Endpoint, Entry>,
}

#[derive(Debug)]
enum Entry {
    Ticket {
        ticket: Secret<String>,
        expires: Timestamp,
    },
    Denied,
}

impl TicketBook {
    /// How many addresses are remembered; beyond it expired ones go first, then none is added.
    const MAX_ENTRIES: usize = 1024;

    /// Remembers what a line says; [`GatewayLine::Ready`] says nothing here.
    pub fn record(&mut self, now: Timestamp, line: &GatewayLine) {
        let (endpoint, entry) = match line {
            GatewayLine::Ready { .. } => return,
            GatewayLine::Ticket {
                endpoint,
                ticket,
                seconds,
            } => {
                let expires = now + Duration::from_secs(u64::from(*seconds));
                (
                    endpoint,
                    Entry::Ticket {
                        ticket: ticket.clone(),
                        expires,
                    },
                )
            }
            GatewayLine::Denied { endpoint, .. } => (endpoint, Entry::Denied),
        };
        if self.entries.len() >= Self::MAX_ENTRIES {
            self.entries.retain(
                |_, entry| matches!(entry, Entry::Ticket { expires, .. } if *expires > now),
            );
        }
        if self.entries.len() < Self::MAX_ENTRIES {
            self.entries.insert(endpoint.clone(), entry);
        }
    }

    /// The ticket that opens a link to `endpoint` now. A ticket may be used more than once.
    pub fn ticket(
        &self,
        now: Timestamp,
        endpoint: &Endpoint,
    ) -> Result<&Secret<String>, TicketError> {
        match self.entries.get(endpoint) {
            Some(Entry::Ticket { ticket, expires }) if *expires > now => Ok(ticket),
            Some(Entry::Ticket { .. }) => Err(TicketError::Expired),
            Some(Entry::Denied) => Err(TicketError::Denied),
            None => Err(TicketError::Missing),
        }
    }
}

/// Why there is no ticket to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketError {
    /// The gateway never named the address.
    Missing,
    /// The ticket's time is over.
    Expired,
    /// The gateway's policy refuses the address.
    Denied,
}

impl fmt::Display for TicketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the gateway named no such address",
            Self::Expired => "the ticket to the address has expired",
            Self::Denied => "the gateway refuses the address",
        })
    }
}

impl core::error::Error for TicketError {}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn record(book: &mut TicketBook, now: u64, text: &str) {
        book.record(Timestamp(now), &GatewayLine::decode(text).expect(text));
    }

    #[test]
    fn a_ticket_is_good_until_it_expires() {
        let mut book = TicketBook::default();
        record(&mut book, 0, "TICKET SB 192.0.2.50:1864 abc 120");
        let at: Endpoint = "192.0.2.50:1864".parse().expect("an endpoint");
        assert_eq!(
            book.ticket(Timestamp(119_999), &at)
                .map(|t| t.expose().as_str()),
            Ok("abc")
        );
        assert_eq!(
            book.ticket(Timestamp(120_000), &at),
            Err(TicketError::Expired)
        );
    }

    #[test]
    fn a_denied_or_unknown_address_has_no_ticket() {
        let mut book = TicketBook::default();
        record(&mut book, 0, "DENIED SB 10.0.0.1:1863");
        let denied = "10.0.0.1:1863".parse().expect("an endpoint");
        let unknown = "10.0.0.2:1863".parse().expect("an endpoint");
        assert_eq!(book.ticket(Timestamp(1), &denied), Err(TicketError::Denied));
        assert_eq!(
            book.ticket(Timestamp(1), &unknown),
            Err(TicketError::Missing)
        );
    }

    #[test]
    fn the_book_stays_bounded() {
        let mut book = TicketBook::default();
        for port in 1..=5000 {
            record(
                &mut book,
                0,
                &format!("TICKET SB 192.0.2.50:{port} abc 120"),
            );
        }
        assert!(book.entries.len() <= TicketBook::MAX_ENTRIES);
    }
}
