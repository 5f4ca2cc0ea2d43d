//! How the program comes and goes as systemd sees it, and what it does when descriptors run out.
#![cfg(target_os = "linux")]

use crate::support::{FakeServer, Gate, RawPage, Running, free, program, soon};
use std::{collections::BTreeSet, net::SocketAddr, process::Stdio, time::Duration};
use tokio::{
    net::{TcpStream, UnixDatagram},
    process::Command,
};

async fn told(socket: &UnixDatagram) -> String {
    let mut message = [0; 256];
    let count = soon("a word to systemd", socket.recv(&mut message)).await;
    String::from_utf8_lossy(&message[..count.expect("a message")]).into_owned()
}

#[tokio::test]
async fn systemd_hears_that_the_gateway_is_ready_lives_reads_its_configuration_again_and_stops() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).expect("a socket");
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    let mut command = program(&["--listen", "127.0.0.1:0", "--server", &entry]);
    command
        .env("NOTIFY_SOCKET", &path)
        .env("WATCHDOG_USEC", "200000");
    let mut running = Running::start(&mut command).await;
    assert_eq!(told(&socket).await, "READY=1\n");
    for _ in 0..3 {
        assert_eq!(told(&socket).await, "WATCHDOG=1\n");
    }
    running.signal("HUP").await;
    let mut words = told(&socket).await;
    while words == "WATCHDOG=1\n" {
        words = told(&socket).await;
    }
    assert!(words.starts_with("RELOADING=1\nMONOTONIC_USEC="), "{words}");
    while told(&socket).await != "READY=1\n" {}
    let mut page = RawPage::ready(running.address, "").await;
    running.signal("TERM").await;
    assert_eq!(page.closed().await, 4014);
    while told(&socket).await != "STOPPING=1\n" {}
    // The page has not answered yet: whoever watches still hears that the gateway lives.
    assert_eq!(told(&socket).await, "WATCHDOG=1\n");
    drop(page);
    assert_eq!(running.status().await, Some(0));
}

#[tokio::test]
async fn without_systemd_nobody_is_told_and_nothing_is_said_about_it() {
    let server = FakeServer::start().await;
    let mut running = Running::before(&server).await;
    running.signal("TERM").await;
    let log = running.log().await;
    assert!(!log.contains("systemd"), "{log}");
    assert_eq!(running.status().await, Some(0));
}

#[tokio::test]
async fn a_stop_waits_for_links_no_longer_than_drain_seconds_and_exits_with_0() {
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    // A port that nobody else is given once it is free again.
    let listen = free().to_string();
    let mut command = program(&["--listen", &listen, "--server", &entry]);
    command.args(["--drain-seconds", "1"]);
    let mut running = Running::start(&mut command).await;
    // It never answers the close.
    let mut page = RawPage::ready(running.address, "").await;
    running.signal("TERM").await;
    assert_eq!(page.closed().await, 4014);
    // Links are told and listeners closed at the same time: whichever comes first.
    soon("a refused connection", async {
        while TcpStream::connect(running.address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(running.status().await, Some(0));
    let log = running.log().await;
    assert!(log.contains("not every link left in time"), "{log}");
}

#[tokio::test]
async fn pages_are_told_to_come_back_at_different_times() {
    let server = FakeServer::start().await;
    let mut gate = Gate::before(&server).await;
    let mut pages = Vec::new();
    for _ in 0..30 {
        pages.push(RawPage::ready(gate.address, "").await);
    }
    gate.stop();
    let mut seconds = BTreeSet::new();
    for page in &mut pages {
        let (opcode, payload) = page.reads_frame().await;
        assert_eq!((opcode, &payload[..2]), (8, &4014u16.to_be_bytes()[..]));
        seconds.insert(String::from_utf8_lossy(&payload[2..]).into_owned());
    }
    assert!(seconds.len() >= 3, "{seconds:?}");
}

/// More connections than the program has descriptors for; the system accepts them in its place.
async fn crowd(address: SocketAddr) -> Vec<TcpStream> {
    let mut crowd = Vec::new();
    for _ in 0..40 {
        let one = soon("a connection", TcpStream::connect(address)).await;
        crowd.push(one.expect("queued"));
    }
    crowd
}

/// A page with a link, as soon as what the crowd held has come back: until then there is nothing left to dial
/// the server with.
async fn gets_in(address: SocketAddr) -> RawPage {
    soon("a link", async {
        loop {
            let mut page = RawPage::connect(address).await;
            page.writes(RawPage::request(address, "").as_bytes()).await;
            page.skips_head().await;
            match page.reads_frame().await {
                (1, _) => return page,
                (_, payload) => assert_eq!(payload[..2], 4015u16.to_be_bytes()),
            }
        }
    })
    .await
}

#[tokio::test]
async fn accepting_goes_on_when_descriptors_run_out_and_come_back_and_is_told_once() {
    let server = FakeServer::start().await;
    let entry = format!("test={}", server.address);
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 24 && exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_msnp6-gateway"))
        .args(["--listen", "127.0.0.1:0", "--server", &entry])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut running = Running::start(&mut command).await;
    let crowd = crowd(running.address).await;
    running.log_line("cannot accept connections").await;
    drop(crowd);
    // The pause between tries is a second at most.
    let mut page = gets_in(running.address).await;
    let mut link = server.accept().await;
    page.writes(&RawPage::frame(0x82, b"PNG\r\n")).await;
    link.hears("PNG\r\n").await;
    let crowd = self::crowd(running.address).await;
    // Long enough for tries that fail; the log has to stay as it is.
    let more = tokio::time::timeout(
        Duration::from_millis(500),
        running.log_line("cannot accept"),
    );
    assert!(more.await.is_err(), "it was said again");
    drop(crowd);
    gets_in(running.address).await;
    running.signal("TERM").await;
    assert_eq!(running.status().await, Some(0));
}
