//! The message with account data that follows `USR t OK` (reference §2.8). Says no more than a demo knows.

use crate::command::MsgReply;
use crate::model::{FriendlyName, Timestamp, UserHandle};

/// The whole message. Headers only, and the empty line that ends them.
pub(super) fn message(handle: &UserHandle, now: Timestamp) -> Option<MsgReply> {
    let seconds = now.0 / 1000;
    let body = [
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/x-msmsgsprofile; charset=UTF-8".to_owned(),
        format!("LoginTime: {seconds}"),
        "EmailEnabled: 0".to_owned(),
        "MemberIdHigh: 0".to_owned(),
        "MemberIdLow: 0".to_owned(),
        "lang_preference: 1033".to_owned(),
        format!("preferredEmail: {handle}"),
        "country: US".to_owned(),
        "Kid: 0".to_owned(),
        "Flags: 1027".to_owned(),
        "sid: 507".to_owned(),
        "kv: 4".to_owned(),
        String::new(),
        String::new(),
    ]
    .join("\r\n");
    Some(MsgReply {
        handle: UserHandle::from_wire("Hotmail")?,
        name: FriendlyName::from_wire(b"Hotmail"),
        body: body.into_bytes(),
    })
}
