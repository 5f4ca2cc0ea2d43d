//! What the page is told about a switchboard that a server names: a ticket to it, or that policy
//! refuses it.

use crate::{
    config::ServerEntry,
    gateway::Gateway,
    metrics::Ticket,
    ticket::{Claims, unix_now},
    transfer::TransferError,
};
use msnp6::{
    gateway::{GatewayLine, LinkKind, TICKET_SECONDS},
    model::Endpoint,
};

/// Speaks for one configured server's link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announcer<'a> {
    pub(crate) gateway: &'a Gateway,
    pub(crate) server: &'a ServerEntry,
}

impl Announcer<'_> {
    /// The line that goes before the server's command.
    pub(crate) async fn announce(&self, endpoint: Endpoint) -> GatewayLine {
        let kind = LinkKind::Switchboard;
        let policy = &self.gateway.policy;
        // A name that does not resolve now gets a ticket: dialling it will give the better answer.
        if policy.addresses(self.server, &endpoint).await == Err(TransferError::Refused) {
            tracing::warn!(server = %self.server.name, address = %endpoint, "switchboard refused");
            self.gateway.metrics.ticket(Ticket::Denied);
            return GatewayLine::Denied { kind, endpoint };
        }
        self.gateway.metrics.ticket(Ticket::Issued);
        let claims = Claims {
            kind,
            server: self.server.name.to_string(),
            endpoint,
            expires: unix_now() + u64::from(TICKET_SECONDS),
        };
        GatewayLine::Ticket {
            ticket: self.gateway.config.ticket_keys.sign(&claims),
            endpoint: claims.endpoint,
            seconds: TICKET_SECONDS,
        }
    }
}
