//! Tickets: short signed texts that let a page open a link to a switchboard that a server named.
//! They carry all they say, so no memory is needed, and any instance with the same key honours them.
//!
//! ```text
//! base64url("1 SB escargot 192.0.2.50:1864 1795412188") "." base64url(HMAC-SHA-256)
//! ```

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit as _, Mac as _};
use msnp6::{
    gateway::LinkKind,
    model::{Endpoint, Secret},
};
use sha2::Sha256;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a ticket says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Which kind of server the address belongs to.
    pub kind: LinkKind,
    /// The configured server on whose link the address was named.
    pub server: String,
    /// The address as the server named it.
    pub endpoint: Endpoint,
    /// Until when the ticket is good, in seconds since 1970.
    pub expires: u64,
}

impl Claims {
    fn encode(&self) -> String {
        let Self {
            kind,
            server,
            endpoint,
            expires,
        } = self;
        format!("1 {} {server} {endpoint} {expires}", kind.code())
    }

    fn decode(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        let ["1", kind, server, endpoint, expires] = *words.as_slice() else {
            return None;
        };
        Some(Self {
            kind: LinkKind::from_code(kind)?,
            server: server.to_owned(),
            endpoint: endpoint.parse().ok()?,
            expires: expires.parse().ok()?,
        })
    }
}

/// The keys that sign tickets: the first signs, every one is honoured, so that a key can be replaced
/// while tickets of the old one are still out.
#[derive(Clone, Debug)]
pub struct TicketKeys {
    keys: Vec<Secret<Vec<u8>>>,
    is_random: bool,
}

impl TicketKeys {
    /// The shortest key, in bytes: as long as what HMAC-SHA-256 makes of it.
    pub const MIN_KEY: usize = 32;

    /// One key that no other instance knows; tickets die with the process.
    pub fn random() -> Result<Self, KeyError> {
        let mut key = vec![0; Self::MIN_KEY];
        getrandom::fill(&mut key).map_err(|_| KeyError::NoRandomness)?;
        Ok(Self {
            keys: vec![Secret::new(key)],
            is_random: true,
        })
    }

    /// Keys from the text of a key file: one a line, empty lines and lines with `#` in front are skipped.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let lines = text.lines().map(str::trim);
        let keys: Vec<_> = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| line.as_bytes().to_vec())
            .collect();
        if keys.is_empty() {
            return Err(KeyError::Empty);
        }
        if keys.iter().any(|key| key.len() < Self::MIN_KEY) {
            return Err(KeyError::Short);
        }
        Ok(Self {
            keys: keys.into_iter().map(Secret::new).collect(),
            is_random: false,
        })
    }

    /// Whether nobody has chosen them.
    pub(crate) const fn is_random(&self) -> bool {
        self.is_random
    }

    /// Signs claims with the first key.
    pub fn sign(&self, claims: &Claims) -> Secret<String> {
        let text = claims.encode();
        let tag = self.keys.first().and_then(|key| mac(key, &text));
        let tag = tag.map(|mac| mac.finalize().into_bytes());
        let tag = tag.as_ref().map_or(&[][..], |tag| tag.as_slice());
        Secret::new(format!("{}.{}", BASE64.encode(&text), BASE64.encode(tag)))
    }

    /// What a ticket says, when one of the keys signed it and it is still good at `now`
    /// (seconds since 1970).
    pub fn verify(&self, ticket: &str, now: u64) -> Result<Claims, TicketRefusal> {
        let (text, tag) = ticket.split_once('.').ok_or(TicketRefusal::Invalid)?;
        let text = BASE64.decode(text).ok();
        let text = text.and_then(|text| String::from_utf8(text).ok());
        let text = text.ok_or(TicketRefusal::Invalid)?;
        let tag = BASE64.decode(tag).map_err(|_| TicketRefusal::Invalid)?;
        // The comparison takes the same time wherever the difference is.
        let is_ours = |key| mac(key, &text).is_some_and(|mac| mac.verify_slice(&tag).is_ok());
        if !self.keys.iter().any(is_ours) {
            return Err(TicketRefusal::Invalid);
        }
        let claims = Claims::decode(&text).ok_or(TicketRefusal::Invalid)?;
        if claims.expires <= now {
            return Err(TicketRefusal::Expired);
        }
        Ok(claims)
    }
}

