//! Changes to lists, names, settings and telephone numbers: mine with their answers, and those that the
//! server tells unasked (reference §3.3–§3.7). The copy of the lists that the session keeps is the truth
//! for everybody behind it.

use core::time::Duration;

use super::{NotificationEvent, NotificationSession, Request};
use crate::command::{
    AddReply, AddRequest, Blp, Bpr, ClientCommand, ErrorCode, Gtc, PrpReply, PrpRequest, ReaReply,
    ReaRequest, RemReply, RemRequest, Syn,
};
use crate::model::{
    FriendlyName, ListKind, ListVersion, ReverseListPrompt, Timestamp, TransactionId, UserHandle,
};
use crate::session::outcome::{Change, ChangeFailure, ListEvent};

/// How long the answer to a change may take. Some servers never give one (reference §16.2).
const PATIENCE: Duration = Duration::from_secs(20);

impl NotificationSession {
    /// Makes a change; an event tells what became of it.
    pub(crate) fn change(&mut self, now: Timestamp, change: Change) {
        match change {
            Change::AddContact(handle) => {
                // First to the allow list: one server tells the presence of a new contact only when it
                // knows them from another list already.
                if !self.is_on(ListKind::Allow, &handle) && !self.is_on(ListKind::Block, &handle) {
                    self.add(now, ListKind::Allow, &handle);
                }
                self.add(now, ListKind::Forward, &handle);
            }
            Change::RemoveContact(handle) => self.remove(now, ListKind::Forward, &handle),
            Change::Block(handle) => {
                self.move_between(now, ListKind::Allow, ListKind::Block, &handle);
            }
            Change::Allow(handle) => {
                self.move_between(now, ListKind::Block, ListKind::Allow, &handle);
            }
            Change::Rename(name) => {
                let trid = self.begin_change(now, Change::Rename(name.clone()));
                let handle = self.account.handle.clone();
                self.send(ClientCommand::Rea(ReaRequest { trid, handle, name }));
            }
            Change::Privacy(privacy) => {
                let trid = self.begin_change(now, change);
                self.send(ClientCommand::Blp(Blp {
                    trid,
                    version: None,
                    privacy: Some(privacy),
                }));
            }
            Change::Prompt(prompt) => {
                let trid = self.begin_change(now, change);
                self.send(ClientCommand::Gtc(Gtc {
                    trid,
                    version: None,
                    prompt: Some(prompt),
                }));
            }
            Change::Property(property, value) => {
                let trid = self.begin_change(now, Change::Property(property, value.clone()));
                self.send(ClientCommand::Prp(PrpRequest {
                    trid,
                    property,
                    value,
                }));
            }
        }
    }

    /// Off one list and on the other. Nobody may be on both.
    fn move_between(&mut self, now: Timestamp, from: ListKind, to: ListKind, handle: &UserHandle) {
        if self.is_on(from, handle) {
            self.remove(now, from, handle);
        }
        if !self.is_on(to, handle) {
            self.add(now, to, handle);
        }
    }

    fn add(&mut self, now: Timestamp, list: ListKind, handle: &UserHandle) {
        let known = self
            .name_of(handle)
            .filter(|name| !name.is_empty())
            .cloned();
        let name = known.unwrap_or_else(|| FriendlyName::from_wire(handle.as_str().as_bytes()));
        let request = Request::Add {
            list,
            handle: handle.clone(),
        };
        let trid = self.transactions.begin(now, PATIENCE, request);
        self.send(ClientCommand::Add(AddRequest {
            trid,
            list,
            handle: handle.clone(),
            name,
        }));
    }

    fn remove(&mut self, now: Timestamp, list: ListKind, handle: &UserHandle) {
        let request = Request::Remove {
            list,
            handle: handle.clone(),
        };
        let trid = self.transactions.begin(now, PATIENCE, request);
        self.send(ClientCommand::Rem(RemRequest {
            trid,
            list,
            handle: handle.clone(),
        }));
    }

    fn begin_change(&mut self, now: Timestamp, change: Change) -> TransactionId {
        self.transactions
            .begin(now, PATIENCE, Request::Change(change))
    }

    fn is_on(&self, list: ListKind, handle: &UserHandle) -> bool {
        self.account.lists.contacts.is_on(list, handle)
    }

    pub(super) fn on_add(&mut self, now: Timestamp, add: AddReply) {
        self.note_version(add.version);
        if matches!(self.transactions.get(add.trid), Some(Request::Add { .. }))
            && let Some(Request::Add { list, handle }) = self.transactions.resolve(add.trid)
        {
            return self.put(now, list, &handle, add.name);
        }
        self.put(now, add.list, &add.handle, add.name);
    }

