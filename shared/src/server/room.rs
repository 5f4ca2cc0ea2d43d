//! One conversation: who is in it, and what its bots are about to say. Sends nothing.

use std::collections::VecDeque;

use super::config::Bot;
use crate::model::{FriendlyName, LinkId, Timestamp, UserHandle};

/// Somebody in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) handle: UserHandle,
    /// As it was when they came in.
    pub(super) name: FriendlyName,
    pub(super) seat: Seat,
}

/// What is behind a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seat {
    Link(LinkId),
    Bot(Bot),
}

impl Member {
    pub(super) const fn link(&self) -> Option<LinkId> {
        match self.seat {
            Seat::Link(link) => Some(link),
            Seat::Bot(_) => None,
        }
    }
}

/// Something that a bot is going to say.
pub(super) struct Reply {
    pub(super) at: Timestamp,
    pub(super) bot: Bot,
    pub(super) body: Vec<u8>,
}

// A reply repeats what somebody wrote.
impl core::fmt::Debug for Reply {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Reply({:?}, {} bytes)", self.bot, self.body.len())
    }
}

/// A switchboard session. Every account is in it once at most, so accounts bound its size.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) members: Vec<Member>,
    pub(super) replies: VecDeque<Reply>,
}

impl Room {
    pub(super) fn contains(&self, handle: &UserHandle) -> bool {
        self.members.iter().any(|member| member.handle == *handle)
    }

    /// The links of everybody but `handle`.
    pub(super) fn links_except(&self, handle: &UserHandle) -> Vec<LinkId> {
        let others = self.members.iter().filter(|m| m.handle != *handle);
        others.filter_map(Member::link).collect()
    }

    /// Whether bots are all that is left.
    pub(super) fn is_deserted(&self) -> bool {
        self.members.iter().all(|member| member.link().is_none())
    }
}
