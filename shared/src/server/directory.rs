//! Who has an account, who is signed in, and who may see whom. Sends nothing: it answers questions.

use core::time::Duration;
use std::collections::BTreeMap;

use super::config::{AccountConfig, Bot, UnreadMail};
use super::properties;
use super::random::Random;
use crate::model::{
    ContactList, FriendlyName, LinkId, ListKind, ListVersion, Presence, PrivacyDefault, Property,
    PropertyValue, ReverseListPrompt, Secret, Timestamp, UserHandle,
};

/// A name changes no more than so many times...
const MAX_RENAMES: usize = 5;

/// ...within this; more is error 800.
const RENAME_INTERVAL: Duration = Duration::from_mins(1);

/// One account.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) handle: UserHandle,
    pub(super) name: FriendlyName,
    pub(super) password: Option<Secret<String>>,
    pub(super) is_verified: bool,
    pub(super) bot: Option<Bot>,
    pub(super) lists: ContactList,
    pub(super) version: ListVersion,
    pub(super) privacy: PrivacyDefault,
    pub(super) prompt: ReverseListPrompt,
    pub(super) properties: BTreeMap<Property, PropertyValue>,
    pub(super) mail: Option<UnreadMail>,
    pub(super) session: Option<Session>,
}

/// An account that is signed in.
#[derive(Debug)]
pub(super) struct Session {
    /// The notification link.
    pub(super) link: LinkId,
    /// The number of the MSNP that is spoken.
    pub(super) dialect: u8,
    /// Whether the lists were asked for: only then `BPR` is told.
    pub(super) is_synchronized: bool,
    /// `None` until the first `CHG`: nobody sees them, and they see nobody.
    pub(super) presence: Option<Presence>,
    /// The `CHL` that is still to be answered.
    pub(super) challenge: Option<Secret<String>>,
    /// When the name was changed, lately.
    pub(super) renamed: Vec<Timestamp>,
}

impl Session {
    /// Whether the name may be changed once more, which is noted (reference §3.6).
    pub(super) fn may_rename(&mut self, now: Timestamp) -> bool {
        self.renamed.retain(|&at| now < at + RENAME_INTERVAL);
        let may = self.renamed.len() < MAX_RENAMES;
        if may {
            self.renamed.push(now);
        }
        may
    }
}

impl Account {
    fn new(config: AccountConfig, version: ListVersion) -> Self {
        // What real servers call people whose address was never confirmed.
        let unverified = format!("{} (E-Mail Address Not Verified)", config.handle);
        let name = if config.is_verified {
            config.name
        } else {
            FriendlyName::parse(&unverified).unwrap_or(config.name)
        };
        let mut lists = config.lists;
        lists.clear(ListKind::Reverse);
        Self {
            handle: config.handle,
            name,
            password: config.password,
            is_verified: config.is_verified,
            bot: config.bot,
            lists,
            version,
            privacy: config.privacy,
            prompt: config.prompt,
            properties: BTreeMap::new(),
            mail: config.mail,
            session: None,
        }
    }

    /// What others call it.
    pub(super) fn identity(&self) -> (UserHandle, FriendlyName) {
        (self.handle.clone(), self.name.clone())
    }

    /// The serial after one more change.
    pub(super) const fn raise_version(&mut self) -> ListVersion {
        self.version.0 = self.version.0.wrapping_add(1);
        self.version
    }

    /// A telephone number or the like; what stands for it if it is not set.
    pub(super) fn property(&self, property: Property) -> PropertyValue {
        let own = self.properties.get(&property).cloned();
        own.unwrap_or_else(|| properties::default(property))
    }

    /// As others see it, if they may.
    pub(super) fn visible_presence(&self) -> Presence {
        if self.bot.is_some() {
            return Presence::Online;
        }
        let own = self.session.as_ref().and_then(|session| session.presence);
        own.unwrap_or(Presence::Offline).as_seen_by_others()
    }

    /// Whether `other` may see and call this account (reference §4): not if blocked, and if this account
    /// is closed by default only if allowed.
    pub(super) fn permits(&self, other: &UserHandle) -> bool {
        let is_on = |kind| {
            self.lists
                .get(other)
                .is_some_and(|contact| contact.membership.contains(kind))
        };
        let is_open = self.privacy == PrivacyDefault::Allow || is_on(ListKind::Allow);
        is_open && !is_on(ListKind::Block)
    }

