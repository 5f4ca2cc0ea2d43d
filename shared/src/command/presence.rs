//! `CHG`, `ILN`, `NLN`, `FLN`: who is reachable (reference §4). What a state means to the user is not
//! decided here: a hidden contact is `HDN` on the wire.

use super::{handle, name, trid};
use crate::model::{FriendlyName, Presence, TransactionId, UserHandle};
use crate::wire::{FieldError, LineWriter, Params};

/// `CHG t code`, either way; a server may say it unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chg {
    /// Ties the reply.
    pub trid: TransactionId,
    /// My presence.
    pub presence: Presence,
}

impl Chg {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            presence: presence(params)?,
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("CHG")
            .number(self.trid.0)
            .word(self.presence.code())
            .finish()
    }
}

/// `ILN t code handle name`: who is there already. Some servers send it at any time, with any id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iln {
    /// Of the `CHG` or `ADD`; nothing depends on it, so it may be any word and is 0 when no number.
    pub trid: TransactionId,
    /// How reachable.
    pub presence: Presence,
    /// Who.
    pub handle: UserHandle,
    /// Their name; may be empty.
    pub name: FriendlyName,
}

impl Iln {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = params
            .parse("transaction id")
            .map_or(TransactionId::UNSOLICITED, TransactionId);
        Ok(Self {
            trid,
            presence: presence(params)?,
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("ILN")
            .number(self.trid.0)
            .word(self.presence.code());
        line.word(self.handle.as_str())
            .text(self.name.as_str())
            .finish()
    }
}

/// `NLN code handle name`: came online, or changed presence or name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nln {
    /// How reachable.
    pub presence: Presence,
    /// Who.
    pub handle: UserHandle,
    /// Their name; may be empty.
    pub name: FriendlyName,
}

impl Nln {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            presence: presence(params)?,
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("NLN").word(self.presence.code());
        line.word(self.handle.as_str())
            .text(self.name.as_str())
            .finish()
    }
}

/// `FLN handle`: went offline, hides, or blocked me.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fln {
    /// Who.
    pub handle: UserHandle,
}

impl Fln {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            handle: handle(params)?,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        LineWriter::new("FLN").word(self.handle.as_str()).finish()
    }
}

fn presence(params: &mut Params<'_>) -> Result<Presence, FieldError> {
    params.value("presence", Presence::from_code)
}
