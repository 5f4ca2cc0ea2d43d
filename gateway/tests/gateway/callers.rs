//! Who is calling: headers of proxies, PROXY headers of balancers, and what a server is told.

use crate::support::{FakeServer, Gate, RawPage, Running, get, program, request, soon};
use msnp6_gateway::{Config, ServerEntry, client::TrustedHeader};
use std::{net::SocketAddr, time::Duration};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// A gateway whose server is told who is calling, so that a test can see it.
async fn gate(server: &FakeServer, change: impl FnOnce(&mut Config)) -> Gate {
    let address = server.address.to_string();
    let mut entry = ServerEntry::new("test", &address).expect("an address");
    entry.send_proxy = true;
    let proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    Gate::start(vec![entry], |config| {
        config.trust.proxies = proxies;
        config.allow_no_origin = true;
        change(config);
    })
    .await
}

/// Opens a link with these first bytes, header lines, and the bytes behind the request; then reads
/// what the server is told.
async fn told(gate: &Gate, server: &FakeServer, first: &[u8], lines: &str) -> (RawPage, Vec<u8>) {
    let request = RawPage::request(gate.address, "");
    let (line, rest) = request.split_once("\r\n").expect("a request");
    let request = format!("{line}\r\n{lines}{rest}");
    let mut page = RawPage::connect(gate.address).await;
    page.writes(first).await;
    page.writes(request.as_bytes()).await;
    page.skips_head().await;
    let (opcode, _) = page.reads_frame().await;
    assert_eq!(opcode, 1, "READY");
    let mut link = server.accept().await;
    let mut header = vec![0; 16];
    soon("a PROXY header", link.0.read_exact(&mut header))
        .await
        .expect("a PROXY header");
    assert_eq!(&header[..13], b"\r\n\r\n\0\r\nQUIT\n\x21");
    let mut rest = vec![0; usize::from(header[15])];
    soon("its addresses", link.0.read_exact(&mut rest))
        .await
        .expect("its addresses");
    // Nothing of it is MSNP: what the page says comes right behind it, and what the server says
    // reaches the page.
    page.writes(&RawPage::frame(0x82, b"VER 0 MSNP6\r\n")).await;
    link.hears("VER 0 MSNP6\r\n").await;
    link.says("VER 0 MSNP6\r\n").await;
    assert_eq!(page.reads_frame().await, (2, b"VER 0 MSNP6\r\n".to_vec()));
    (page, rest)
}

/// The addresses and ports of a header, of a client and of the gateway that it called.
fn addresses(client: [u8; 4], port: u16, gate: SocketAddr) -> Vec<u8> {
    let ports = [port.to_be_bytes(), gate.port().to_be_bytes()].concat();
    [&client[..], &[127, 0, 0, 1], &ports].concat()
}

const CLIENT: [u8; 4] = [203, 0, 113, 9];
const BALANCER: &str = "PROXY TCP4 203.0.113.9 127.0.0.1 77 80\r\n";

#[tokio::test]
async fn a_server_that_wants_to_know_is_told_who_is_calling() {
    let server = FakeServer::start().await;
    let gate = gate(&server, |config| config.trust.proxies.clear()).await;
    // A header from a stranger is nothing.
    let (page, heard) = told(&gate, &server, b"", "X-Forwarded-For: 203.0.113.9\r\n").await;
    let own = page.0.local_addr().expect("an address");
    assert_eq!(heard, addresses([127, 0, 0, 1], own.port(), gate.address));
}

#[tokio::test]
async fn the_rightmost_stranger_of_a_trusted_proxys_header_is_the_client() {
    let server = FakeServer::start().await;
    let gate = gate(&server, |_| {}).await;
    let lines = "X-Forwarded-For: 1.2.3.4, \"\r\nX-Forwarded-For: 203.0.113.9, 127.0.0.7\r\n";
    let (_, heard) = told(&gate, &server, b"", lines).await;
    assert_eq!(heard, addresses(CLIENT, 0, gate.address));
    // Only the header that the operator has named is read.
    let lines = "X-Forwarded-For: unknown\r\nForwarded: for=203.0.113.9\r\n";
    let (page, heard) = told(&gate, &server, b"", lines).await;
    let own = page.0.local_addr().expect("an address");
    assert_eq!(heard, addresses([127, 0, 0, 1], own.port(), gate.address));
}

