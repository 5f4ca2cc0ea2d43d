//! Telling people who comes, changes and goes. Who may know is the directory's to say.

use core::time::Duration;
use std::collections::BTreeSet;

use super::Server;
use super::directory::Account;
use super::link::LinkState;
use super::quirks::Quirk;
use super::timers::Timer;
use crate::command::{Fln, Iln, Nln, ServerCommand};
use crate::model::{LinkId, Presence, TransactionId, UserHandle};

/// How long [`Quirk::DelayedPresence`] collects.
const DELAY: Duration = Duration::from_millis(200);

/// More changes than this are told at once, whatever the delay: nobody makes the server keep more.
const MAX_DELAYED: usize = 4096;

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
        let oneself = Some(viewer).filter(|_| self.quirks.has(Quirk::IlnOfOneself));
        let contacts = self.directory.online_contacts(viewer);
        let contacts = contacts.filter(|_| !self.quirks.has(Quirk::IlnInSyn));
        let lines: Vec<_> = oneself
            .into_iter()
            .chain(contacts)
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
        if account.visible_presence() == before {
            return;
        }
        for watcher in self.directory.watchers(account).collect::<Vec<_>>() {
            self.show(watcher, handle);
        }
    }

    /// Changes who may see an account, and tells those for whom that makes a difference.
    pub(super) fn change_visibility(
        &mut self,
        handle: &UserHandle,
        change: impl FnOnce(&mut Account),
    ) {
        let before = self.watchers_of(handle);
        let Some(account) = self.directory.get_mut(handle) else {
            return;
        };
        change(account);
        if account.visible_presence().is_reachable() {
            let after = self.watchers_of(handle);
            for &watcher in before.symmetric_difference(&after) {
                self.show(watcher, handle);
            }
        }
    }

    fn watchers_of(&self, handle: &UserHandle) -> BTreeSet<LinkId> {
        let account = self.directory.get(handle);
        account
            .map(|account| self.directory.watchers(account).collect())
            .unwrap_or_default()
    }

    /// Tells somebody how somebody else looks to them now.
    fn show(&mut self, watcher: LinkId, whom: &UserHandle) {
        if !self.quirks.has(Quirk::DelayedPresence) {
            return self.show_now(watcher, whom);
        }
        if self.delayed.len() >= MAX_DELAYED {
            self.on_delayed_presence();
        }
        if self.delayed.is_empty() {
            self.timers.set(Timer::Presence, self.now + DELAY);
        }
        self.delayed.push((watcher, whom.clone()));
    }

    /// Tells what was held back, as it is by now.
    pub(super) fn on_delayed_presence(&mut self) {
        self.timers.cancel(&Timer::Presence);
        for (watcher, whom) in core::mem::take(&mut self.delayed) {
            self.show_now(watcher, &whom);
        }
    }

    fn show_now(&mut self, watcher: LinkId, whom: &UserHandle) {
        let state = self.links.get(&watcher).map(|entry| &entry.state);
        let Some(LinkState::SignedIn { handle: viewer }) = state else {
            return;
        };
        let Some(account) = self.directory.get(whom) else {
            return;
        };
        let (handle, name) = account.identity();
        let presence = account.visible_presence();
        let line = if presence == Presence::Offline || !account.permits(viewer) {
            ServerCommand::Fln(Fln { handle })
        } else {
            ServerCommand::Nln(Nln {
                presence,
                handle,
                name,
            })
        };
        self.send(watcher, &line);
    }
}
