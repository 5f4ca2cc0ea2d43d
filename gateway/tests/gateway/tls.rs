//! Pages over TLS: everything that a page does, and everything that a handshake can do wrong.

use crate::{
    metrics::becomes,
    support::{Authority, FakeServer, Gate, Heard, Page, Pair, RawPage, get, request, soon},
};
use msnp6_gateway::Config;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::client::TlsStream;

pub(crate) const NAME: &str = "chat.example.org";

pub(crate) fn with(pair: &Pair) -> impl FnOnce(&mut Config) {
    let certificate = pair.read();
    move |config| config.tls = Some(certificate)
}

/// A page over TLS that has read `READY`.
pub(crate) async fn ready(gate: &Gate, authority: &Authority) -> Page {
    let stream = authority.connect(gate, NAME).await.expect("TLS");
    let mut page = Page::over(stream, "https", gate.address, "").await;
    page.line().await;
    page
}

/// The same, which can break every rule.
async fn raw(gate: &Gate, authority: &Authority) -> RawPage<TlsStream<TcpStream>> {
    let mut page = RawPage(authority.connect(gate, NAME).await.expect("TLS"));
    let request = RawPage::request(gate.address, "");
    page.writes(request.as_bytes()).await;
    page.skips_head().await;
    page.reads_frame().await;
    page
}

/// Waits until so many handshakes with pages had this result.
async fn handshakes(gate: &Gate, result: &str, count: f64) {
    let series = format!("msnp6_gateway_tls_handshakes_total{{result=\"{result}\"}}");
    becomes(gate, &series, count).await;
}

#[tokio::test]
async fn a_page_over_tls_speaks_with_a_server_and_is_closed_in_order() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let stream = authority.connect(&gate, NAME).await.expect("TLS");
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
    let mut page = Page::over(stream, "https", gate.address, "").await;
    page.hears_ready(server.address).await;
    let mut link = server.accept().await;
    page.says("VER 1 MSNP6 CVR0\r\n").await;
    link.hears("VER 1 MSNP6 CVR0\r\n").await;
    link.says("VER 1 MSNP6 CVR0\r\n").await;
    page.hears_bytes("VER 1 MSNP6 CVR0\r\n").await;
    drop(link);
    assert_eq!(page.closed().await.0, 1000);
    handshakes(&gate, "done", 1.0).await;
}

#[tokio::test]
async fn a_page_that_came_without_tls_opens_no_socket_over_it() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    for (scheme, status) in [("http", "403"), ("https", "101")] {
        let stream = authority.connect(&gate, NAME).await.expect("TLS");
        let mut page = RawPage(stream);
        let request = RawPage::request(gate.address, "");
        let (head, _) = request.rsplit_once("\r\n").expect("an end");
        let request = format!("{head}Origin: {scheme}://{}\r\n\r\n", gate.address);
        page.writes(request.as_bytes()).await;
        let mut answer = [0; 12];
        let read = soon("an answer", page.0.read_exact(&mut answer)).await;
        read.expect("an answer");
        assert_eq!(
            str::from_utf8(&answer),
            Ok(format!("HTTP/1.1 {status}").as_str())
        );
    }
}

#[tokio::test]
async fn a_connection_over_tls_ends_with_a_word_that_nothing_follows() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let mut page = raw(&gate, &authority).await;
    drop(server.accept().await);
    assert_eq!(page.closed().await, 1000);
    page.writes(&RawPage::frame(0x88, &1000_u16.to_be_bytes()))
        .await;
    // Without that word this were an error.
    let end = soon("the end", page.0.read_to_end(&mut Vec::new())).await;
    assert_eq!(end.expect("an end in order"), 0);
}

/// Bytes that show it when any are lost, doubled or out of order.
fn pattern(count: usize) -> Vec<u8> {
    let byte = |at: usize| u8::try_from((at * 31 + (at >> 8) * 7 + (at >> 16)) % 251).unwrap_or(0);
    (0..count).map(byte).collect()
}

