//! The socket itself (design §3.1): where it leads, and that bytes stay what they are.

use crate::support::{FakeServer, Gate, Heard, Page, RawPage, get};
use msnp6_gateway::ServerEntry;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn a_link_without_query_goes_to_the_first_server() {
    let (first, second) = (FakeServer::start().await, FakeServer::start().await);
    let entry = |name, server: &FakeServer| ServerEntry::new(name, &server.address.to_string());
    let servers = [entry("one", &first), entry("two", &second)];
    let gate = Gate::start(servers.into_iter().flatten().collect(), |_| {}).await;
    let mut page = Page::open(&gate, "").await;
    page.hears_ready(first.address).await;
}

#[tokio::test]
async fn a_link_goes_to_the_server_that_it_names() {
    let (first, second) = (FakeServer::start().await, FakeServer::start().await);
    let entry = |name, server: &FakeServer| ServerEntry::new(name, &server.address.to_string());
    let servers = [entry("one", &first), entry("two", &second)];
    let gate = Gate::start(servers.into_iter().flatten().collect(), |_| {}).await;
    let mut page = Page::open(&gate, "?server=two").await;
    page.hears_ready(second.address).await;
}

#[tokio::test]
async fn an_unknown_server_closes_with_4006() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::open(&gate, "?server=other").await;
    assert_eq!(page.closed().await.0, 4006);
}

#[tokio::test]
async fn bytes_pass_both_ways_as_they_are() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    page.says("VER 1 MSNP6\r\n").await;
    link.hears("VER 1 MSNP6\r\n").await;
    link.says("VER 1 MSNP6\r\n\r\nMSG a@b.c A 4\r\n\0\r\n\u{e4}NLN\tx\r\n")
        .await;
    page.hears_bytes("VER 1 MSNP6\r\n\r\nMSG a@b.c A 4\r\n\0\r\n\u{e4}NLN\tx\r\n")
        .await;
}

#[tokio::test]
async fn what_the_page_says_before_ready_is_kept_for_the_server() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::open(&gate, "").await;
    page.says("VER 1 ").await;
    page.says("MSNP6\r\n").await;
    server.accept().await.hears("VER 1 MSNP6\r\n").await;
}

#[tokio::test]
async fn a_frame_may_be_cut_anywhere() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    let payload = "PNG\r\n".repeat(60);
    let frame = RawPage::frame(0x82, payload.as_bytes());
    for byte in &frame {
        page.writes(&[*byte]).await;
    }
    link.hears(&payload).await;
}

#[tokio::test]
async fn frames_behind_the_handshake_are_not_lost() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::connect(gate.address).await;
    let mut bytes = RawPage::request(gate.address, "").into_bytes();
    bytes.extend(RawPage::frame(0x82, b"VER 1 "));
    bytes.extend(RawPage::frame(0x82, b"MSNP6\r\n"));
    page.writes(&bytes).await;
    server.accept().await.hears("VER 1 MSNP6\r\n").await;
}

#[tokio::test]
async fn a_message_in_fragments_with_a_ping_between_arrives_whole() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    page.writes(&RawPage::frame(0x02, b"PN")).await;
    page.writes(&RawPage::frame(0x89, b"there?")).await;
    page.writes(&RawPage::frame(0x80, b"G\r\n")).await;
    link.hears("PNG\r\n").await;
    assert_eq!(page.reads_frame().await, (10, b"there?".to_vec()));
}

#[tokio::test]
async fn whole_messages_fragments_and_pings_that_come_at_once_stay_in_order() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    let frames = [
        (0x82, "PN"),
        (0x89, "one"),
        (0x82, "G"),
        (0x02, "\r"),
        (0x89, "two"),
        (0x80, "\n"),
        (0x82, "OUT\r\n"),
    ];
    let frame = |(first, payload): (u8, &str)| RawPage::frame(first, payload.as_bytes());
    page.writes(&frames.map(frame).concat()).await;
    link.hears("PNG\r\nOUT\r\n").await;
    for payload in ["one", "two"] {
        assert_eq!(page.reads_frame().await, (10, payload.into()));
    }
}

