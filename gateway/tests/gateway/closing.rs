//! How links end (design §3.4): each cause has its code, and no last byte is lost.

use crate::support::{FakeServer, Gate, Heard, Page, RawPage, soon};
use msnp6_gateway::{ServerEntry, resolve::FixedResolver};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpSocket,
    time::timeout,
};

/// The code with which a link to this address closes.
async fn refusal(address: &str) -> u16 {
    let server = ServerEntry::new("test", address).expect("an address");
    let gate = Gate::start(vec![server], |config| {
        config.deadlines.connect = Duration::from_millis(300);
        config.resolver = Arc::new(FixedResolver::new(&[]));
    })
    .await;
    Page::open(&gate, "").await.closed().await.0
}

#[tokio::test]
async fn nobody_listening_closes_with_4001() {
    let server = FakeServer::start().await;
    let address = server.address.to_string();
    drop(server);
    assert_eq!(refusal(&address).await, 4001);
}

#[tokio::test]
async fn no_way_to_the_server_closes_with_4002() {
    // TCP has no way to many machines at once.
    assert_eq!(refusal("224.0.0.1:1863").await, 4002);
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_server_that_does_not_answer_closes_with_4003() {
    // A full queue of connections that nobody accepts drops further ones.
    let socket = TcpSocket::new_v4().expect("a socket");
    socket
        .bind("127.0.0.1:0".parse().expect("an address"))
        .expect("a port");
    let listener = socket.listen(0).expect("a queue");
    let address = listener.local_addr().expect("an address");
    let mut queue = tokio::task::JoinSet::new();
    for _ in 0..4 {
        queue.spawn(tokio::net::TcpStream::connect(address));
    }
    soon("a first connection", queue.join_next()).await;
    assert_eq!(refusal(&address.to_string()).await, 4003);
}

#[tokio::test]
async fn a_name_that_does_not_resolve_closes_with_4004() {
    assert_eq!(refusal("nowhere.example.org:1863").await, 4004);
}

#[tokio::test]
async fn the_servers_last_bytes_come_before_its_close() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    let last = format!(
        "{}911 4\r\nhalf a comma",
        "NLN NLN a@b.c A\r\n".repeat(10_000)
    );
    link.says(&last).await;
    drop(link);
    page.hears_bytes(&last).await;
    assert_eq!(
        page.closed().await,
        (1000, "the server closed the connection".to_owned())
    );
}

#[tokio::test]
async fn a_reset_by_the_server_closes_with_4002_after_what_had_arrived() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    link.says("QNG\r\n").await;
    page.hears_bytes("QNG\r\n").await;
    link.resets();
    let (code, reason) = page.closed().await;
    assert!(code == 4002 && reason.contains("broke"), "{code} {reason}");
}

#[tokio::test]
async fn a_close_says_how_much_of_the_page_did_not_arrive() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::ready(gate.address, "").await;
    let link = server.accept().await;
    // More than the sockets between can hold, so that some of it waits in the gateway.
    let frame = RawPage::frame(0x82, &vec![b'x'; 60_000]);
    let quiet = Duration::from_millis(300);
    while matches!(timeout(quiet, page.0.write_all(&frame)).await, Ok(Ok(()))) {}
    link.resets();
    let (opcode, payload) = page.reads_frame().await;
    let reason = String::from_utf8_lossy(&payload[2..]).into_owned();
    assert!(
        opcode == 8 && reason.contains("did not reach it"),
        "{opcode} {reason}"
    );
}

#[tokio::test]
async fn the_pages_last_bytes_reach_the_server_before_its_end() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    link.says("NLN NLN a@b.c A\r\n").await;
    page.says("OUT\r\n").await;
    page.closes().await;
    assert_eq!(link.hears_the_rest().await, b"OUT\r\n");
}

#[tokio::test]
async fn a_page_that_closes_gets_its_answer() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::ready(gate.address, "").await;
    page.writes(&RawPage::frame(0x88, &1001u16.to_be_bytes()))
        .await;
    assert_eq!(page.closed().await, 1001);
    assert_eq!(
        soon("the end", page.0.read(&mut [0; 1]))
            .await
            .expect("an end"),
        0
    );
}

#[tokio::test]
async fn a_page_that_vanishes_ends_its_connection_to_the_server() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    page.0.set_zero_linger().expect("an option");
    drop(page);
    assert_eq!(link.hears_the_rest().await, b"");
}

#[tokio::test]
async fn a_silent_page_is_asked_and_then_given_up_with_4012() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.ping = Duration::from_millis(100);
        config.deadlines.pong = Duration::from_millis(50);
    })
    .await;
    let mut page = RawPage::ready(gate.address, "").await;
    assert_eq!(page.reads_frame().await, (9, Vec::new()));
    assert_eq!(page.closed().await, 4012);
}

#[tokio::test]
async fn a_page_that_answers_pings_is_kept() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.ping = Duration::from_millis(20);
        config.deadlines.pong = Duration::from_secs(5);
    })
    .await;
    let mut page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    for _ in 0..5 {
        assert_eq!(page.reads_frame().await, (9, Vec::new()));
        page.writes(&RawPage::frame(0x8a, b"")).await;
    }
    page.writes(&RawPage::frame(0x82, b"PNG\r\n")).await;
    link.hears("PNG\r\n").await;
}

#[tokio::test]
async fn a_stop_closes_every_link_with_4014_and_seconds_to_wait() {
    let server = FakeServer::start().await;
    let mut gate = Gate::before(&server).await;
    let mut pages = [Page::ready(&gate, "").await, Page::ready(&gate, "").await];
    gate.stop();
    for page in &mut pages {
        let (code, reason) = page.closed().await;
        let seconds: u32 = reason.parse().expect("a number of seconds");
        assert!(
            code == 4014 && (1..=60).contains(&seconds),
            "{code} {reason}"
        );
        // Hearing on sends the answer, and the gateway has no more to say.
        assert_eq!(page.hears().await, Heard::Lost);
    }
    gate.stopped().await;
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever_for_a_page_that_does_not_answer() {
    let server = FakeServer::start().await;
    let mut gate = Gate::with(&server, |config| {
        config.deadlines.close = Duration::from_hours(1);
        config.deadlines.drain = Duration::from_millis(100);
    })
    .await;
    let _page = RawPage::ready(gate.address, "").await;
    gate.stop();
    gate.stopped().await;
}
