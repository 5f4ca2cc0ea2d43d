//! The messages that the notification server itself writes: account data, mail, maintenance (reference
//! §2.8, §8.4). They say no more than a demo knows.

use super::config::UnreadMail;
use crate::command::{MsgReply, ServerCommand};
use crate::model::{FriendlyName, Timestamp, UserHandle};

/// Account data, right after `USR t OK`. Headers only, and the empty line that ends them.
pub(super) fn profile(handle: &UserHandle, has_mail: bool, now: Timestamp) -> ServerCommand {
    let seconds = now.0 / 1000;
    let has_mail = u8::from(has_mail);
    message(&[
        "Content-Type: text/x-msmsgsprofile; charset=UTF-8",
        &format!("LoginTime: {seconds}"),
        &format!("EmailEnabled: {has_mail}"),
        "MemberIdHigh: 0",
        "MemberIdLow: 0",
        "lang_preference: 1033",
        &format!("preferredEmail: {handle}"),
        "country: US",
        "Kid: 0",
        "Flags: 1027",
        "sid: 507",
        "kv: 4",
        "",
    ])
}

/// What is unread, after the first `CHG`.
pub(super) fn unread_mail(mail: UnreadMail) -> ServerCommand {
    let UnreadMail { inbox, folders } = mail;
    message(&[
        "Content-Type: text/x-msmsgsinitialemailnotification; charset=UTF-8",
        "",
        &format!("Inbox-Unread: {inbox}"),
        &format!("Folders-Unread: {folders}"),
        "Inbox-URL: /none",
        "Folders-URL: /none",
        "Post-URL: /none",
        "",
    ])
}

/// The server goes down in so many minutes.
pub(super) fn maintenance(minutes: u32) -> ServerCommand {
    message(&[
        "Content-Type: application/x-msmsgssystemmessage",
        "",
        "Type: 1",
        &format!("Arg1: {minutes}"),
    ])
}

fn message(lines: &[&str]) -> ServerCommand {
    let body = format!("MIME-Version: 1.0\r\n{}\r\n", lines.join("\r\n"));
    let Some(handle) = UserHandle::from_wire("Hotmail") else {
        return ServerCommand::Unknown;
    };
    ServerCommand::Msg(MsgReply {
        handle,
        name: FriendlyName::from_wire(b"Hotmail"),
        body: body.into_bytes(),
    })
}
