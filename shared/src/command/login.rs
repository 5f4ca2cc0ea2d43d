//! `VER`, `INF`, `USR`, `XFR`: agreeing on a dialect, proving who one is, being sent elsewhere
//! (reference §2). A switchboard's `USR` is here too, because only its shape tells it apart.

use core::fmt;

use super::switchboard::{Cookie, cookie};
use super::{handle, name, trid};
use crate::model::{Endpoint, FriendlyName, Secret, TransactionId, UserHandle};
use crate::wire::{FieldError, LineWriter, Params};

/// A version of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// `CVRn`: no dialect, but a wish to hear about program versions.
    Cvr(u8),
    /// `MSNPn`
    Msnp(u8),
}

impl Dialect {
    fn from_word(word: &[u8]) -> Option<Self> {
        let number = |digits: &[u8]| core::str::from_utf8(digits).ok()?.parse().ok();
        match word.strip_prefix(b"MSNP") {
            Some(digits) => number(digits).map(Self::Msnp),
            None => word.strip_prefix(b"CVR").and_then(number).map(Self::Cvr),
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cvr(number) => write!(f, "CVR{number}"),
            Self::Msnp(number) => write!(f, "MSNP{number}"),
        }
    }
}

/// `VER t dialect…`, either way. No dialect at all is written `0`: nothing in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ver {
    /// Ties the two sides.
    pub trid: TransactionId,
    /// The dialects, in the order of the line. Words that name none are left out.
    pub dialects: Vec<Dialect>,
}

impl Ver {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let mut dialects = Vec::new();
        let mut is_refused = false;
        while let Some(word) = params.next_word() {
            is_refused |= word == b"0" && dialects.is_empty();
            dialects.extend(Dialect::from_word(word));
        }
        // A leading 0 refuses, whatever a server lists behind it for information.
        if is_refused {
            dialects.clear();
        }
        Ok(Self { trid, dialects })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("VER").number(self.trid.0);
        if self.dialects.is_empty() {
            return line.word("0").finish();
        }
        self.dialects
            .iter()
            .fold(line, |line, dialect| line.word(&dialect.to_string()))
            .finish()
    }
}

/// `INF t`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InfRequest {
    /// Ties the reply.
    pub trid: TransactionId,
}

impl InfRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            trid: trid(params)?,
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("INF").number(self.trid.0).finish()
    }
}

/// `INF t MD5`, or a list with commas
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InfReply {
    /// Of the request.
    pub trid: TransactionId,
    /// The ways to sign in that the server knows.
    pub packages: String,
}

impl InfReply {
    /// Whether the one way that this dialect has is among them.
    pub fn offers_md5(&self) -> bool {
        self.packages
            .split([',', ' '])
            .any(|package| package == "MD5")
    }

    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        let mut packages = params.text("security package")?.to_owned();
        while let Some(more) = params.next_word() {
            packages.push(' ');
            packages.push_str(&String::from_utf8_lossy(more));
        }
        Ok(Self { trid, packages })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        self.packages
            .split(' ')
            .fold(LineWriter::new("INF").number(self.trid.0), LineWriter::word)
            .finish()
    }
}

/// What a client says with `USR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsrRequest {
    /// `USR t MD5 I handle`: I am this one; challenge me.
    Init {
        /// Ties the reply.
        trid: TransactionId,
        /// Who.
        handle: UserHandle,
    },
    /// `USR t MD5 S digest`: the answer to the challenge.
    Digest {
        /// Ties the reply.
        trid: TransactionId,
        /// 32 hexadecimal digits in lower case. As good as the password where challenges repeat.
        digest: Secret<String>,
    },
    /// `USR t handle cookie`, to a switchboard.
    Cookie {
        /// Ties the reply.
        trid: TransactionId,
        /// Who.
        handle: UserHandle,
        /// From the `XFR`.
        cookie: Cookie,
    },
}

impl UsrRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        if params.clone().word("security package")?.contains(&b'@') {
            return Ok(Self::Cookie {
                trid,
                handle: handle(params)?,
                cookie: cookie(params)?,
            });
        }
        // There is no other way to sign in; later dialects have some.
        if params.word("security package")? != b"MD5" {
            return Err(params.malformed("security package"));
        }
        match params.word("stage")? {
            b"I" => Ok(Self::Init {
                trid,
                handle: handle(params)?,
            }),
            b"S" => {
                let digest = params.text("digest")?;
                Ok(Self::Digest {
                    trid,
                    digest: Secret::new(digest.to_owned()),
                })
            }
            _ => Err(params.malformed("stage")),
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("USR");
        match self {
            Self::Init { trid, handle } => line
                .number(trid.0)
                .word("MD5")
                .word("I")
                .word(handle.as_str()),
            Self::Digest { trid, digest } => line
                .number(trid.0)
                .word("MD5")
                .word("S")
                .word(digest.expose()),
            Self::Cookie {
                trid,
                handle,
                cookie,
            } => line
                .number(trid.0)
                .word(handle.as_str())
                .word(cookie.expose()),
        }
        .finish()
    }
}

