//! `CVR`, `FND`, `IMS`, `LST`, `SDC`, `SND`, `URL`: services around the messenger, most of them asleep
//! at today's servers (reference §2.4, §3.8, §9).

use super::{handle, trid};
use crate::model::{ListKind, TransactionId, UserHandle, percent};
use crate::wire::{FieldError, Frame, LineWriter, Params};

/// `CVR t lcid os osver cpu name version id`: which program I am
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CvrRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Language, operating system and its version, processor, program, its version, its id: each a word.
    pub words: Vec<String>,
}

impl CvrRequest {
    /// How many words a server needs; fewer get no answer.
    pub const WORDS: usize = 7;

    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let words = words(params);
        if words.len() + 1 < Self::WORDS {
            return Err(params.missing("client version"));
        }
        Ok(Self { trid, words })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        with_words(LineWriter::new("CVR").number(self.trid.0), &self.words).finish()
    }
}

/// `CVR t recommended recommended minimum url url`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CvrReply {
    /// Of the request.
    pub trid: TransactionId,
    /// The version that the server recommends.
    pub recommended: String,
    /// The oldest that it finds safe.
    pub minimum: String,
    /// Where to get it, and where to read about it. Not to be opened unasked.
    pub urls: [String; 2],
}

impl CvrReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let recommended = word(params, "recommended version")?;
        params.word("recommended version")?;
        let minimum = word(params, "minimum version")?;
        let urls = [
            word(params, "download address")?,
            word(params, "information address")?,
        ];
        Ok(Self {
            trid,
            recommended,
            minimum,
            urls,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("CVR")
            .number(self.trid.0)
            .word(&self.recommended);
        let line = line.word(&self.recommended).word(&self.minimum);
        with_words(line, &self.urls).finish()
    }
}

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

/// `IMS t ON|OFF`, and `IMS t 0 ON|OFF` from a server: whether I can be called
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ims {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Whether I can.
    pub is_on: bool,
}

impl Ims {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        match params.last() {
            Some(b"ON") => Ok(Self { trid, is_on: true }),
            Some(b"OFF") => Ok(Self { trid, is_on: false }),
            _ => Err(params.malformed("state")),
        }
    }

    pub(super) fn encode_request(self) -> Vec<u8> {
        LineWriter::new("IMS")
            .number(self.trid.0)
            .word(self.state())
            .finish()
    }

    pub(super) fn encode_reply(self) -> Vec<u8> {
        LineWriter::new("IMS")
            .number(self.trid.0)
            .number(0u8)
            .word(self.state())
            .finish()
    }

    const fn state(self) -> &'static str {
        if self.is_on { "ON" } else { "OFF" }
    }
}

/// `LST t list`: one list again; servers have long stopped answering
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LstRequest {
    /// Ties the replies.
    pub trid: TransactionId,
    /// Which.
    pub list: ListKind,
}

impl LstRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
            list: params.value("list", ListKind::from_code)?,
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("LST")
            .number(self.trid.0)
            .word(self.list.code())
            .finish()
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

/// A page of the services around the messenger (reference §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// `INBOX`
    Inbox,
    /// `FOLDERS`
    Folders,
    /// `COMPOSE [handle]`
    Compose,
    /// `MESSAGE`
    Message,
    /// `PERSON lcid`
    Person,
    /// `ADDRBOOK`
    AddressBook,
    /// `ADVSEARCH`
    AdvancedSearch,
    /// `INTSEARCH`
    InterestSearch,
    /// `PASSWORD`
    Password,
    /// `CHGMOB`
    ChangeMobile,
    /// `MOBILE`
    Mobile,
    /// `PROFILE lcid`, new in this dialect
    Profile,
    /// `N2PACCOUNT lcid`, new in this dialect
    NetToPhoneAccount,
    /// `N2PFUND lcid`, of this dialect only
    NetToPhoneFund,
    /// `CHAT lcid`, of the next dialect
    Chat,
}

impl Service {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Inbox,
        Self::Folders,
        Self::Compose,
        Self::Message,
        Self::Person,
        Self::AddressBook,
        Self::AdvancedSearch,
        Self::InterestSearch,
        Self::Password,
        Self::ChangeMobile,
        Self::Mobile,
        Self::Profile,
        Self::NetToPhoneAccount,
        Self::NetToPhoneFund,
        Self::Chat,
    ];

    /// The word on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inbox => "INBOX",
            Self::Folders => "FOLDERS",
            Self::Compose => "COMPOSE",
            Self::Message => "MESSAGE",
            Self::Person => "PERSON",
            Self::AddressBook => "ADDRBOOK",
            Self::AdvancedSearch => "ADVSEARCH",
            Self::InterestSearch => "INTSEARCH",
            Self::Password => "PASSWORD",
            Self::ChangeMobile => "CHGMOB",
            Self::Mobile => "MOBILE",
            Self::Profile => "PROFILE",
            Self::NetToPhoneAccount => "N2PACCOUNT",
            Self::NetToPhoneFund => "N2PFUND",
            Self::Chat => "CHAT",
        }
    }

    /// The service of a word, or `None` for any other.
    pub fn from_code(code: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|service| service.code().as_bytes() == code)
    }
}

/// `URL t service [argument]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlRequest {
    /// Ties the reply.
    pub trid: TransactionId,
    /// Which page.
    pub service: Service,
    /// A handle for [`Service::Compose`], a language such as `0x0409` for some others.
    pub argument: Option<String>,
}

impl UrlRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let service = params.value("service", Service::from_code)?;
        let argument = params
            .next_word()
            .map(|word| String::from_utf8_lossy(word).into_owned());
        Ok(Self {
            trid,
            service,
            argument,
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("URL")
            .number(self.trid.0)
            .word(self.service.code());
        self.argument
            .iter()
            .fold(line, |line, argument| line.word(argument))
            .finish()
    }
}

/// `URL t rru login [id]`. Never to be opened without asking, and never with credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlReply {
    /// Of the request.
    pub trid: TransactionId,
    /// Where to go behind the login: a path or a whole address.
    pub target: String,
    /// The login form's address.
    pub login: String,
    /// The site's number; some servers leave it out.
    pub site_id: Option<u32>,
}

impl UrlReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let (target, login) = (word(params, "target")?, word(params, "login address")?);
        Ok(Self {
            trid,
            target,
            login,
            site_id: params.parse("site id").ok(),
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("URL")
            .number(self.trid.0)
            .word(&self.target)
            .word(&self.login);
        self.site_id
            .iter()
            .fold(line, |line, id| line.number(*id))
            .finish()
    }
}

fn word(params: &mut Params<'_>, field: &'static str) -> Result<String, FieldError> {
    params.text(field).map(str::to_owned)
}

fn words(params: &mut Params<'_>) -> Vec<String> {
    let next = || {
        params
            .next_word()
            .map(|word| String::from_utf8_lossy(word).into_owned())
    };
    core::iter::from_fn(next).collect()
}

fn with_words(line: LineWriter, words: &[String]) -> LineWriter {
    words.iter().fold(line, |line, word| line.word(word))
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
