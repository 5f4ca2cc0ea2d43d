//! Telling people who comes, changes and goes. Who may know is the directory's to say.

use super::Server;
use crate::command::{Fln, Iln, Nln, ServerCommand};
use crate::model::{LinkId, Presence, TransactionId, UserHandle};

impl Server {
    /// `ILN` for every contact who is online: the answer to the first `CHG`.
    pub(super) fn send_initial_presence(
        &mut self,
        link: LinkId,
        handle: &UserHandle,
        trid: TransactionId,
    ) {
        let Some(viewer) = self.directory.get(handle) else {
            return;
        };
        let online = self.directory.online_contacts(viewer);
        let lines: Vec<_> = online
            .map(|account| {
                ServerCommand::Iln(Iln {
                    trid,
                    presence: account.visible_presence(),
                    handle: account.handle.clone(),
                    name: account.name.clone(),
                })
            })
            .collect();
        for line in &lines {
            self.send(link, line);
        }
    }

    /// Tells everybody who may know, if an account does not look as it did `before`.
    pub(super) fn announce(&mut self, handle: &UserHandle, before: Presence) {
        let Some(account) = self.directory.get(handle) else {
            return;
        };
        let presence = account.visible_presence();
        if presence == before {
            return;
        }
        let handle = account.handle.clone();
        let line = if presence == Presence::Offline {
            ServerCommand::Fln(Fln { handle })
        } else {
            let name = account.name.clone();
            ServerCommand::Nln(Nln {
                presence,
                handle,
                name,
            })
        };
        let watchers: Vec<_> = self.directory.watchers(account).collect();
        for watcher in watchers {
            self.send(watcher, &line);
        }
    }
}
