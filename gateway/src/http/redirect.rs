//! Plain HTTP where pages come over TLS only: every request is sent to the same place with `https:`.
//! The name in it is the one that was asked for, so whoever asks can lead nobody but themselves astray.

use super::{respond, respond::Body};
use crate::config::host_and_port;
use hyper::{
    Request, Response, StatusCode,
    header::{self, HeaderMap, HeaderValue},
    http::uri::PathAndQuery,
};

/// Answers a request; TLS is spoken at this port.
pub(super) fn answer<T>(request: &Request<T>, port: u16) -> Response<Body> {
    let mut response = if request.headers().contains_key(header::UPGRADE) {
        // No browser follows with a socket, and nothing of it is to be sent in plain.
        respond::text(StatusCode::FORBIDDEN, "A socket begins at wss:// here.\n")
    } else {
        match location(request, port) {
            Some(location) => to(location),
            None => respond::text(
                StatusCode::BAD_REQUEST,
                "The request needs one Host header with a name or an address.\n",
            ),
        }
    };
    // What else comes on the connection, such as a body, is not looked at.
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

fn to(location: HeaderValue) -> Response<Body> {
    let words = "This address speaks HTTPS; begin with https:// instead.\n";
    let mut response = respond::text(StatusCode::PERMANENT_REDIRECT, words);
    response.headers_mut().insert(header::LOCATION, location);
    response
}

fn location<T>(request: &Request<T>, port: u16) -> Option<HeaderValue> {
    let uri = request.uri();
    let host = host(request.headers())?;
    // A request as proxies send it, which has two names.
    if uri
        .authority()
        .is_some_and(|authority| bare(authority.as_str()) != Some(host))
    {
        return None;
    }
    let port = match port {
        443 => String::new(),
        port => format!(":{port}"),
    };
    let path = uri.path_and_query().map(PathAndQuery::as_str);
    let path = path.filter(|path| path.starts_with('/')).unwrap_or("/");
    format!("https://{host}{port}{path}").try_into().ok()
}

/// The host of the one header that says it, without a port.
fn host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    if hosts.next().is_some() {
        return None;
    }
    bare(host)
}

fn bare(text: &str) -> Option<&str> {
    host_and_port(text).map(|(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(uri: &str, hosts: &[&str], port: u16) -> Option<String> {
        let mut request = Request::get(uri);
        for host in hosts {
            request = request.header("host", *host);
        }
        let response = answer(&request.body(()).expect("a request"), port);
        let location = response.headers().get("location");
        let is_redirect = response.status() == StatusCode::PERMANENT_REDIRECT;
        assert_eq!(is_redirect, location.is_some());
        location.map(|location| location.to_str().expect("text").to_owned())
    }

    #[test]
    fn the_place_is_the_one_that_was_asked_for() {
        for (uri, host, port, place) in [
            ("/", "chat.example.org", 443, "https://chat.example.org/"),
            (
                "/a/b?c=d&e",
                "Chat.example.org:80",
                443,
                "https://Chat.example.org/a/b?c=d&e",
            ),
            (
                "/a",
                "chat.example.org:8080",
                8443,
                "https://chat.example.org:8443/a",
            ),
            ("/", "192.0.2.1", 443, "https://192.0.2.1/"),
            ("/", "[2001:db8::1]:80", 8443, "https://[2001:db8::1]:8443/"),
            // Still a path of that host.
            (
                "//evil.example/",
                "chat.example.org",
                443,
                "https://chat.example.org//evil.example/",
            ),
            ("*", "chat.example.org", 443, "https://chat.example.org/"),
            (
                "http://chat.example.org/a",
                "chat.example.org",
                443,
                "https://chat.example.org/a",
            ),
        ] {
            assert_eq!(located(uri, &[host], port).as_deref(), Some(place));
        }
    }

    #[test]
    fn without_one_host_that_is_one_nobody_is_sent_anywhere() {
        let long = "a".repeat(254);
        for hosts in [
            &[][..],
            &[""],
            &["a", "a"],
            &["a@evil.example"],
            &["a/b"],
            &["a?b"],
            &["a#b"],
            &["a\\b"],
            &["a b"],
            &["a:b"],
            &["a:99999"],
            &["a:80:80"],
            &["[a]"],
            &["[::1"],
            &["::1"],
            &["a[b]"],
            &["a\u{e4}"],
            &[&long],
        ] {
            assert_eq!(located("/", hosts, 443), None, "{hosts:?}");
        }
        assert_eq!(located("http://evil.example/", &["a"], 443), None);
    }
}
