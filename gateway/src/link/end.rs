//! Why a link ended: the close code for the page, and a sentence for page and log.

use crate::{config::Limit, dial::DialError, page::PageEnd};
use msnp6::{gateway::CloseCode, wire::FrameError};
use std::io;

/// The end of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkEnd {
    /// The page's side ended it.
    Page(PageEnd),
    /// The server closed its side in order; `undelivered` bytes of the page were on the way to it.
    ServerClosed { undelivered: u64 },
    /// The server's side broke off. What it sent last may be lost, so this is no ordinary close.
    ServerLost {
        kind: io::ErrorKind,
        undelivered: u64,
    },
    /// The server takes no bytes.
    ServerStalled,
    /// The server sent what is no MSNP.
    ServerGarbled(FrameError),
    /// No connection to the server stands.
    NotReached(DialError),
    /// The query names no configured server.
    NoSuchServer,
    /// The ticket is none of ours, or not for what it was used for.
    TicketInvalid,
    /// The ticket was good once.
    TicketExpired,
    /// Policy refuses the address.
    TransferRefused,
    /// One server referred to the next, too often.
    TooManyReferrals,
    /// The link is as old as a link may become.
    TooOld,
    /// There are too many links already, or too many new ones.
    Full(Limit),
    /// The page sends more than it may.
    TooFast(Limit),
    /// The gateway stops; the page may come back after so many seconds.
    Restarting { seconds: u32 },
}

impl LinkEnd {
    /// The code in the close frame. When the page left by itself nobody reads it but the log.
    pub(crate) const fn close_code(&self) -> CloseCode {
        match self {
            Self::Page(PageEnd::Closed(_) | PageEnd::Lost(_)) => CloseCode::GoingAway,
            Self::Page(PageEnd::Garbled(_)) | Self::ServerGarbled(_) => CloseCode::ProtocolError,
            Self::Page(PageEnd::Stalled | PageEnd::Silent | PageEnd::Idle) | Self::TooOld => {
                CloseCode::IdleTooLong
            }
            Self::ServerClosed { .. } => CloseCode::ServerClosed,
            Self::ServerLost { .. } => CloseCode::ServerUnreachable,
            Self::ServerStalled => CloseCode::ServerTimeout,
            Self::NotReached(error) => error.close_code(),
            Self::NoSuchServer => CloseCode::NoSuchServer,
            Self::TicketInvalid => CloseCode::TicketInvalid,
            Self::TicketExpired => CloseCode::TicketExpired,
            Self::TransferRefused | Self::TooManyReferrals => CloseCode::TransferRefused,
            Self::Full(_) => CloseCode::TooManyConnections,
            Self::TooFast(_) => CloseCode::TooFast,
            Self::Restarting { .. } => CloseCode::Restarting,
        }
    }

    /// The reason in the close frame: for a restart the seconds, otherwise words.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Restarting { seconds } => seconds.to_string(),
            _ => self.words(),
        }
    }

    /// The words for the log.
    pub(crate) fn words(&self) -> String {
        let words = self.close_code().words();
        let detail = match self {
            Self::Page(PageEnd::Closed(None)) => "it closed the socket".to_owned(),
            Self::Page(PageEnd::Closed(Some(code))) => format!("it closed the socket with {code}"),
            Self::Page(PageEnd::Lost(kind)) => format!("its connection broke: {kind}"),
            Self::Page(PageEnd::Garbled(what)) => what.clone(),
            Self::Page(PageEnd::Stalled) => "the page takes no bytes".to_owned(),
            Self::Page(PageEnd::Idle) => "nothing but pings moved".to_owned(),
            Self::TooOld => "no link may last longer".to_owned(),
            Self::Page(PageEnd::Silent) => "the page gives no sign of life".to_owned(),
            Self::ServerClosed { undelivered: 0 }
            | Self::NoSuchServer
            | Self::TicketInvalid
            | Self::TicketExpired
            | Self::TransferRefused => return words.to_owned(),
            Self::ServerClosed { undelivered } => lost(*undelivered),
            Self::ServerLost {
                kind,
                undelivered: 0,
            } => format!("the connection broke: {kind}"),
            Self::ServerLost { kind, undelivered } => {
                format!("the connection broke: {kind}; {}", lost(*undelivered))
            }
            Self::ServerStalled => "the server takes no bytes".to_owned(),
            Self::ServerGarbled(error) => format!("the server sent no MSNP: {error}"),
            Self::NotReached(error) => error.to_string(),
            Self::TooManyReferrals => "one server refers to the next without end".to_owned(),
            Self::Full(limit) | Self::TooFast(limit) => format!("{limit} is reached"),
            Self::Restarting { seconds } => format!("come back in {seconds} s"),
        };
        format!("{words}: {detail}")
    }
}

fn lost(bytes: u64) -> String {
    format!("{bytes} bytes from the page did not reach it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_gives_the_seconds_and_nothing_else() {
        let end = LinkEnd::Restarting { seconds: 7 };
        assert_eq!(
            (end.close_code().code(), end.reason()),
            (4014, "7".to_owned())
        );
    }

    #[test]
    fn a_close_says_when_bytes_of_the_page_were_lost() {
        let end = LinkEnd::ServerClosed { undelivered: 17 };
        assert!(end.reason().contains("17 bytes"), "{}", end.reason());
        let end = LinkEnd::ServerClosed { undelivered: 0 };
        assert_eq!(end.reason(), "the server closed the connection");
    }
}
