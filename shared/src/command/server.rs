//! Everything a server sends. One arm a command, nothing else.

use super::{
    Ack, AnsReply, Blp, Bye, CalReply, Chg, Chl, ErrorCode, Fln, Gtc, Iln, InfReply, Iro, Joi, Lst,
    MsgReply, Nak, Nln, Out, QryReply, Rng, Syn, UsrReply, Ver, XfrReply, trid,
};
use crate::model::TransactionId;
use crate::wire::{FieldError, Frame, LineWriter, Params};

/// `eee [t]`: something was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorReply {
    /// What.
    pub code: ErrorCode,
    /// Of the command that caused it; some errors have none.
    pub trid: Option<TransactionId>,
}

impl ErrorReply {
    fn decode(code: u16, params: &mut Params<'_>) -> Self {
        Self {
            code: ErrorCode(code),
            trid: trid(params).ok(),
        }
    }

    fn encode(self) -> Vec<u8> {
        let line = LineWriter::new(&format!("{:03}", self.code.0));
        self.trid
            .iter()
            .fold(line, |line, trid| line.number(trid.0))
            .finish()
    }
}

/// A command from a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// A message arrived.
    Ack(Ack),
    /// The call is answered.
    Ans(AnsReply),
    /// The privacy setting.
    Blp(Blp),
    /// Somebody left.
    Bye(Bye),
    /// It rings.
    Cal(CalReply),
    /// My presence is in force.
    Chg(Chg),
    /// A challenge.
    Chl(Chl),
    /// An error.
    Error(ErrorReply),
    /// Somebody went offline.
    Fln(Fln),
    /// The prompt setting.
    Gtc(Gtc),
    /// Somebody is there already.
    Iln(Iln),
    /// The ways to sign in.
    Inf(InfReply),
    /// Somebody is inside already.
    Iro(Iro),
    /// Somebody came in.
    Joi(Joi),
    /// An entry of a list.
    Lst(Lst),
    /// A body.
    Msg(MsgReply),
    /// A message did not arrive.
    Nak(Nak),
    /// Somebody came online or changed.
    Nln(Nln),
    /// The end.
    Out(Out),
    /// I am here.
    Qng,
    /// The answer to a challenge was right.
    Qry(QryReply),
    /// Somebody calls.
    Rng(Rng),
    /// The lists follow, or are as they were.
    Syn(Syn),
    /// A challenge to sign in, or welcome.
    Usr(UsrReply),
    /// The dialect.
    Ver(Ver),
    /// Go elsewhere.
    Xfr(XfrReply),
    /// Any other command.
    Unknown,
}

impl ServerCommand {
    /// Reads a frame that was cut with [`Direction::FromServer`](crate::wire::Direction::FromServer).
    pub fn decode(frame: &Frame<'_>) -> Result<Self, FieldError> {
        let params = &mut frame.params();
        Ok(match frame.verb() {
            b"ACK" => Self::Ack(Ack::decode(params)?),
            b"ANS" => Self::Ans(AnsReply::decode(params)?),
            b"BLP" => Self::Blp(Blp::decode(params)?),
            b"BYE" => Self::Bye(Bye::decode(params)?),
            b"CAL" => Self::Cal(CalReply::decode(params)?),
            b"CHG" => Self::Chg(Chg::decode(params)?),
            b"CHL" => Self::Chl(Chl::decode(params)?),
            b"FLN" => Self::Fln(Fln::decode(params)?),
            b"GTC" => Self::Gtc(Gtc::decode(params)?),
            b"ILN" => Self::Iln(Iln::decode(params)?),
            b"INF" => Self::Inf(InfReply::decode(params)?),
            b"IRO" => Self::Iro(Iro::decode(params)?),
            b"JOI" => Self::Joi(Joi::decode(params)?),
            b"LST" => Self::Lst(Lst::decode(params)?),
            b"MSG" => Self::Msg(MsgReply::decode(params, frame)?),
            b"NAK" => Self::Nak(Nak::decode(params)?),
            b"NLN" => Self::Nln(Nln::decode(params)?),
            b"OUT" => Self::Out(Out::decode(params)),
            b"QNG" => Self::Qng,
            b"QRY" => Self::Qry(QryReply::decode(params)?),
            b"RNG" => Self::Rng(Rng::decode(params)?),
            b"SYN" => Self::Syn(Syn::decode(params)?),
            b"USR" => Self::Usr(UsrReply::decode(params)?),
            b"VER" => Self::Ver(Ver::decode(params)?),
            b"XFR" => Self::Xfr(XfrReply::decode(params)?),
            verb => match error_code(verb) {
                Some(code) => Self::Error(ErrorReply::decode(code, params)),
                None => Self::Unknown,
            },
        })
    }

    /// The bytes of the command, its payload included. `Unknown` has none.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Ack(command) => command.encode(),
            Self::Ans(command) => command.encode(),
            Self::Blp(command) => command.encode(),
            Self::Bye(command) => command.encode(),
            Self::Cal(command) => command.encode(),
            Self::Chg(command) => command.encode(),
            Self::Chl(command) => command.encode(),
            Self::Error(command) => command.encode(),
            Self::Fln(command) => command.encode(),
            Self::Gtc(command) => command.encode(),
            Self::Iln(command) => command.encode(),
            Self::Inf(command) => command.encode(),
            Self::Iro(command) => command.encode(),
            Self::Joi(command) => command.encode(),
            Self::Lst(command) => command.encode(),
            Self::Msg(command) => command.encode(),
            Self::Nak(command) => command.encode(),
            Self::Nln(command) => command.encode(),
            Self::Out(command) => command.encode(),
            Self::Qng => LineWriter::new("QNG").finish(),
            Self::Qry(command) => command.encode(),
            Self::Rng(command) => command.encode(),
            Self::Syn(command) => command.encode(),
            Self::Usr(command) => command.encode(),
            Self::Ver(command) => command.encode(),
            Self::Xfr(command) => command.encode(),
            Self::Unknown => Vec::new(),
        }
    }
}

fn error_code(verb: &[u8]) -> Option<u16> {
    let is_code = verb.len() == 3 && verb.iter().all(u8::is_ascii_digit);
    core::str::from_utf8(verb)
        .ok()
        .filter(|_| is_code)?
        .parse()
        .ok()
}
