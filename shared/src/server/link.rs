//! One client's connection: what it said so far and what it may say next.

use super::border::Role;
use crate::model::{Secret, SwitchboardId, UserHandle};
use crate::wire::{Direction, Framer};

/// A connection that was accepted and not closed yet.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) framer: Framer,
    pub(super) state: LinkState,
    /// Nothing that comes is heard any more ([`Quirk::DeafAfterEmptyLine`](super::Quirk)).
    pub(super) is_deaf: bool,
    /// How many calls from here brought nobody.
    pub(super) failed_calls: u8,
}

impl Link {
    pub(super) const fn new(role: Role) -> Self {
        let state = match role {
            Role::Dispatch | Role::Notification => LinkState::SigningIn(role, Expect::Ver),
            Role::Switchboard => LinkState::Outside,
        };
        Self {
            framer: Framer::new(Direction::FromClient),
            state,
            is_deaf: false,
            failed_calls: 0,
        }
    }

    /// Who is behind it, once that is known for sure.
    pub(super) const fn handle(&self) -> Option<&UserHandle> {
        match &self.state {
            LinkState::SignedIn { handle } | LinkState::Inside { handle, .. } => Some(handle),
            LinkState::SigningIn(..) | LinkState::Referred | LinkState::Outside => None,
        }
    }
}

/// How far a link is.
#[derive(Clone, Debug)]
pub(super) enum LinkState {
    /// At a dispatch or notification server, before `USR t OK`.
    SigningIn(Role, Expect),
    /// Was sent to the notification server, has not left yet.
    Referred,
    /// At the notification server.
    SignedIn { handle: UserHandle },
    /// At a switchboard, in no room yet.
    Outside,
    /// In a room.
    Inside {
        room: SwitchboardId,
        handle: UserHandle,
    },
}

/// What comes next in a sign-in, with what the steps before have settled.
#[derive(Clone, Debug)]
pub(super) enum Expect {
    Ver,
    Inf {
        dialect: u8,
    },
    Init {
        dialect: u8,
    },
    Digest {
        dialect: u8,
        handle: UserHandle,
        challenge: Secret<String>,
    },
}
