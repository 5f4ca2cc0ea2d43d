//! How a command looks when it leaves: the quirks that change words and not deeds.

use super::quirks::{Quirk, Quirks};
use crate::command::{ErrorReply, Fln, Iln, ServerCommand, UsrReply, XfrReply};
use crate::model::{FriendlyName, Presence, SwitchboardId, TransactionId, UserHandle};

/// A transaction id that belongs to somebody else.
pub(super) const FOREIGN: TransactionId = TransactionId(7777);

/// The bytes of a command for a receiver, who has a handle once signed in or in a room.
pub(super) fn bytes(
    quirks: Quirks,
    receiver: Option<&UserHandle>,
    command: &ServerCommand,
) -> Vec<u8> {
    if quirks.is_empty() {
        return command.encode();
    }
    let mut command = command.clone();
    reword(quirks, &mut command);
    if let Some(receiver) = receiver {
        misname(quirks, receiver, &mut command);
    }
    let command = if quirks.has(Quirk::IlnForPresence) {
        as_iln(command)
    } else {
        command
    };
    let payload = match &command {
        ServerCommand::Msg(message) => message.body.len(),
        _ => 0,
    };
    let mut bytes = command.encode();
    let payload = bytes.split_off(bytes.len() - payload);
    let mut line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
    if let Some(extra) = extra(quirks, &command) {
        line.push_str(extra);
    }
    if quirks.has(Quirk::ReferralWithoutPort)
        && let ServerCommand::Xfr(XfrReply::Notification { .. }) = &command
    {
        line = line.replace(":1863 ", " ");
    }
    if quirks.has(Quirk::TrailingSpace) && payload.is_empty() {
        line.push(' ');
    }
    line.push_str(if quirks.has(Quirk::LineFeedOnly) {
        "\n"
    } else {
        "\r\n"
    });
    [line.into_bytes(), payload].concat()
}

/// Values that are left out, or are others.
fn reword(quirks: Quirks, command: &mut ServerCommand) {
    match command {
        ServerCommand::Usr(UsrReply::Accepted { is_verified, .. })
            if quirks.has(Quirk::NoVerifiedBit) =>
        {
            *is_verified = None;
        }
        ServerCommand::Gtc(gtc) => {
            gtc.version
                .take_if(|_| quirks.has(Quirk::SettingsWithoutSerial));
            gtc.prompt
                .take_if(|_| quirks.has(Quirk::SettingsWithoutValue));
        }
        ServerCommand::Blp(blp) => {
            blp.version
                .take_if(|_| quirks.has(Quirk::SettingsWithoutSerial));
            blp.privacy
                .take_if(|_| quirks.has(Quirk::SettingsWithoutValue));
        }
        ServerCommand::Url(url) => {
            url.site_id.take_if(|_| quirks.has(Quirk::UrlWithoutSite));
        }
        ServerCommand::Cal(cal) if quirks.has(Quirk::RingingZero) => {
            cal.id = SwitchboardId::from_wire("0").unwrap_or_else(|| cal.id.clone());
        }
        _ => {}
    }
}

/// The receiver in the place of somebody else.
fn misname(quirks: Quirks, receiver: &UserHandle, command: &mut ServerCommand) {
    let (slip, handle) = match command {
        ServerCommand::Fln(fln) => (Quirk::FlnNamesReceiver, &mut fln.handle),
        ServerCommand::Bye(bye) => (Quirk::ByeNamesReceiver, &mut bye.handle),
        ServerCommand::Rng(rng) => (Quirk::RngNamesCallee, &mut rng.handle),
        ServerCommand::Rem(rem) if rem.trid != TransactionId::UNSOLICITED => {
            (Quirk::RemNamesAsker, &mut rem.handle)
        }
        _ => return,
    };
    if quirks.has(slip) {
        handle.clone_from(receiver);
    }
}

fn as_iln(command: ServerCommand) -> ServerCommand {
    let (presence, handle, name) = match command {
        ServerCommand::Nln(nln) => (nln.presence, nln.handle, nln.name),
        ServerCommand::Fln(Fln { handle }) => (Presence::Offline, handle, FriendlyName::default()),
        other => return other,
    };
    ServerCommand::Iln(Iln {
        trid: FOREIGN,
        presence,
        handle,
        name,
    })
}

/// What a line ends with beyond what this dialect has.
fn extra(quirks: Quirks, command: &ServerCommand) -> Option<&'static str> {
    let (quirk, words) = match command {
        ServerCommand::Ver(ver) if ver.dialects.is_empty() => {
            (Quirk::RefusesDialects, " MSNP9 MSNP8 CVR0")
        }
        ServerCommand::Usr(UsrReply::Challenge { .. }) => {
            (Quirk::ChallengeExtraWord, " alice@example.com")
        }
        ServerCommand::Error(ErrorReply { trid: Some(_), .. }) => {
            (Quirk::ErrorsWithText, " Something%20is%20wrong")
        }
        ServerCommand::Usr(UsrReply::Accepted {
            is_verified: Some(_),
            ..
        }) => (Quirk::ExtraParameters, " 0"),
        ServerCommand::Xfr(XfrReply::Notification { .. }) => {
            (Quirk::ExtraParameters, " 192.0.2.1:1863")
        }
        ServerCommand::Xfr(_) | ServerCommand::Rng(_) => {
            (Quirk::ExtraParameters, " U messenger.example.com 1")
        }
        // Where there is no name, one more word would be one.
        ServerCommand::Iln(iln) if iln.name.is_empty() => return None,
        ServerCommand::Iln(_)
        | ServerCommand::Nln(_)
        | ServerCommand::Chg(_)
        | ServerCommand::Joi(_)
        | ServerCommand::Iro(_) => (Quirk::ExtraParameters, " 268435508"),
        ServerCommand::Lst(lst) if lst.entry.is_some() => (Quirk::ExtraParameters, " 0"),
        ServerCommand::Qng => (Quirk::ExtraParameters, " 50"),
        ServerCommand::Ack(_)
        | ServerCommand::Add(_)
        | ServerCommand::Ans(_)
        | ServerCommand::Cal(_)
        | ServerCommand::Chl(_)
        | ServerCommand::Fln(_)
        | ServerCommand::Inf(_)
        | ServerCommand::Nak(_)
        | ServerCommand::Qry(_)
        | ServerCommand::Rea(_)
        | ServerCommand::Rem(_)
        | ServerCommand::Syn(_)
        | ServerCommand::Url(_)
        | ServerCommand::Ver(_) => (Quirk::ExtraParameters, " 0 0"),
        // The value ends the line, or may be left out: one more word would be another value.
        _ => return None,
    };
    quirks.has(quirk).then_some(words)
}
