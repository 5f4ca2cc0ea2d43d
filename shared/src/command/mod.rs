//! Frames ⇄ typed commands, both directions, encoding next to decoding. Knows what a line says, not what
//! it means at a given moment.
//!
//! A command is named by its three letters. `…Request` is what clients send and `…Reply` what servers
//! send where the two differ in shape.

mod alert;
mod challenge;
mod changes;
mod client;
mod contacts;
mod directory;
mod error_code;
mod link;
mod login;
mod message;
mod presence;
mod properties;
mod server;
mod service;
mod switchboard;
mod version;

pub use alert::{AlertReply, PagRequest};
pub use challenge::{Chl, QryReply, QryRequest};
pub use changes::{AddReply, AddRequest, ReaReply, ReaRequest, RemReply, RemRequest};
pub use client::ClientCommand;
pub use contacts::{Blp, Gtc, Lst, Syn};
pub use directory::{FndReply, FndRequest, Mailed, SdcRequest, SndRequest};
pub use error_code::{ErrorCode, ServerError};
pub use link::{Out, OutReason};
pub use login::{Dialect, InfReply, InfRequest, UsrReply, UsrRequest, Ver, XfrReply, XfrRequest};
pub use message::{Ack, AckRequest, MsgReply, MsgRequest, Nak};
pub use presence::{Chg, Fln, Iln, Nln};
pub use properties::{Bpr, PrpReply, PrpRequest};
pub use server::{ErrorReply, ServerCommand};
pub use service::{Ims, LstRequest, Service, UrlReply, UrlRequest};
pub use switchboard::{AnsReply, AnsRequest, Bye, CalReply, CalRequest, Cookie, Iro, Joi, Rng};
pub use version::{CvrReply, CvrRequest};

use crate::model::{FriendlyName, TransactionId, UserHandle};
use crate::wire::{FieldError, Params};

/// The next parameter as transaction id.
fn trid(params: &mut Params<'_>) -> Result<TransactionId, FieldError> {
    params.parse("transaction id").map(TransactionId)
}

/// The next parameter as handle.
fn handle(params: &mut Params<'_>) -> Result<UserHandle, FieldError> {
    let word = params.text("handle")?;
    UserHandle::from_wire(word).ok_or_else(|| params.malformed("handle"))
}

/// The next parameter as name; none at all is an empty name.
fn name(params: &mut Params<'_>) -> FriendlyName {
    FriendlyName::from_wire(params.next_word().unwrap_or_default())
}

/// The next parameter as a word of text.
fn word(params: &mut Params<'_>, field: &'static str) -> Result<String, FieldError> {
    params.text(field).map(str::to_owned)
}
