//! `SYN`, `LST`, `GTC`, `BLP`: the four lists and the two settings (reference §3).

use super::{handle, name, trid};
use crate::model::{
    FriendlyName, ListKind, ListVersion, PrivacyDefault, ReverseListPrompt, TransactionId,
    UserHandle,
};
use crate::wire::{FieldError, LineWriter, Params};

/// `SYN t serial`, either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syn {
    /// Ties the whole answer.
    pub trid: TransactionId,
    /// Of the copy that the client has, or of the one that the server sends. Equal means: nothing follows.
    pub version: ListVersion,
}

impl Syn {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            version: ListVersion(params.parse("serial")?),
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("SYN")
            .number(self.trid.0)
            .number(self.version.0)
            .finish()
    }
}

/// `LST t list serial index total handle name`; an empty list is one line with `0 0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lst {
    /// Of the `SYN`.
    pub trid: TransactionId,
    /// Which list.
    pub list: ListKind,
    /// How new the list is.
    pub version: ListVersion,
    /// Counts from 1; 0 says that the list is empty.
    pub index: u32,
    /// How many entries the list has.
    pub total: u32,
    /// The entry; `None` when the list is empty.
    pub entry: Option<(UserHandle, FriendlyName)>,
}

impl Lst {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let list = params.value("list", ListKind::from_code)?;
        let version = ListVersion(params.parse("serial")?);
        let (index, total) = (params.parse("index")?, params.parse("total")?);
        let entry = if index == 0 {
            None
        } else {
            Some((handle(params)?, name(params)))
        };
        Ok(Self {
            trid,
            list,
            version,
            index,
            total,
            entry,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("LST")
            .number(self.trid.0)
            .word(self.list.code())
            .number(self.version.0);
        let line = line.number(self.index).number(self.total);
        match &self.entry {
            Some((handle, name)) => line.word(handle.as_str()).text(name.as_str()),
            None => line,
        }
        .finish()
    }
}

/// `GTC t [serial] A|N`, either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gtc {
    /// Of the request, or of the `SYN`.
    pub trid: TransactionId,
    /// How new the settings are; absent in requests and at some servers.
    pub version: Option<ListVersion>,
    /// The setting; absent in the replies of some servers, then it is the one asked for.
    pub prompt: Option<ReverseListPrompt>,
}

impl Gtc {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let (trid, version, prompt) = setting(params, ReverseListPrompt::from_code)?;
        Ok(Self {
            trid,
            version,
            prompt,
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        encode_setting(
            "GTC",
            self.trid,
            self.version,
            self.prompt.map(ReverseListPrompt::code),
        )
    }
}

/// `BLP t [serial] AL|BL`, either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blp {
    /// Of the request, or of the `SYN`.
    pub trid: TransactionId,
    /// How new the settings are; absent in requests and at some servers.
    pub version: Option<ListVersion>,
    /// The setting; absent in the replies of some servers, then it is the one asked for.
    pub privacy: Option<PrivacyDefault>,
}

impl Blp {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let (trid, version, privacy) = setting(params, PrivacyDefault::from_code)?;
        Ok(Self {
            trid,
            version,
            privacy,
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        encode_setting(
            "BLP",
            self.trid,
            self.version,
            self.privacy.map(PrivacyDefault::code),
        )
    }
}

type Setting<T> = (TransactionId, Option<ListVersion>, Option<T>);

fn setting<T>(
    params: &mut Params<'_>,
    read: impl Fn(&[u8]) -> Option<T>,
) -> Result<Setting<T>, FieldError> {
    let trid = trid(params)?;
    let value = params.last().and_then(read);
    let version = params.parse("serial").ok().map(ListVersion);
    Ok((trid, version, value))
}

fn encode_setting(
    verb: &str,
    trid: TransactionId,
    version: Option<ListVersion>,
    code: Option<&str>,
) -> Vec<u8> {
    let line = LineWriter::new(verb).number(trid.0);
    let line = version
        .iter()
        .fold(line, |line, version| line.number(version.0));
    code.iter()
        .fold(line, |line, code| line.word(code))
        .finish()
}
