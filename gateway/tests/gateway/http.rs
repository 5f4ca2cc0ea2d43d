//! The other routes (design §3.5): the page's files, its configuration, who may open a socket, and the
//! private listener.

use crate::support::{FakeServer, Gate, Page, RawPage, get, request, soon};
use std::{fs, time::Duration};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const HASHED: &str = "msnp6-client-0123456789abcdef_bg.wasm";

/// A gateway with a page, and the folder of the page.
async fn site() -> (Gate, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: &str| fs::write(folder.path().join(name), content);
    write("index.html", "<!doctype html>").expect("written");
    write(HASHED, "plain").expect("written");
    write(&format!("{HASHED}.br"), "brotli").expect("written");
    write(&format!("{HASHED}.gz"), "gzip").expect("written");
    write(".secret", "hidden").expect("written");
    fs::create_dir(folder.path().join("sounds")).expect("a folder");
    write("sounds/new.wav", "ding").expect("written");
    let server = FakeServer::start().await;
    let root = folder.path().to_owned();
    let gate = Gate::with(&server, |config| config.web_root = Some(root)).await;
    (gate, folder)
}

#[tokio::test]
async fn the_page_is_served_with_a_strict_policy_and_revalidated() {
    let (gate, _folder) = site().await;
    let answer = get(gate.address, "/", "").await;
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (200, "<!doctype html>")
    );
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
    assert!(answer.headers.contains_key("permissions-policy"));
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("'wasm-unsafe-eval'"));
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    let known = format!("If-None-Match: \"other\", {}\r\n", answer.header("etag"));
    let again = get(gate.address, "/", &known).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[tokio::test]
async fn errors_have_the_policy_too() {
    let (gate, _folder) = site().await;
    for path in ["/nothing", "/msnp"] {
        let answer = get(gate.address, path, "").await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_hashed_file_is_kept_for_ever_and_comes_in_the_form_that_is_accepted() {
    let (gate, _folder) = site().await;
    for (accepted, encoding, content) in [
        ("", None, "plain"),
        ("Accept-Encoding: gzip, br\r\n", Some("br"), "brotli"),
        ("Accept-Encoding: gzip, br;q=0\r\n", Some("gzip"), "gzip"),
        ("Accept-Encoding: zstd\r\n", None, "plain"),
    ] {
        let answer = get(gate.address, &format!("/{HASHED}"), accepted).await;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, content),
            "{accepted}"
        );
        let named = answer.headers.get("content-encoding").map(String::as_str);
        assert_eq!(named, encoding, "{accepted}");
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("vary"), "Accept-Encoding");
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
    }
}

#[tokio::test]
async fn head_has_no_body_but_its_length() {
    let (gate, _folder) = site().await;
    let head = format!("HEAD / HTTP/1.1\r\nHost: {}\r\n", gate.address);
    let answer = request(gate.address, &head).await;
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_eq!(answer.header("content-length"), "15");
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let (gate, folder) = site().await;
    let outside = folder
        .path()
        .parent()
        .expect("a parent")
        .join("outside-of-the-page.txt");
    fs::write(&outside, "secret").expect("written");
    for path in [
        "/../outside-of-the-page.txt",
        "/..%2foutside-of-the-page.txt",
        "/%2e%2e/outside-of-the-page.txt",
        "/sounds/../../outside-of-the-page.txt",
        "//outside-of-the-page.txt",
        "/..\\outside-of-the-page.txt",
        "/.secret",
        "/sounds",
        "/sounds/",
        &format!("/{HASHED}.br"),
        "/index.html/",
    ] {
        let answer = get(gate.address, path, "").await;
        assert!(
            [400, 404].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.text().contains("secret"), "{path}");
    }
    fs::remove_file(outside).expect("removed");
    let inside = get(gate.address, "/sounds/new.wav?x=1", "").await;
    assert_eq!((inside.status, inside.text().as_str()), (200, "ding"));
}

#[tokio::test]
async fn without_a_page_it_says_how_to_build_one() {
    let server = FakeServer::start().await;
    let empty = tempfile::tempdir().expect("a folder");
    let root = empty.path().to_owned();
    let gate = Gate::with(&server, |config| config.web_root = Some(root)).await;
    let answer = get(gate.address, "/", "").await;
    assert!(
        answer.status == 404 && answer.text().contains("cargo xtask"),
        "{answer:?}"
    );
}

#[tokio::test]
async fn other_methods_are_refused() {
    let (gate, _folder) = site().await;
    let head = format!(
        "POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\n",
        gate.address
    );
    let answer = request(gate.address, &head).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"));
}