#[tokio::test]
async fn a_command_reaches_the_page_only_whole() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    link.says("QNG\r\nMSG a@b.c A 6\r\nabc").await;
    page.hears_bytes("QNG\r\n").await;
    link.says("def").await;
    assert_eq!(
        page.hears().await,
        Heard::Bytes(b"MSG a@b.c A 6\r\nabcdef".to_vec())
    );
}

#[tokio::test]
async fn a_text_frame_from_the_page_closes_with_4013() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    page.send(Message::text("PNG\r\n")).await;
    let (code, reason) = page.closed().await;
    assert!(
        code == 4013 && reason.contains("text frame"),
        "{code} {reason}"
    );
}

#[tokio::test]
async fn a_message_that_is_too_long_closes_with_4013() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    page.says(vec![b'x'; 64 * 1024 + 1]).await;
    assert_eq!(page.closed().await.0, 4013);
}

#[tokio::test]
async fn fragments_that_add_up_to_too_much_close_with_4013() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::ready(gate.address, "").await;
    page.writes(&RawPage::frame(0x02, &vec![b'x'; 40_000]))
        .await;
    page.writes(&RawPage::frame(0x80, &vec![b'x'; 40_000]))
        .await;
    assert_eq!(page.closed().await, 4013);
}

#[tokio::test]
async fn a_frame_against_the_rules_closes_with_4013() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    for (what, frame) in [
        ("unmasked", b"\x82\x03abc".to_vec()),
        ("reserved bit", RawPage::frame(0xc2, b"abc")),
        ("unknown opcode", RawPage::frame(0x83, b"abc")),
        ("continuation of nothing", RawPage::frame(0x80, b"abc")),
        ("fragmented ping", RawPage::frame(0x09, b"abc")),
        ("long ping", RawPage::frame(0x89, &[b'x'; 126])),
        (
            "message inside of another, behind a pong",
            [(0x02, "a"), (0x8a, ""), (0x82, "b")]
                .map(|(first, payload)| RawPage::frame(first, payload.as_bytes()))
                .concat(),
        ),
        ("length in two bytes", b"\x82\xfe\0\x03\0\0\0\0abc".to_vec()),
        (
            "length in eight bytes",
            b"\x82\xff\0\0\0\0\0\0\0\x03\0\0\0\0abc".to_vec(),
        ),
    ] {
        let mut page = RawPage::ready(gate.address, "").await;
        page.writes(&frame).await;
        assert_eq!(page.closed().await, 4013, "{what}");
    }
}

#[tokio::test]
async fn the_subprotocol_is_named_only_when_it_was_offered() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    for (offered, named) in [("", false), ("binary", false), ("soap, MSNP", true)] {
        let mut page = RawPage::connect(gate.address).await;
        let mut request = RawPage::request(gate.address, "");
        if !offered.is_empty() {
            let line = format!("\r\nSec-WebSocket-Protocol: {offered}\r\n\r\n");
            request = request.replacen("\r\n\r\n", &line, 1);
        }
        page.writes(request.as_bytes()).await;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let byte = tokio::io::AsyncReadExt::read_u8(&mut page.0).await;
            head.push(byte.expect("a byte"));
        }
        let head = String::from_utf8(head).expect("text").to_lowercase();
        assert!(
            head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="),
            "{head}"
        );
        assert_eq!(
            head.contains("sec-websocket-protocol: msnp\r\n"),
            named,
            "{offered:?}"
        );
    }
}

#[tokio::test]
async fn requests_that_are_no_handshake_are_refused_in_words() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    for (headers, status, word) in [
        (String::new(), 426, "WebSocket only"),
        (
            format!("{upgrade}{key}Sec-WebSocket-Version: 8\r\n"),
            426,
            "version 13",
        ),
        (
            format!("{upgrade}Sec-WebSocket-Version: 13\r\n"),
            400,
            "Key",
        ),
        (
            format!("{upgrade}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n"),
            400,
            "Key",
        ),
    ] {
        let answer = get(gate.address, "/msnp", &headers).await;
        assert_eq!(answer.status, status, "{headers}");
        assert!(answer.text().contains(word), "{}", answer.text());
    }
}
