//! Referrals to another notification server (design §3.2), and which addresses are dialled.

use crate::support::{FakeLink, FakeServer, Gate, Heard, Page};
use msnp6_gateway::resolve::FixedResolver;
use std::sync::Arc;

fn referral(to: &FakeServer) -> String {
    format!("XFR 3 NS {} 0\r\n", to.address)
}

/// A page with an open link to a server.
async fn linked(gate: &Gate, server: &FakeServer) -> (Page, FakeLink) {
    let page = Page::ready(gate, "").await;
    (page, server.accept().await)
}

#[tokio::test]
async fn a_referral_is_followed_on_the_same_socket() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&old).await;
    let (mut page, mut link) = linked(&gate, &old).await;
    page.says("USR 3 MD5 I alice@example.com\r\n").await;
    link.hears("USR 3 MD5 I alice@example.com\r\n").await;
    link.says(&referral(&new)).await;
    page.hears_bytes(&referral(&new)).await;
    page.hears_ready(new.address).await;
    let mut next = new.accept().await;
    page.says("VER 4 MSNP6\r\n").await;
    next.hears("VER 4 MSNP6\r\n").await;
    next.says("VER 4 MSNP6\r\n").await;
    page.hears_bytes("VER 4 MSNP6\r\n").await;
    assert_eq!(link.hears_the_rest().await, b"");
}

#[tokio::test]
async fn what_the_old_server_says_after_a_referral_is_not_delivered() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&old).await;
    let (mut page, mut link) = linked(&gate, &old).await;
    link.says(&format!("{}OUT SSD\r\n", referral(&new))).await;
    page.hears_bytes(&referral(&new)).await;
    page.hears_ready(new.address).await;
    new.accept().await.says("QNG\r\n").await;
    page.hears_bytes("QNG\r\n").await;
}

#[tokio::test]
async fn a_referral_in_mid_session_is_followed_too() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&old).await;
    let (mut page, mut link) = linked(&gate, &old).await;
    link.says("USR 4 OK alice@example.com Alice 1\r\n").await;
    page.hears_bytes("USR 4 OK alice@example.com Alice 1\r\n")
        .await;
    let line = format!("XFR 0 NS {} 0 127.0.0.1:1863\r\n", new.address);
    link.says(&line).await;
    page.hears_bytes(&line).await;
    page.hears_ready(new.address).await;
}

#[tokio::test]
async fn what_was_meant_for_the_old_server_does_not_reach_the_new_one() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&old).await;
    let (mut page, mut link) = linked(&gate, &old).await;
    link.says(&referral(&new)).await;
    let mut next = new.accept().await;
    // On its way when the referral came; read by the gateway before or after READY.
    page.says("PNG\r\n").await;
    page.says("QRY 9 msmsgs@msnmsgr.com 4\r\nabcd").await;
    page.hears_bytes(&referral(&new)).await;
    page.hears_ready(new.address).await;
    page.says("VER 4 MSNP6\r\n").await;
    next.hears("VER 4 MSNP6\r\n").await;
}

#[tokio::test]
async fn address_0_means_stay() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let (mut page, mut link) = linked(&gate, &server).await;
    link.says("XFR 0 NS 0\r\n").await;
    page.hears_bytes("XFR 0 NS 0\r\n").await;
    page.says("VER 4 MSNP6\r\n").await;
    link.hears("VER 4 MSNP6\r\n").await;
}

#[tokio::test]
async fn a_referral_inside_a_message_is_text() {
    let (server, other) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&server).await;
    let (mut page, mut link) = linked(&gate, &server).await;
    let smuggled = format!("\r\n{}", referral(&other));
    let message = format!(
        "MSG bob@example.com Bob {}\r\n{smuggled}QNG\r\n",
        smuggled.len()
    );
    link.says(&message).await;
    page.hears_bytes(&message).await;
    page.says("PNG\r\n").await;
    link.hears("PNG\r\n").await;
    assert!(other.is_alone().await);
}

