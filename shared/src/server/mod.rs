//! The other half of the protocol: dispatch, notification and switchboard server in one, sans-IO like the
//! rest of the crate. For demos and as the peer of tests; not for the public: accounts are fixed, state
//! lives in memory.
//!
//! A driver accepts connections, names each with a [`LinkId`] of its own, and turns the handle:
//!
//! ```
//! use msnp6::model::{Endpoint, LinkId, Timestamp};
//! use msnp6::server::{Role, Server, ServerConfig, ServerInput, ServerOutput};
//!
//! let notification = Endpoint::new("127.0.0.1", 1864)?;
//! let switchboard = Endpoint::new("127.0.0.1", 1865)?;
//! let mut server = Server::new(ServerConfig::demo(notification, switchboard, 42));
//!
//! let link = LinkId(1);
//! let now = Timestamp(0);
//! server.handle(now, ServerInput::Accepted { link, role: Role::Notification });
//! server.handle(now, ServerInput::Received { link, bytes: b"VER 1 MSNP6 CVR0\r\n".to_vec() });
//! while let Some(output) = server.poll() {
//!     match output {
//!         ServerOutput::Transmit { bytes, .. } => assert_eq!(bytes, b"VER 1 MSNP6\r\n"),
//!         ServerOutput::Close { .. } => unreachable!("it likes our dialect"),
//!         ServerOutput::WakeAt(at) => assert!(at > now),
//!     }
//! }
//! # Ok::<(), msnp6::model::EndpointError>(())
//! ```

mod answer;
mod border;
mod bots;
mod config;
mod cookies;
mod directory;
mod dress;
mod link;
mod lists;
mod maintenance;
mod notices;
mod notification;
mod presence;
mod properties;
mod quirks;
mod random;
mod receive;
mod room;
mod services;
mod settings;
mod sign_in;
mod switchboard;
mod sync;
mod timers;

use core::fmt;
use core::time::Duration;
use std::collections::{BTreeMap, VecDeque};

pub use border::{Role, ServerInput, ServerOutput};
pub use config::{AccountConfig, Bot, DEMO_ACCOUNTS, DemoAccount, ServerConfig, UnreadMail};
pub use quirks::{Quirk, Quirks};

use cookies::Cookies;
use directory::Directory;
use link::{Link, LinkState};
use random::Random;
use room::Room;
use timers::{Timer, Timers};

use crate::command::{ErrorCode, ErrorReply, ServerCommand};
use crate::model::{Endpoint, LinkId, SwitchboardId, Timestamp, TransactionId, UserHandle};
use crate::wire::MAX_LINE;

/// How long a link may take until it is signed in, or in a room.
const HANDSHAKE_DEADLINE: Duration = Duration::from_mins(1);

/// How long a client that was sent elsewhere may take to leave.
const REFERRED_LINGER: Duration = Duration::from_secs(5);

/// What a link may leave unfinished: the longest line and the longest body that is relayed. A body that
/// is announced longer ends the link before it is buffered.
const MAX_UNFINISHED: usize = MAX_LINE + 2 + switchboard::MAX_BODY;

/// All three servers, and everything that they know.
///
/// - [`handle`](Self::handle) says what happened and when. It never fails.
/// - [`poll`](Self::poll) says what to do about it. Call it until it returns `None`, after each `handle`.
///
/// Times only need to agree with each other. Where they count from the Unix epoch, the time of sign-in
/// that clients are told is right as well.
pub struct Server {
    notification: Endpoint,
    switchboard: Endpoint,
    max_links: usize,
    max_list: usize,
    quirks: Quirks,
    /// Down for maintenance: nobody can sign in.
    is_down: bool,
    now: Timestamp,
    random: Random,
    links: BTreeMap<LinkId, Link>,
    directory: Directory,
    cookies: Cookies,
    rooms: BTreeMap<SwitchboardId, Room>,
    /// Who is to be told how somebody looks, once [`Quirk::DelayedPresence`] has waited.
    delayed: Vec<(LinkId, UserHandle)>,
    timers: Timers,
    outputs: VecDeque<ServerOutput>,
    /// The wake-up that the driver knows of.
    announced: Option<Timestamp>,
}

impl Server {
    /// A server to which nobody is connected.
    pub fn new(config: ServerConfig) -> Self {
        let mut random = Random::new(config.seed);
        Self {
            notification: config.notification,
            switchboard: config.switchboard,
            max_links: config.max_links,
            max_list: config.max_list,
            quirks: config.quirks,
            is_down: false,
            now: Timestamp::default(),
            links: BTreeMap::new(),
            directory: Directory::new(config.accounts, &mut random),
            random,
            cookies: Cookies::default(),
            rooms: BTreeMap::new(),
            delayed: Vec::new(),
            timers: Timers::default(),
            outputs: VecDeque::new(),
            announced: None,
        }
    }