#[tokio::test]
async fn megabytes_over_tls_arrive_as_they_were_sent_in_both_directions_at_once() {
    const LENGTH: usize = 4 * 1024 * 1024;
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let mut page = ready(&gate, &authority).await;
    let link = server.accept().await;
    let (mut from_page, mut to_page) = link.0.into_split();
    // A line that is none of the commands that are read along ends each piece.
    let mut down = pattern(LENGTH);
    for byte in &mut down {
        *byte = b'a' + *byte % 20;
    }
    down.chunks_mut(1000).for_each(|line| {
        let end = line.len() - 2;
        line[end..].copy_from_slice(b"\r\n");
    });
    let (up, sent) = (pattern(LENGTH), down.clone());
    let echo = tokio::spawn(async move {
        let mut read = vec![0; LENGTH];
        let (written, heard) =
            tokio::join!(to_page.write_all(&sent), from_page.read_exact(&mut read));
        written.expect("written");
        heard.expect("read");
        (read, from_page, to_page)
    });
    let mut heard = Vec::new();
    let mut pieces = up.chunks(50_001);
    while heard.len() < LENGTH {
        if let Some(piece) = pieces.next() {
            page.says(piece).await;
        }
        if let Heard::Bytes(bytes) = page.hears().await {
            heard.extend(bytes);
        }
    }
    for piece in pieces {
        page.says(piece).await;
    }
    let (read, ..) = soon("the server's end", echo).await.expect("no panic");
    assert!(read == up, "what the server read is not what was sent");
    assert!(heard == down, "what the page read is not what was sent");
}

#[tokio::test]
async fn a_page_over_tls_that_does_not_read_holds_up_the_server_and_loses_nothing() {
    const MUCH: usize = 64 * 1024 * 1024;
    const BUFFERS: usize = 24 * 1024 * 1024;
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let tcp = RawPage::connect(gate.address).await.0;
    let stream = authority.over(tcp, NAME).await.expect("TLS");
    let mut page = RawPage(stream);
    page.writes(RawPage::request(gate.address, "").as_bytes())
        .await;
    page.skips_head().await;
    page.reads_frame().await;
    let mut link = server.accept().await;
    let line = b"NLN NLN a@b.c A\r\n";
    let lines = line.repeat(4096);
    let mut written = 0;
    while written < MUCH {
        let rest = &lines[written % lines.len()..];
        match timeout(Duration::from_millis(500), link.0.write(rest)).await {
            Ok(count) => written += count.expect("written"),
            Err(_) => break,
        }
    }
    assert!(written < BUFFERS, "{written} bytes went nowhere");
    // Nothing follows that would push out what is held back still.
    let whole = written - written % line.len();
    let mut read = Vec::new();
    while read.len() < whole {
        let (opcode, payload) = page.reads_frame().await;
        assert_eq!(opcode, 2, "after {} of {whole}", read.len());
        read.extend(payload);
    }
    let is_next = |at: usize, byte: u8| byte == lines[at % lines.len()];
    let wrong = read.iter().enumerate().find(|&(at, &b)| !is_next(at, b));
    assert_eq!((read.len(), wrong), (whole, None));
    drop(link);
    if whole < written {
        page.reads_frame().await;
    }
    assert_eq!(page.closed().await, 1000);
}

#[tokio::test]
async fn files_come_over_tls_as_well() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let mut stream = authority.connect(&gate, NAME).await.expect("TLS");
    let head = format!("GET /config.json HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    let read = soon("an answer", stream.read_to_string(&mut answer)).await;
    read.expect("an end in order");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.contains("\"name\":\"test\""), "{answer}");
}

#[tokio::test]
async fn a_handshake_that_stalls_ends_at_its_deadline() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let pair = authority.names(NAME);
    let gate = Gate::with(&server, |config| {
        with(&pair)(config);
        config.deadlines.http_head = Duration::from_millis(200);
    })
    .await;
    for beginning in [&b""[..], b"\x16", b"\x16\x03\x01\x02\x00\x01"] {
        let mut stream = TcpStream::connect(gate.address).await.expect("there");
        stream.write_all(beginning).await.expect("sent");
        let end = soon("the end", stream.read_to_end(&mut Vec::new())).await;
        // With bytes unread on either side it is a reset.
        let _ = end.is_ok();
    }
    handshakes(&gate, "late", 3.0).await;
}

