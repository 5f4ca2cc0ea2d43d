//! `CHL` and `QRY`: the server asks whether a known program is at the other end (reference §5).

use super::trid;
use crate::model::{Secret, TransactionId};
use crate::wire::{FieldError, Frame, LineWriter, Params};

/// `CHL 0 digits`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chl {
    /// 0 as a rule.
    pub trid: TransactionId,
    /// To be digested byte for byte.
    pub challenge: String,
}

impl Chl {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            challenge: params.text("challenge")?.to_owned(),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        LineWriter::new("CHL")
            .number(self.trid.0)
            .word(&self.challenge)
            .finish()
    }
}

/// `QRY t client-id 32`, and 32 hexadecimal digits as payload
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QryRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Which program's secret was used.
    pub client_id: String,
    /// 32 hexadecimal digits in lower case.
    pub digest: Secret<String>,
}

impl QryRequest {
    pub(super) fn decode(params: &mut Params<'_>, frame: &Frame<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let client_id = params.text("client id")?.to_owned();
        let digest =
            core::str::from_utf8(frame.payload()).map_err(|_| params.malformed("digest"))?;
        Ok(Self {
            trid,
            client_id,
            digest: Secret::new(digest.to_owned()),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("QRY")
            .number(self.trid.0)
            .word(&self.client_id);
        line.finish_with(self.digest.expose().as_bytes())
    }
}

/// `QRY t`: the answer was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QryReply {
    /// Of the request.
    pub trid: TransactionId,
}

impl QryReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("QRY").number(self.trid.0).finish()
    }
}
