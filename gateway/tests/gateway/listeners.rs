//! Where pages come in: several addresses at once, Unix sockets, sockets of systemd.
#![cfg(unix)]

use crate::support::{FakeServer, RawPage, Running, soon};
use msnp6_gateway::{
    Config, Inherited, Listeners, ServerEntry,
    listen::{ListenAddr, PageListener},
    run,
};
use std::{
    net::SocketAddr,
    os::{
        fd::OwnedFd,
        unix::fs::{FileTypeExt as _, PermissionsExt as _},
    },
    path::Path,
    process::Stdio,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::UnixStream,
    sync::oneshot,
};

/// Bytes that open a link, and the beginning of what they are answered.
const OPENS: &[u8] = b"HTTP/1.1 101 ";

fn configured(server: &FakeServer, listen: &[&str]) -> Config {
    let address = server.address.to_string();
    let server = ServerEntry::new("test", &address).expect("an address");
    let mut config = Config::new(vec![server]).expect("random bytes");
    let listen = listen.iter().map(|text| text.parse().expect(text));
    config.listen = listen.collect();
    config
}

/// The path of a socket as `listen` names it.
fn unix(path: &Path) -> String {
    format!("unix:{}", path.display())
}

fn request(lines: &str) -> String {
    let address = SocketAddr::from(([127, 0, 0, 1], 80));
    RawPage::request(address, "").replacen("\r\n", &format!("\r\n{lines}"), 1)
}

/// Asks for a link at a Unix socket, and reads as much as `OPENS` has.
async fn asks(path: &Path, lines: &str) -> (UnixStream, Vec<u8>) {
    let mut page = soon("a connection", UnixStream::connect(path))
        .await
        .expect("a connection");
    page.write_all(request(lines).as_bytes())
        .await
        .expect("sent");
    let mut answer = vec![0; OPENS.len()];
    soon("an answer", page.read_exact(&mut answer))
        .await
        .expect("an answer");
    (page, answer)
}

const OWN: &str = "Origin: http://127.0.0.1\r\n";

#[tokio::test]
async fn a_link_through_a_unix_socket_carries_both_ways_and_ends_well() {
    let server = FakeServer::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.sock");
    let config = configured(&server, &[&unix(&path)]);
    let listeners = Listeners::open(&config, Inherited::default()).await;
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(run(listeners.expect("open"), config, async {
        let _ = stopped.await;
    }));
    let (mut page, answer) = asks(&path, OWN).await;
    assert_eq!(answer, OPENS);
    let mut link = server.accept().await;
    page.write_all(&RawPage::frame(0x82, b"VER 0 MSNP6\r\n"))
        .await
        .expect("written");
    link.hears("VER 0 MSNP6\r\n").await;
    link.says("VER 0 MSNP6\r\n").await;
    drop(link);
    let mut rest = Vec::new();
    // The last bytes come, then the close with 1000.
    let closed = b"\x82\x0dVER 0 MSNP6\r\n\x88";
    while !rest.windows(closed.len()).any(|part| part == closed) {
        let read = soon("the last bytes", page.read_buf(&mut rest)).await;
        assert_ne!(read.expect("read"), 0, "{}", rest.escape_ascii());
    }
    drop(page);
    drop(stop);
    let ended = soon("the gateway's end", running).await;
    ended.expect("no panic").expect("no error");
    assert!(!path.exists(), "the file goes with the gateway");
}

#[tokio::test]
async fn without_an_origin_nobody_passes_through_a_unix_socket() {
    let server = FakeServer::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.sock");
    let config = configured(&server, &[&unix(&path)]);
    let listeners = Listeners::open(&config, Inherited::default()).await;
    let running = run(listeners.expect("open"), config, std::future::pending());
    let running = tokio::spawn(running);
    let (_, answer) = asks(&path, "").await;
    assert_eq!(answer, b"HTTP/1.1 403 ");
    running.abort();
}

#[tokio::test]
async fn several_addresses_lead_to_one_gateway() {
    let server = FakeServer::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.sock");
    let config = configured(&server, &["127.0.0.1:0", &unix(&path), "[::1]:0"]);
    let listeners = Listeners::open(&config, Inherited::default())
        .await
        .expect("open");
    let addresses: Vec<_> = listeners
        .page
        .iter()
        .filter_map(PageListener::tcp_addr)
        .collect();
    let running = tokio::spawn(run(listeners, config, std::future::pending()));
    assert_eq!(addresses.len(), 2);
    for address in addresses {
        let connected = soon("a connection", tokio::net::TcpStream::connect(address)).await;
        let mut page = connected.expect("a connection");
        page.write_all(request("").as_bytes()).await.expect("sent");
        let mut answer = vec![0; OPENS.len()];
        soon("an answer", page.read_exact(&mut answer))
            .await
            .expect("an answer");
        assert_eq!(answer, OPENS, "{address}");
        server.accept().await;
    }
    let (_page, answer) = asks(&path, OWN).await;
    assert_eq!(answer, OPENS);
    server.accept().await;
    running.abort();
}

