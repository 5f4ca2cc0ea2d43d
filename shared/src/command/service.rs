//! `IMS`, the old `LST`, `URL`: services around the messenger, most of them asleep at today's servers
//! (reference §3.8, §9).

use super::{trid, word};
use crate::model::{ListKind, TransactionId};
use crate::wire::{FieldError, LineWriter, Params};

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
            .filter(|word| !word.is_empty())
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
