//! `ADD`, `REM`, `REA`: changes to the lists and to names (reference §3.4–§3.6).

use super::{handle, name, trid};
use crate::model::{FriendlyName, ListKind, ListVersion, TransactionId, UserHandle};
use crate::wire::{FieldError, LineWriter, Params};

/// `ADD t list handle name`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Which list; on the reverse list a server hangs up.
    pub list: ListKind,
    /// Who.
    pub handle: UserHandle,
    /// Their name as we know it; the handle when we know none, it must not be empty.
    pub name: FriendlyName,
}

impl AddRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            list: list(params)?,
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("ADD").number(self.trid.0);
        let line = line.word(self.list.code()).word(self.handle.as_str());
        line.text(self.name.as_str()).finish()
    }
}

/// `ADD t list serial handle name`; unsolicited with id 0, mostly because somebody added me
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddReply {
    /// Of the request, or 0.
    pub trid: TransactionId,
    /// Which list.
    pub list: ListKind,
    /// How new the lists are now; some servers leave it out.
    pub version: Option<ListVersion>,
    /// Who.
    pub handle: UserHandle,
    /// Their name; may be empty.
    pub name: FriendlyName,
}

impl AddReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let (trid, list) = (trid(params)?, list(params)?);
        Ok(Self {
            trid,
            list,
            version: version(params),
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("ADD").number(self.trid.0);
        let line = with_version(line.word(self.list.code()), self.version);
        line.word(self.handle.as_str())
            .text(self.name.as_str())
            .finish()
    }
}

/// `REM t list handle`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Which list; on the reverse list a server hangs up.
    pub list: ListKind,
    /// Who.
    pub handle: UserHandle,
}

impl RemRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            list: list(params)?,
            handle: handle(params)?,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("REM").number(self.trid.0);
        line.word(self.list.code())
            .word(self.handle.as_str())
            .finish()
    }
}

/// `REM t list serial handle`; unsolicited with id 0, mostly because somebody removed me
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemReply {
    /// Of the request, or 0.
    pub trid: TransactionId,
    /// Which list.
    pub list: ListKind,
    /// How new the lists are now; some servers leave it out.
    pub version: Option<ListVersion>,
    /// Who; one server names the asker here, so the request knows better.
    pub handle: UserHandle,
}

impl RemReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let (trid, list) = (trid(params)?, list(params)?);
        Ok(Self {
            trid,
            list,
            version: version(params),
            handle: handle(params)?,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("REM").number(self.trid.0);
        let line = with_version(line.word(self.list.code()), self.version);
        line.word(self.handle.as_str()).finish()
    }
}

/// `REA t handle name`: my own handle changes my name, another one the name stored for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Whose name.
    pub handle: UserHandle,
    /// The new one.
    pub name: FriendlyName,
}

impl ReaRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("REA").number(self.trid.0);
        line.word(self.handle.as_str())
            .text(self.name.as_str())
            .finish()
    }
}

/// `REA t serial handle name`; one server sends it to others as well, with an id that is not theirs
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaReply {
    /// Of the request.
    pub trid: TransactionId,
    /// How new the lists are now; some servers leave it out.
    pub version: Option<ListVersion>,
    /// Whose name.
    pub handle: UserHandle,
    /// The name as it is now.
    pub name: FriendlyName,
}

impl ReaReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        Ok(Self {
            trid,
            version: version(params),
            handle: handle(params)?,
            name: name(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = with_version(LineWriter::new("REA").number(self.trid.0), self.version);
        line.word(self.handle.as_str())
            .text(self.name.as_str())
            .finish()
    }
}

fn list(params: &mut Params<'_>) -> Result<ListKind, FieldError> {
    params.value("list", ListKind::from_code)
}

/// The serial, if the next parameter is one: a handle is never all digits.
pub(super) fn version(params: &mut Params<'_>) -> Option<ListVersion> {
    let mut ahead = params.clone();
    let version = ahead.parse("serial").ok().map(ListVersion)?;
    *params = ahead;
    Some(version)
}

pub(super) fn with_version(line: LineWriter, version: Option<ListVersion>) -> LineWriter {
    version
        .iter()
        .fold(line, |line, version| line.number(version.0))
}