    pub(super) fn on_rem(&mut self, rem: &RemReply) {
        self.note_version(rem.version);
        // One server echoes my own handle here: the request knows better whom it was about.
        if matches!(
            self.transactions.get(rem.trid),
            Some(Request::Remove { .. })
        ) && let Some(Request::Remove { list, handle }) = self.transactions.resolve(rem.trid)
        {
            return self.take(list, &handle);
        }
        self.take(rem.list, &rem.handle);
    }

    pub(super) fn on_rea(&mut self, rea: ReaReply) {
        self.note_version(rea.version);
        if rea.handle == self.account.handle {
            self.transactions.resolve(rea.trid);
            return self.tell_lists(ListEvent::OwnName(rea.name));
        }
        self.account.lists.contacts.rename(&rea.handle, rea.name);
        self.tell_contact(&rea.handle);
    }

    pub(super) fn on_prp(&mut self, prp: PrpReply) {
        self.note_version(prp.version);
        if let Some(trid) = prp.trid
            && matches!(
                self.transactions.get(trid),
                Some(Request::Change(Change::Property(..)))
            )
        {
            self.transactions.resolve(trid);
        }
        let PrpReply {
            property, value, ..
        } = prp;
        if let Some(sync) = self.sync.as_mut() {
            sync.arrived.properties.insert(property, value);
            return;
        }
        self.account
            .lists
            .properties
            .insert(property, value.clone());
        self.tell_lists(ListEvent::OwnProperty { property, value });
    }

    pub(super) fn on_bpr(&mut self, bpr: Bpr) {
        self.note_version(bpr.version);
        let Bpr {
            handle,
            property,
            value,
            ..
        } = bpr;
        if let Some(sync) = self.sync.as_mut() {
            // Without a handle it belongs to whoever the last list entry was about.
            if let Some(whose) = handle.or_else(|| sync.last_listed.clone()) {
                sync.arrived.contacts.set_property(&whose, property, value);
            }
        } else if let Some(whose) = handle {
            self.account
                .lists
                .contacts
                .set_property(&whose, property, value);
            self.tell_contact(&whose);
        }
    }

    /// A setting that is in force outside of a synchronisation: the one told, or where the server does
    /// not say, the one asked for.
    pub(super) fn on_setting(
        &mut self,
        trid: TransactionId,
        version: Option<ListVersion>,
        told: Option<Change>,
    ) {
        self.note_version(version);
        let asked = match self.transactions.get(trid) {
            Some(Request::Change(asked @ (Change::Privacy(_) | Change::Prompt(_)))) => {
                let asked = asked.clone();
                self.transactions.resolve(trid);
                Some(asked)
            }
            _ => None,
        };
        let lists = &mut self.account.lists;
        let event = match told.or(asked) {
            Some(Change::Privacy(privacy)) => {
                lists.privacy = privacy;
                ListEvent::Privacy(privacy)
            }
            Some(Change::Prompt(prompt)) => {
                lists.prompt = prompt;
                ListEvent::Prompt(prompt)
            }
            _ => return,
        };
        self.tell_lists(event);
    }

    /// An error to a change, by what the change was.
    pub(super) fn on_change_refused(&mut self, now: Timestamp, request: Request, code: ErrorCode) {
        match (request, code.0) {
            // Already so: as good as done.
            (Request::Add { list, handle }, 215) => {
                self.put(now, list, &handle, FriendlyName::default());
            }
            (Request::Remove { list, handle }, 216 | 225) => self.take(list, &handle),
            (Request::Change(setting @ (Change::Privacy(_) | Change::Prompt(_))), 218) => {
                self.on_setting(TransactionId::UNSOLICITED, None, Some(setting));
            }
            // On the opposite list: take them off there, and once more.
            (
                Request::Add {
                    list: list @ (ListKind::Allow | ListKind::Block),
                    handle,
                },
                219,
            ) => {
                let opposite = if list == ListKind::Allow {
                    ListKind::Block
                } else {
                    ListKind::Allow
                };
                if self.is_on(opposite, &handle) {
                    self.move_between(now, opposite, list, &handle);
                } else {
                    self.fail_change(Request::Add { list, handle }, ChangeFailure::Refused(code));
                }
            }
            // One server says so although it did remove them: the lists will tell.
            (Request::Remove { list, handle }, 205) => {
                self.synchronize_again(now);
                match self.sync.as_mut() {
                    Some(sync) => sync.doubted.push((list, handle)),
                    None => self.fail_removal(list, handle),
                }
            }
            (request, _) => self.fail_change(request, ChangeFailure::Refused(code)),
        }
    }

