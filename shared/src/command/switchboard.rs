//! `RNG`, `ANS`, `CAL`, `IRO`, `JOI`, `BYE`: who comes into a switchboard and leaves it (reference §7).

use super::{handle, name, trid};
use crate::model::{Endpoint, FriendlyName, Secret, SwitchboardId, TransactionId, UserHandle};
use crate::wire::{FieldError, LineWriter, Params};

/// What opens a switchboard, once and within two minutes or so: `CKI` on the wire.
pub type Cookie = Secret<String>;

/// The next parameter as cookie.
pub(super) fn cookie(params: &mut Params<'_>) -> Result<Cookie, FieldError> {
    Ok(Secret::new(params.text("cookie")?.to_owned()))
}

fn switchboard_id(params: &mut Params<'_>) -> Result<SwitchboardId, FieldError> {
    let word = params.text("session id")?;
    SwitchboardId::from_wire(word).ok_or_else(|| params.malformed("session id"))
}

/// `RNG session address CKI cookie handle name`: somebody calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    /// The session to be answered.
    pub id: SwitchboardId,
    /// Where it is.
    pub endpoint: Endpoint,
    /// Opens it.
    pub cookie: Cookie,
    /// Who calls; one server puts the callee here.
    pub handle: UserHandle,
    /// Their name; may be empty.
    pub name: FriendlyName,
}

impl Rng {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let (id, endpoint) = (switchboard_id(params)?, params.parse("address")?);
        params.word("security package")?;
        Ok(Self {
            id,
            endpoint,
            cookie: cookie(params)?,
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("RNG")
            .word(self.id.as_str())
            .word(&self.endpoint.to_string())
            .word("CKI");
        line.word(self.cookie.expose())
            .word(self.handle.as_str())
            .text(self.name.as_str())
            .finish()
    }
}

/// `ANS t handle cookie session`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Who answers.
    pub handle: UserHandle,
    /// From the `RNG`.
    pub cookie: Cookie,
    /// From the `RNG`.
    pub id: SwitchboardId,
}

impl AnsRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            handle: handle(params)?,
            cookie: cookie(params)?,
            id: switchboard_id(params)?,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("ANS")
            .number(self.trid.0)
            .word(self.handle.as_str());
        line.word(self.cookie.expose())
            .word(self.id.as_str())
            .finish()
    }
}

/// `ANS t OK`: everybody who is inside has been named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnsReply {
    /// Of the request.
    pub trid: TransactionId,
}

impl AnsReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        params.value("result", |word| (word == b"OK").then_some(Self { trid }))
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("ANS")
            .number(self.trid.0)
            .word("OK")
            .finish()
    }
}

/// `CAL t handle`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Who is called.
    pub handle: UserHandle,
}

impl CalRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            handle: handle(params)?,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        LineWriter::new("CAL")
            .number(self.trid.0)
            .word(self.handle.as_str())
            .finish()
    }
}

/// `CAL t RINGING session`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalReply {
    /// Of the request.
    pub trid: TransactionId,
    /// The session that they are called into.
    pub id: SwitchboardId,
}

impl CalReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        params.word("state")?;
        Ok(Self {
            trid,
            id: switchboard_id(params)?,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        LineWriter::new("CAL")
            .number(self.trid.0)
            .word("RINGING")
            .word(self.id.as_str())
            .finish()
    }
}

/// `IRO t index total handle name`: who is inside already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iro {
    /// Of the `ANS`.
    pub trid: TransactionId,
    /// Counts from 1; servers miscount.
    pub index: u32,
    /// How many there are; servers miscount.
    pub total: u32,
    /// Who; one server names the newcomer too.
    pub handle: UserHandle,
    /// Their name; may be empty.
    pub name: FriendlyName,
}

impl Iro {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let (index, total) = (params.parse("index")?, params.parse("total")?);
        Ok(Self {
            trid,
            index,
            total,
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("IRO")
            .number(self.trid.0)
            .number(self.index)
            .number(self.total);
        line.word(self.handle.as_str())
            .text(self.name.as_str())
            .finish()
    }
}

/// `JOI handle name`: somebody came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joi {
    /// Who.
    pub handle: UserHandle,
    /// Their name; may be empty.
    pub name: FriendlyName,
}

impl Joi {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        LineWriter::new("JOI")
            .word(self.handle.as_str())
            .text(self.name.as_str())
            .finish()
    }
}

/// `BYE handle [1]`: somebody left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bye {
    /// Who; one server names the receiver.
    pub handle: UserHandle,
    /// Whether they were removed because nobody wrote for minutes.
    pub is_idle: bool,
}

impl Bye {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            handle: handle(params)?,
            is_idle: params.next_word() == Some(b"1"),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("BYE").word(self.handle.as_str());
        if self.is_idle { line.number(1u8) } else { line }.finish()
    }
}
