//! Who is calling: each client is counted by itself behind the proxy, whatever it says about itself.

use crate::{
    site::{Kind, Site, asked},
    support::{FakeServer, RawPage},
};
use std::net::SocketAddr;

/// Opens a link from an address, with these header lines; answers the opcode of the first frame and its payload.
async fn calls(door: SocketAddr, from: &str, lines: &str) -> (RawPage, u8, Vec<u8>) {
    let mut page = RawPage::connect(door).await;
    let (kind, to) = if from.contains(':') {
        ("TCP6", "::1")
    } else {
        ("TCP4", "127.0.0.1")
    };
    page.writes(format!("PROXY {kind} {from} {to} 77 80\r\n").as_bytes())
        .await;
    let lines = format!("\r\nOrigin: http://{door}\r\n{lines}");
    let request = RawPage::request(door, "").replacen("\r\n", &lines, 1);
    page.writes(request.as_bytes()).await;
    page.skips_head().await;
    let (opcode, payload) = page.reads_frame().await;
    (page, opcode, payload)
}

/// One link for each client: a second client is let in, the first one is not a second time, and no header
/// that it sends makes it somebody else.
pub(crate) async fn are_counted_apart_and_cannot_lie(kind: Kind) {
    if !asked() {
        return;
    }
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    // Each gateway counts for itself, so there is one.
    let site = Site::with_one(kind, &entry, &["--max-links-per-client=1"]).await;
    let door = site.proxy.doors.named;
    let mut open = Vec::new();
    for client in [
        "203.0.113.9",
        "203.0.113.8",
        "2001:db8:0:1::9",
        "2001:db8:0:2::9",
    ] {
        let (page, opcode, _) = calls(door, client, "").await;
        assert_eq!(opcode, 1, "{client}");
        open.push(page);
    }
    // Of IPv6 a whole network is one client.
    let (_, opcode, payload) = calls(door, "2001:db8:0:1::8", "").await;
    assert_eq!((opcode, &payload[..2]), (8, &4010u16.to_be_bytes()[..]));
    for lines in [
        "",
        "X-Forwarded-For: 198.51.100.7\r\n",
        "X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-For: 127.0.0.1\r\n",
        "Forwarded: for=198.51.100.7\r\n",
    ] {
        let (_, opcode, payload) = calls(door, "203.0.113.9", lines).await;
        assert_eq!(
            (opcode, &payload[..2]),
            (8, &4010u16.to_be_bytes()[..]),
            "{lines}"
        );
    }
}
