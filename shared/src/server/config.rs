//! Who has an account and where the server listens. Fixed when the server starts; nothing here is changed
//! by what clients send.

use super::quirks::Quirks;
use crate::model::{
    ContactList, Endpoint, FriendlyName, ListKind, PrivacyDefault, ReverseListPrompt, Secret,
    UserHandle,
};

/// What a [`Server`](super::Server) starts with.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Where notification links are accepted: dispatch refers there.
    pub notification: Endpoint,
    /// Where switchboard links are accepted: `XFR` and `RNG` name it.
    pub switchboard: Endpoint,
    /// Challenges, cookies and session numbers come from it. Let it be random wherever others can connect.
    pub seed: Secret<u64>,
    /// Everybody who can sign in, and the bots.
    pub accounts: Vec<AccountConfig>,
    /// Links above this number are closed at once.
    pub max_links: usize,
    /// How many people one list takes; the next `ADD` gets error 210.
    pub max_list: usize,
    /// In which ways this server behaves like others.
    pub quirks: Quirks,
}

impl ServerConfig {
    const MAX_LINKS: usize = 4096;
    const MAX_LIST: usize = 1000;

    /// A server without accounts.
    pub const fn new(notification: Endpoint, switchboard: Endpoint, seed: u64) -> Self {
        Self {
            notification,
            switchboard,
            seed: Secret::new(seed),
            accounts: Vec::new(),
            max_links: Self::MAX_LINKS,
            max_list: Self::MAX_LIST,
            quirks: Quirks::NONE,
        }
    }

    /// A server with [`DEMO_ACCOUNTS`], one account whose address is not verified, and the two bots.
    pub fn demo(notification: Endpoint, switchboard: Endpoint, seed: u64) -> Self {
        let mut config = Self::new(notification, switchboard, seed);
        let people = DEMO_ACCOUNTS.iter().chain([&UNVERIFIED]);
        config.accounts = people.filter_map(DemoAccount::config).collect();
        let bots = BOTS
            .iter()
            .filter_map(|(bot, handle, name)| AccountConfig::bot(*bot, handle, name));
        config.accounts.extend(bots);
        config
    }
}

/// One account, a person's or a bot's.
///
/// Who is on the reverse list follows from the forward lists of the others; what `lists` says about it is
/// not used.
#[derive(Clone, Debug)]
pub struct AccountConfig {
    /// The address to sign in with.
    pub handle: UserHandle,
    /// The name that others see. Without a verified address it is replaced, as real servers do.
    pub name: FriendlyName,
    /// `None`: nobody can sign in.
    pub password: Option<Secret<String>>,
    /// The last parameter of `USR t OK`.
    pub is_verified: bool,
    /// A bot is always online and joins any conversation it is called into.
    pub bot: Option<Bot>,
    /// Forward, allow and block list.
    pub lists: ContactList,
    /// Whether people on neither the allow nor the block list may see and call this account.
    pub privacy: PrivacyDefault,
    /// Only kept for the client, which asks for it.
    pub prompt: ReverseListPrompt,
    /// `None`: no mailbox, and no word about one.
    pub mail: Option<UnreadMail>,
}

/// How many mails wait. They cannot be read; only their number is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnreadMail {
    /// In the inbox.
    pub inbox: u32,
    /// In other folders.
    pub folders: u32,
}

impl AccountConfig {
    /// A person with a verified address and empty lists, open to everybody.
    pub fn new(handle: UserHandle, name: FriendlyName, password: &str) -> Self {
        Self {
            handle,
            name,
            password: Some(Secret::new(password.to_owned())),
            is_verified: true,
            bot: None,
            lists: ContactList::default(),
            privacy: PrivacyDefault::default(),
            prompt: ReverseListPrompt::default(),
            mail: None,
        }
    }

    /// Puts somebody on the forward and the allow list, as clients do for a new contact.
    pub fn add_contact(&mut self, handle: &UserHandle, name: &FriendlyName) {
        for kind in [ListKind::Forward, ListKind::Allow] {
            self.lists.insert(kind, handle, name.clone());
        }
    }

