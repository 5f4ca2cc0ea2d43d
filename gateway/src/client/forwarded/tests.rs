//! What proxies write, and what their clients may have written before them.

use super::*;
use hyper::header::HeaderValue;
use proptest::prelude::*;

fn trust(header: TrustedHeader) -> Trust {
    let proxies = ["10.0.0.0/8", "fd00::/8"].map(|text| text.parse().expect(text));
    Trust {
        proxies: proxies.to_vec(),
        header,
        proxy_protocol: false,
    }
}

/// Who is found in headers with these values.
fn found(header: TrustedHeader, values: &[&[u8]]) -> Option<SocketAddr> {
    let mut map = HeaderMap::new();
    for value in values {
        // What is no value never gets here.
        map.append(header.name(), HeaderValue::from_bytes(value).ok()?);
    }
    client(&map, &trust(header))
}

fn check(header: TrustedHeader, value: &str, address: Option<&str>) {
    let found = found(header, &[value.as_bytes()]).map(|address| address.to_string());
    assert_eq!(found.as_deref(), address, "{value}");
}

#[test]
fn the_rightmost_address_that_is_no_proxy_counts() {
    for (value, address) in [
        ("203.0.113.9", "203.0.113.9:0"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9:0"),
        ("1.2.3.4,203.0.113.9 , 10.1.2.3,10.0.0.1", "203.0.113.9:0"),
        ("127.0.0.1, 203.0.113.9:77, [fd00::1]:5", "203.0.113.9:77"),
        ("2001:db8::1", "[2001:db8::1]:0"),
        ("[2001:db8::1], ::ffff:10.0.0.1", "[2001:db8::1]:0"),
        ("[2001:db8::1]:443", "[2001:db8::1]:443"),
    ] {
        check(TrustedHeader::XForwardedFor, value, Some(address));
    }
    for (value, address) in [
        ("for=203.0.113.9", "203.0.113.9:0"),
        (
            "for=1.2.3.4, For=203.0.113.9;proto=https;by=10.0.0.1",
            "203.0.113.9:0",
        ),
        ("proto=http; FOR=\"203.0.113.9:77\"", "203.0.113.9:77"),
        (
            "for=\"[2001:db8::1]:_hidden\", for=10.1.1.1;by=\"a, for=1.2.3.4\"",
            "[2001:db8::1]:0",
        ),
        ("for=\"\\2\\03.0.113.9\"", "203.0.113.9:0"),
        ("for=203.0.113.9;;by=_x\\", ""),
    ] {
        let address = (!address.is_empty()).then_some(address);
        check(TrustedHeader::Forwarded, value, address);
    }
}

#[test]
fn several_headers_are_one_list() {
    let values: [&[u8]; 3] = [b"1.2.3.4", b"5.6.7.8, 203.0.113.9", b"10.0.0.1"];
    let found = found(TrustedHeader::XForwardedFor, &values);
    assert_eq!(found, "203.0.113.9:0".parse().ok());
}

#[test]
fn what_is_no_address_is_nobody() {
    for value in [
        "",
        ",",
        "unknown",
        "203.0.113.9,",
        "203.0.113.9, x",
        "203.0.113.9:",
        "203.0.113.9:x",
        "203.0.113.9:99999",
        "203.0.113.9 1.2.3.4",
        "[203.0.113.9]",
        "[2001:db8::1",
        "fe80::1%1",
        "[fe80::1%1]:5",
        "0x7f.1",
        "10.0.0.1",
    ] {
        check(TrustedHeader::XForwardedFor, value, None);
    }
    for value in [
        "",
        "for",
        "for=",
        "for=unknown",
        "for=_hidden",
        "by=203.0.113.9",
        "for=203.0.113.9:77",
        "for=2001:db8::1",
        "for=\"2001:db8::1\"",
        "for=\"203.0.113.9",
        "for=203.0.113.9;for=1.2.3.4",
        "for=203.0.113.9 for=1.2.3.4",
        "for=203.0.113.9,",
        "for = 203.0.113.9",
        "for=10.0.0.1",
    ] {
        check(TrustedHeader::Forwarded, value, None);
    }
}

fn is_value(bytes: &[u8]) -> bool {
    HeaderValue::from_bytes(bytes).is_ok()
}

/// Bytes that a client may send, some of them like the real thing.
fn anything() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "for=",
            "\"",
            "\\",
            ",",
            ";",
            "=",
            "[",
            "]",
            ":",
            "1.2.3.4",
            "10.0.0.1",
            "::1",
            " ",
            "\t",
            "by=",
            "127.0.0.1",
            "%",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    let pieces = prop::collection::vec(piece, 0..30);
    pieces
        .prop_map(|pieces| pieces.concat())
        .prop_filter("no value of a header", |bytes| is_value(bytes))
}

proptest! {
    #[test]
    fn whatever_a_client_sends_the_address_that_a_proxy_appends_is_found(
        before in anything(),
        proxies in prop::collection::vec(0_u8..=255, 0..3),
    ) {
        let after = |form: fn(&str) -> String| {
            let mut list = form("203.0.113.9");
            for proxy in &proxies {
                list = format!("{list},{}", form(&format!("10.0.0.{proxy}")));
            }
            list
        };
        let expected = "203.0.113.9:0".parse().ok();
        for (header, list) in [
            (TrustedHeader::XForwardedFor, after(str::to_owned)),
            (TrustedHeader::Forwarded, after(|ip| format!("for={ip};proto=http"))),
            (TrustedHeader::Forwarded, after(|ip| format!("host=\"a,\\\"b\";for=\"{ip}\""))),
        ] {
            let joined = [before.as_slice(), b", ", list.as_bytes()].concat();
            prop_assert_eq!(found(header, &[&joined]), expected);
            prop_assert_eq!(found(header, &[&before, list.as_bytes()]), expected);
        }
    }

    #[test]
    fn nothing_left_of_what_cannot_be_read_is_taken(before in anything()) {
        for (header, nonsense) in [
            (TrustedHeader::XForwardedFor, "unknown"),
            (TrustedHeader::Forwarded, "for=unknown"),
            (TrustedHeader::Forwarded, "for=_a;by=\"x\""),
        ] {
            let joined = [before.as_slice(), b",", nonsense.as_bytes()].concat();
            prop_assert_eq!(found(header, &[&joined]), None);
        }
    }

    #[test]
    fn no_header_makes_it_panic_and_no_proxy_is_taken_for_a_client(value in anything()) {
        for header in [TrustedHeader::XForwardedFor, TrustedHeader::Forwarded] {
            if let Some(address) = found(header, &[&value]) {
                prop_assert!(!trust(header).is_proxy(Some(address.ip())));
            }
        }
    }
}
