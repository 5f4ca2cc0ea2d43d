//! Canaries: what must stay secret goes through the gateway at the most talkative level, and is then looked
//! for in everything it says.
#![cfg(unix)]

use crate::support::{FakeServer, RawPage, Running, get, program};
use std::net::SocketAddr;

/// All that two people and a server say that is nobody else's business.
const SECRETS: [&str; 8] = [
    "canary-password",
    "canarydigest",
    "canary-cookie",
    "canary-hash",
    "canary-text",
    "canary-query",
    "canary-person",
    "canary%20name",
];

async fn story(running: &Running, server: &FakeServer, board: &FakeServer) -> String {
    let mut page = RawPage::ready(running.address, "?server=test&x=canary-query").await;
    let mut link = server.accept().await;
    let sign_in = "USR 3 MD5 S canarydigest\r\n";
    page.writes(&RawPage::frame(0x82, sign_in.as_bytes())).await;
    link.hears(sign_in).await;
    link.says("USR 3 OK canary-person@example.com canary%20name\r\nNLN NLN canary-person@example.com canary%20name\r\n").await;
    page.reads_frame().await;
    link.says("MSG canary-person@example.com A 28\r\nTo: canary-password\r\n\r\nabcde")
        .await;
    page.reads_frame().await;
    link.says(&format!("XFR 7 SB {} CKI canary-cookie\r\n", board.address))
        .await;
    let ticket = loop {
        let (opcode, line) = page.reads_frame().await;
        if opcode == 1 {
            let line = String::from_utf8(line).expect("text");
            break line.split(' ').nth(3).expect("a ticket").to_owned();
        }
    };
    let mut talk = RawPage::ready(running.address, &format!("?ticket={ticket}")).await;
    let mut room = board.accept().await;
    let text = "USR 1 canary-person@example.com canary-cookie\r\nMSG 2 A 11\r\ncanary-text";
    talk.writes(&RawPage::frame(0x82, text.as_bytes())).await;
    room.hears(text).await;
    room.says("MSG canary-person@example.com B 11\r\ncanary-text")
        .await;
    talk.reads_frame().await;
    // A referral, a forged ticket, a broken rule, a request that is none: each is said something about.
    link.says("XFR 8 NS 169.254.169.254:1863 0 canary-hash\r\n")
        .await;
    while page.reads_frame().await.0 != 8 {}
    for query in ["?ticket=canary-query", "?server=canary-query"] {
        let mut refused = RawPage::connect(running.address).await;
        let request = RawPage::request(running.address, query);
        refused.writes(request.as_bytes()).await;
        refused.skips_head().await;
        refused.closed().await;
    }
    talk.writes(&RawPage::frame(0x81, b"canary-text")).await;
    assert_eq!(talk.closed().await, 4013);
    let cookie = "Cookie: canary-cookie\r\nAuthorization: canary-password\r\n";
    get(running.address, "/msnp?canary-query", cookie).await;
    get(running.address, "/canary-query?canary-query", cookie).await;
    ticket
}

#[tokio::test]
async fn nothing_secret_is_in_any_log_line_at_any_level_nor_in_metrics() {
    for format in ["text", "json"] {
        let (server, board) = (FakeServer::start().await, FakeServer::start().await);
        let entry = format!("test={}", server.address);
        let mut command = program(&["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"]);
        command.args(["--server", &entry, "--log-format", format]);
        command.env("MSNP6_GATEWAY_LOG", "trace");
        let mut running = Running::start(&mut command).await;
        let admin = running.admin().await;
        let ticket = story(&running, &server, &board).await;
        let metrics = get(admin, "/metrics", "").await.text();
        running.signal("TERM").await;
        let log = running.log().await;
        assert!(log.matches("link closed").count() >= 4, "{log}");
        let (claims, tag) = ticket.split_once('.').expect("two parts");
        for secret in SECRETS.iter().chain(&["canary", claims, tag]) {
            assert!(!log.contains(secret), "{secret} in {log}");
            assert!(!metrics.contains(secret), "{secret} in {metrics}");
        }
        if format == "json" {
            check_json(&log, server.address);
        }
    }
}

/// Each line is an object, and what is said about a link stands beside its message.
fn check_json(log: &str, server: SocketAddr) {
    let mut opened = 0;
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect(line);
        for key in ["timestamp", "level", "message", "target"] {
            assert!(line[key].is_string(), "{key} in {line}");
        }
        if line["message"] == "link opened" && line["switchboard"].is_null() {
            opened += 1;
            assert_eq!(line["server"], "test");
            assert_eq!(line["address"], server.to_string());
        }
    }
    assert_eq!(opened, 1, "{log}");
}