    /// Takes note of what happened at `now`.
    pub fn handle(&mut self, now: Timestamp, input: ServerInput) {
        self.now = self.now.max(now);
        while let Some(timer) = self.timers.expired(self.now) {
            self.on_timer(timer);
        }
        match input {
            ServerInput::Accepted { link, role } => self.on_accepted(link, role),
            ServerInput::Received { link, bytes } => self.on_received(link, &bytes),
            ServerInput::Closed { link } => self.forget(link),
            ServerInput::Woke => self.announced = None,
        }
        self.announce_wake();
    }

    fn announce_wake(&mut self) {
        let next = self.timers.next();
        if let Some(at) = next.filter(|_| next != self.announced) {
            self.announced = next;
            self.outputs.push_back(ServerOutput::WakeAt(at));
        }
    }

    /// The next thing to do.
    pub fn poll(&mut self) -> Option<ServerOutput> {
        self.outputs.pop_front()
    }

    fn on_accepted(&mut self, link: LinkId, role: Role) {
        // A name that is used twice can only mean that its first bearer is gone.
        self.forget(link);
        if self.links.len() >= self.max_links {
            return self.outputs.push_back(ServerOutput::Close { link });
        }
        self.links.insert(link, Link::new(role));
        self.timers
            .set(Timer::Handshake(link), self.now + HANDSHAKE_DEADLINE);
    }

    fn on_timer(&mut self, timer: Timer) {
        match timer {
            Timer::Handshake(link) => self.hang_up(link),
            Timer::Challenge(link) => self.on_challenge_timer(link),
            Timer::Idle(room) => self.on_idle(&room),
            Timer::Reply(room) => self.on_reply(&room),
            Timer::Presence => self.on_delayed_presence(),
            Timer::Shutdown => self.on_shutdown(),
        }
    }

    fn send(&mut self, link: LinkId, command: &ServerCommand) {
        let receiver = self.links.get(&link).and_then(|entry| entry.handle());
        let bytes = dress::bytes(self.quirks, receiver, command);
        self.outputs
            .push_back(ServerOutput::Transmit { link, bytes });
    }

    /// An error that leaves the link open.
    fn fail(&mut self, link: LinkId, code: ErrorCode, trid: TransactionId) {
        let trid = Some(trid);
        self.send(link, &ServerCommand::Error(ErrorReply { code, trid }));
        let is_in_room =
            |entry: &Link| matches!(entry.state, LinkState::Outside | LinkState::Inside { .. });
        if self.quirks.has(Quirk::ErrorsCloseSwitchboards)
            && self.links.get(&link).is_some_and(is_in_room)
        {
            self.hang_up(link);
        }
    }

    /// An error that ends the link.
    fn refuse(&mut self, link: LinkId, code: ErrorCode, trid: TransactionId) {
        self.fail(link, code, trid);
        self.hang_up(link);
    }

    fn hang_up(&mut self, link: LinkId) {
        if self.links.contains_key(&link) {
            self.outputs.push_back(ServerOutput::Close { link });
            self.forget(link);
        }
    }

    /// Whoever was behind the link is gone from wherever they were.
    fn forget(&mut self, link: LinkId) {
        let Some(entry) = self.links.remove(&link) else {
            return;
        };
        self.timers.cancel(&Timer::Handshake(link));
        self.timers.cancel(&Timer::Challenge(link));
        match entry.state {
            LinkState::SignedIn { handle } => self.sign_out(&handle),
            LinkState::Inside { room, handle } => self.leave(&room, &handle),
            LinkState::SigningIn(..) | LinkState::Referred | LinkState::Outside => {}
        }
    }

    fn sign_out(&mut self, handle: &UserHandle) {
        let Some(account) = self.directory.get(handle) else {
            return;
        };
        let before = account.visible_presence();
        self.directory.sign_out(handle);
        self.announce(handle, before);
    }

    fn set_state(&mut self, link: LinkId, state: LinkState) {
        if let Some(entry) = self.links.get_mut(&link) {
            entry.state = state;
        }
    }
}

// Counts only: who is here and what they say is nobody's business.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("links", &self.links.len())
            .field("rooms", &self.rooms.len())
            .field("cookies", &self.cookies.len())
            .field("timers", &self.timers.len())
            .finish_non_exhaustive()
    }
}
