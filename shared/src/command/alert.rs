//! `NOT`, `IPG`, `PAG`: alerts, and pages from and to telephones (reference §10). What their XML says is
//! read by [`Alert`](crate::payload::Alert).

use super::{handle, trid};
use crate::model::{TransactionId, UserHandle};
use crate::wire::{FieldError, Frame, LineWriter, Params};

/// `NOT length` or `IPG length`, and XML as payload
#[derive(Clone, PartialEq, Eq)]
pub struct AlertReply {
    /// The XML, as it came.
    pub xml: Vec<u8>,
}

impl AlertReply {
    pub(super) fn decode(frame: &Frame<'_>) -> Self {
        Self {
            xml: frame.payload().to_vec(),
        }
    }

    pub(super) fn encode(&self, verb: &str) -> Vec<u8> {
        LineWriter::new(verb).finish_with(&self.xml)
    }
}

/// `PAG t handle length`, and XML as payload: a page to a telephone
#[derive(Clone, PartialEq, Eq)]
pub struct PagRequest {
    /// Ties an error; success is silent.
    pub trid: TransactionId,
    /// Whom.
    pub handle: UserHandle,
    /// The XML.
    pub xml: Vec<u8>,
}

impl PagRequest {
    pub(super) fn decode(params: &mut Params<'_>, frame: &Frame<'_>) -> Result<Self, FieldError> {
        let (trid, handle) = (trid(params)?, handle(params)?);
        Ok(Self {
            trid,
            handle,
            xml: frame.payload().to_vec(),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("PAG")
            .number(self.trid.0)
            .word(self.handle.as_str());
        line.finish_with(&self.xml)
    }
}

// What people write to each other: no log may show it.
impl core::fmt::Debug for AlertReply {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "AlertReply({} bytes)", self.xml.len())
    }
}

impl core::fmt::Debug for PagRequest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "PagRequest({}, {} bytes)", self.handle, self.xml.len())
    }
}
