//! What lasts too long ends, each with its code, and nothing ends that moves.

use crate::support::{FakeServer, Gate, RawPage, soon};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

#[tokio::test]
async fn a_link_on_which_only_pings_move_closes_with_4012() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.ping = Duration::from_millis(100);
        config.deadlines.idle = Some(Duration::from_secs(1));
    })
    .await;
    let mut page = RawPage::ready(gate.address, "").await;
    let mut pings = 0;
    let payload = loop {
        match page.reads_frame().await {
            (9, _) => page.writes(&RawPage::frame(0x8a, b"")).await,
            (8, payload) => break payload,
            other => panic!("{other:?}"),
        }
        pings += 1;
    };
    assert_eq!(payload[..2], 4012u16.to_be_bytes());
    assert!(payload.ends_with(b"nothing but pings moved"));
    assert!(pings >= 2, "{pings}");
}

#[tokio::test]
async fn a_link_that_says_something_now_and_then_is_not_idle() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.ping = Duration::from_millis(50);
        config.deadlines.idle = Some(Duration::from_secs(1));
    })
    .await;
    let mut page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    // Forty pings are twice the deadline.
    for _ in 0..40 {
        assert_eq!(page.reads_frame().await.0, 9);
        page.writes(&RawPage::frame(0x82, b"PNG\r\n")).await;
        link.hears("PNG\r\n").await;
    }
}

#[tokio::test]
async fn a_link_that_is_as_old_as_it_may_be_closes_with_4012_however_busy_it_is() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.lifetime = Some(Duration::from_secs(1));
    })
    .await;
    let mut page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    let talks = tokio::spawn(async move {
        let line = b"NLN NLN a@b.c A\r\n".repeat(1000);
        while link.0.write_all(&line).await.is_ok() {}
    });
    let payload = loop {
        match page.reads_frame().await {
            (8, payload) => break payload,
            (2, _) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(payload[..2], 4012u16.to_be_bytes());
    assert!(payload.ends_with(b"no link may last longer"));
    drop(page);
    soon("the server's end", talks).await.expect("no panic");
}

#[tokio::test]
async fn a_head_that_comes_slowly_and_a_connection_that_stays_are_given_up() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.http_head = Duration::from_millis(100);
    })
    .await;
    for address in [gate.address, gate.admin] {
        let mut page = RawPage::connect(address).await;
        page.writes(b"GET /config.json HTTP/1.1\r\nHost").await;
        let mut answer = Vec::new();
        // Whatever it says, it ends.
        let _ = soon("the end", page.0.read_to_end(&mut answer)).await;
    }
    let gate = Gate::with(&server, |config| {
        config.deadlines.http_connection = Duration::from_millis(100);
        config.deadlines.close = Duration::from_millis(100);
    })
    .await;
    let mut page = RawPage::connect(gate.address).await;
    let asked = "GET /config.json HTTP/1.1\r\nHost: x\r\n\r\n";
    page.writes(asked.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = soon("the end", page.0.read_to_end(&mut answer)).await;
    assert!(answer.starts_with(b"HTTP/1.1 200 "), "{answer:?}");
}
