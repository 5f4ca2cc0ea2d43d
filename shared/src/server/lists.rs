//! `ADD` and `REM`: who is on which list, and what the other side hears of it (reference §3.4, §3.5).

use super::Server;
use super::directory::Account;
use super::properties::contact_properties;
use super::quirks::Quirk;
use crate::command::{AddReply, AddRequest, ErrorCode, Iln, RemReply, RemRequest, ServerCommand};
use crate::model::{FriendlyName, LinkId, ListKind, TransactionId, UserHandle, percent};

impl Server {
    pub(super) fn on_add(&mut self, link: LinkId, me: &UserHandle, add: AddRequest) {
        let AddRequest {
            trid,
            list,
            handle,
            mut name,
        } = add;
        if list == ListKind::Reverse || is_too_long(&name) {
            return self.hang_up(link);
        }
        if let Some(code) = self.refuses_add(me, list, &handle) {
            return self.fail(link, ErrorCode(code), trid);
        }
        if name.is_empty() {
            name = FriendlyName::from_wire(handle.as_str().as_bytes());
        }
        let account = self.directory.get(me);
        let is_stranger = account.is_some_and(|account| account.lists.get(&handle).is_none());
        self.change_visibility(me, |account| {
            account.lists.insert(list, &handle, name.clone());
        });
        if list == ListKind::Forward {
            self.tell_reverse(me, &handle, true);
        }
        let Some(version) = self.directory.raise_version(me) else {
            return;
        };
        if self.quirks.has(Quirk::SilentChanges) {
            return;
        }
        let reply = AddReply {
            trid,
            list,
            version: Some(version),
            handle: handle.clone(),
            name,
        };
        self.send(link, &ServerCommand::Add(reply));
        let is_silent = is_stranger && self.quirks.has(Quirk::StrangersWithoutIln);
        if list == ListKind::Forward && !is_silent {
            self.introduce(link, me, &handle, trid);
        }
    }

    /// Why somebody cannot be added, if so. What is wrong with the address comes before all else.
    fn refuses_add(&self, me: &UserHandle, list: ListKind, handle: &UserHandle) -> Option<u16> {
        let lists = &self.directory.get(me)?.lists;
        let opposite = match list {
            ListKind::Allow => Some(ListKind::Block),
            ListKind::Block => Some(ListKind::Allow),
            ListKind::Forward | ListKind::Reverse => None,
        };
        let is_lenient = self.quirks.has(Quirk::AddAlwaysSucceeds);
        if UserHandle::parse(handle.as_str()).is_err() {
            Some(201)
        } else if self.directory.get(handle).is_none() {
            Some(205)
        } else if self.quirks.has(Quirk::AddIsRefused) {
            Some(208)
        } else if lists.is_on(list, handle) && !is_lenient {
            Some(215)
        } else if opposite.is_some_and(|list| lists.is_on(list, handle)) && !is_lenient {
            Some(219)
        } else if lists.on(list).count() >= self.max_list {
            Some(210)
        } else {
            None
        }
    }

    /// What is told of a new contact: telephone numbers, and presence if they are there.
    fn introduce(
        &mut self,
        link: LinkId,
        me: &UserHandle,
        handle: &UserHandle,
        trid: TransactionId,
    ) {
        let (Some(viewer), Some(other)) = (self.directory.get(me), self.directory.get(handle))
        else {
            return;
        };
        let mut lines = Vec::new();
        if self.link_for_properties(me).is_some() {
            let other = Some(other);
            lines.extend(contact_properties(viewer.version, viewer, other, handle));
        }
        let session = viewer.session.as_ref();
        let sees = session.is_some_and(|session| session.presence.is_some());
        let presence = other.visible_presence();
        if sees && other.permits(me) && presence.is_reachable() {
            lines.push(ServerCommand::Iln(Iln {
                trid,
                presence,
                handle: other.handle.clone(),
                name: other.name.clone(),
            }));
        }
        for line in &lines {
            self.send(link, line);
        }
    }

    pub(super) fn on_rem(&mut self, link: LinkId, me: &UserHandle, rem: RemRequest) {
        let RemRequest { trid, list, handle } = rem;
        if list == ListKind::Reverse {
            return self.hang_up(link);
        }
        let account = self.directory.get(me);
        if !account.is_some_and(|account| account.lists.is_on(list, &handle)) {
            return self.fail(link, ErrorCode(216), trid);
        }
        self.change_visibility(me, |account| account.lists.remove(list, &handle));
        if list == ListKind::Forward {
            self.tell_reverse(me, &handle, false);
        }
        let Some(version) = self.directory.raise_version(me) else {
            return;
        };
        if self.quirks.has(Quirk::SilentChanges) {
            return;
        }
        if list == ListKind::Forward && self.quirks.has(Quirk::RemSays205) {
            return self.fail(link, ErrorCode(205), trid);
        }
        let version = Some(version);
        let reply = RemReply {
            trid,
            list,
            version,
            handle,
        };
        self.send(link, &ServerCommand::Rem(reply));
    }

    /// Keeps the reverse list of somebody whom I added or removed, and tells them.
    fn tell_reverse(&mut self, me: &UserHandle, whom: &UserHandle, is_added: bool) {
        let Some((handle, name)) = self.directory.get(me).map(Account::identity) else {
            return;
        };
        let Some(account) = self.directory.get_mut(whom) else {
            return;
        };
        let list = ListKind::Reverse;
        if is_added {
            account.lists.insert(list, &handle, name.clone());
        } else {
            account.lists.remove(list, &handle);
        }
        let version = Some(account.raise_version());
        let Some(link) = account.session.as_ref().map(|session| session.link) else {
            return;
        };
        let trid = TransactionId::UNSOLICITED;
        let news = if is_added {
            ServerCommand::Add(AddReply {
                trid,
                list,
                version,
                handle,
                name,
            })
        } else {
            ServerCommand::Rem(RemReply {
                trid,
                list,
                version,
                handle,
            })
        };
        self.send(link, &news);
    }
}

/// Whether a name is one over which servers hang up.
pub(super) fn is_too_long(name: &FriendlyName) -> bool {
    percent::encode(name.as_str()).len() > FriendlyName::MAX_ENCODED_BYTES
}
