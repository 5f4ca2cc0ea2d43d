//! Another configuration while links are open: all of it or nothing, for those who come next.
#![cfg(unix)]

use crate::{
    metrics::{becomes, samples},
    support::{Authority, FakeServer, Gate, Page, RawPage, Running, get, program, request, soon},
    tls,
};
use msnp6_gateway::{Bound, Config, ServerEntry, ticket::TicketKeys};
use std::fs;
use tempfile::NamedTempFile;
use tokio::io::AsyncReadExt as _;

fn entry(name: &str, server: &FakeServer) -> ServerEntry {
    ServerEntry::new(name, &server.address.to_string()).expect("an address")
}

#[tokio::test]
async fn new_links_get_the_new_servers_and_open_ones_keep_theirs() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let gate = Gate::start(vec![entry("old", &old)], |_| {}).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = old.accept().await;
    assert!(gate.reload(vec![entry("new", &new)], |_| {}).await);
    let mut next = Page::ready(&gate, "").await;
    let mut next_link = new.accept().await;
    next.says("VER 1 MSNP6\r\n").await;
    next_link.hears("VER 1 MSNP6\r\n").await;
    assert_eq!(
        Page::open(&gate, "?server=old").await.closed().await.0,
        4006
    );
    let config = get(gate.address, "/config.json", "").await.text();
    assert!(
        config.contains("\"new\"") && !config.contains("\"old\""),
        "{config}"
    );
    page.says("PNG\r\n").await;
    link.hears("PNG\r\n").await;
    link.says("QNG\r\n").await;
    page.hears_bytes("QNG\r\n").await;
    let found = samples(&get(gate.admin, "/metrics", "").await.text());
    for server in ["old", "new"] {
        let series = format!("msnp6_gateway_links{{server=\"{server}\"}}");
        assert!((found[&series] - 1.0).abs() < f64::EPSILON, "{found:?}");
    }
}

#[tokio::test]
async fn new_limits_count_links_from_before() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let page = Page::ready(&gate, "").await;
    let with_one = |config: &mut Config| config.limits.links = Bound::at(1);
    assert!(gate.reload(vec![entry("test", &server)], with_one).await);
    assert_eq!(Page::open(&gate, "").await.closed().await.0, 4010);
    drop(page);
    becomes(&gate, "msnp6_gateway_links{server=\"test\"}", 0.0).await;
    Page::ready(&gate, "").await;
}

#[tokio::test]
async fn a_connection_that_is_kept_is_answered_with_what_is_in_force() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = RawPage::connect(gate.address).await;
    let head = format!("GET /msnp HTTP/1.1\r\nHost: {}\r\n\r\n", gate.address);
    page.writes(head.as_bytes()).await;
    let mut answer = Vec::new();
    while !answer.ends_with(b"pass Upgrade on.\n") {
        let byte = soon("a byte", page.0.read_u8()).await;
        answer.push(byte.expect("a byte"));
    }
    let other = FakeServer::start().await;
    assert!(gate.reload(vec![entry("other", &other)], |_| {}).await);
    page.writes(RawPage::request(gate.address, "").as_bytes())
        .await;
    page.skips_head().await;
    page.reads_frame().await;
    other.accept().await;
    assert!(server.is_alone().await);
}

#[tokio::test]
async fn tickets_that_are_out_stay_good_unless_the_key_file_says_otherwise() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    let line = format!("XFR 4 SB {} CKI 1.2\r\n", server.address);
    link.says(&line).await;
    let query = format!("?ticket={}", page.ticket().await);
    assert!(gate.reload(vec![entry("test", &server)], |_| {}).await);
    Page::ready(&gate, &query).await;
    let keys = TicketKeys::parse(&"k".repeat(32)).expect("a key");
    let with_keys = |config: &mut Config| config.ticket_keys = keys;
    assert!(gate.reload(vec![entry("test", &server)], with_keys).await);
    assert_eq!(Page::open(&gate, &query).await.closed().await.0, 4007);
}

