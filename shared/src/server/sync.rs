//! `SYN`: the four lists, the two settings and the telephone numbers, in one go (reference §3.2).

use super::Server;
use super::directory::Account;
use super::properties::{CONTACT_PROPERTIES, OWN_PROPERTIES, contact_properties};
use super::quirks::Quirk;
use crate::command::{Blp, Bpr, Gtc, Iln, Lst, PrpReply, ServerCommand, Syn};
use crate::model::{
    LinkId, ListKind, ListVersion, Presence, Property, PropertyValue, TransactionId, UserHandle,
};

impl Server {
    pub(super) fn on_syn(&mut self, link: LinkId, handle: &UserHandle, syn: Syn) {
        let trid = syn.trid;
        let Some(account) = self.directory.get_mut(handle) else {
            return;
        };
        if self.quirks.has(Quirk::SerialFromClient) {
            account.version = ListVersion(syn.version.0.wrapping_add(1));
        }
        let version = account.version;
        let dialect = account.session.as_mut().map_or(0, |session| {
            session.is_synchronized = true;
            session.dialect
        });
        let mut lines = vec![ServerCommand::Syn(Syn { trid, version })];
        if self.quirks.has(Quirk::SynTwice) {
            lines.extend(lines.clone());
        }
        if syn.version != version {
            self.whole_copy(handle, trid, dialect, &mut lines);
        }
        if self.quirks.has(Quirk::IlnInSyn) {
            self.everybodys_presence(handle, trid, &mut lines);
        }
        for line in &lines {
            self.send(link, line);
        }
    }

    fn whole_copy(
        &self,
        handle: &UserHandle,
        trid: TransactionId,
        dialect: u8,
        lines: &mut Vec<ServerCommand>,
    ) {
        let Some(account) = self.directory.get(handle) else {
            return;
        };
        if !self.quirks.has(Quirk::NoSettings) {
            settings(account, trid, lines);
        }
        let has_properties = dialect >= 5 && !self.quirks.has(Quirk::NoProperties);
        if has_properties {
            self.own_properties(account, trid, lines);
        }
        for list in ListKind::ALL {
            self.list(account, list, trid, has_properties, lines);
        }
    }

    fn own_properties(
        &self,
        account: &Account,
        trid: TransactionId,
        lines: &mut Vec<ServerCommand>,
    ) {
        let is_short = self.quirks.has(Quirk::ShortProperties);
        for property in OWN_PROPERTIES {
            if is_short && !account.properties.contains_key(&property) {
                continue;
            }
            lines.push(ServerCommand::Prp(PrpReply {
                trid: (!is_short).then_some(trid),
                version: Some(account.version),
                property,
                value: account.property(property),
            }));
        }
    }

    fn list(
        &self,
        account: &Account,
        list: ListKind,
        trid: TransactionId,
        has_properties: bool,
        lines: &mut Vec<ServerCommand>,
    ) {
        let version = account.version;
        let total = u32::try_from(account.lists.on(list).count()).unwrap_or(u32::MAX);
        let line = |index, entry| {
            ServerCommand::Lst(Lst {
                trid,
                list,
                version,
                index,
                total,
                entry,
            })
        };
        if total == 0 {
            lines.push(line(0, None));
        }
        let is_short = self.quirks.has(Quirk::ShortProperties);
        for (index, contact) in (1..).zip(account.lists.on(list)) {
            let entry = (contact.handle.clone(), contact.name.clone());
            lines.push(line(index, Some(entry)));
            if has_properties && is_short && list != ListKind::Block {
                lines.extend(self.short_properties(account, &contact.handle));
            } else if has_properties && !is_short && list == ListKind::Forward {
                let other = self.directory.get(&contact.handle);
                lines.extend(contact_properties(version, account, other, &contact.handle));
            }
        }
    }

    /// Without address, and only what is set; paging always is.
    fn short_properties(&self, viewer: &Account, whose: &UserHandle) -> Vec<ServerCommand> {
        let other = self.directory.get(whose);
        let Some(other) = other.filter(|other| other.permits(&viewer.handle)) else {
            return Vec::new();
        };
        let line = |property: Property, value: PropertyValue| {
            let (version, handle) = (Some(viewer.version), None);
            ServerCommand::Bpr(Bpr {
                version,
                handle,
                property,
                value,
            })
        };
        let set = CONTACT_PROPERTIES.into_iter();
        set.map(|property| (property, other.property(property)))
            .filter(|(_, value)| !value.as_str().is_empty())
            .map(|(property, value)| line(property, value))
            .collect()
    }

    fn everybodys_presence(
        &self,
        handle: &UserHandle,
        trid: TransactionId,
        lines: &mut Vec<ServerCommand>,
    ) {
        let Some(account) = self.directory.get(handle) else {
            return;
        };
        for contact in account.lists.on(ListKind::Forward) {
            let other = self.directory.get(&contact.handle);
            let visible = other.filter(|other| other.permits(&account.handle));
            lines.push(ServerCommand::Iln(Iln {
                trid,
                presence: visible.map_or(Presence::Offline, Account::visible_presence),
                handle: contact.handle.clone(),
                name: visible.map_or_else(|| contact.name.clone(), |it| it.name.clone()),
            }));
        }
    }
}

fn settings(account: &Account, trid: TransactionId, lines: &mut Vec<ServerCommand>) {
    let version = Some(account.version);
    lines.push(ServerCommand::Gtc(Gtc {
        trid,
        version,
        prompt: Some(account.prompt),
    }));
    lines.push(ServerCommand::Blp(Blp {
        trid,
        version,
        privacy: Some(account.privacy),
    }));
}
