//! `OUT`: the end of a link (reference §11). `PNG` and `QNG` have no content and live in the enums alone.

use crate::wire::{LineWriter, Params};

/// `OUT`, or from a server `OUT reason`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Out {
    /// Why; `None` is a plain goodbye.
    pub reason: Option<OutReason>,
}

/// Why a server ends a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutReason {
    /// `OTH`: the same account signed in elsewhere.
    Elsewhere,
    /// `SSD`: the server is shutting down.
    ServerShutdown,
    /// A word that later dialects brought.
    Other,
}

impl Out {
    pub(super) fn decode(params: &mut Params<'_>) -> Self {
        let reason = params.next_word().map(|word| match word {
            b"OTH" => OutReason::Elsewhere,
            b"SSD" => OutReason::ServerShutdown,
            _ => OutReason::Other,
        });
        Self { reason }
    }

    pub(super) fn encode(self) -> Vec<u8> {
        let line = LineWriter::new("OUT");
        match self.reason {
            Some(OutReason::Elsewhere) => line.word("OTH"),
            Some(OutReason::ServerShutdown) => line.word("SSD"),
            Some(OutReason::Other) | None => line,
        }
        .finish()
    }
}
