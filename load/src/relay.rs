//! What every bridge is compared with: bytes from one TCP connection to another and back, and nothing else.

use anyhow::{Context as _, Result};
use tokio::{
    io::copy_bidirectional_with_sizes,
    net::{TcpListener, TcpStream},
};

/// Relays every connection to `server`, for ever.
pub(crate) async fn run(listen: &str, server: &str) -> Result<()> {
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("listening on {listen}"))?;
    loop {
        let (stream, _) = listener.accept().await.context("accepting")?;
        let server = server.to_owned();
        tokio::spawn(async move {
            // A connection that fails is one side's business; it shows in what arrives.
            let _ = relay(stream, &server).await;
        });
    }
}

async fn relay(mut page: TcpStream, server: &str) -> std::io::Result<()> {
    page.set_nodelay(true)?;
    let mut server = TcpStream::connect(server).await?;
    server.set_nodelay(true)?;
    copy_bidirectional_with_sizes(&mut page, &mut server, BUFFER, BUFFER).await?;
    Ok(())
}

/// Each way, as much as the gateway reads at once by default.
const BUFFER: usize = 16 * 1024;
