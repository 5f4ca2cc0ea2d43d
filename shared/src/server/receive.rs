//! From bytes to commands: what can be read, what is refused, what ends the link.

use super::link::{Link, LinkState};
use super::quirks::Quirk;
use super::{MAX_UNFINISHED, Server};
use crate::command::{ClientCommand, ErrorCode, Out, ServerCommand};
use crate::model::{LinkId, TransactionId};
use crate::wire::{Direction, Frame, Framer};

/// What a line turned out to be.
enum Read {
    Command(ClientCommand),
    /// It reads well up to a value that is wrong.
    Refused(TransactionId, ErrorCode),
    /// `ADD` or `REM` without sense.
    BadChange,
    /// Bad syntax, or what only servers say.
    Bad,
}

impl Server {
    pub(super) fn on_received(&mut self, link: LinkId, bytes: &[u8]) {
        let Some(entry) = self.links.get_mut(&link).filter(|entry| !entry.is_deaf) else {
            return;
        };
        entry.framer.push(bytes);
        let is_at_switchboard =
            matches!(entry.state, LinkState::Outside | LinkState::Inside { .. });
        if is_at_switchboard && self.quirks.has(Quirk::FirstCommandOnly) {
            self.take_command(link);
            if let Some(entry) = self.links.get_mut(&link) {
                entry.framer = Framer::new(Direction::FromClient);
            }
            return;
        }
        while self.take_command(link) {}
        let unfinished = self.links.get(&link).map(|entry| entry.framer.buffered());
        if unfinished.is_some_and(|bytes| bytes > MAX_UNFINISHED) {
            self.hang_up(link);
        }
    }

    /// Carries out the next command that is complete. Says whether there may be more: every command can
    /// end the link.
    fn take_command(&mut self, link: LinkId) -> bool {
        let Some(entry) = self.links.get_mut(&link) else {
            return false;
        };
        let before = entry.framer.consumed();
        let (read, length, is_letter) = match entry.framer.next_frame() {
            Ok(Some(frame)) => {
                let length = frame.line().len() + frame.payload().len() + 2;
                (Some(read(&frame)), length, frame.line().len() == 1)
            }
            Ok(None) => (None, 0, false),
            Err(_) => {
                self.hang_up(link);
                return false;
            }
        };
        let is_trap = is_letter || skipped_lines(entry, before, length);
        if is_trap && self.quirks.has(Quirk::DeafAfterEmptyLine) {
            entry.is_deaf = true;
            return false;
        }
        let Some(read) = read else { return false };
        self.on_read(link, read);
        true
    }

    fn on_read(&mut self, link: LinkId, read: Read) {
        let state = self.links.get(&link).map(|entry| &entry.state);
        let is_signed_in = matches!(state, Some(LinkState::SignedIn { .. }));
        match read {
            Read::Command(command) => self.on_command(link, command),
            Read::Refused(trid, code) if is_signed_in => self.fail(link, code, trid),
            Read::BadChange if is_signed_in && self.quirks.has(Quirk::SilentServices) => {}
            Read::Refused(..) | Read::BadChange | Read::Bad => self.hang_up(link),
        }
    }

    fn on_command(&mut self, link: LinkId, command: ClientCommand) {
        let Some(entry) = self.links.get(&link) else {
            return;
        };
        let state = entry.state.clone();
        match command {
            ClientCommand::Out if self.quirks.has(Quirk::EchoesOut) => {
                self.send(link, &ServerCommand::Out(Out { reason: None }));
                return self.hang_up(link);
            }
            ClientCommand::Unknown(_) if self.quirks.has(Quirk::ClosesOnUnknown) => {
                return self.hang_up(link);
            }
            _ => {}
        }
        match state {
            LinkState::SigningIn(role, expect) => self.on_signing_in(link, role, expect, command),
            LinkState::Referred => self.hang_up(link),
            LinkState::SignedIn { handle } => self.on_signed_in(link, &handle, command),
            LinkState::Outside => self.on_outside(link, command),
            LinkState::Inside { room, handle } => self.on_inside(link, &room, &handle, command),
        }
    }
}

/// Whether there was more in the stream than the one command, `length` bytes long, that came out of it.
fn skipped_lines(entry: &Link, before: u64, length: usize) -> bool {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    entry.framer.consumed() - before > length
}

fn read(frame: &Frame<'_>) -> Read {
    const FROM_SERVERS: [&[u8]; 13] = [
        b"ACK", b"BPR", b"BYE", b"CHL", b"FLN", b"ILN", b"IRO", b"JOI", b"NAK", b"NLN", b"NOT",
        b"QNG", b"RNG",
    ];
    if FROM_SERVERS.contains(&frame.verb()) {
        return Read::Bad;
    }
    match (ClientCommand::decode(frame), frame.verb()) {
        (Ok(command), _) => Read::Command(command),
        (Err(_), b"ADD" | b"REM") => Read::BadChange,
        (Err(_), _) => refusal(frame).map_or(Read::Bad, |(trid, code)| Read::Refused(trid, code)),
    }
}

/// The error for a command that fails only in its second word; a property has three letters.
fn refusal(frame: &Frame<'_>) -> Option<(TransactionId, ErrorCode)> {
    let mut params = frame.params();
    let trid = TransactionId(params.parse("transaction id").ok()?);
    let word = params.next_word()?;
    match frame.verb() {
        b"PRP" if word.len() == 3 => Some((trid, ErrorCode(715))),
        b"XFR" => Some((trid, ErrorCode(201))),
        _ => None,
    }
}
