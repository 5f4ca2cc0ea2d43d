//! Everything a client sends. One arm a command, nothing else.

use super::{
    AnsRequest, CalRequest, Chg, InfRequest, MsgRequest, QryRequest, Syn, UsrRequest, Ver,
    XfrRequest, trid,
};
use crate::model::TransactionId;
use crate::wire::{FieldError, Frame, LineWriter};

/// A command from a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientCommand {
    /// Answer a call.
    Ans(AnsRequest),
    /// Call somebody.
    Cal(CalRequest),
    /// Change my presence.
    Chg(Chg),
    /// Ask for the ways to sign in.
    Inf(InfRequest),
    /// Send a body.
    Msg(MsgRequest),
    /// Leave.
    Out,
    /// Are you there?
    Png,
    /// Answer a challenge.
    Qry(QryRequest),
    /// Ask for the lists.
    Syn(Syn),
    /// Sign in.
    Usr(UsrRequest),
    /// Offer dialects.
    Ver(Ver),
    /// Ask for a switchboard.
    Xfr(XfrRequest),
    /// Any other command; its id, if it has one.
    Unknown(Option<TransactionId>),
}

impl ClientCommand {
    /// Reads a frame that was cut with [`Direction::FromClient`](crate::wire::Direction::FromClient).
    pub fn decode(frame: &Frame<'_>) -> Result<Self, FieldError> {
        let params = &mut frame.params();
        Ok(match frame.verb() {
            b"ANS" => Self::Ans(AnsRequest::decode(params)?),
            b"CAL" => Self::Cal(CalRequest::decode(params)?),
            b"CHG" => Self::Chg(Chg::decode(params)?),
            b"INF" => Self::Inf(InfRequest::decode(params)?),
            b"MSG" => Self::Msg(MsgRequest::decode(params, frame)?),
            b"OUT" => Self::Out,
            b"PNG" => Self::Png,
            b"QRY" => Self::Qry(QryRequest::decode(params, frame)?),
            b"SYN" => Self::Syn(Syn::decode(params)?),
            b"USR" => Self::Usr(UsrRequest::decode(params)?),
            b"VER" => Self::Ver(Ver::decode(params)?),
            b"XFR" => Self::Xfr(XfrRequest::decode(params)?),
            _ => Self::Unknown(trid(params).ok()),
        })
    }

    /// The bytes of the command, its payload included. `Unknown` has none.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Ans(command) => command.encode(),
            Self::Cal(command) => command.encode(),
            Self::Chg(command) => command.encode(),
            Self::Inf(command) => command.encode(),
            Self::Msg(command) => command.encode(),
            Self::Out => LineWriter::new("OUT").finish(),
            Self::Png => LineWriter::new("PNG").finish(),
            Self::Qry(command) => command.encode(),
            Self::Syn(command) => command.encode(),
            Self::Usr(command) => command.encode(),
            Self::Ver(command) => command.encode(),
            Self::Xfr(command) => command.encode(),
            Self::Unknown(_) => Vec::new(),
        }
    }
}
