//! Limits: who comes when it is full, and pages that send too much, are told so by a close code, and nobody
//! else notices.

use crate::support::{FakeServer, Gate, Heard, Page, get, soon};
use msnp6_gateway::{Bound, Limits};

/// A gateway in front of a server, with one limit.
async fn limited(server: &FakeServer, change: impl FnOnce(&mut Limits)) -> Gate {
    Gate::with(server, |config| change(&mut config.limits)).await
}

/// How often a limit was hit, as an operator sees it.
async fn hits(gate: &Gate, limit: &str) -> u64 {
    let metrics = get(gate.admin, "/metrics", "").await.text();
    let name = format!("msnp6_gateway_limits_hit_total{{limit=\"{limit}\"}} ");
    let line = metrics.lines().find_map(|line| line.strip_prefix(&name));
    line.expect("the limit's count").parse().expect("a number")
}

#[tokio::test]
async fn a_full_gateway_closes_with_4010_until_somebody_leaves() {
    let server = FakeServer::start().await;
    let gate = limited(&server, |limits| limits.links = Bound::at(1)).await;
    let first = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    let (code, reason) = Page::open(&gate, "").await.closed().await;
    assert_eq!(code, 4010);
    assert!(reason.contains("max_links is reached"), "{reason}");
    assert_eq!(hits(&gate, "max_links").await, 1);
    drop(first);
    link.hears_the_rest().await;
    // It makes room a moment after the server has heard of it.
    let tried_again =
        async { while let Heard::Closed(..) = Page::open(&gate, "").await.hears().await {} };
    Box::pin(soon("room for another one", tried_again)).await;
}

#[tokio::test]
async fn a_server_with_enough_links_closes_further_ones_with_4010() {
    let server = FakeServer::start().await;
    let gate = limited(&server, |limits| limits.links_per_server = Bound::at(1)).await;
    let _first = Page::ready(&gate, "").await;
    assert_eq!(Page::open(&gate, "").await.closed().await.0, 4010);
    assert_eq!(hits(&gate, "max_links_per_server").await, 1);
}

#[tokio::test]
async fn a_page_that_sends_too_many_bytes_is_closed_with_4011_and_others_go_on() {
    let server = FakeServer::start().await;
    let gate = limited(&server, |limits| limits.bytes_per_second = Bound::at(100)).await;
    let mut calm = Page::ready(&gate, "").await;
    let mut calm_link = server.accept().await;
    let mut hasty = Page::ready(&gate, "").await;
    hasty.says(vec![b'x'; 1001]).await;
    assert_eq!(hasty.closed().await.0, 4011);
    assert_eq!(hits(&gate, "max_bytes_per_second").await, 1);
    calm.says("PNG\r\n").await;
    calm_link.hears("PNG\r\n").await;
}

#[tokio::test]
async fn a_page_that_sends_too_many_messages_is_closed_with_4011() {
    let server = FakeServer::start().await;
    let gate = limited(&server, |limits| limits.frames_per_second = Bound::at(1)).await;
    let mut page = Page::ready(&gate, "").await;
    for _ in 0..11 {
        page.says("PNG\r\n").await;
    }
    let (code, reason) = page.closed().await;
    assert_eq!(code, 4011);
    assert!(reason.contains("max_frames_per_second"), "{reason}");
}