/// What a server says with `USR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsrReply {
    /// `USR t MD5 S challenge`. The word for the method is not looked at: one printed source misspells it.
    Challenge {
        /// Of the request.
        trid: TransactionId,
        /// To be digested byte for byte, never percent-decoded.
        challenge: String,
    },
    /// `USR t OK handle name [verified]`, of a notification server and of a switchboard.
    Accepted {
        /// Of the request.
        trid: TransactionId,
        /// As the server spells it.
        handle: UserHandle,
        /// My name.
        name: FriendlyName,
        /// Whether the account's address is verified; new in MSNP6, and left out by several servers.
        is_verified: Option<bool>,
    },
}

impl UsrReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        if params.word("security package")? == b"OK" {
            let (handle, name) = (handle(params)?, name(params));
            let is_verified = params.next_word().and_then(|word| match word {
                b"0" => Some(false),
                b"1" => Some(true),
                _ => None,
            });
            return Ok(Self::Accepted {
                trid,
                handle,
                name,
                is_verified,
            });
        }
        match params.word("stage")? {
            b"S" => Ok(Self::Challenge {
                trid,
                challenge: params.text("challenge")?.to_owned(),
            }),
            _ => Err(params.malformed("stage")),
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("USR");
        match self {
            Self::Challenge { trid, challenge } => {
                line.number(trid.0).word("MD5").word("S").word(challenge)
            }
            Self::Accepted {
                trid,
                handle,
                name,
                is_verified,
            } => {
                let line = line
                    .number(trid.0)
                    .word("OK")
                    .word(handle.as_str())
                    .text(name.as_str());
                match is_verified {
                    Some(is_verified) => line.number(u8::from(*is_verified)),
                    None => line,
                }
            }
        }
        .finish()
    }
}

/// `XFR t SB`: a switchboard, please.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct XfrRequest {
    /// Ties the reply.
    pub trid: TransactionId,
}

impl XfrRequest {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        params.value("server kind", |word| {
            (word == b"SB").then_some(Self { trid })
        })
    }

    pub(super) fn encode(self) -> Vec<u8> {
        LineWriter::new("XFR")
            .number(self.trid.0)
            .word("SB")
            .finish()
    }
}

/// What a server says with `XFR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XfrReply {
    /// `XFR t NS address 0`: sign in there. Address `0` means here, again from `VER`.
    Notification {
        /// Of the request; 0 in the middle of a session.
        trid: TransactionId,
        /// Where; `None` is here.
        endpoint: Option<Endpoint>,
    },
    /// `XFR t SB address CKI cookie`
    Switchboard {
        /// Of the request.
        trid: TransactionId,
        /// Where.
        endpoint: Endpoint,
        /// Opens the switchboard, once and soon.
        cookie: Cookie,
    },
}

impl XfrReply {
    pub(super) fn decode(params: &mut Params<'_>) -> Result<Self, FieldError> {
        let trid = trid(params)?;
        match params.word("server kind")? {
            b"NS" => {
                let address = params.text("address")?;
                let endpoint = match address {
                    "0" => None,
                    address => Some(address.parse().map_err(|_| params.malformed("address"))?),
                };
                Ok(Self::Notification { trid, endpoint })
            }
            b"SB" => {
                let endpoint = params.parse("address")?;
                params.word("security package")?;
                Ok(Self::Switchboard {
                    trid,
                    endpoint,
                    cookie: cookie(params)?,
                })
            }
            _ => Err(params.malformed("server kind")),
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let line = LineWriter::new("XFR");
        match self {
            Self::Notification { trid, endpoint } => {
                let address = endpoint
                    .as_ref()
                    .map_or_else(|| "0".to_owned(), Endpoint::to_string);
                line.number(trid.0).word("NS").word(&address).number(0u8)
            }
            Self::Switchboard {
                trid,
                endpoint,
                cookie,
            } => line
                .number(trid.0)
                .word("SB")
                .word(&endpoint.to_string())
                .word("CKI")
                .word(cookie.expose()),
        }
        .finish()
    }
}
