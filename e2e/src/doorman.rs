//! Somebody at the door of a gateway: lets everybody to the page, and closes each of its sockets with the code
//! that the test wants.

use crate::Gateway;
use anyhow::{Context as _, Result};
use msnp6::gateway::CloseCode;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};
use tokio::{
    io::{copy, copy_bidirectional, sink},
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::{
    accept_hdr_async,
    tungstenite::{
        handshake::server::{ErrorResponse, Request, Response},
        http::HeaderValue,
        protocol::CloseFrame,
    },
};

/// A doorman. He goes with the runtime that he came with.
#[derive(Debug)]
pub struct Doorman {
    address: String,
    code: Arc<AtomicU16>,
}

impl Doorman {
    /// Puts one before a gateway, at an address of his own.
    pub async fn before(gateway: &Gateway) -> Result<Self> {
        let inside = gateway.address().trim_start_matches("http://");
        let inside: SocketAddr = inside.trim_end_matches('/').parse()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}/", listener.local_addr()?);
        let code = Arc::new(AtomicU16::default());
        let said = code.clone();
        tokio::spawn(async move {
            while let Ok((guest, _)) = listener.accept().await {
                tokio::spawn(meet(guest, inside, said.clone()));
            }
        });
        Ok(Self { address, code })
    }

    /// The address of the page at his door.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What he closes sockets with from now on.
    pub fn says(&self, code: CloseCode) {
        self.code.store(code.code(), Ordering::Relaxed);
    }
}

async fn meet(mut guest: TcpStream, inside: SocketAddr, code: Arc<AtomicU16>) -> Result<()> {
    // A request comes in one piece, and one for a socket is longer than this.
    let mut begin = [0; 64];
    let count = guest.peek(&mut begin).await?;
    let is_for_socket = begin[..count].starts_with(b"GET /msnp ");
    if !is_for_socket {
        let mut gateway = TcpStream::connect(inside).await?;
        let carried = copy_bidirectional(&mut guest, &mut gateway).await;
        return carried.map(drop).context("a connection to the page");
    }
    let mut socket = accept_hdr_async(guest, agree).await?;
    let code = code.load(Ordering::Relaxed).into();
    let reason = "".into();
    socket.close(Some(CloseFrame { code, reason })).await?;
    // What the guest still says has to be read, or what he was told may not reach him.
    copy(socket.get_mut(), &mut sink()).await?;
    Ok(())
}

/// Browsers give up a socket that does not take the protocol that they offer.
#[expect(clippy::result_large_err, reason = "the library wants it so")]
#[expect(clippy::unnecessary_wraps, reason = "the library wants it so")]
fn agree(_: &Request, mut response: Response) -> Result<Response, ErrorResponse> {
    let name = HeaderValue::from_static("msnp");
    response
        .headers_mut()
        .insert("sec-websocket-protocol", name);
    Ok(response)
}
