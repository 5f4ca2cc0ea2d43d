//! The answer to `SYN`: four lists and two settings, line by line, until all of it is there
//! (reference §3.2).

use super::{NotificationEvent, NotificationSession};
use crate::command::{Blp, Gtc, Lst, Syn};
use crate::model::{
    ContactList, FriendlyName, ListKind, ListSnapshot, ListVersion, Membership, Presence,
    SortedMap, Timestamp, TransactionId, UserHandle,
};
use crate::session::outcome::Change;

/// A copy of the lists on its way.
#[derive(Debug)]
pub(super) struct Sync {
    trid: TransactionId,
    /// The version of the copy we have, as asked.
    known: ListVersion,
    pub(super) arrived: ListSnapshot,
    /// Whom the last entry was about: a `BPR` without handle belongs to them.
    pub(super) last_listed: Option<UserHandle>,
    /// The lists whose last line has come.
    complete: Membership,
    /// Who is online, learnt before the list they are on is complete: told after it.
    pub(super) held: SortedMap<UserHandle, (FriendlyName, Presence)>,
    /// Removals that the server denied, which may have happened all the same.
    pub(super) doubted: Vec<(ListKind, UserHandle)>,
}

impl Sync {
    pub(super) fn new(trid: TransactionId, known: ListVersion) -> Self {
        let arrived = ListSnapshot::default();
        Self {
            trid,
            known,
            arrived,
            last_listed: None,
            complete: Membership::default(),
            held: SortedMap::default(),
            doubted: Vec::new(),
        }
    }

    fn add(&mut self, lst: Lst) {
        if lst.index <= 1 {
            // A list is replaced as a whole, never merged with an older copy.
            self.arrived.contacts.clear(lst.list);
        }
        if let Some((handle, name)) = lst.entry {
            self.arrived.contacts.insert(lst.list, &handle, name);
            self.last_listed = Some(handle);
        }
        if lst.index >= lst.total {
            self.complete.insert(lst.list);
        }
    }

    fn is_complete(&self) -> bool {
        ListKind::ALL
            .into_iter()
            .all(|kind| self.complete.contains(kind))
    }
}

impl NotificationSession {
    pub(super) fn on_syn(&mut self, now: Timestamp, syn: Syn) {
        let Some(sync) = self.sync.as_mut().filter(|sync| sync.trid == syn.trid) else {
            return;
        };
        sync.arrived.version = syn.version;
        if syn.version == sync.known {
            // Nothing follows: our copy is the server's.
            self.finish_sync(now);
        }
    }

    pub(super) fn on_lst(&mut self, now: Timestamp, lst: Lst) {
        let Some(sync) = self.sync.as_mut().filter(|sync| sync.trid == lst.trid) else {
            return self.tell(NotificationEvent::Oddity(
                "LST: nobody asked for it".to_owned(),
            ));
        };
        sync.add(lst);
        if sync.is_complete() {
            self.finish_sync(now);
        }
    }

    pub(super) fn on_gtc(&mut self, gtc: &Gtc) {
        match self.sync.as_mut().filter(|sync| sync.trid == gtc.trid) {
            Some(sync) => sync.arrived.prompt = gtc.prompt.unwrap_or_default(),
            None => self.on_setting(gtc.trid, gtc.version, gtc.prompt.map(Change::Prompt)),
        }
    }

    pub(super) fn on_blp(&mut self, blp: &Blp) {
        match self.sync.as_mut().filter(|sync| sync.trid == blp.trid) {
            Some(sync) => sync.arrived.privacy = blp.privacy.unwrap_or_default(),
            None => self.on_setting(blp.trid, blp.version, blp.privacy.map(Change::Privacy)),
        }
    }

    /// Takes what has arrived for the whole, then tells who is online.
    pub(super) fn finish_sync(&mut self, now: Timestamp) {
        let Some(mut sync) = self.sync.take() else {
            return;
        };
        self.transactions.resolve(sync.trid);
        if sync.complete.is_empty() && sync.arrived.contacts.iter().next().is_none() {
            // Nothing came, or nothing had to: what is known stands.
            sync.arrived = self.account.lists.clone();
        } else if !sync.is_complete() {
            // Half a copy has no serial: asked for anything newer, the server would keep the other half.
            sync.arrived.version = ListVersion::default();
        }
        self.account.lists = sync.arrived.clone();
        self.tell(NotificationEvent::ListsReceived(sync.arrived));
        let mut present = core::mem::take(&mut self.present);
        let contacts = &self.account.lists.contacts;
        present.retain(|handle, _| contacts.is_on(ListKind::Forward, handle));
        present.extend(sync.held);
        for (handle, (name, presence)) in present {
            self.on_presence(handle, name, presence);
        }
        let on_reverse: Vec<_> = self
            .account
            .lists
            .contacts
            .on(ListKind::Reverse)
            .map(|it| it.handle.clone())
            .collect();
        for handle in on_reverse {
            self.consider(now, &handle);
        }
        self.settle_doubted(sync.doubted);
    }

    /// Keeps presence back while the lists are on their way; a fresh list would wipe it out again.
    pub(super) fn hold(
        &mut self,
        handle: &UserHandle,
        name: &FriendlyName,
        presence: Presence,
    ) -> bool {
        let Some(sync) = self.sync.as_mut() else {
            return false;
        };
        if sync.held.len() < ContactList::MAX_CONTACTS {
            sync.held.insert(handle.clone(), (name.clone(), presence));
        }
        true
    }
}