#[tokio::test]
async fn another_certificate_comes_with_the_configuration() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let (one, other) = (
        authority.names(tls::NAME),
        authority.names("other.example.org"),
    );
    let gate = Gate::with(&server, tls::with(&one)).await;
    assert!(authority.connect(&gate, tls::NAME).await.is_ok());
    assert!(
        gate.reload(vec![entry("test", &server)], tls::with(&other))
            .await
    );
    assert!(authority.connect(&gate, "other.example.org").await.is_ok());
    assert!(authority.connect(&gate, tls::NAME).await.is_err());
    // Whether there is TLS at all is a matter of listening.
    assert!(gate.reload(vec![entry("test", &server)], |_| {}).await);
    assert!(authority.connect(&gate, "other.example.org").await.is_ok());
}

#[tokio::test]
async fn without_a_server_left_nothing_is_taken() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    // The built-in server begins with the gateway, or not at all.
    assert!(!gate.reload(Vec::new(), |config| config.demo = true).await);
    becomes(
        &gate,
        "msnp6_gateway_config_reloads_total{result=\"refused\"}",
        1.0,
    )
    .await;
    Page::ready(&gate, "").await;
}

/// A program with a file, the file, and where its metrics are.
async fn started(text: &str) -> (Running, NamedTempFile, std::net::SocketAddr) {
    let file = NamedTempFile::new().expect("a file");
    fs::write(file.path(), text).expect("written");
    let path = file.path().to_str().expect("a path");
    let mut running = Running::start(&mut program(&["--config", path])).await;
    let admin = running.admin().await;
    (running, file, admin)
}

/// The keys that every file here has.
fn keys(server: &FakeServer) -> String {
    let address = server.address;
    format!(
        "listen = '127.0.0.1:0'\nadmin_listen = '127.0.0.1:0'\n\
         [[server]]\nname = 'test'\naddress = '{address}'\n"
    )
}

#[tokio::test]
async fn a_hangup_makes_the_program_read_its_file_again_and_name_what_needs_a_restart() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let (mut running, file, admin) = started(&keys(&old)).await;
    let text = keys(&new).replace("listen = '127.0.0.1:0'", "listen = '127.0.0.1:1'");
    fs::write(file.path(), format!("log_format = 'json'\n{text}")).expect("written");
    running.signal("HUP").await;
    running.log_line("configuration taken").await;
    let line = running.log_line("restarted").await;
    assert!(
        line.contains("\"listen, admin_listen, log_format\""),
        "{line}"
    );
    RawPage::ready(running.address, "").await;
    new.accept().await;
    assert!(old.is_alone().await);
    let text = get(admin, "/metrics", "").await.text();
    let taken = "msnp6_gateway_config_reloads_total{result=\"taken\"} 1\n";
    assert!(text.contains(taken), "{text}");
    running.signal("TERM").await;
    assert_eq!(running.status().await, Some(0));
}

#[tokio::test]
async fn a_file_that_is_wrong_changes_nothing_and_is_named_with_what_is_allowed() {
    let (old, new) = (FakeServer::start().await, FakeServer::start().await);
    let (mut running, file, admin) = started(&keys(&old)).await;
    for (wrong, words) in [
        (
            "connect_seconds = 0",
            "connect_seconds is \"0\", which is not a whole number",
        ),
        ("conect_seconds = 1", "unknown field `conect_seconds`"),
    ] {
        fs::write(file.path(), format!("{wrong}\n{}", keys(&new))).expect("written");
        running.signal("HUP").await;
        running.log_line(words).await;
    }
    RawPage::ready(running.address, "").await;
    old.accept().await;
    assert!(new.is_alone().await);
    let text = get(admin, "/metrics", "").await.text();
    let refused = "msnp6_gateway_config_reloads_total{result=\"refused\"} 2\n";
    assert!(text.contains(refused), "{text}");
    let answer = request(admin, "GET /readyz HTTP/1.1\r\nHost: a\r\n").await;
    assert_eq!(answer.status, 200);
}
