//! The way to a server, step by step: addresses, TCP, PROXY header, TLS. What is said then is for others.

use super::LinkEnd;
use crate::{
    client::{ClientAddr, proxy_protocol},
    config::ServerEntry,
    dial::{DialError, Way, dial},
    gateway::Gateway,
    stream::Stream,
    transfer::TransferError,
};
use msnp6::model::Endpoint;
use std::{net::SocketAddr, time::Instant};

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
    /// Opens a connection, and says to which endpoint of the server it leads.
    pub(super) async fn open(
        self,
        addresses: impl Future<Output = Result<Vec<Way>, TransferError>>,
    ) -> Result<(Stream, usize), LinkEnd> {
        let Self {
            gateway,
            server,
            named,
            client,
            called,
        } = self;
        let deadline = gateway.config.deadlines.connect;
        let addresses = addresses.await.map_err(|error| match error {
            TransferError::Refused => LinkEnd::TransferRefused,
            TransferError::NotFound => LinkEnd::NotReached(DialError::NotFound),
        })?;
        let began = Instant::now();
        let dialled = dial(&addresses, deadline).await;
        let (mut tcp, number) = dialled.map_err(LinkEnd::NotReached)?;
        gateway.metrics.connected(began.elapsed());
        if server.send_proxy {
            let sent = proxy_protocol::send(&mut tcp, &client, called, deadline).await;
            sent.map_err(LinkEnd::NotReached)?;
        }
        let Some(tls) = &server.tls else {
            return Ok((Stream::Tcp(tcp), number));
        };
        let endpoint = named.or_else(|| server.endpoints().nth(number));
        let endpoint = endpoint.unwrap_or(&server.endpoint);
        let secured = tls.connect(tcp, server, endpoint, deadline).await;
        let secured = secured.map_err(|failure| LinkEnd::NotReached(DialError::Tls(failure)))?;
        Ok((secured, number))
    }
}
