//! Links on which nothing is said, and gateways that do not answer any more.

use crate::{
    site::{Kind, QUIET, Site, asked, eventually},
    support::{FakeServer, Page, soon},
};
use futures_util::StreamExt as _;
use msnp6_gateway::Deadlines;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

/// A link on which nothing but the gateway's pings moves stays, for longer than the proxy would wait.
pub(crate) async fn pings_keep_a_quiet_link_open(kind: Kind) {
    if !asked() {
        return;
    }
    // What the gateway gives up by itself it gives up first, and says why.
    let gateway = Deadlines::default();
    assert!(gateway.ping * 2 < QUIET && gateway.stall < QUIET && gateway.pong < QUIET);
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    let quiet = Duration::from_secs(2);
    let site = Site::with_quiet(kind, &entry, &["--ping-seconds=1"], quiet).await;
    let mut page = Page::open_at(site.proxy.doors.plain, "").await;
    page.hears_ready(server.address).await;
    let mut link = server.accept().await;
    for _ in 0..4 {
        let message = soon("a ping", page.socket.next()).await;
        let message = message.expect("a message").expect("a message");
        assert!(matches!(message, Message::Ping(_)), "{message:?}");
    }
    link.says("OUT SSD\r\n").await;
    page.hears_bytes("OUT SSD\r\n").await;
}

/// A gateway that takes connections and never answers is passed over once it was asked whether it is ready.
pub(crate) async fn a_gateway_that_hangs_is_passed_over(kind: Kind) {
    if !asked() {
        return;
    }
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    let site = Site::start(kind, &entry, &[]).await;
    site.instances[0].signal("STOP").await;
    // They stay open, or the one that hangs would be the busier one, and passed over for that alone.
    let (mut pages, mut in_a_row) = (Vec::new(), 0);
    eventually("five links in a row", async || {
        let opening = Page::open_at(site.proxy.doors.plain, "");
        let opened = tokio::time::timeout(Duration::from_millis(500), opening).await;
        in_a_row = if opened.is_ok() { in_a_row + 1 } else { 0 };
        pages.extend(opened);
        in_a_row == 5
    })
    .await;
}
