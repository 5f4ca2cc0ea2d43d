//! Everything a server sends. One arm a command, nothing else.

use super::{
    Ack, AddReply, AlertReply, AnsReply, Blp, Bpr, Bye, CalReply, Chg, Chl, CvrReply, ErrorCode,
    Fln, FndReply, Gtc, Iln, Ims, InfReply, Iro, Joi, Lst, Mailed, MsgReply, Nak, Nln, Out,
    PrpReply, QryReply, ReaReply, RemReply, Rng, Syn, UrlReply, UsrReply, Ver, XfrReply, trid,
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
    /// Somebody is on a list now.
    Add(AddReply),
    /// The call is answered.
    Ans(AnsReply),
    /// The privacy setting.
    Blp(Blp),
    /// Somebody's telephone number or the like.
    Bpr(Bpr),
    /// Somebody left.
    Bye(Bye),
    /// It rings.
    Cal(CalReply),
    /// My presence is in force.
    Chg(Chg),
    /// A challenge.
    Chl(Chl),
    /// The versions of the program.
    Cvr(CvrReply),
    /// An error.
    Error(ErrorReply),
    /// Somebody went offline.
    Fln(Fln),
    /// An entry of the directory.
    Fnd(FndReply),
    /// The prompt setting.
    Gtc(Gtc),
    /// Somebody is there already.
    Iln(Iln),
    /// Whether I can be called.
    Ims(Ims),
    /// The ways to sign in.
    Inf(InfReply),
    /// A page from a telephone.
    Ipg(AlertReply),
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
    /// An alert.
    Not(AlertReply),
    /// The end.
    Out(Out),
    /// A telephone number of mine or the like.
    Prp(PrpReply),
    /// I am here.
    Qng,
    /// The answer to a challenge was right.
    Qry(QryReply),
    /// A name is changed.
    Rea(ReaReply),
    /// Somebody is off a list now.
    Rem(RemReply),
    /// Somebody calls.
    Rng(Rng),
    /// The invitation is on its way.
    Sdc(Mailed),
    /// The invitation is on its way.
    Snd(Mailed),
    /// The lists follow, or are as they were.
    Syn(Syn),
    /// The address of a page.
    Url(UrlReply),
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
            b"ADD" => Self::Add(AddReply::decode(params)?),
            b"ANS" => Self::Ans(AnsReply::decode(params)?),
            b"BLP" => Self::Blp(Blp::decode(params)?),
            b"BPR" => Self::Bpr(Bpr::decode(params)?),
            b"BYE" => Self::Bye(Bye::decode(params)?),
            b"CAL" => Self::Cal(CalReply::decode(params)?),
            b"CHG" => Self::Chg(Chg::decode(params)?),
            b"CHL" => Self::Chl(Chl::decode(params)?),
            b"CVR" => Self::Cvr(CvrReply::decode(params)?),
            b"FLN" => Self::Fln(Fln::decode(params)?),
            b"FND" => Self::Fnd(FndReply::decode(params)?),
            b"GTC" => Self::Gtc(Gtc::decode(params)?),
            b"ILN" => Self::Iln(Iln::decode(params)?),
            b"IMS" => Self::Ims(Ims::decode(params)?),
            b"INF" => Self::Inf(InfReply::decode(params)?),
            b"IPG" => Self::Ipg(AlertReply::decode(frame)),
            b"IRO" => Self::Iro(Iro::decode(params)?),
            b"JOI" => Self::Joi(Joi::decode(params)?),
            b"LST" => Self::Lst(Lst::decode(params)?),
            b"MSG" => Self::Msg(MsgReply::decode(params, frame)?),
            b"NAK" => Self::Nak(Nak::decode(params)?),
            b"NLN" => Self::Nln(Nln::decode(params)?),
            b"NOT" => Self::Not(AlertReply::decode(frame)),
            b"OUT" => Self::Out(Out::decode(params)),
            b"PRP" => Self::Prp(PrpReply::decode(params)?),
            b"QNG" => Self::Qng,
            b"QRY" => Self::Qry(QryReply::decode(params)?),
            b"REA" => Self::Rea(ReaReply::decode(params)?),
            b"REM" => Self::Rem(RemReply::decode(params)?),
            b"RNG" => Self::Rng(Rng::decode(params)?),
            b"SDC" => Self::Sdc(Mailed::decode(params)?),
            b"SND" => Self::Snd(Mailed::decode(params)?),
            b"SYN" => Self::Syn(Syn::decode(params)?),
            b"URL" => Self::Url(UrlReply::decode(params)?),
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
            Self::Add(command) => command.encode(),
            Self::Ans(command) => command.encode(),
            Self::Blp(command) => command.encode(),
            Self::Bpr(command) => command.encode(),
            Self::Bye(command) => command.encode(),
            Self::Cal(command) => command.encode(),
            Self::Chg(command) => command.encode(),
            Self::Chl(command) => command.encode(),
            Self::Cvr(command) => command.encode(),
            Self::Error(command) => command.encode(),
            Self::Fln(command) => command.encode(),
            Self::Fnd(command) => command.encode(),
            Self::Gtc(command) => command.encode(),
            Self::Iln(command) => command.encode(),
            Self::Ims(command) => command.encode_reply(),
            Self::Inf(command) => command.encode(),
            Self::Ipg(command) => command.encode("IPG"),
            Self::Iro(command) => command.encode(),
            Self::Joi(command) => command.encode(),
            Self::Lst(command) => command.encode(),
            Self::Msg(command) => command.encode(),
            Self::Nak(command) => command.encode(),
            Self::Nln(command) => command.encode(),
            Self::Not(command) => command.encode("NOT"),
            Self::Out(command) => command.encode(),
            Self::Prp(command) => command.encode(),
            Self::Qng => LineWriter::new("QNG").finish(),
            Self::Qry(command) => command.encode(),
            Self::Rea(command) => command.encode(),
            Self::Rem(command) => command.encode(),
            Self::Rng(command) => command.encode(),
            Self::Sdc(command) => command.encode("SDC"),
            Self::Snd(command) => command.encode("SND"),
            Self::Syn(command) => command.encode(),
            Self::Url(command) => command.encode(),
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