#[tokio::test]
async fn forwarded_is_read_where_the_operator_says_so() {
    let server = FakeServer::start().await;
    let change = |config: &mut Config| config.trust.header = TrustedHeader::Forwarded;
    let gate = gate(&server, change).await;
    let lines = "Forwarded: for=\"1.2.3.4, for=\"203.0.113.9:77\";proto=https, for=127.0.0.7\r\n\
                 X-Forwarded-For: 5.6.7.8\r\n";
    let (_, heard) = told(&gate, &server, b"", lines).await;
    assert_eq!(heard, addresses(CLIENT, 77, gate.address));
}

#[tokio::test]
async fn limits_count_by_the_client_and_not_by_its_proxy() {
    let server = FakeServer::start().await;
    let one = |config: &mut Config| {
        config.limits.links_per_client = msnp6_gateway::Bound::at(1);
    };
    let gate = gate(&server, one).await;
    let _first = told(&gate, &server, b"", "X-Forwarded-For: 203.0.113.9\r\n").await;
    let _other = told(&gate, &server, b"", "X-Forwarded-For: 203.0.113.8\r\n").await;
    let request = RawPage::request(gate.address, "");
    let request = request.replacen("\r\n", "\r\nX-Forwarded-For: 1.2.3.4, 203.0.113.9\r\n", 1);
    let mut page = RawPage::connect(gate.address).await;
    page.writes(request.as_bytes()).await;
    page.skips_head().await;
    assert_eq!(page.closed().await, 4010);
}

#[tokio::test]
async fn without_an_origin_a_proxy_on_this_machine_opens_nothing() {
    let server = FakeServer::start().await;
    let gate = gate(&server, |config| config.allow_no_origin = false).await;
    for lines in [
        "",
        "X-Forwarded-For: 127.0.0.1\r\n",
        "X-Forwarded-For: 203.0.113.9\r\n",
    ] {
        let head = RawPage::request(gate.address, "").replacen("\r\n\r\n", "\r\n", 1);
        let head = format!("{head}{lines}");
        assert_eq!(request(gate.address, &head).await.status, 403, "{lines}");
    }
    // As before, a program of this machine may, where nobody stands for others.
    let gate = Gate::before(&server).await;
    RawPage::ready(gate.address, "").await;
    let head = RawPage::request(gate.address, "").replacen("\r\n\r\n", "\r\nVia: 1.1 a\r\n", 1);
    assert_eq!(request(gate.address, &head).await.status, 403);
}

#[tokio::test]
async fn a_balancer_says_who_is_calling_in_both_versions() {
    let server = FakeServer::start().await;
    let gate = gate(&server, |config| config.trust.proxy_protocol = true).await;
    let ours = addresses(CLIENT, 77, gate.address);
    // A stranger that the balancer names is not believed when it names somebody else.
    let lines = "X-Forwarded-For: 5.6.7.8\r\n";
    let (_, heard) = told(&gate, &server, BALANCER.as_bytes(), lines).await;
    assert_eq!(heard, ours);
    let mut header = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x13".to_vec();
    header.extend([203, 0, 113, 9, 127, 0, 0, 1, 0, 77, 0, 80]);
    header.extend(b"\x03\x00\x04abcd");
    let (_, heard) = told(&gate, &server, &header, lines).await;
    assert_eq!(heard, ours);
    // The balancer itself, to see whether the gateway is well.
    let local = b"\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00";
    let (page, heard) = told(&gate, &server, local, "").await;
    let own = page.0.local_addr().expect("an address");
    assert_eq!(heard, addresses([127, 0, 0, 1], own.port(), gate.address));
}

