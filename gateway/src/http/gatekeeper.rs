//! Who may open a socket. Browsers always say which page asks; a page of somebody else may not use the
//! gateway of its visitors.

use crate::{
    client::ClientAddr,
    config::{Config, Origin},
};
use hyper::header::{self, HeaderMap, HeaderValue};

/// Checks the `Origin` of a request for a socket.
pub(super) fn check(
    config: &Config,
    client: ClientAddr,
    headers: &HeaderMap,
) -> Result<(), &'static str> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else {
        return if config.allow_no_origin || client.is_here() {
            Ok(())
        } else {
            Err("The request has no Origin header; the operator may set allow_no_origin.\n")
        };
    };
    if origins.next().is_some() {
        return Err("The request has two Origin headers.\n");
    }
    let origin: Option<Origin> = text(origin).and_then(|origin| origin.parse().ok());
    let is_ours = origin.is_some_and(|origin| {
        let host = headers.get(header::HOST).and_then(text);
        // A page that came without TLS is none that this gateway has served with it.
        let is_served = config.tls.is_none() || origin.is_https();
        let is_own = is_served && host.is_some_and(|host| origin.is_host(host));
        is_own || config.origins.contains(&origin)
    });
    if is_ours {
        return Ok(());
    }
    Err("Pages of this origin may not open a socket here; the operator may list it as origin.\n")
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Peer;

    const NEAR: &str = "127.0.0.1:5";
    const FAR: &str = "203.0.113.9:5";

    fn check(peer: &str, headers: &[(&str, &str)], change: impl FnOnce(&mut Config)) -> bool {
        let mut config = Config::new(Vec::new()).expect("random bytes");
        change(&mut config);
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: header::HeaderName = name.parse().expect("a name");
            map.append(name, value.parse().expect("a value"));
        }
        let peer = Peer::tcp(peer.parse().expect("an address"));
        super::check(&config, peer.client(&map, &config.trust), &map).is_ok()
    }

    #[test]
    fn the_pages_own_host_is_fine() {
        let own = [
            ("host", "chat.example.org"),
            ("origin", "https://chat.example.org"),
        ];
        assert!(check(FAR, &own, |_| {}));
    }

    #[test]
    fn other_pages_are_refused_from_anywhere() {
        for origin in [
            "https://evil.example",
            "null",
            "",
            "https://chat.example.org:99",
        ] {
            let headers = [("host", "chat.example.org"), ("origin", origin)];
            assert!(!check(FAR, &headers, |_| {}), "{origin}");
            assert!(
                !check(NEAR, &headers, |config| config.allow_no_origin = true),
                "{origin}"
            );
        }
    }

    #[test]
    fn a_listed_origin_is_fine() {
        let headers = [
            ("host", "gate.example.org"),
            ("origin", "https://chat.example.org"),
        ];
        let list = |config: &mut Config| {
            config.origins = vec!["https://chat.example.org".parse().expect("an origin")];
        };
        assert!(check(FAR, &headers, list));
    }

    #[test]
    fn without_an_origin_only_this_machine_passes() {
        let headers = [("host", "chat.example.org")];
        assert!(check(NEAR, &headers, |_| {}));
        assert!(check("[::1]:5", &headers, |_| {}));
        assert!(check("[::ffff:127.0.0.1]:5", &headers, |_| {}));
        assert!(!check(FAR, &headers, |_| {}));
        assert!(check(FAR, &headers, |config| config.allow_no_origin = true));
    }

    #[test]
    fn without_an_origin_nobody_passes_who_comes_through_a_proxy_of_this_machine() {
        let host = ("host", "chat.example.org");
        let through = |lines: &[(&str, &str)], proxy: &str| {
            let proxy = proxy.parse().expect("a proxy");
            let headers = [&[host], lines].concat();
            check(NEAR, &headers, |config| config.trust.proxies = vec![proxy])
        };
        for address in ["203.0.113.9", "127.0.0.1", "unknown"] {
            let line = [("x-forwarded-for", address)];
            assert!(!through(&line, "127.0.0.1"), "{address}");
            // Nor when the operator has not said that it is one.
            assert!(!through(&line, "10.0.0.1"), "{address}");
        }
        assert!(!through(&[], "127.0.0.1"));
    }

    #[test]
    fn two_origins_are_refused() {
        let own = ("origin", "http://127.0.0.1:8080");
        assert!(!check(
            NEAR,
            &[("host", "127.0.0.1:8080"), own, own],
            |_| {}
        ));
    }
}
