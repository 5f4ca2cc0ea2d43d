//! `USR`, `CAL`, `MSG`, `OUT` at a switchboard (reference §7), and how a room ends.

use core::time::Duration;

use super::Server;
use super::cookies::Purpose;
use super::link::LinkState;
use super::quirks::Quirk;
use super::room::{Member, Room, Seat};
use super::timers::Timer;
use crate::command::{
    Ack, AckRequest, AnsRequest, Bye, CalReply, CalRequest, ClientCommand, Cookie, ErrorCode, Joi,
    MsgReply, MsgRequest, Nak, Rng, ServerCommand, UsrReply, UsrRequest,
};
use crate::model::{LinkId, SwitchboardId, TransactionId, UserHandle};

/// The longest body that is relayed, headers included (reference §1.5).
pub(super) const MAX_BODY: usize = 1664;

/// Calls that bring nobody, by one link, before they get error 713 (reference §7.1).
const MAX_FAILED_CALLS: u8 = 5;

/// Rooms in which nobody does anything end, as the official ones did (reference §7.7).
const IDLE_LIMIT: Duration = Duration::from_mins(5);

impl Server {
    pub(super) fn on_outside(&mut self, link: LinkId, command: ClientCommand) {
        match command {
            ClientCommand::Usr(UsrRequest::Cookie {
                trid,
                handle,
                cookie,
            }) => self.open_room(link, trid, &handle, &cookie),
            ClientCommand::Ans(ans) => self.on_ans(link, &ans),
            ClientCommand::Unknown(_) => {}
            _ => self.hang_up(link),
        }
    }

    pub(super) fn on_inside(
        &mut self,
        link: LinkId,
        id: &SwitchboardId,
        handle: &UserHandle,
        command: ClientCommand,
    ) {
        match command {
            ClientCommand::Cal(cal) => self.on_cal(link, id, handle, &cal),
            ClientCommand::Msg(message) => self.on_msg(link, id, handle, &message),
            ClientCommand::Usr(UsrRequest::Cookie { trid, .. })
            | ClientCommand::Ans(AnsRequest { trid, .. }) => {
                self.refuse(link, ErrorCode(715), trid);
            }
            ClientCommand::Unknown(_) => {}
            _ => self.hang_up(link),
        }
    }

    fn open_room(
        &mut self,
        link: LinkId,
        trid: TransactionId,
        handle: &UserHandle,
        cookie: &Cookie,
    ) {
        let purpose = self.cookies.redeem(self.now, cookie, handle);
        let member = self.member(handle, link);
        let (Some(Purpose::Open), Some(member)) = (purpose, member) else {
            return self.refuse(link, ErrorCode::AUTHENTICATION_FAILED, trid);
        };
        let Some(id) = SwitchboardId::from_wire(&self.random.hexadecimal()) else {
            return self.hang_up(link);
        };
        let reply = UsrReply::Accepted {
            trid,
            handle: member.handle.clone(),
            name: member.name.clone(),
            is_verified: None,
        };
        self.send(link, &ServerCommand::Usr(reply));
        self.enter(link, id, member);
    }

    fn on_cal(&mut self, link: LinkId, id: &SwitchboardId, from: &UserHandle, cal: &CalRequest) {
        let callee = &cal.handle;
        let is_inside = self.rooms.get(id).is_some_and(|r| r.contains(callee));
        let failure = if UserHandle::parse(callee.as_str()).is_err() {
            Some(ErrorCode(208))
        } else if is_inside {
            Some(ErrorCode(215))
        } else if !self.directory.is_callable(callee, from) {
            Some(ErrorCode::NOT_ONLINE)
        } else {
            None
        };
        if let Some(code) = failure {
            return self.refuse_call(link, code, cal.trid);
        }
        let (trid, id) = (cal.trid, id.clone());
        let reply = CalReply {
            trid,
            id: id.clone(),
        };
        self.send(link, &ServerCommand::Cal(reply));
        self.touch(&id);
        self.ring(id, from, callee);
    }

    /// Who calls in vain again and again is told that instead of the reason.
    fn refuse_call(&mut self, link: LinkId, code: ErrorCode, trid: TransactionId) {
        let Some(entry) = self.links.get_mut(&link) else {
            return;
        };
        entry.failed_calls = entry.failed_calls.saturating_add(1);
        let is_too_fast = entry.failed_calls > MAX_FAILED_CALLS;
        self.fail(link, if is_too_fast { ErrorCode(713) } else { code }, trid);
    }

    fn ring(&mut self, id: SwitchboardId, from: &UserHandle, callee: &UserHandle) {
        let (Some(from), Some(callee)) = (self.directory.get(from), self.directory.get(callee))
        else {
            return;
        };
        if let Some(bot) = callee.bot {
            let member = Member {
                handle: callee.handle.clone(),
                name: callee.name.clone(),
                seat: Seat::Bot(bot),
            };
            return self.join(&id, member);
        }
        let Some(session) = &callee.session else {
            return;
        };
        let cookie = self
            .cookies
            .issue_ring(self.now, &mut self.random, &callee.handle, &id);
        let ring = Rng {
            id,
            endpoint: self.switchboard.clone(),
            cookie,
            handle: from.handle.clone(),
            name: from.name.clone(),
        };
        let link = session.link;
        self.send(link, &ServerCommand::Rng(ring));
    }

