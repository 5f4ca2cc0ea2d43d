//! A server with several addresses: the first one that answers is taken, and named to the page.

use crate::support::{FakeServer, Gate, Page, soon};
use msnp6_gateway::ServerEntry;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

async fn before(first: SocketAddr, second: &FakeServer) -> Gate {
    let addresses = format!("{first}+{}", second.address);
    let server = ServerEntry::new("test", &addresses).expect("two addresses");
    Gate::start(vec![server], |_| {}).await
}

/// An address where nobody listens.
async fn gone() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    listener.local_addr().expect("an address")
}

#[tokio::test]
async fn the_second_address_is_taken_where_nobody_listens_at_the_first() {
    let server = FakeServer::start().await;
    let gate = before(gone().await, &server).await;
    let mut page = Page::open(&gate, "").await;
    page.hears_ready(server.address).await;
    page.says("VER 1 MSNP6\r\n").await;
    server.accept().await.hears("VER 1 MSNP6\r\n").await;
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn the_second_address_is_taken_when_the_first_is_silent() {
    // A full queue of connections that nobody accepts drops further ones.
    let socket = TcpSocket::new_v4().expect("a socket");
    let any = "127.0.0.1:0".parse().expect("an address");
    socket.bind(any).expect("a port");
    let listener = socket.listen(0).expect("a queue");
    let silent = listener.local_addr().expect("an address");
    let mut queue = tokio::task::JoinSet::new();
    for _ in 0..4 {
        queue.spawn(TcpStream::connect(silent));
    }
    soon("a first connection", queue.join_next()).await;
    let server = FakeServer::start().await;
    let gate = before(silent, &server).await;
    Page::open(&gate, "")
        .await
        .hears_ready(server.address)
        .await;
}

#[tokio::test]
async fn when_no_address_answers_the_link_closes_as_with_one() {
    let addresses = format!("{}+{}", gone().await, gone().await);
    let server = ServerEntry::new("test", &addresses).expect("two addresses");
    let gate = Gate::start(vec![server], |_| {}).await;
    assert_eq!(Page::open(&gate, "").await.closed().await.0, 4001);
}
