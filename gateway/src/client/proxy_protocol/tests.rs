//! Headers as balancers send them, and bytes as nobody should.

use super::*;
use crate::client::Peer;
use hyper::header::HeaderMap;
use proptest::prelude::*;

/// What is read from these bytes, and how many are left.
fn read_all(bytes: &[u8]) -> (Result<Said, Refusal>, usize) {
    let mut rest = bytes;
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let said = runtime.expect("a runtime").block_on(read(&mut rest));
    (said, rest.len())
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with results")]
fn client(address: &str) -> Result<Said, Refusal> {
    Ok(Said::Client(address.parse().expect("an address")))
}

/// A header of version 2 with this command, family and rest.
fn v2(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
    let length = u16::try_from(rest.len()).expect("short").to_be_bytes();
    let head = [command, family, length[0], length[1]];
    [b"\r\n\r\n\0\r\nQUIT\n", &head[..], rest].concat()
}

const FOUR: [u8; 12] = [203, 0, 113, 9, 10, 0, 0, 1, 0, 77, 0, 80];

#[test]
fn a_line_of_version_1_names_the_client_and_nothing_after_it_is_read() {
    for (line, said) in [
        (
            "PROXY TCP4 203.0.113.9 10.0.0.1 77 80\r\n",
            client("203.0.113.9:77"),
        ),
        (
            "PROXY TCP6 2001:db8::1 fd00::1 77 80\r\n",
            client("[2001:db8::1]:77"),
        ),
        ("PROXY UNKNOWN\r\n", Ok(Said::Nobody)),
        ("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", Ok(Said::Nobody)),
    ] {
        let bytes = format!("{line}GET / HTTP/1.1\r\n");
        assert_eq!(read_all(bytes.as_bytes()), (said, 16), "{line}");
    }
}

#[test]
fn a_header_of_version_2_names_the_client_and_nothing_after_it_is_read() {
    let mut six = [0; 36];
    six[..2].copy_from_slice(&[0x20, 0x01]);
    six[15] = 1;
    six[33] = 77;
    let with_more = [&FOUR[..], b"\x03\0\x04abcd\x04\0\x01z"].concat();
    for (header, said) in [
        (v2(0x21, 0x11, &FOUR), client("203.0.113.9:77")),
        (v2(0x21, 0x11, &with_more), client("203.0.113.9:77")),
        (v2(0x21, 0x21, &six), client("[2001::1]:77")),
        (v2(0x21, 0x31, &[b'x'; 216]), Ok(Said::Nobody)),
        (v2(0x21, 0x00, b""), Ok(Said::Nobody)),
        (v2(0x20, 0x00, b""), Ok(Said::Nobody)),
        // What `LOCAL` says about addresses does not count, be it right or wrong.
        (v2(0x20, 0x11, &FOUR), Ok(Said::Nobody)),
        (v2(0x20, 0x99, b"nonsense"), Ok(Said::Nobody)),
    ] {
        let bytes = [&header, &b"GET / "[..]].concat();
        assert_eq!(read_all(&bytes), (said, 6), "{}", header.escape_ascii());
    }
}

#[test]
fn what_is_no_header_is_refused() {
    let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(120));
    for (bytes, refusal) in [
        (&b""[..], Refusal::Silent),
        (b"PROX", Refusal::Ended),
        (b"PROXY TCP4 203.0.113.9", Refusal::Ended),
        (b"GET / HTTP/1.1\r\n\r\n", Refusal::None),
        (b"PROXY TCP4 x y 1 2\r\n", Refusal::Malformed),
        (b"PROXY TCP4 ::1 ::2 1 2\r\n", Refusal::Malformed),
        (
            b"PROXY TCP4 1.1.1.1 2.2.2.2 1 99999\r\n",
            Refusal::Malformed,
        ),
        (long.as_bytes(), Refusal::Malformed),
        (b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c1234", Refusal::Ended),
        (&v2(0x11, 0x11, &FOUR), Refusal::Malformed),
        (&v2(0x22, 0x11, &FOUR), Refusal::Malformed),
        (&v2(0x21, 0x12, &FOUR), Refusal::Malformed),
        (&v2(0x21, 0x11, &FOUR[..11]), Refusal::Malformed),
        (&v2(0x21, 0x31, b"short"), Refusal::Malformed),
    ] {
        assert_eq!(read_all(bytes).0, Err(refusal), "{}", bytes.escape_ascii());
    }
}

/// The header for a server about a client that the gateway saw at one of its own addresses.
fn sent(client: &str, called: Option<&str>) -> Vec<u8> {
    let peer = Peer::tcp(client.parse().expect("an address"));
    let client = peer.client(&HeaderMap::new(), &crate::client::Trust::default());
    let called = called.map(|called| called.parse().expect("an address"));
    header(&client, called).expect("a header")
}

#[test]
fn a_server_is_told_the_client_and_the_address_that_it_called() {
    let four = sent("203.0.113.9:77", Some("10.0.0.1:80"));
    assert_eq!(four, v2(0x21, 0x11, &FOUR));
    let mapped = sent("[::ffff:203.0.113.9]:77", Some("[::ffff:10.0.0.1]:80"));
    assert_eq!(mapped, v2(0x21, 0x11, &FOUR));
    for (client_is, called) in [
        ("203.0.113.9:77", None),
        ("[2001:db8::1]:77", None),
        ("[2001:db8::1]:77", Some("10.0.0.1:80")),
    ] {
        assert_eq!(read_all(&sent(client_is, called)), (client(client_is), 0));
    }
    // Both addresses of a header are of one kind.
    let both = read_all(&sent("203.0.113.9:77", Some("[fd00::1]:80")));
    assert_eq!(both, (client("[::ffff:203.0.113.9]:77"), 0));
}

#[cfg(unix)]
#[test]
fn a_client_without_an_address_is_told_as_the_gateway_itself() {
    let client = Peer::UNIX.client(&HeaderMap::new(), &crate::client::Trust::default());
    assert_eq!(header(&client, None).ok(), Some(v2(0x20, 0, b"")));
}

/// Bytes that are headers in part.
fn anything() -> impl Strategy<Value = Vec<u8>> {
    let begin = prop::sample::select(vec![
        &b""[..],
        b"PROXY ",
        b"PROXY TCP4 ",
        b"PROXY TCP6 ::1 ",
        b"PROXY UNKNOWN",
        b"\r\n\r\n\0\r\nQUIT\n",
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0",
        b"\r\n\r\n\0\r\nQUIT\n\x21\x31\0",
    ]);
    let rest = prop::collection::vec(any::<u8>(), 0..300);
    (begin, rest, prop::bool::ANY).prop_map(|(begin, rest, has_line)| {
        let end: &[u8] = if has_line { b"\r\n" } else { b"" };
        [begin, &rest, end].concat()
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in anything()) {
        let _ = read_all(&bytes);
    }

    #[test]
    fn every_client_that_is_sent_is_read_again(
        ip in any::<std::net::IpAddr>(), port in 1_u16.., tail in any::<Vec<u8>>(),
    ) {
        let ip = ip.to_canonical();
        let header = sent(&SocketAddr::new(ip, port).to_string(), None);
        let bytes = [header, tail.clone()].concat();
        prop_assert_eq!(
            read_all(&bytes),
            (Ok(Said::Client(SocketAddr::new(ip, port))), tail.len())
        );
    }
}