#[tokio::test]
async fn the_configuration_names_the_servers() {
    let (gate, _folder) = site().await;
    let answer = get(gate.address, "/config.json", "").await;
    let version = env!("CARGO_PKG_VERSION");
    let expected =
        format!(r#"{{"version":"{version}","servers":[{{"name":"test","label":"test"}}]}}"#);
    assert_eq!((answer.status, answer.text()), (200, expected));
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_demo_names_its_accounts() {
    let gate = Gate::start(Vec::new(), |config| config.demo = true).await;
    let config: serde_json::Value =
        serde_json::from_str(&get(gate.address, "/config.json", "").await.text()).expect("JSON");
    assert_eq!(config["servers"][0]["name"], "demo");
    let account = &config["demo"]["accounts"][0];
    assert_eq!(
        (&account["handle"], &account["password"]),
        (&"alice@example.com".into(), &"demo".into())
    );
}

#[tokio::test]
async fn a_page_of_somebody_else_may_not_open_a_socket() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let handshake = RawPage::request(gate.address, "");
    let headers = handshake
        .split_once("Connection: Upgrade\r\n")
        .expect("headers")
        .1;
    let upgrade = headers.trim_end_matches("\r\n");
    for (origin, is_ours) in [
        ("https://evil.example".to_owned(), false),
        ("null".to_owned(), false),
        (format!("http://{}", gate.address), true),
    ] {
        let head = format!(
            "GET /msnp HTTP/1.1\r\nHost: {}\r\nOrigin: {origin}\r\n{upgrade}\r\nConnection: Upgrade\r\n\r\n",
            gate.address
        );
        let mut page = RawPage::connect(gate.address).await;
        page.writes(head.as_bytes()).await;
        let mut status = [0; 12];
        soon("an answer", page.0.read_exact(&mut status))
            .await
            .expect("an answer");
        let expected = if is_ours {
            b"HTTP/1.1 101"
        } else {
            b"HTTP/1.1 403"
        };
        assert_eq!(&status, expected, "{origin}");
    }
}

#[tokio::test]
async fn a_head_that_never_ends_is_given_up() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.http_head = Duration::from_millis(100);
    })
    .await;
    let mut page = RawPage::connect(gate.address).await;
    page.writes(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await;
    let mut answer = Vec::new();
    let read = soon("the end of the connection", page.0.read_to_end(&mut answer)).await;
    read.expect("an end");
}

#[tokio::test]
async fn a_head_that_is_too_long_is_refused() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let long = format!("X-Long: {}\r\n", "x".repeat(60_000));
    let answer = get(gate.address, "/config.json", &long).await;
    assert_eq!(answer.status, 431);
}

#[tokio::test]
async fn what_stands_in_a_body_is_never_answered_as_a_request() {
    const INNER: &str = "GET /config.json HTTP/1.1\r\nHost: x\r\n\r\n";
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let length = format!("Content-Length: {}\r\n", INNER.len());
    let chunk = format!("{:x}\r\n{INNER}\r\n0\r\n\r\n", INNER.len());
    for (line, headers, body) in [
        ("POST /", length.as_str(), INNER),
        ("GET /", &length, INNER),
        ("POST /", "Transfer-Encoding: chunked\r\n", &chunk),
        (
            "POST /",
            &format!("Transfer-Encoding: chunked\r\n{length}"),
            &chunk,
        ),
        (
            "POST /",
            &format!("{length}Transfer-Encoding: xchunked\r\n"),
            INNER,
        ),
        ("POST /", &format!("{length}Content-Length: 0\r\n"), INNER),
        ("POST /", "Content-Length: +0\r\n", INNER),
        ("GET /msnp", &length, INNER),
    ] {
        let mut page = RawPage::connect(gate.address).await;
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n{body}",
            gate.address
        );
        page.writes(request.as_bytes()).await;
        soon("the end of what it says", page.0.shutdown())
            .await
            .expect("an end");
        let mut answer = Vec::new();
        let read = soon("the end of the connection", page.0.read_to_end(&mut answer)).await;
        let answer = String::from_utf8_lossy(&answer);
        // A connection that is closed with something unread may end in a reset.
        assert!(read.is_ok() || !answer.is_empty(), "{line} {headers}");
        assert_eq!(
            answer.matches("HTTP/1.1 ").count(),
            1,
            "{line} {headers}: {answer}"
        );
        assert!(
            !answer.contains("\"servers\""),
            "{line} {headers}: {answer}"
        );
    }
}

#[tokio::test]
async fn health_and_metrics_are_on_the_private_listener_only() {
    let server = FakeServer::start().await;
    let gate = Gate::before(&server).await;
    let page = Page::ready(&gate, "").await;
    assert_eq!(get(gate.admin, "/healthz", "").await.status, 200);
    assert_eq!(get(gate.admin, "/readyz", "").await.status, 200);
    let metrics = get(gate.admin, "/metrics", "").await.text();
    assert!(
        metrics.contains("\nmsnp6_gateway_links{server=\"test\"} 1\n"),
        "{metrics}"
    );
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(get(gate.address, path, "").await.status, 404, "{path}");
    }
    drop(page);
}

#[tokio::test]
async fn it_is_not_ready_while_it_stops() {
    let server = FakeServer::start().await;
    let mut gate = Gate::before(&server).await;
    let mut page = Page::ready(&gate, "").await;
    gate.stop();
    assert_eq!(page.closed().await.0, 4014);
    assert_eq!(get(gate.admin, "/readyz", "").await.status, 503);
    assert_eq!(get(gate.admin, "/healthz", "").await.status, 200);
}
