//! Who is in the room. Servers list people twice, list us, and name the receiver of a `BYE`
//! (reference §7.2, §7.3): none of it may show.

use super::{SwitchboardEvent, SwitchboardSession};
use crate::command::Bye;
use crate::model::{FriendlyName, UserHandle};
use crate::session::outcome::Participant;

/// More people than any switchboard of the time took.
const MAX_PARTICIPANTS: usize = 100;

impl SwitchboardSession {
    /// `IRO` and `JOI` say the same to us.
    pub(super) fn on_arrival(&mut self, handle: UserHandle, name: FriendlyName) {
        self.ringing.remove(&handle);
        let is_known = self.participants.iter().any(|other| other.handle == handle);
        if is_known {
            // Perhaps one of those who left without a name is back.
            self.nameless_byes = self.nameless_byes.saturating_sub(1);
        }
        if handle == self.me || is_known || self.participants.len() >= MAX_PARTICIPANTS {
            return;
        }
        let participant = Participant { handle, name };
        self.participants.push(participant.clone());
        self.tell(SwitchboardEvent::Joined(participant));
    }

    pub(super) fn on_bye(&mut self, bye: &Bye) {
        if bye.handle == self.me {
            return self.on_nameless_bye(bye.is_idle);
        }
        let before = self.participants.len();
        self.participants.retain(|other| other.handle != bye.handle);
        if self.participants.len() < before {
            self.tell(SwitchboardEvent::Left {
                handle: bye.handle.clone(),
                is_idle: bye.is_idle,
            });
        }
    }

    /// One server names the receiver: who has left is certain only when all have, as in a room of two.
    fn on_nameless_bye(&mut self, is_idle: bool) {
        self.nameless_byes += 1;
        if self.nameless_byes < self.participants.len() {
            return;
        }
        self.nameless_byes = 0;
        for Participant { handle, .. } in core::mem::take(&mut self.participants) {
            self.tell(SwitchboardEvent::Left { handle, is_idle });
        }
    }
}