    /// Everybody who has this account as a contact and may see it, here or not.
    pub(super) fn viewers(&self) -> Vec<UserHandle> {
        let viewers = self.lists.on(ListKind::Reverse);
        viewers
            .filter(|viewer| self.permits(&viewer.handle))
            .map(|viewer| viewer.handle.clone())
            .collect()
    }
}

/// All accounts.
#[derive(Debug, Default)]
pub(super) struct Directory {
    accounts: BTreeMap<UserHandle, Account>,
}

impl Directory {
    /// Nobody is signed in yet. The serials begin at random, so that a copy of the lists that a client kept
    /// from an earlier run is not taken for a copy of these.
    pub(super) fn new(configs: Vec<AccountConfig>, random: &mut Random) -> Self {
        let mut directory = Self::default();
        for config in configs {
            let version = ListVersion(random.digits(8).parse().unwrap_or(1));
            let account = Account::new(config, version);
            directory.accounts.insert(account.handle.clone(), account);
        }
        directory.derive_reverse_lists();
        directory
    }

    fn derive_reverse_lists(&mut self) {
        let mut entries = Vec::new();
        for account in self.accounts.values() {
            for contact in account.lists.on(ListKind::Forward) {
                let who = (account.handle.clone(), account.name.clone());
                entries.push((contact.handle.clone(), who));
            }
        }
        for (owner, (handle, name)) in entries {
            if let Some(account) = self.accounts.get_mut(&owner) {
                account.lists.insert(ListKind::Reverse, &handle, name);
            }
        }
    }

    pub(super) fn get(&self, handle: &UserHandle) -> Option<&Account> {
        self.accounts.get(handle)
    }

    pub(super) fn get_mut(&mut self, handle: &UserHandle) -> Option<&mut Account> {
        self.accounts.get_mut(handle)
    }

    /// The serial of an account after one more change.
    pub(super) fn raise_version(&mut self, handle: &UserHandle) -> Option<ListVersion> {
        self.get_mut(handle).map(Account::raise_version)
    }

    /// The session of an account that is signed in.
    pub(super) fn session_mut(&mut self, handle: &UserHandle) -> Option<&mut Session> {
        self.accounts.get_mut(handle)?.session.as_mut()
    }

    pub(super) fn sign_in(&mut self, handle: &UserHandle, link: LinkId, dialect: u8) {
        if let Some(account) = self.accounts.get_mut(handle) {
            account.session = Some(Session {
                link,
                dialect,
                is_synchronized: false,
                presence: None,
                challenge: None,
                renamed: Vec::new(),
            });
        }
    }

    pub(super) fn sign_out(&mut self, handle: &UserHandle) {
        if let Some(account) = self.accounts.get_mut(handle) {
            account.session = None;
        }
    }

    /// The links of everybody who is told about a change of this account.
    pub(super) fn watchers<'a>(
        &'a self,
        subject: &'a Account,
    ) -> impl Iterator<Item = LinkId> + 'a {
        let viewers = subject.lists.on(ListKind::Reverse);
        viewers.filter_map(|viewer| {
            let session = self.get(&viewer.handle)?.session.as_ref()?;
            session.presence?;
            subject.permits(&viewer.handle).then_some(session.link)
        })
    }

    /// The contacts of an account who are online and let it see them.
    pub(super) fn online_contacts<'a>(
        &'a self,
        viewer: &'a Account,
    ) -> impl Iterator<Item = &'a Account> {
        let contacts = viewer.lists.on(ListKind::Forward);
        let accounts = contacts.filter_map(|contact| self.get(&contact.handle));
        accounts.filter(|account| {
            account.visible_presence().is_reachable() && account.permits(&viewer.handle)
        })
    }

    /// Whether `from` can call `callee` now.
    pub(super) fn is_callable(&self, callee: &UserHandle, from: &UserHandle) -> bool {
        self.get(callee)
            .is_some_and(|a| a.visible_presence().is_reachable() && a.permits(from))
    }
}
