//! Where the gateway's socket is. Pure, so that the query is tested without a browser.

use msnp6::model::{Secret, search};

/// What the query of the socket's address says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Query<'a> {
    /// A server by its name; `None` is the gateway's first.
    Server(Option<&'a str>),
    /// An address that a server named.
    Ticket(&'a Secret<String>),
}

/// The socket's address beside the page at `base`, such as `https://host/messenger/`. The result can hold
/// a ticket: do not log it. `None` when the page was not loaded over HTTP.
pub(super) fn socket(base: &str, query: Query<'_>) -> Option<String> {
    let (scheme, rest) = search::split_once(base, "://")?;
    let scheme = match scheme {
        "http" => "ws",
        "https" => "wss",
        _ => return None,
    };
    let rest = rest.split(['?', '#']).next()?;
    let folder = match rest.rsplit_once('/') {
        Some((folder, _page)) => folder,
        None => rest,
    };
    let query = match query {
        Query::Server(None) => String::new(),
        Query::Server(Some(name)) => format!("?server={}", escape(name)),
        Query::Ticket(ticket) => format!("?ticket={}", escape(ticket.expose())),
    };
    Some(format!("{scheme}://{folder}/msnp{query}"))
}

fn escape(value: &str) -> String {
    use core::fmt::Write as _;

    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_is_beside_the_page() {
        for (base, expected) in [
            ("http://localhost:8080/", "ws://localhost:8080/msnp"),
            (
                "http://localhost:8080/index.html?x#y",
                "ws://localhost:8080/msnp",
            ),
            ("https://example.com/im/", "wss://example.com/im/msnp"),
            ("https://example.com", "wss://example.com/msnp"),
        ] {
            assert_eq!(
                socket(base, Query::Server(None)).as_deref(),
                Some(expected),
                "{base}"
            );
        }
    }

    #[test]
    fn a_page_from_a_file_has_no_gateway() {
        assert_eq!(socket("file:///index.html", Query::Server(None)), None);
    }

    #[test]
    fn names_and_tickets_are_escaped() {
        let base = "http://h/";
        assert_eq!(
            socket(base, Query::Server(Some("a&b=ü"))).as_deref(),
            Some("ws://h/msnp?server=a%26b%3D%C3%BC")
        );
        let ticket = Secret::new("abc-_.DEF".to_owned());
        assert_eq!(
            socket(base, Query::Ticket(&ticket)).as_deref(),
            Some("ws://h/msnp?ticket=abc-_.DEF")
        );
    }
}
