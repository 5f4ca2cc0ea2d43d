//! Who is reachable, by whatever command a server says it (reference §4).

use super::{NotificationEvent, NotificationSession, Request};
use crate::command::Chg;
use crate::model::{ContactList, FriendlyName, Presence, UserHandle};

impl NotificationSession {
    /// The echo of a change, or a change that the server made by itself.
    pub(super) fn on_chg(&mut self, chg: Chg) {
        if matches!(
            self.transactions.get(chg.trid),
            Some(Request::ChangePresence)
        ) {
            self.transactions.resolve(chg.trid);
        }
        self.presence = chg.presence;
        self.tell(NotificationEvent::OwnPresence(chg.presence));
    }

    /// `ILN` at any time and with any id, `NLN` and `FLN` all say the same kind of thing.
    pub(super) fn on_presence(
        &mut self,
        handle: UserHandle,
        name: FriendlyName,
        presence: Presence,
    ) {
        // Servers slip, and name the receiver: that says nothing about anybody.
        if handle == self.account.handle || self.hold(&handle, &name, presence) {
            return;
        }
        let presence = presence.as_seen_by_others();
        if presence == Presence::Offline {
            self.present.remove(&handle);
        } else if self.present.len() < ContactList::MAX_CONTACTS {
            self.present
                .insert(handle.clone(), (name.clone(), presence));
        }
        let name = Some(name).filter(|name| !name.is_empty());
        self.tell(NotificationEvent::ContactPresence {
            handle,
            name,
            presence,
        });
    }
}
