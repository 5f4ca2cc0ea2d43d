//! What an operator does to everybody: going down for maintenance, and sending sessions elsewhere
//! (reference §2.6, §8.4, §11).

use core::time::Duration;

use super::border::Role;
use super::link::{Expect, LinkState};
use super::notices;
use super::timers::Timer;
use super::{HANDSHAKE_DEADLINE, REFERRED_LINGER, Server};
use crate::command::{Out, OutReason, ServerCommand, XfrReply};
use crate::model::{Endpoint, LinkId, Timestamp, TransactionId, UserHandle};

impl Server {
    /// Tells everybody who is signed in that the server goes down in so many minutes. When they are over,
    /// `OUT SSD` ends every session, and nobody can sign in until
    /// [`end_maintenance`](Self::end_maintenance). Rooms go on. Drain [`poll`](Self::poll) afterwards.
    pub fn announce_maintenance(&mut self, now: Timestamp, minutes: u32) {
        self.now = self.now.max(now);
        let notice = notices::maintenance(minutes);
        for (link, _) in self.sessions() {
            self.send(link, &notice);
        }
        let wait = Duration::from_secs(60 * u64::from(minutes));
        self.timers.set(Timer::Shutdown, self.now + wait);
        self.announce_wake();
    }

    /// Lets people sign in again, or calls an announced maintenance off.
    pub fn end_maintenance(&mut self) {
        self.timers.cancel(&Timer::Shutdown);
        self.is_down = false;
    }

    /// The announced time has come.
    pub(super) fn on_shutdown(&mut self) {
        self.is_down = true;
        let reason = Some(OutReason::ServerShutdown);
        for (link, _) in self.sessions() {
            self.send(link, &ServerCommand::Out(Out { reason }));
            self.hang_up(link);
        }
    }

    /// Sends every session to another notification server, or with `None` back to `VER` on the link that
    /// it has, as servers did that were to be emptied. Drain [`poll`](Self::poll) afterwards.
    pub fn refer_sessions(&mut self, now: Timestamp, to: Option<&Endpoint>) {
        self.now = self.now.max(now);
        for (link, handle) in self.sessions() {
            let reply = XfrReply::Notification {
                trid: TransactionId::UNSOLICITED,
                endpoint: to.cloned(),
            };
            self.send(link, &ServerCommand::Xfr(reply));
            self.timers.cancel(&Timer::Challenge(link));
            self.sign_out(&handle);
            let (state, deadline) = match to {
                Some(_) => (LinkState::Referred, REFERRED_LINGER),
                None => (
                    LinkState::SigningIn(Role::Notification, Expect::Ver),
                    HANDSHAKE_DEADLINE,
                ),
            };
            self.set_state(link, state);
            self.timers.set(Timer::Handshake(link), self.now + deadline);
        }
        self.announce_wake();
    }

    fn sessions(&self) -> Vec<(LinkId, UserHandle)> {
        let signed_in = |(&link, entry): (&LinkId, &super::link::Link)| match &entry.state {
            LinkState::SignedIn { handle } => Some((link, handle.clone())),
            _ => None,
        };
        self.links.iter().filter_map(signed_in).collect()
    }
}
