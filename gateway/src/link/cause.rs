//! Why a link ended in one word that stays the same between versions: what metrics and alerts count by.
//! Finer than close codes, which are for pages.

use super::LinkEnd;
use crate::{dial::DialError, page::PageEnd};
use msnp6::gateway::CloseCode;

impl LinkEnd {
    /// The word; [`CAUSES`] has all of them.
    pub(crate) const fn cause(&self) -> &'static str {
        match self {
            Self::Page(PageEnd::Closed(_)) => "page_closed",
            Self::Page(PageEnd::Lost(_)) => "page_lost",
            Self::Page(PageEnd::Garbled(_)) => "page_garbled",
            Self::Page(PageEnd::Stalled) => "page_stalled",
            Self::Page(PageEnd::Silent) => "page_silent",
            Self::Page(PageEnd::Idle) => "idle",
            Self::ServerClosed { .. } => "server_closed",
            Self::ServerLost { .. } => "server_lost",
            Self::ServerStalled => "server_stalled",
            Self::ServerGarbled(_) => "server_garbled",
            Self::NotReached(DialError::NotFound) => "name_not_found",
            Self::NotReached(DialError::Refused) => "connect_refused",
            Self::NotReached(DialError::TimedOut) => "connect_timed_out",
            Self::NotReached(DialError::Unreachable(_)) => "connect_unreachable",
            Self::NotReached(DialError::Tls(failure)) => failure.cause(),
            Self::NotReached(DialError::Exhausted) => "descriptors_exhausted",
            Self::NoSuchServer => "no_such_server",
            Self::TicketInvalid => "ticket_invalid",
            Self::TicketExpired => "ticket_expired",
            Self::TransferRefused => "transfer_refused",
            Self::TooManyReferrals => "too_many_referrals",
            Self::TooOld => "lifetime",
            Self::Full(_) => "too_many_links",
            Self::TooFast(_) => "too_fast",
            Self::Restarting { .. } => "restarting",
        }
    }
}

/// Every cause with its code. They are there from the start, so that the first of a kind shows as one more
/// than none.
pub(crate) const CAUSES: &[(CloseCode, &str)] = &[
    (CloseCode::ServerClosed, "server_closed"),
    (CloseCode::GoingAway, "page_closed"),
    (CloseCode::GoingAway, "page_lost"),
    (CloseCode::ServerRefused, "connect_refused"),
    (CloseCode::ServerUnreachable, "connect_unreachable"),
    (CloseCode::ServerUnreachable, "server_lost"),
    (CloseCode::ServerTimeout, "connect_timed_out"),
    (CloseCode::ServerTimeout, "server_stalled"),
    (CloseCode::ServerNotFound, "name_not_found"),
    (CloseCode::TlsFailed, "tls_untrusted"),
    (CloseCode::TlsFailed, "tls_wrong_name"),
    (CloseCode::TlsFailed, "tls_expired"),
    (CloseCode::TlsFailed, "tls_not_spoken"),
    (CloseCode::TlsFailed, "tls_timed_out"),
    (CloseCode::TlsFailed, "tls_failed"),
    (CloseCode::NoSuchServer, "no_such_server"),
    (CloseCode::TicketInvalid, "ticket_invalid"),
    (CloseCode::TicketExpired, "ticket_expired"),
    (CloseCode::TransferRefused, "transfer_refused"),
    (CloseCode::TransferRefused, "too_many_referrals"),
    (CloseCode::TooManyConnections, "too_many_links"),
    (CloseCode::TooFast, "too_fast"),
    (CloseCode::IdleTooLong, "idle"),
    (CloseCode::IdleTooLong, "lifetime"),
    (CloseCode::IdleTooLong, "page_silent"),
    (CloseCode::IdleTooLong, "page_stalled"),
    (CloseCode::ProtocolError, "page_garbled"),
    (CloseCode::ProtocolError, "server_garbled"),
    (CloseCode::Restarting, "restarting"),
    (CloseCode::GatewayFault, "descriptors_exhausted"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Limit, tls::TlsFailure};
    use msnp6::wire::FrameError;
    use std::{collections::BTreeSet, io::ErrorKind};

    #[test]
    fn every_end_has_a_cause_of_its_own_that_the_table_knows_with_its_code() {
        let kind = ErrorKind::BrokenPipe;
        let dials = [
            DialError::NotFound,
            DialError::Refused,
            DialError::TimedOut,
            DialError::Unreachable(kind),
            DialError::Exhausted,
            DialError::Tls(TlsFailure::Untrusted),
            DialError::Tls(TlsFailure::OtherName),
            DialError::Tls(TlsFailure::Expired),
            DialError::Tls(TlsFailure::NotSpoken),
            DialError::Tls(TlsFailure::Late),
            DialError::Tls(TlsFailure::Broken),
        ];
        let pages = [
            PageEnd::Closed(None),
            PageEnd::Lost(kind),
            PageEnd::Garbled(String::new()),
            PageEnd::Stalled,
            PageEnd::Silent,
            PageEnd::Idle,
        ];
        let undelivered = 0;
        let mut ends = vec![
            LinkEnd::ServerClosed { undelivered },
            LinkEnd::ServerLost { kind, undelivered },
            LinkEnd::ServerStalled,
            LinkEnd::ServerGarbled(FrameError::LineTooLong),
            LinkEnd::NoSuchServer,
            LinkEnd::TicketInvalid,
            LinkEnd::TicketExpired,
            LinkEnd::TransferRefused,
            LinkEnd::TooManyReferrals,
            LinkEnd::TooOld,
            LinkEnd::Full(Limit::Links),
            LinkEnd::TooFast(Limit::Bytes),
            LinkEnd::Restarting { seconds: 1 },
        ];
        ends.extend(dials.map(LinkEnd::NotReached));
        ends.extend(pages.map(LinkEnd::Page));
        let found: BTreeSet<_> = ends
            .iter()
            .map(|end| (end.close_code(), end.cause()))
            .collect();
        assert_eq!(found.len(), ends.len());
        assert_eq!(found, CAUSES.iter().copied().collect());
    }
}
