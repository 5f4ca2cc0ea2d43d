//! Echo and Parrot. They answer people and never each other, or two of them would talk for ever.

use core::time::Duration;

use super::Server;
use super::config::Bot;
use super::room::{Member, Reply, Seat};
use super::switchboard::MAX_BODY;
use super::timers::Timer;
use crate::model::SwitchboardId;
use crate::payload::{Payload, PlainText, TypingNotice};

/// Between what somebody says and what a bot says to it. The same for all: replies keep their order.
const PAUSE: Duration = Duration::from_secs(1);

/// Whoever writes faster than bots answer is not answered any more.
const MAX_REPLIES: usize = 32;

impl Server {
    /// Lets the bots of a room hear what a person said.
    pub(super) fn hear(&mut self, id: &SwitchboardId, body: &[u8]) {
        let Payload::Text(text) = Payload::parse(body) else {
            return;
        };
        let Some(room) = self.rooms.get(id) else {
            return;
        };
        let is_bot = |member: &&Member| matches!(member.seat, Seat::Bot(_));
        let bots: Vec<_> = room.members.iter().filter(is_bot).cloned().collect();
        for member in bots {
            match member.seat {
                Seat::Bot(Bot::Echo) => self.echo(id, &member, body),
                Seat::Bot(Bot::Parrot) => self.parrot(id, &text),
                Seat::Link(_) => {}
            }
        }
    }

    fn echo(&mut self, id: &SwitchboardId, member: &Member, body: &[u8]) {
        let notice = TypingNotice {
            handle: member.handle.clone(),
        };
        self.say(id, member, notice.encode());
        self.prepare(id, Bot::Echo, body.to_vec());
    }

    /// The last line that was said stands: one that is not repeated yet is forgotten.
    fn parrot(&mut self, id: &SwitchboardId, text: &PlainText) {
        let mut lines = text.as_str().lines().rev();
        let Some(line) = lines.find(|line| !line.trim().is_empty()) else {
            return;
        };
        if let Some(room) = self.rooms.get_mut(id) {
            room.replies.retain(|reply| reply.bot != Bot::Parrot);
        }
        self.prepare(id, Bot::Parrot, PlainText::new(line).encode());
    }

    fn prepare(&mut self, id: &SwitchboardId, bot: Bot, body: Vec<u8>) {
        let at = self.now + PAUSE;
        if let Some(room) = self.rooms.get_mut(id)
            && room.replies.len() < MAX_REPLIES
            && body.len() <= MAX_BODY
        {
            room.replies.push_back(Reply { at, bot, body });
        }
        self.await_reply(id);
    }

    /// Says what is due in a room.
    pub(super) fn on_reply(&mut self, id: &SwitchboardId) {
        let Some(room) = self.rooms.get_mut(id) else {
            return;
        };
        if let Some(reply) = room.replies.pop_front() {
            let is_speaker = |member: &&Member| member.seat == Seat::Bot(reply.bot);
            if let Some(member) = room.members.iter().find(is_speaker).cloned() {
                self.say(id, &member, reply.body);
            }
        }
        self.await_reply(id);
    }

    fn await_reply(&mut self, id: &SwitchboardId) {
        let timer = Timer::Reply(id.clone());
        let room = self.rooms.get(id);
        match room.and_then(|room| room.replies.front()) {
            Some(reply) => self.timers.set(timer, reply.at),
            None => self.timers.cancel(&timer),
        }
    }
}
