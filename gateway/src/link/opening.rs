//! The way to a server, step by step: addresses, TCP, PROXY header, TLS. What is said then is for others.

use super::LinkEnd;
use crate::{
    client::{ClientAddr, proxy_protocol},
    config::ServerEntry,
    dial::{DialError, Dialling, Way},
    gateway::Gateway,
    stream::Stream,
    transfer::TransferError,
};
use msnp6::model::Endpoint;
use std::net::SocketAddr;
use tokio::{net::TcpStream, time::Instant};
use tracing::warn;

/// What has to be known for it.
#[derive(Debug)]
pub(super) struct Opening<'a> {
    pub(super) gateway: &'a Gateway,
    pub(super) server: &'a ServerEntry,
    /// What the server named, unless it is to be reached itself.
    pub(super) named: Option<&'a Endpoint>,
    pub(super) client: ClientAddr,
    /// The address of the gateway that the page has called.
    pub(super) called: Option<SocketAddr>,
}

impl Opening<'_> {
    /// Opens a connection, and says to which endpoint of the server it leads. An address that is reached but of
    /// no use is one more that does not answer: the next one is tried.
    pub(super) async fn open(
        self,
        addresses: impl Future<Output = Result<Vec<Way>, TransferError>>,
    ) -> Result<(Stream, usize), LinkEnd> {
        let addresses = addresses.await.map_err(|error| match error {
            TransferError::Refused => LinkEnd::TransferRefused,
            TransferError::NotFound => LinkEnd::NotReached(DialError::NotFound),
        })?;
        let mut dialling = Dialling::new(&addresses, self.gateway.config.deadlines.connect);
        loop {
            let began = Instant::now();
            let (tcp, way) = dialling.next().await.map_err(LinkEnd::NotReached)?;
            self.gateway.metrics.connected(began.elapsed());
            match self.begin(tcp, way, dialling.share()).await {
                Ok(stream) => return Ok((stream, way.endpoint)),
                Err(error) => {
                    if dialling.failed(error) {
                        let (server, address) = (&self.server.name, way.address);
                        warn!(%server, %address, "the next address is tried: {error}");
                    }
                }
            }
        }
    }

    /// What comes before the first byte of MSNP: the PROXY header, and TLS.
    async fn begin(
        &self,
        mut tcp: TcpStream,
        way: Way,
        deadline: Instant,
    ) -> Result<Stream, DialError> {
        let server = self.server;
        if server.send_proxy {
            proxy_protocol::send(&mut tcp, &self.client, self.called, deadline).await?;
        }
        let Some(tls) = &server.tls else {
            return Ok(Stream::Tcp(tcp));
        };
        let endpoint = self.named.or_else(|| server.endpoints().nth(way.endpoint));
        let endpoint = endpoint.unwrap_or(&server.endpoint);
        let secured = tls.connect(tcp, server, endpoint, deadline).await;
        secured.map_err(DialError::Tls)
    }
}
