//! What a page asks for with its query, checked as far as it can be without network.

use super::LinkEnd;
use crate::{
    config::{ServerEntry, ServerName},
    gateway::Gateway,
    metrics::Ticket,
    ticket::{TicketRefusal, unix_now},
};
use msnp6::{gateway::LinkKind, model::Endpoint};
use std::sync::Arc;

/// Where a link leads.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// To a configured server, and on to where it refers the page.
    Server(Arc<ServerEntry>),
    /// To a switchboard that this server named.
    Switchboard(Arc<ServerEntry>, Endpoint),
    /// Nowhere. A page cannot read HTTP errors, so it gets a socket that says why.
    Nowhere(LinkEnd),
}

impl Target {
    /// The server that it counts for.
    pub(crate) fn server(&self) -> Option<&ServerName> {
        match self {
            Self::Server(server) | Self::Switchboard(server, _) => Some(&server.name),
            Self::Nowhere(_) => None,
        }
    }

    /// Reads a query. A ticket counts for more than a server's name; other keys are ignored.
    pub(crate) fn from_query(gateway: &Gateway, query: &str) -> Self {
        let value = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| value)
                .next()
        };
        if let Some(ticket) = value("ticket") {
            return Self::from_ticket(gateway, ticket);
        }
        let found = match value("server") {
            Some(name) => gateway.server(name),
            None => gateway.servers.first(),
        };
        found.map_or(Self::Nowhere(LinkEnd::NoSuchServer), |server| {
            Self::Server(Arc::clone(server))
        })
    }

    fn from_ticket(gateway: &Gateway, ticket: &str) -> Self {
        let target = Self::behind_ticket(gateway, ticket);
        gateway.metrics.ticket(match &target {
            Self::Nowhere(LinkEnd::TicketExpired) => Ticket::Expired,
            Self::Nowhere(_) => Ticket::Invalid,
            Self::Server(_) | Self::Switchboard(..) => Ticket::Accepted,
        });
        target
    }

    fn behind_ticket(gateway: &Gateway, ticket: &str) -> Self {
        let claims = match gateway.config.ticket_keys.verify(ticket, unix_now()) {
            Ok(claims) => claims,
            Err(TicketRefusal::Expired) => return Self::Nowhere(LinkEnd::TicketExpired),
            Err(TicketRefusal::Invalid) => return Self::Nowhere(LinkEnd::TicketInvalid),
        };
        // A ticket from before a change of configuration may name a server that is gone.
        match gateway.server(&claims.server) {
            Some(server) if claims.kind == LinkKind::Switchboard => {
                Self::Switchboard(Arc::clone(server), claims.endpoint)
            }
            _ => Self::Nowhere(LinkEnd::TicketInvalid),
        }
    }
}
