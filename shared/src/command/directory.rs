//! `FND`, `SND`, `SDC`: finding people, and mailing them an invitation (reference §3.8). Most servers
//! have long switched them off.

use super::{handle, trid, word};
use crate::model::{TransactionId, UserHandle, percent};
use crate::wire::{FieldError, Frame, LineWriter, Params};

/// `FND t fname=… lname=… city=… state=… country=…`, where `*` is anything
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FndRequest {
    /// Ties the replies.
    pub trid: TransactionId,
    /// Names and values, decoded.
    pub fields: Vec<(String, String)>,
}

impl FndRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            fields: fields(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        with_fields(LineWriter::new("FND").number(self.trid.0), &self.fields).finish()
    }
}

/// `FND t index total fname=…`; nobody found is `0 0`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FndReply {
    /// Of the request.
    pub trid: TransactionId,
    /// Counts from 1.
    pub index: u32,
    /// How many were found.
    pub total: u32,
    /// Names and values, decoded.
    pub fields: Vec<(String, String)>,
}

impl FndReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let (index, total) = (params.parse("index")?, params.parse("total")?);
        Ok(Self {
            trid,
            index,
            total,
            fields: fields(params),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("FND")
            .number(self.trid.0)
            .number(self.index)
            .number(self.total);
        with_fields(line, &self.fields).finish()
    }
}

/// `SND t handle lcid MSMSGS MSMSGS`: mail somebody an invitation to use the messenger
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SndRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Whom.
    pub handle: UserHandle,
    /// The language of the mail, such as `0x0409`.
    pub lcid: String,
}

impl SndRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            handle: handle(params)?,
            lcid: word(params, "language")?,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("SND")
            .number(self.trid.0)
            .word(self.handle.as_str());
        line.word(&self.lcid).word("MSMSGS").word("MSMSGS").finish()
    }
}

/// `SDC t handle lcid MSMSGS MSMSGS X X name length`, and a personal text as payload
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdcRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Whom.
    pub handle: UserHandle,
    /// The language of the mail, such as `0x0409`.
    pub lcid: String,
    /// Who invites.
    pub name: String,
    /// The text.
    pub text: String,
}

impl SdcRequest {
    pub(super) fn decode(params: &mut Params<'_>, frame: &Frame<'_>) -> Result<Self, FieldError> {
        let (trid, handle, lcid) = (trid(params)?, handle(params)?, word(params, "language")?);
        for field in ["product", "program", "first filler", "second filler"] {
            params.word(field)?;
        }
        let name = super::name(params).as_str().to_owned();
        Ok(Self {
            trid,
            handle,
            lcid,
            name,
            text: String::from_utf8_lossy(frame.payload()).into_owned(),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("SDC")
            .number(self.trid.0)
            .word(self.handle.as_str())
            .word(&self.lcid);
        let line = line
            .word("MSMSGS")
            .word("MSMSGS")
            .word("X")
            .word("X")
            .text(&self.name);
        line.finish_with(self.text.as_bytes())
    }
}

/// `SND t OK` and `SDC t OK`: the mail is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mailed {
    /// Of the request.
    pub trid: TransactionId,
}

impl Mailed {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        params.value("result", |word| (word == b"OK").then_some(Self { trid }))
    }

    pub(super) fn encode(self, verb: &str) -> Vec<u8> {
        LineWriter::new(verb)
            .number(self.trid.0)
            .word("OK")
            .finish()
    }
}

fn fields(params: &mut Params<'_>) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(&percent::decode(bytes)).into_owned();
    let next = || params.next_word();
    let split = |word: &[u8]| {
        let at = word.iter().position(|&b| b == b'=')?;
        Some((text(word.get(..at)?), text(word.get(at + 1..)?)))
    };
    core::iter::from_fn(next).filter_map(split).collect()
}

fn with_fields(line: LineWriter, fields: &[(String, String)]) -> LineWriter {
    fields.iter().fold(line, |line, (name, value)| {
        let value = if value == "*" {
            "*".to_owned()
        } else {
            percent::encode(value)
        };
        line.word(&format!("{}={value}", percent::encode(name)))
    })
}
