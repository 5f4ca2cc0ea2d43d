//! Everything a client sends. One arm a command, nothing else.

use super::{
    AddRequest, AnsRequest, Blp, CalRequest, Chg, CvrRequest, FndRequest, Gtc, Ims, InfRequest,
    LstRequest, MsgRequest, PagRequest, PrpRequest, QryRequest, ReaRequest, RemRequest, SdcRequest,
    SndRequest, Syn, UrlRequest, UsrRequest, Ver, XfrRequest, trid,
};
use crate::model::TransactionId;
use crate::wire::{FieldError, Frame, LineWriter};

/// A command from a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientCommand {
    /// Put somebody on a list.
    Add(AddRequest),
    /// Answer a call.
    Ans(AnsRequest),
    /// Change who may see and call me.
    Blp(Blp),
    /// Call somebody.
    Cal(CalRequest),
    /// Change my presence.
    Chg(Chg),
    /// Say which program I am.
    Cvr(CvrRequest),
    /// Search the directory.
    Fnd(FndRequest),
    /// Change what happens when somebody adds me.
    Gtc(Gtc),
    /// Change whether I can be called.
    Ims(Ims),
    /// Ask for the ways to sign in.
    Inf(InfRequest),
    /// Ask for one list again.
    Lst(LstRequest),
    /// Send a body.
    Msg(MsgRequest),
    /// Leave.
    Out,
    /// Page a telephone.
    Pag(PagRequest),
    /// Are you there?
    Png,
    /// Change a telephone number or the like.
    Prp(PrpRequest),
    /// Answer a challenge.
    Qry(QryRequest),
    /// Change a name.
    Rea(ReaRequest),
    /// Take somebody off a list.
    Rem(RemRequest),
    /// Mail an invitation with a text.
    Sdc(SdcRequest),
    /// Mail an invitation.
    Snd(SndRequest),
    /// Ask for the lists.
    Syn(Syn),
    /// Ask for the address of a page.
    Url(UrlRequest),
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
            b"ADD" => Self::Add(AddRequest::decode(params)?),
            b"ANS" => Self::Ans(AnsRequest::decode(params)?),
            b"BLP" => Self::Blp(Blp::decode(params)?),
            b"CAL" => Self::Cal(CalRequest::decode(params)?),
            b"CHG" => Self::Chg(Chg::decode(params)?),
            b"CVR" => Self::Cvr(CvrRequest::decode(params)?),
            b"FND" => Self::Fnd(FndRequest::decode(params)?),
            b"GTC" => Self::Gtc(Gtc::decode(params)?),
            b"IMS" => Self::Ims(Ims::decode(params)?),
            b"INF" => Self::Inf(InfRequest::decode(params)?),
            b"LST" => Self::Lst(LstRequest::decode(params)?),
            b"MSG" => Self::Msg(MsgRequest::decode(params, frame)?),
            b"OUT" => Self::Out,
            b"PAG" => Self::Pag(PagRequest::decode(params, frame)?),
            b"PNG" => Self::Png,
            b"PRP" => Self::Prp(PrpRequest::decode(params)?),
            b"QRY" => Self::Qry(QryRequest::decode(params, frame)?),
            b"REA" => Self::Rea(ReaRequest::decode(params)?),
            b"REM" => Self::Rem(RemRequest::decode(params)?),
            b"SDC" => Self::Sdc(SdcRequest::decode(params, frame)?),
            b"SND" => Self::Snd(SndRequest::decode(params)?),
            b"SYN" => Self::Syn(Syn::decode(params)?),
            b"URL" => Self::Url(UrlRequest::decode(params)?),
            b"USR" => Self::Usr(UsrRequest::decode(params)?),
            b"VER" => Self::Ver(Ver::decode(params)?),
            b"XFR" => Self::Xfr(XfrRequest::decode(params)?),
            _ => Self::Unknown(trid(params).ok()),
        })
    }

    /// The bytes of the command, its payload included. `Unknown` has none.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Add(command) => command.encode(),
            Self::Ans(command) => command.encode(),
            Self::Blp(command) => command.encode(),
            Self::Cal(command) => command.encode(),
            Self::Chg(command) => command.encode(),
            Self::Cvr(command) => command.encode(),
            Self::Fnd(command) => command.encode(),
            Self::Gtc(command) => command.encode(),
            Self::Ims(command) => command.encode_request(),
            Self::Inf(command) => command.encode(),
            Self::Lst(command) => command.encode(),
            Self::Msg(command) => command.encode(),
            Self::Out => LineWriter::new("OUT").finish(),
            Self::Pag(command) => command.encode(),
            Self::Png => LineWriter::new("PNG").finish(),
            Self::Prp(command) => command.encode(),
            Self::Qry(command) => command.encode(),
            Self::Rea(command) => command.encode(),
            Self::Rem(command) => command.encode(),
            Self::Sdc(command) => command.encode(),
            Self::Snd(command) => command.encode(),
            Self::Syn(command) => command.encode(),
            Self::Url(command) => command.encode(),
            Self::Usr(command) => command.encode(),
            Self::Ver(command) => command.encode(),
            Self::Xfr(command) => command.encode(),
            Self::Unknown(_) => Vec::new(),
        }
    }
}