#[tokio::test]
async fn a_client_over_ipv6_is_told_with_both_addresses_of_that_kind() {
    let server = FakeServer::start().await;
    let gate = gate(&server, |config| config.trust.proxy_protocol = true).await;
    let line = b"PROXY TCP6 2001:db8::1 fd00::1 77 80\r\n";
    let (_, heard) = told(&gate, &server, line, "").await;
    assert_eq!(heard.len(), 36);
    assert_eq!(heard[..4], [0x20, 0x01, 0x0d, 0xb8]);
    assert_eq!(heard[26..32], [0xff, 0xff, 127, 0, 0, 1]);
}

#[tokio::test]
async fn a_balancers_connection_without_a_header_ends_without_an_answer() {
    let server = FakeServer::start().await;
    let gate = gate(&server, |config| {
        config.trust.proxy_protocol = true;
        config.deadlines.http_head = Duration::from_millis(200);
    })
    .await;
    for bytes in [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "PROXY TCP4 nonsense\r\nGET / HTTP/1.1\r\n\r\n",
        // The deadline ends this one.
        "PROXY TCP4 203.0.113.9 ",
        "",
    ] {
        let mut page = RawPage::connect(gate.address).await;
        page.writes(bytes.as_bytes()).await;
        let mut answer = Vec::new();
        // A reset, when bytes were left unread.
        let _ = soon("the end", page.0.read_to_end(&mut answer)).await;
        assert_eq!(answer, b"", "{bytes:?}");
    }
    assert!(server.is_alone().await);
}

#[tokio::test]
async fn strangers_speak_http_where_balancers_have_to_send_a_header() {
    let server = FakeServer::start().await;
    let gate = gate(&server, |config| {
        config.trust.proxy_protocol = true;
        config.trust.proxies = vec!["10.0.0.1".parse().expect("an address")];
    })
    .await;
    assert_eq!(get(gate.address, "/config.json", "").await.status, 200);
    let mut forged = RawPage::connect(gate.address).await;
    forged.writes(BALANCER.as_bytes()).await;
    forged
        .writes(b"GET /config.json HTTP/1.1\r\nHost: a\r\n\r\n")
        .await;
    let _ = forged.0.shutdown().await;
    let mut answer = Vec::new();
    let _ = soon("the end", forged.0.read_to_end(&mut answer)).await;
    assert!(
        answer.starts_with(b"HTTP/1.1 400 "),
        "{}",
        answer.escape_ascii()
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_log_names_the_client_and_has_one_line_for_a_header_that_is_wrong() {
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    let mut running = Running::start(&mut program(&[
        "--listen=127.0.0.1:0",
        "--server",
        &entry,
        "--trusted-proxy=127.0.0.1",
        "--proxy-protocol",
        "--allow-no-origin",
    ]))
    .await;
    let mut wrong = RawPage::connect(running.address).await;
    wrong.writes(b"PROXY TCP4 canary\r\n").await;
    let _ = soon("the end", wrong.0.read_to_end(&mut Vec::new())).await;
    // How a balancer looks whether anybody is there.
    let mut look = RawPage::connect(running.address).await;
    look.0.shutdown().await.expect("shut down");
    let _ = soon("the end", look.0.read_to_end(&mut Vec::new())).await;
    let mut page = RawPage::connect(running.address).await;
    page.writes(BALANCER.as_bytes()).await;
    page.writes(RawPage::request(running.address, "").as_bytes())
        .await;
    page.skips_head().await;
    page.reads_frame().await;
    running.signal("TERM").await;
    assert_eq!(page.closed().await, 4014);
    drop(page);
    assert_eq!(running.status().await, Some(0));
    let log = running.log().await;
    assert_eq!(log.matches("PROXY header").count(), 1, "{log}");
    assert_eq!(log.matches("peer=203.0.113.9:77").count(), 2, "{log}");
    assert_eq!(log.matches("peer=127.0.0.1:").count(), 1, "{log}");
    assert!(!log.contains("canary"), "{log}");
}
