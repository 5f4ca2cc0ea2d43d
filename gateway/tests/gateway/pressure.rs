//! Sides that do not read: the other one is slowed down, nothing is lost, memory stays bounded, and
//! nobody waits for ever.

use crate::support::{FakeLink, FakeServer, Gate, Heard, Page, RawPage, soon};
use msnp6::gateway::LinkKind;
use msnp6_gateway::{
    Config,
    ticket::{Claims, TicketKeys, unix_now},
};
use std::time::Duration;
use tokio::{io::AsyncWriteExt as _, time::timeout};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// More than any socket buffer takes.
const MUCH: usize = 64 * 1024 * 1024;
/// What the system's buffers may take between two programs on one machine, by a wide margin.
const BUFFERS: usize = 24 * 1024 * 1024;
/// Nothing moved for so long: whoever writes is being held up.
const QUIET: Duration = Duration::from_millis(500);

fn with_key(config: &mut Config) {
    config.ticket_keys = TicketKeys::parse(KEY).expect("a key");
}

/// A query for a link that is carried blindly, so that any bytes will do.
fn ticket(server: &FakeServer) -> String {
    let claims = Claims {
        kind: LinkKind::Switchboard,
        server: "test".to_owned(),
        endpoint: server.address.to_string().parse().expect("an endpoint"),
        expires: unix_now() + 60,
    };
    let keys = TicketKeys::parse(KEY).expect("a key");
    format!("?ticket={}", keys.sign(&claims).expose())
}

/// Bytes that show it when any are lost, doubled or out of order.
fn pattern(from: usize, count: usize) -> Vec<u8> {
    let byte = |at: usize| u8::try_from((at * 31 + (at >> 8) * 7 + (at >> 16)) % 251).unwrap_or(0);
    (from..from + count).map(byte).collect()
}

/// Writes until nothing moves any more, and says how much that was.
async fn write_until_held_up(link: &mut FakeLink) -> usize {
    let mut written = 0;
    while written < MUCH {
        let chunk = pattern(written, 64 * 1024);
        match timeout(QUIET, link.0.write(&chunk)).await {
            Ok(count) => written += count.expect("written"),
            Err(_) => break,
        }
    }
    written
}

#[tokio::test]
async fn a_page_that_does_not_read_holds_up_the_server_and_loses_nothing() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, with_key).await;
    let mut page = RawPage::ready(gate.address, &ticket(&server)).await;
    let mut link = server.accept().await;
    let written = write_until_held_up(&mut link).await;
    assert!(written < BUFFERS, "{written} bytes went nowhere");
    drop(link);
    let mut read = 0;
    while read < written {
        let (opcode, payload) = page.reads_frame().await;
        assert_eq!(opcode, 2, "after {read} of {written}");
        assert!(
            payload == pattern(read, payload.len()),
            "wrong bytes after {read}"
        );
        read += payload.len();
    }
    assert_eq!((read, page.closed().await), (written, 1000));
}

#[tokio::test]
async fn a_notification_server_is_held_up_as_well() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let _page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    let line = b"NLN NLN a@b.c A\r\n".repeat(4096);
    let mut written = 0;
    while written < MUCH {
        match timeout(QUIET, link.0.write(&line[written % line.len()..])).await {
            Ok(count) => written += count.expect("written"),
            Err(_) => break,
        }
    }
    assert!(written < BUFFERS, "{written} bytes went nowhere");
}

#[tokio::test]
async fn a_server_that_does_not_read_holds_up_the_page() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::ready(gate.address, "").await;
    let _link = server.accept().await;
    let frame = RawPage::frame(0x82, &vec![b'x'; 60_000]);
    let mut written = 0;
    while written < MUCH {
        // A write may take a part: the next one goes on where it ended, or the frames would be broken.
        match timeout(QUIET, page.0.write(&frame[written % frame.len()..])).await {
            Ok(count) => written += count.expect("written"),
            Err(_) => break,
        }
    }
    assert!(written < BUFFERS, "{written} bytes went nowhere");
}

#[tokio::test]
async fn a_held_up_server_still_hears_the_page() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, with_key).await;
    let mut page = RawPage::ready(gate.address, &ticket(&server)).await;
    let mut link = server.accept().await;
    write_until_held_up(&mut link).await;
    page.writes(&RawPage::frame(0x82, b"OUT\r\n")).await;
    link.hears("OUT\r\n").await;
}

#[tokio::test]
async fn a_page_that_leaves_a_held_up_server_ends_its_connection_in_order() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        with_key(config);
        config.deadlines.close = Duration::from_millis(200);
    })
    .await;
    let mut page = RawPage::ready(gate.address, &ticket(&server)).await;
    let mut link = server.accept().await;
    write_until_held_up(&mut link).await;
    page.writes(&RawPage::frame(0x82, b"OUT\r\n")).await;
    page.writes(&RawPage::frame(0x88, &1000u16.to_be_bytes()))
        .await;
    assert_eq!(link.hears_the_rest().await, b"OUT\r\n");
}

#[tokio::test]
async fn pings_without_end_from_a_page_that_does_not_read_do_no_harm() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, with_key).await;
    let mut page = RawPage::ready(gate.address, &ticket(&server)).await;
    let mut link = server.accept().await;
    write_until_held_up(&mut link).await;
    let pings = RawPage::frame(0x89, &[b'x'; 125]).repeat(1000);
    for _ in 0..20 {
        page.writes(&pings).await;
    }
    page.writes(&RawPage::frame(0x82, b"OUT\r\n")).await;
    link.hears("OUT\r\n").await;
}

#[tokio::test]
async fn a_page_that_never_reads_again_is_given_up() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.stall = Duration::from_millis(200);
        config.deadlines.close = Duration::from_millis(200);
    })
    .await;
    let _page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    let line = b"NLN NLN a@b.c A\r\n".repeat(4096);
    soon("the end of the connection", async {
        while link.0.write_all(&line).await.is_ok() {}
    })
    .await;
}

#[tokio::test]
async fn a_server_that_never_reads_again_closes_with_4003() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.stall = Duration::from_millis(200);
    })
    .await;
    let mut page = RawPage::ready(gate.address, "").await;
    let _link = server.accept().await;
    let frame = RawPage::frame(0x82, &vec![b'x'; 60_000]);
    while matches!(timeout(QUIET, page.0.write_all(&frame)).await, Ok(Ok(()))) {}
    assert_eq!(page.closed().await, 4003);
}

#[tokio::test]
async fn an_echo_of_random_pieces_comes_back_as_it_was() {
    const TOTAL: usize = 4 * 1024 * 1024;
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, with_key).await;
    let mut page = Page::ready(&gate, &ticket(&server)).await;
    let mut link = server.accept().await.0;
    let echo = tokio::spawn(async move {
        let (mut reader, mut writer) = link.split();
        tokio::io::copy(&mut reader, &mut writer).await
    });
    let (mut sent, mut heard, mut piece) = (0, 0, 1);
    while heard < TOTAL {
        if sent < TOTAL {
            piece = piece * 5 % 9973;
            page.says(pattern(sent, piece.min(TOTAL - sent))).await;
            sent += piece.min(TOTAL - sent);
        }
        while heard < sent.saturating_sub(200_000) || (sent == TOTAL && heard < TOTAL) {
            match page.hears().await {
                Heard::Bytes(bytes) => {
                    assert!(
                        bytes == pattern(heard, bytes.len()),
                        "wrong bytes after {heard}"
                    );
                    heard += bytes.len();
                }
                other => panic!("{other:?} after {heard}"),
            }
        }
    }
    page.closes().await;
    echo.await.expect("no panic").expect("an end");
}