    fn on_msg(&mut self, link: LinkId, id: &SwitchboardId, handle: &UserHandle, msg: &MsgRequest) {
        if msg.body.len() > MAX_BODY {
            return self.hang_up(link);
        }
        let Some(room) = self.rooms.get(id) else {
            return;
        };
        let Some(sender) = room.members.iter().find(|m| m.handle == *handle).cloned() else {
            return;
        };
        let (trid, is_alone) = (msg.trid, room.members.len() == 1);
        self.touch(id);
        self.say(id, &sender, msg.body.clone());
        self.hear(id, &msg.body);
        let arrived = !is_alone || self.quirks.has(Quirk::AckWhenAlone);
        let answer = match (msg.ack, arrived) {
            (AckRequest::Always, true) => (Quirk::NoAck, ServerCommand::Ack(Ack { trid })),
            (AckRequest::Always | AckRequest::FailureOnly, false) => {
                (Quirk::NoNak, ServerCommand::Nak(Nak { trid }))
            }
            (AckRequest::None, _) | (AckRequest::FailureOnly, true) => return,
        };
        if !self.quirks.has(answer.0) {
            self.send(link, &answer.1);
        }
    }

    /// Relays a body, byte for byte, to everybody but its sender.
    pub(super) fn say(&mut self, id: &SwitchboardId, sender: &Member, body: Vec<u8>) {
        let message = MsgReply {
            handle: sender.handle.clone(),
            name: sender.name.clone(),
            body,
        };
        self.tell_others(id, &sender.handle, &ServerCommand::Msg(message));
    }

    pub(super) fn enter(&mut self, link: LinkId, id: SwitchboardId, member: Member) {
        self.timers.cancel(&Timer::Handshake(link));
        let handle = member.handle.clone();
        self.join(&id, member);
        self.set_state(link, LinkState::Inside { room: id, handle });
    }

    /// Puts a member into a room, new or not, and tells the others.
    fn join(&mut self, id: &SwitchboardId, member: Member) {
        let (handle, name) = (member.handle.clone(), member.name.clone());
        let room: &mut Room = self.rooms.entry(id.clone()).or_default();
        let link = member.link();
        room.members.push(member);
        self.touch(id);
        let joined = ServerCommand::Joi(Joi {
            handle: handle.clone(),
            name,
        });
        self.tell_others(id, &handle, &joined);
        if let Some(link) = link.filter(|_| self.quirks.has(Quirk::JoiToNewcomer)) {
            self.send(link, &joined);
        }
    }

    /// Takes somebody out of a room. A room without people ends.
    pub(super) fn leave(&mut self, id: &SwitchboardId, handle: &UserHandle) {
        let Some(room) = self.rooms.get_mut(id) else {
            return;
        };
        room.members.retain(|member| member.handle != *handle);
        if room.is_deserted() {
            return self.end(id);
        }
        let line = ServerCommand::Bye(Bye {
            handle: handle.clone(),
            is_idle: false,
        });
        self.tell_others(id, handle, &line);
    }

    /// Ends a room because nobody did anything: everybody is told that the others are gone.
    pub(super) fn on_idle(&mut self, id: &SwitchboardId) {
        let Some(room) = self.rooms.remove(id) else {
            return;
        };
        self.end(id);
        for member in &room.members {
            let Some(link) = member.link() else { continue };
            for other in room.members.iter().filter(|other| *other != member) {
                let handle = other.handle.clone();
                let is_idle = true;
                self.send(link, &ServerCommand::Bye(Bye { handle, is_idle }));
            }
            self.hang_up(link);
        }
    }

    fn end(&mut self, id: &SwitchboardId) {
        self.rooms.remove(id);
        self.timers.cancel(&Timer::Idle(id.clone()));
        self.timers.cancel(&Timer::Reply(id.clone()));
    }

    fn touch(&mut self, id: &SwitchboardId) {
        if !self.quirks.has(Quirk::NoIdleEnd) {
            self.timers
                .set(Timer::Idle(id.clone()), self.now + IDLE_LIMIT);
        }
    }

    fn tell_others(&mut self, id: &SwitchboardId, handle: &UserHandle, command: &ServerCommand) {
        let room = self.rooms.get(id);
        for link in room
            .map(|room| room.links_except(handle))
            .unwrap_or_default()
        {
            self.send(link, command);
        }
    }

    pub(super) fn member(&self, handle: &UserHandle, link: LinkId) -> Option<Member> {
        let account = self.directory.get(handle)?;
        Some(Member {
            handle: account.handle.clone(),
            name: account.name.clone(),
            seat: Seat::Link(link),
        })
    }
}
