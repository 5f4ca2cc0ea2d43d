//! `MSG`, `ACK`, `NAK`: texts and notices in a switchboard, notices of a notification server
//! (reference §7.4). What a body says is read by [`Payload`](crate::payload::Payload).

use super::{handle, name, trid};
use crate::model::{FriendlyName, TransactionId, UserHandle};
use crate::wire::{FieldError, Frame, LineWriter, Params};

/// Which answer a sender wants: the letter of `MSG`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AckRequest {
    /// `U`: none.
    None,
    /// `N`: `NAK` when it fails.
    FailureOnly,
    /// `A`: `ACK` or `NAK`.
    Always,
}

impl AckRequest {
    const ALL: [Self; 3] = [Self::None, Self::FailureOnly, Self::Always];

    const fn code(self) -> &'static str {
        match self {
            Self::None => "U",
            Self::FailureOnly => "N",
            Self::Always => "A",
        }
    }

    fn from_code(code: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|value| value.code().as_bytes() == code)
    }
}

/// `MSG t U|N|A length`, from a client
#[derive(Clone, PartialEq, Eq)]
pub struct MsgRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Which reply.
    pub ack: AckRequest,
    /// Headers and content.
    pub body: Vec<u8>,
}

impl MsgRequest {
    pub(super) fn decode(params: &mut Params<'_>, frame: &Frame<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let ack = params.value("acknowledgement", AckRequest::from_code)?;
        Ok(Self {
            trid,
            ack,
            body: frame.payload().to_vec(),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        LineWriter::new("MSG")
            .number(self.trid.0)
            .word(self.ack.code())
            .finish_with(&self.body)
    }
}

/// `MSG handle name length`, from a server
#[derive(Clone, PartialEq, Eq)]
pub struct MsgReply {
    /// Who wrote it; `Hotmail` is the server itself.
    pub handle: UserHandle,
    /// Their name; may be empty.
    pub name: FriendlyName,
    /// Headers and content.
    pub body: Vec<u8>,
}

impl MsgReply {
    pub(super) fn decode(params: &mut Params<'_>, frame: &Frame<'_>) -> Result<Self, FieldError> {
        let (handle, name) = (handle(params)?, name(params));
        // A sender without name leaves two spaces, or just the length where the name would be.
        let name = if params.next_word().is_none() {
            FriendlyName::default()
        } else {
            name
        };
        Ok(Self {
            handle,
            name,
            body: frame.payload().to_vec(),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        LineWriter::new("MSG")
            .word(self.handle.as_str())
            .text(self.name.as_str())
            .finish_with(&self.body)
    }
}

// Bodies are what people wrote to each other: no log may show them.
impl core::fmt::Debug for MsgRequest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "MsgRequest({:?}, {:?}, {} bytes)",
            self.trid,
            self.ack,
            self.body.len()
        )
    }
}

impl core::fmt::Debug for MsgReply {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "MsgReply({}, {} bytes)", self.handle, self.body.len())
    }
}

/// `ACK t`: it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ack {
    /// Of the message.
    pub trid: TransactionId,
}

impl Ack {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("ACK").number(self.trid.0).finish()
    }
}

/// `NAK t`: it did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nak {
    /// Of the message.
    pub trid: TransactionId,
}

impl Nak {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("NAK").number(self.trid.0).finish()
    }
}