    fn bot(bot: Bot, handle: &str, name: &str) -> Option<Self> {
        let mut account = Self::new(
            UserHandle::parse(handle).ok()?,
            FriendlyName::parse(name).ok()?,
            "",
        );
        account.password = None;
        account.bot = Some(bot);
        for person in DEMO_ACCOUNTS.iter().chain([&UNVERIFIED]) {
            account.add(person.handle, person.name);
        }
        Some(account)
    }

    fn add(&mut self, handle: &str, name: &str) {
        if let Ok(handle) = UserHandle::parse(handle) {
            self.add_contact(&handle, &FriendlyName::parse(name).unwrap_or_default());
        }
    }
}

/// A contact that is no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bot {
    /// Sends every text back.
    Echo,
    /// Repeats the last line that somebody said.
    Parrot,
}

/// An account that anybody may use to try the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    /// The address to sign in with.
    pub handle: &'static str,
    /// No secret: it is printed where the demo runs.
    pub password: &'static str,
    /// The name that others see.
    pub name: &'static str,
    /// Addresses of the people on the forward list. The bots are on everybody's.
    contacts: &'static [&'static str],
}

impl DemoAccount {
    const fn new(
        handle: &'static str,
        name: &'static str,
        contacts: &'static [&'static str],
    ) -> Self {
        Self {
            handle,
            password: "demo",
            name,
            contacts,
        }
    }

    fn config(&self) -> Option<AccountConfig> {
        let mut account = AccountConfig::new(
            UserHandle::parse(self.handle).ok()?,
            FriendlyName::parse(self.name).ok()?,
            self.password,
        );
        account.is_verified = self.handle != UNVERIFIED.handle;
        account.mail = WITH_MAIL.contains(&self.handle).then_some(UnreadMail {
            inbox: 2,
            folders: 1,
        });
        let people = DEMO_ACCOUNTS
            .iter()
            .filter(|person| self.contacts.contains(&person.handle))
            .map(|person| (person.handle, person.name));
        let bots = BOTS.iter().map(|(_, handle, name)| (*handle, *name));
        for (handle, name) in people.chain(bots) {
            account.add(handle, name);
        }
        Some(account)
    }
}

const ALICE: &str = "alice@example.com";
const BOB: &str = "bob@example.com";
const CAROL: &str = "carol@example.com";

/// The accounts of the demo. Alice, Bob and Carol are each other's contacts; Dave has Alice, who has not
/// dealt with that yet; Erin has only the bots.
pub const DEMO_ACCOUNTS: &[DemoAccount] = &[
    DemoAccount::new(ALICE, "Alice", &[BOB, CAROL]),
    DemoAccount::new(BOB, "Bob", &[ALICE, CAROL]),
    DemoAccount::new(CAROL, "Carol", &[ALICE, BOB]),
    DemoAccount::new("dave@example.com", "Dave", &[ALICE]),
    DemoAccount::new("erin@example.com", "Erin", &[]),
];

/// Who has mail waiting.
const WITH_MAIL: [&str; 1] = [CAROL];

/// Not listed for people to try: it shows what the page says about an address that is not verified.
const UNVERIFIED: DemoAccount = DemoAccount::new("unverified@example.com", "Unverified", &[]);

const BOTS: [(Bot, &str, &str); 2] = [
    (Bot::Echo, "echo@example.com", "Echo"),
    (Bot::Parrot, "parrot@example.com", "Parrot"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn demo() -> ServerConfig {
        let endpoint = |port| Endpoint::new("127.0.0.1", port).expect("an endpoint");
        ServerConfig::demo(endpoint(1), endpoint(2), 77_777)
    }

    #[test]
    fn the_demo_has_six_people_and_two_bots() {
        let config = demo();
        let bots = config.accounts.iter().filter(|a| a.bot.is_some()).count();
        assert_eq!((config.accounts.len(), bots), (8, 2));
        assert_eq!(config.accounts.iter().filter(|a| !a.is_verified).count(), 1);
    }

    #[test]
    fn debug_output_shows_neither_seed_nor_passwords() {
        let shown = format!("{:?}", demo());
        assert!(
            !shown.contains("77777") && !shown.contains("\"demo\""),
            "{shown}"
        );
    }
}