#[tokio::test]
async fn a_socket_file_has_the_mode_that_was_asked_for_and_replaces_one_that_nobody_listens_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.sock");
    // A gateway that was killed leaves its file.
    drop(std::os::unix::net::UnixListener::bind(&path).expect("a socket"));
    assert!(path.exists());
    let address = ListenAddr::Unix {
        path: path.clone(),
        mode: 0o640,
    };
    let listener = PageListener::open(&address).await;
    let listener = listener.expect("replaced");
    let metadata = std::fs::metadata(&path).expect("a file");
    assert!(metadata.file_type().is_socket());
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    // But one that somebody listens at is theirs, and so is a file that is no socket.
    let taken = PageListener::open(&address).await;
    let words = taken.expect_err("taken").to_string();
    assert!(words.contains("listen is unix:"), "{words}");
    drop(listener);
    std::fs::write(&path, "mine").expect("written");
    let taken = PageListener::open(&address).await;
    assert!(taken.is_err());
    assert_eq!(std::fs::read(&path).expect("still there"), b"mine");
}

#[tokio::test]
async fn a_page_through_a_trusted_unix_socket_is_whom_its_proxy_names() {
    let server = FakeServer::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.sock");
    let mut config = configured(&server, &[&unix(&path)]);
    config.trust.proxies = vec!["unix".parse().expect("a proxy")];
    config.servers[0].send_proxy = true;
    let listeners = Listeners::open(&config, Inherited::default()).await;
    let running = run(listeners.expect("open"), config, std::future::pending());
    let running = tokio::spawn(running);
    let lines = format!("{OWN}X-Forwarded-For: 1.2.3.4, 203.0.113.9\r\n");
    let (_page, answer) = asks(&path, &lines).await;
    assert_eq!(answer, OPENS);
    let mut link = server.accept().await;
    let mut header = [0; 20];
    soon("a PROXY header", link.0.read_exact(&mut header))
        .await
        .expect("a PROXY header");
    assert_eq!(header[12..], [0x21, 0x11, 0, 12, 203, 0, 113, 9]);
    running.abort();
}

#[tokio::test]
async fn sockets_of_systemd_take_the_place_of_listen() {
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    let tcp = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = tcp.local_addr().expect("an address");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.sock");
    let unix = std::os::unix::net::UnixListener::bind(&path).expect("a socket");
    // As systemd does it: descriptors from 3 on, and the number of the process that they are for.
    let start =
        "exec 3<&0 4<&2 0</dev/null 2>&1; export LISTEN_FDS=2 LISTEN_PID=$$; exec \"$0\" \"$@\"";
    let mut command = tokio::process::Command::new("sh");
    command
        .args(["-c", start, env!("CARGO_BIN_EXE_msnp6-gateway")])
        .args(["--listen", "127.0.0.1:1", "--server", &entry])
        .stdin(OwnedFd::from(tcp))
        .stdout(Stdio::piped())
        .stderr(OwnedFd::from(unix))
        .kill_on_drop(true);
    let mut running = Running::start(&mut command).await;
    assert_eq!(running.address, address);
    RawPage::ready(address, "").await;
    let (page, answer) = asks(&path, OWN).await;
    assert_eq!(answer, OPENS);
    drop(page);
    running.signal("TERM").await;
    assert_eq!(running.status().await, Some(0));
    assert!(path.exists(), "the file is systemd's");
}

#[tokio::test]
async fn a_descriptor_that_is_no_socket_for_pages_is_refused_in_words() {
    let start = "exec 3</dev/null; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$0\" \"$@\"";
    let mut command = tokio::process::Command::new("sh");
    command
        .args(["-c", start, env!("CARGO_BIN_EXE_msnp6-gateway"), "--demo"])
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let output = soon("the program's end", command.output())
        .await
        .expect("started");
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8(output.stderr).expect("text");
    assert!(words.contains("LISTEN_FDS"), "{words}");
}