#[tokio::test]
async fn plain_http_where_tls_is_spoken_is_told_to_use_https() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let answer = get(gate.address, "/", "").await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("https://"), "{}", answer.text());
    let long = format!("X: {}\r\n", "x".repeat(20_000));
    let head = format!("POST / HTTP/1.1\r\nHost: {NAME}\r\n{long}");
    assert_eq!(request(gate.address, &head).await.status, 400);
    handshakes(&gate, "plain", 2.0).await;
}

#[tokio::test]
async fn plain_http_is_sent_to_tls_and_a_socket_is_not() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let place = format!("https://127.0.0.1:{}/a?b=c", gate.address.port());
    let host = format!("Host: {}\r\n", gate.plain);
    for head in [
        format!("GET /a?b=c HTTP/1.1\r\n{host}"),
        // What follows is a body, and no second request.
        format!("POST /a?b=c HTTP/1.1\r\n{host}Content-Length: 5\r\n"),
    ] {
        let answer = request(gate.plain, &head).await;
        assert_eq!((answer.status, answer.header("location")), (308, &*place));
        assert_eq!(answer.header("connection"), "close");
    }
    let no_host = request(gate.plain, "GET / HTTP/1.1\r\nHost: a@evil.example\r\n").await;
    assert_eq!(no_host.status, 400);
    let mut page = RawPage::connect(gate.plain).await;
    let socket = RawPage::request(gate.plain, "");
    page.writes(socket.as_bytes()).await;
    let mut answer = String::new();
    let read = soon("an answer", page.0.read_to_string(&mut answer)).await;
    read.expect("an end in order");
    assert!(
        answer.starts_with("HTTP/1.1 403 ") && answer.contains("wss://"),
        "{answer}"
    );
    assert!(server.is_alone().await);
}

#[tokio::test]
async fn what_is_no_tls_ends_that_connection_and_no_other() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let mut page = ready(&gate, &authority).await;
    let mut link = server.accept().await;
    for nonsense in [
        &b"\x00\x01\x02\x03\x04\x05"[..],
        b"\x16\x03\x01\xff\xff\x01",
    ] {
        let mut stream = TcpStream::connect(gate.address).await.expect("there");
        stream.write_all(nonsense).await.expect("sent");
        stream.shutdown().await.expect("an end");
        let end = soon("the end", stream.read_to_end(&mut Vec::new())).await;
        let _ = end.is_ok();
    }
    handshakes(&gate, "failed", 2.0).await;
    let stranger = Authority::new().connect(&gate, NAME).await;
    assert!(
        stranger.is_err(),
        "somebody believed an authority unknown to them"
    );
    drop(TcpStream::connect(gate.address).await.expect("there"));
    page.says("PNG\r\n").await;
    link.hears("PNG\r\n").await;
}

#[tokio::test]
async fn a_page_that_garbles_its_tls_ends_its_own_link() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let gate = Gate::with(&server, with(&authority.names(NAME))).await;
    let mut page = raw(&gate, &authority).await;
    let mut link = server.accept().await;
    let tcp = page.0.get_mut().0;
    let garbage = b"\x17\x03\x03\x00\x05hello";
    tcp.write_all(garbage).await.expect("sent");
    assert_eq!(link.hears_the_rest().await, b"");
    let lost = "msnp6_gateway_links_closed_total{code=\"1001\",cause=\"page_lost\"}";
    becomes(&gate, lost, 1.0).await;
}

#[tokio::test]
async fn a_balancer_names_its_client_before_tls_begins() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let pair = authority.names(NAME);
    let gate = Gate::with(&server, |config| {
        with(&pair)(config);
        config.trust.proxies = vec!["127.0.0.1".parse().expect("a proxy")];
        config.trust.proxy_protocol = true;
        config.allow_no_origin = true;
        config.servers[0].send_proxy = true;
    })
    .await;
    let mut tcp = TcpStream::connect(gate.address).await.expect("there");
    let line = b"PROXY TCP4 203.0.113.9 192.0.2.1 4000 443\r\n";
    tcp.write_all(line).await.expect("sent");
    let stream = authority.over(tcp, NAME).await.expect("TLS");
    let mut page = Page::over(stream, "https", gate.address, "").await;
    page.line().await;
    let mut link = server.accept().await;
    let mut header = [0; 20];
    let read = soon("a PROXY header", link.0.read_exact(&mut header)).await;
    read.expect("a PROXY header");
    assert_eq!(header[16..], [203, 0, 113, 9]);
}