    /// The lists have come after a removal that the server denied: only if it is not so, it has failed.
    pub(super) fn settle_doubted(&mut self, doubted: Vec<(ListKind, UserHandle)>) {
        for (list, handle) in doubted {
            if self.is_on(list, &handle) {
                self.fail_removal(list, handle);
            }
        }
    }

    fn fail_removal(&mut self, list: ListKind, handle: UserHandle) {
        let failure = ChangeFailure::Refused(ErrorCode(205));
        self.fail_change(Request::Remove { list, handle }, failure);
    }

    /// No answer to a change. It may have happened nevertheless: who is on which list is looked up.
    pub(super) fn on_change_expired(&mut self, now: Timestamp, request: Request) {
        let is_about_lists = matches!(request, Request::Add { .. } | Request::Remove { .. });
        self.fail_change(request, ChangeFailure::Unconfirmed);
        if is_about_lists {
            self.synchronize_again(now);
        }
    }

    /// Tells that a change did not happen, or may not have.
    fn fail_change(&mut self, request: Request, failure: ChangeFailure) {
        let change = match request {
            Request::Add {
                list: ListKind::Forward,
                handle,
            } => Change::AddContact(handle),
            Request::Remove {
                list: ListKind::Forward,
                handle,
            } => Change::RemoveContact(handle),
            Request::Add {
                list: ListKind::Block,
                handle,
            }
            | Request::Remove {
                list: ListKind::Allow,
                handle,
            } => Change::Block(handle),
            Request::Add { handle, .. } | Request::Remove { handle, .. } => Change::Allow(handle),
            Request::Change(change) => change,
            _ => return,
        };
        self.tell_lists(ListEvent::ChangeFailed { change, failure });
    }

    /// Asks for the whole lists again; what comes replaces what is known.
    fn synchronize_again(&mut self, now: Timestamp) {
        if self.is_signed_in() && self.sync.is_none() {
            let version = ListVersion::default();
            let trid = self
                .transactions
                .begin(now, super::PATIENCE, Request::Synchronize);
            self.sync = Some(super::Sync::new(trid, version));
            self.send(ClientCommand::Syn(Syn { trid, version }));
        }
    }

    fn put(&mut self, now: Timestamp, list: ListKind, handle: &UserHandle, name: FriendlyName) {
        self.account.lists.contacts.insert(list, handle, name);
        self.tell_contact(handle);
        if list == ListKind::Reverse {
            self.consider(now, handle);
        }
    }

    fn take(&mut self, list: ListKind, handle: &UserHandle) {
        self.account.lists.contacts.remove(list, handle);
        self.tell_contact(handle);
    }

    /// Somebody has me in their list: the user decides, or has decided to let everybody in.
    pub(super) fn consider(&mut self, now: Timestamp, handle: &UserHandle) {
        // Another program may have put me in my own list; there is nothing to decide about me.
        if *handle == self.account.handle || !self.account.lists.is_undecided(handle) {
            return;
        }
        match self.account.lists.prompt {
            ReverseListPrompt::Never => self.add(now, ListKind::Allow, handle),
            ReverseListPrompt::Ask => {
                let name = self.name_of(handle).cloned().unwrap_or_default();
                self.tell_lists(ListEvent::AddedBy {
                    handle: handle.clone(),
                    name,
                });
            }
        }
    }

    fn tell_contact(&mut self, handle: &UserHandle) {
        let contact = self.account.lists.contacts.get(handle).cloned();
        self.tell_lists(match contact {
            Some(contact) => ListEvent::ContactChanged(contact),
            None => ListEvent::ContactRemoved(handle.clone()),
        });
    }

    fn tell_lists(&mut self, event: ListEvent) {
        self.tell(NotificationEvent::Lists(event));
    }

    /// Our copy follows the server's by one change. Behind a gap something is missing from it: then it
    /// stays as old as it is, and the next sign-in brings all of it. While a copy is on its way, serials
    /// are about that one.
    fn note_version(&mut self, version: Option<ListVersion>) {
        let ours = &mut self.account.lists.version;
        let follows =
            |version: &ListVersion| ours.0 > 0 && version.0.checked_sub(1) == Some(ours.0);
        if self.sync.is_none()
            && let Some(next) = version.filter(follows)
        {
            *ours = next;
        }
    }
}
