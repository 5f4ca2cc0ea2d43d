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
        if handle == self.me || is_known || self.participants.len() >= MAX_PARTICIPANTS {
            return;
        }
        let participant = Participant { handle, name };
        self.participants.push(participant.clone());
        self.tell(SwitchboardEvent::Joined(participant));
    }

    pub(super) fn on_bye(&mut self, bye: &Bye) {
        // One server names the receiver: in a room of two it can only mean the other.
        let handle = match self.participants.as_slice() {
            [other] if bye.handle == self.me => other.handle.clone(),
            _ => bye.handle.clone(),
        };
        let before = self.participants.len();
        self.participants.retain(|other| other.handle != handle);
        if self.participants.len() < before {
            self.tell(SwitchboardEvent::Left {
                handle,
                is_idle: bye.is_idle,
            });
        }
    }
}
