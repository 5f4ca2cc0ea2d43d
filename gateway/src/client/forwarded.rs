//! `X-Forwarded-For` and `Forwarded` (RFC 7239), read from the right.
//!
//! Each proxy appends whom it has seen, so the right end is the operator's own and everything left of
//! the first stranger may be a stranger's invention. Nothing there is looked at: it can neither be
//! taken for an address, nor spoil the reading of what stands right of it.

use super::{Trust, TrustedHeader};
use hyper::header::HeaderMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The rightmost address that is no trusted proxy; `None` when there is none, or when something that
/// is no address stands before it. A port that was not said is 0.
pub(super) fn client(headers: &HeaderMap, trust: &Trust) -> Option<SocketAddr> {
    let values = headers.get_all(trust.header.name());
    // Several headers of one name are one list, in their order.
    for value in values.iter().rev() {
        let mut rest = Some(value.as_bytes());
        while let Some(list) = rest {
            let element;
            (rest, element) = split_last(list, trust.header);
            let address = match trust.header {
                TrustedHeader::XForwardedFor => plain(element),
                TrustedHeader::Forwarded => forwarded_for(element),
            }?;
            if !trust.is_proxy(Some(address.ip())) {
                return Some(address);
            }
        }
    }
    None
}

/// The last element of a list, and what stands before its comma.
fn split_last(list: &[u8], header: TrustedHeader) -> (Option<&[u8]>, &[u8]) {
    let mut is_quoted = false;
    for (at, &byte) in list.iter().enumerate().rev() {
        match byte {
            b',' if !is_quoted => {
                let element = list.get(at + 1..).unwrap_or_default();
                return (list.get(..at), element);
            }
            b'"' if header == TrustedHeader::Forwarded && !is_escaped(list, at) => {
                is_quoted = !is_quoted;
            }
            _ => {}
        }
    }
    (None, list)
}

/// Whether an odd number of backslashes stands before a quote.
fn is_escaped(list: &[u8], at: usize) -> bool {
    let before = list.iter().take(at).rev();
    before.take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// An element of `X-Forwarded-For`: an address, with or without a port.
fn plain(element: &[u8]) -> Option<SocketAddr> {
    let text = str::from_utf8(element).ok()?.trim_matches([' ', '\t']);
    match text.parse::<IpAddr>() {
        Ok(ip) => Some(SocketAddr::new(ip.to_canonical(), 0)),
        Err(_) => node(text),
    }
}

/// The address behind `for=`, which stands in an element exactly once.
fn forwarded_for(element: &[u8]) -> Option<SocketAddr> {
    let mut rest = str::from_utf8(element).ok()?;
    let mut found: Option<String> = None;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        if rest.is_empty() {
            return node(&found?);
        }
        let (name, behind) = rest.split_once('=')?;
        let (value, behind) = word(behind)?;
        rest = behind;
        if !name.bytes().all(is_token) || !(rest.is_empty() || rest.starts_with(';')) {
            return None;
        }
        if name.eq_ignore_ascii_case("for") && found.replace(value).is_some() {
            return None;
        }
    }
}

/// A token or a quoted string without its quotes, and what follows it.
fn word(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(|c: char| !u8::try_from(c).is_ok_and(is_token));
        let (token, rest) = text.split_at(end.unwrap_or(text.len()));
        let rest = rest.trim_start_matches([' ', '\t']);
        return (!token.is_empty()).then(|| (token.to_owned(), rest));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                let rest = quoted.get(at + 1..)?;
                return Some((value, rest.trim_start_matches([' ', '\t'])));
            }
            '\\' => value.push(characters.next()?.1),
            character => value.push(character),
        }
    }
    None
}

/// RFC 9110 §5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// RFC 7239 §6, as far as it is an address: `192.0.2.1`, `[2001:db8::1]`, and a port or a word in its
/// place.
fn node(text: &str) -> Option<SocketAddr> {
    let (ip, behind): (IpAddr, _) = if let Some(six) = text.strip_prefix('[') {
        let (six, behind) = six.split_once(']')?;
        (six.parse::<Ipv6Addr>().ok()?.into(), behind)
    } else {
        let (four, behind) = text.split_at(text.find(':').unwrap_or(text.len()));
        (IpAddr::V4(four.parse().ok()?), behind)
    };
    let port = match behind.strip_prefix(':') {
        None if behind.is_empty() => 0,
        Some(word) if word.starts_with('_') => 0,
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
        None | Some(_) => return None,
    };
    Some(SocketAddr::new(ip.to_canonical(), port))
}

#[cfg(test)]
mod tests;
