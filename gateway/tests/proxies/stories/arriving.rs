//! How a browser arrives: by TLS, and leaving nothing in the proxy's logs that opens a link.

use crate::{
    site::{Kind, Site, asked, eventually},
    support::{FakeServer, Page, get, request_for_socket, soon},
};
use futures_util::{SinkExt as _, StreamExt as _};
use std::{net::SocketAddr, path::PathBuf, process::Stdio};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    process::{Child, Command},
};
use tokio_tungstenite::{client_async, tungstenite::Message};

/// A link opens by TLS, as the file is shipped, and carries both ways.
pub(crate) async fn by_tls_a_link_carries_both_ways(kind: Kind) {
    if !asked() {
        return;
    }
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    let site = Site::with_one(kind, &entry, &[]).await;
    let (_child, stream) = tls(site.proxy.doors.tls, site.file("site.pem"));
    let request = request_for_socket("https", &site.proxy.doors.tls.to_string(), "");
    let opened = soon("an open socket", client_async(request, stream)).await;
    let (mut socket, _) = opened.expect("an open socket");
    let ready = soon("READY", socket.next()).await;
    let ready = ready.expect("a message").expect("a message");
    assert_eq!(ready, Message::text(format!("READY {}", server.address)));
    let mut link = server.accept().await;
    let sent = soon("sending", socket.send(Message::binary("VER 0 MSNP6\r\n"))).await;
    sent.expect("sent");
    link.hears("VER 0 MSNP6\r\n").await;
    link.says("VER 0 MSNP6\r\n").await;
    let heard = soon("an answer", socket.next()).await;
    let heard = heard.expect("a message").expect("a message");
    assert_eq!(heard, Message::binary("VER 0 MSNP6\r\n"));
}

/// Bytes through TLS: `openssl` does it, and believes this certificate alone.
fn tls(door: SocketAddr, certificate: PathBuf) -> (Child, impl AsyncRead + AsyncWrite + Unpin) {
    let mut openssl = Command::new("openssl");
    openssl
        .args(["s_client", "-quiet", "-verify_return_error", "-connect"])
        .arg(door.to_string())
        .arg("-CAfile")
        .arg(certificate)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let mut child = openssl.spawn().expect("openssl");
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let stream = tokio::io::join(stdout.expect("a pipe"), stdin.expect("a pipe"));
    (child, stream)
}

/// Who asks without TLS is sent to it.
pub(crate) async fn without_tls_everybody_is_sent_to_it(kind: Kind) {
    if !asked() {
        return;
    }
    let site = Site::with_one(kind, "test=127.0.0.1:9", &[]).await;
    let host = "Host: chat.example.org\r\n";
    let head = format!("GET /a?b HTTP/1.1\r\n{host}");
    let answer = crate::support::request(site.proxy.doors.redirect, &head).await;
    assert_eq!(answer.status, 301);
    assert_eq!(answer.header("location"), "https://chat.example.org/a?b");
}

/// Tickets stand in queries. Whether a link opens, is refused, or finds no gateway: they are in no log.
pub(crate) async fn no_log_has_a_ticket(kind: Kind) {
    if !asked() {
        return;
    }
    let mut site = Site::start(kind, "test=127.0.0.1:9", &[]).await;
    let door = site.proxy.doors.plain;
    let mut page = Page::open_at(door, "?ticket=canary").await;
    assert_eq!(page.closed().await.0, 4007);
    drop(page);
    for instance in &mut site.instances {
        instance.ends_by("KILL").await;
    }
    let answer = get(door, "/msnp?ticket=canary", "").await;
    assert!([502, 503].contains(&answer.status), "{answer:?}");
    eventually("both requests in the log", async || {
        site.log().matches("/msnp ").count() == 2
    })
    .await;
    for entry in std::fs::read_dir(site.file("")).expect("the folder") {
        let bytes = std::fs::read(entry.expect("a file").path()).unwrap_or_default();
        assert!(!bytes.windows(6).any(|bytes| bytes == b"canary"));
    }
}