/// The present, in seconds since 1970; tickets are compared between machines.
pub fn unix_now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

fn mac(key: &Secret<Vec<u8>>, text: &str) -> Option<Hmac<Sha256>> {
    // A key of any length is fine for HMAC, so this is never `None`.
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose()).ok()?;
    mac.update(b"msnp6-gateway ticket\0");
    mac.update(text.as_bytes());
    Some(mac)
}

/// Why a ticket is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TicketRefusal {
    /// No key of ours signed it, or it is no ticket at all.
    #[error("ticket not valid")]
    Invalid,
    /// It was good once.
    #[error("ticket expired")]
    Expired,
}

/// Why there are no keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The file holds no key.
    #[error("it holds no key")]
    Empty,
    /// A key is too short to be safe.
    #[error("a key in it is shorter than 32 bytes")]
    Short,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomness,
}

#[cfg(test)]
mod tests {
    use super::*;
    use msnp6::gateway::GatewayLine;

    const NOW: u64 = 1_795_412_188;

    fn keys(letter: char) -> TicketKeys {
        TicketKeys::parse(&letter.to_string().repeat(32)).expect("long enough")
    }

    fn claims() -> Claims {
        Claims {
            kind: LinkKind::Switchboard,
            server: "escargot".to_owned(),
            endpoint: "192.0.2.50:1864".parse().expect("an endpoint"),
            expires: NOW + 120,
        }
    }

    #[test]
    fn a_ticket_reads_back_until_it_expires() {
        let ticket = keys('k').sign(&claims());
        let verify = |now| keys('k').verify(ticket.expose(), now);
        assert_eq!(verify(NOW + 119), Ok(claims()));
        assert_eq!(verify(NOW + 120), Err(TicketRefusal::Expired));
    }

    #[test]
    fn a_ticket_of_another_key_is_invalid() {
        let ticket = keys('x').sign(&claims());
        assert_eq!(
            keys('k').verify(ticket.expose(), NOW),
            Err(TicketRefusal::Invalid)
        );
    }

    #[test]
    fn an_older_key_is_still_honoured() {
        let both = format!("{}\n# before May\n{}\n", "n".repeat(32), "k".repeat(32));
        let both = TicketKeys::parse(&both).expect("two keys");
        let old = keys('k').sign(&claims());
        assert_eq!(both.verify(old.expose(), NOW), Ok(claims()));
        let new = both.sign(&claims());
        assert_eq!(keys('n').verify(new.expose(), NOW), Ok(claims()));
    }

    #[test]
    fn no_flipped_bit_is_accepted() {
        let ticket = keys('k').sign(&claims());
        for at in 0..ticket.expose().len() {
            for bit in 0..7 {
                let mut forged = ticket.expose().clone().into_bytes();
                forged[at] ^= 1 << bit;
                let forged = String::from_utf8(forged).expect("seven bits");
                assert_eq!(
                    keys('k').verify(&forged, NOW),
                    Err(TicketRefusal::Invalid),
                    "byte {at}, bit {bit}"
                );
            }
        }
    }

    #[test]
    fn nonsense_is_invalid() {
        for text in ["", ".", "a.b", "a", "\u{e4}.\u{e4}", &"a".repeat(10_000)] {
            assert_eq!(keys('k').verify(text, NOW), Err(TicketRefusal::Invalid));
        }
    }

    #[test]
    fn the_longest_ticket_fits_into_its_line() {
        let claims = Claims {
            server: "n".repeat(crate::config::ServerName::MAX),
            endpoint: Endpoint::new(&"h".repeat(253), 65535).expect("an endpoint"),
            expires: u64::MAX,
            ..claims()
        };
        let ticket = keys('k').sign(&claims);
        assert!(ticket.expose().len() <= GatewayLine::MAX_TICKET);
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        assert!(ticket.expose().bytes().all(is_word));
    }

    #[test]
    fn short_and_missing_keys_are_refused() {
        assert_eq!(TicketKeys::parse("too short").err(), Some(KeyError::Short));
        assert_eq!(TicketKeys::parse("\n# none\n").err(), Some(KeyError::Empty));
    }
}