#[tokio::test]
async fn a_switchboard_inside_a_message_gets_no_ticket() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let (mut page, mut link) = linked(&gate, &server).await;
    let smuggled = "\r\nRNG 1 127.0.0.1:22 CKI 1.2 bob@example.com Bob\r\n";
    let message = format!("MSG bob@example.com Bob {}\r\n{smuggled}", smuggled.len());
    link.says(&format!("{message}QNG\r\n")).await;
    page.hears_bytes(&format!("{message}QNG\r\n")).await;
}

#[tokio::test]
async fn addresses_that_policy_refuses_are_denied_and_close_with_4009() {
    let server = FakeServer::start().await;
    let hosts: [(&str, &[&str]); 1] = [("rebound.example.net", &["169.254.169.254"])];
    let gate = Gate::with(&server, |config| {
        config.resolver = Arc::new(FixedResolver::new(&hosts));
    })
    .await;
    for address in [
        "169.254.169.254:80",
        "0.0.0.0:22",
        "224.0.0.1:1863",
        "10.0.0.5:1863",
        "192.168.1.1:1863",
        "255.255.255.255:1863",
        "[::ffff:169.254.169.254]:80",
        "[fe80::1]:1863",
        "rebound.example.net:80",
    ] {
        let (mut page, mut link) = linked(&gate, &server).await;
        let line = format!("XFR 3 NS {address} 0\r\n");
        link.says(&line).await;
        page.hears_bytes(&line).await;
        assert_eq!(page.line().await.encode(), format!("DENIED NS {address}"));
        assert_eq!(page.closed().await.0, 4009, "{address}");
    }
}

#[tokio::test]
async fn five_referrals_in_a_row_are_followed_and_no_sixth() {
    let servers = [FakeServer::start().await, FakeServer::start().await];
    let gate = Gate::before(&servers[0]).await;
    let mut page = Page::ready(&gate, "").await;
    for hop in 0..6 {
        let (here, there) = (&servers[hop % 2], &servers[(hop + 1) % 2]);
        let mut link = here.accept().await;
        link.says(&referral(there)).await;
        page.hears_bytes(&referral(there)).await;
        if hop < 5 {
            page.hears_ready(there.address).await;
        }
    }
    let (code, reason) = page.closed().await;
    assert!(
        code == 4009 && reason.contains("without end"),
        "{code} {reason}"
    );
}

#[tokio::test]
async fn a_referral_to_where_nobody_listens_closes_with_4001() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let (mut page, mut link) = linked(&gate, &server).await;
    let gone = FakeServer::start().await;
    let line = referral(&gone);
    drop(gone);
    link.says(&line).await;
    page.hears_bytes(&line).await;
    assert_eq!(page.closed().await.0, 4001);
}

#[tokio::test]
async fn a_mapped_address_is_dialled_elsewhere_and_named_as_the_server_did() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let rule = format!("10.0.0.5:1863={}", new.address);
    let gate = Gate::with(&old, |config| {
        config.transfer.map = vec![rule.parse().expect("a rule")];
    })
    .await;
    let (mut page, mut link) = linked(&gate, &old).await;
    link.says("XFR 3 NS 10.0.0.5:1863 0\r\n").await;
    page.hears_bytes("XFR 3 NS 10.0.0.5:1863 0\r\n").await;
    page.hears_ready("10.0.0.5:1863".parse().expect("an address"))
        .await;
    page.says("VER 4 MSNP6\r\n").await;
    new.accept().await.hears("VER 4 MSNP6\r\n").await;
}

#[tokio::test]
async fn a_page_that_leaves_during_a_referral_is_noticed() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::before(&old).await;
    let (mut page, mut link) = linked(&gate, &old).await;
    link.says(&referral(&new)).await;
    page.hears_bytes(&referral(&new)).await;
    page.closes().await;
    assert_eq!(new.accept().await.hears_the_rest().await, b"");
}

#[tokio::test]
async fn a_server_that_sends_no_msnp_closes_with_4013() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    for nonsense in ["MSG a@b.c A many\r\n".to_owned(), "x".repeat(9000)] {
        let (mut page, mut link) = linked(&gate, &server).await;
        link.says(&format!("QNG\r\n{nonsense}")).await;
        assert_eq!(page.hears().await, Heard::Bytes(b"QNG\r\n".to_vec()));
        assert_eq!(page.closed().await.0, 4013);
    }
}
