//! Plays scripts against the built-in server: bytes in, bytes out, a clock that only scripts move. It knows
//! no command and uses no codec, so that both cannot be wrong in the same way.
#![allow(dead_code, reason = "every test file uses a part of this")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "all of this is test code, which clippy sees in test functions only"
)]

mod config;
mod script;

use core::time::Duration;
use std::collections::BTreeMap;

#[allow(unused_imports, reason = "every test file uses a part of this")]
pub(crate) use config::{block, changed, demo_config, handle, quirky};
use msnp6::model::{LinkId, Timestamp};
use msnp6::server::{Role, Server, ServerConfig, ServerInput, ServerOutput};

#[derive(Debug)]
struct Client {
    link: LinkId,
    received: Vec<u8>,
    is_closed: bool,
}

/// The server, its clients by name, and what they took down.
pub(crate) struct Stage {
    pub(crate) server: Server,
    pub(crate) now: Timestamp,
    wake: Option<Timestamp>,
    clients: BTreeMap<String, Client>,
    words: BTreeMap<String, String>,
    next_link: u32,
}

impl Stage {
    pub(crate) fn new(config: ServerConfig) -> Self {
        Self {
            server: Server::new(config),
            now: Timestamp(1_000_000),
            wake: None,
            clients: BTreeMap::new(),
            words: BTreeMap::new(),
            next_link: 1,
        }
    }

    pub(crate) fn demo() -> Self {
        Self::new(demo_config())
    }

    /// The demo, with one person signed in who has chosen no presence yet.
    pub(crate) fn signed_in(name: &str) -> Self {
        let mut stage = Self::demo();
        stage.sign_in(name);
        stage
    }

    /// The demo, with these people online and nothing left to hear.
    pub(crate) fn with(people: &[&str]) -> Self {
        let mut stage = Self::demo();
        for name in people {
            stage.online(name);
        }
        stage
    }

    /// These people online and in one room, which the first of them opened, with nothing left to hear.
    /// Their switchboard links are called `name-sb`; the room is `{room}`.
    pub(crate) fn room(people: &[&str]) -> Self {
        Self::room_in(demo_config(), people)
    }

    /// The same at a server that is not quite the demo.
    pub(crate) fn room_in(config: ServerConfig, people: &[&str]) -> Self {
        let mut stage = Self::new(config);
        for name in people {
            stage.online(name);
        }
        let (host, guests) = people.split_first().expect("a host");
        stage.open_room(host);
        for guest in guests {
            stage.call(host, guest);
        }
        stage.silence();
        stage
    }

    /// Opens a room from the link `name`, on the link `name-sb`.
    pub(crate) fn open_room(&mut self, name: &str) {
        self.play(&format!(
            "{name} C: XFR 90 SB
             {name} S: XFR 90 SB 127.0.0.1:1865 CKI {{cookie}}
             {name}-sb connects to switchboard
             {name}-sb C: USR 91 {name}@example.com {{cookie}}
             {name}-sb S: USR 91 OK {name}@example.com {{_}}"
        ));
    }

    /// Calls somebody into the room of `name`, and lets them answer.
    pub(crate) fn call(&mut self, name: &str, guest: &str) {
        self.play(&format!(
            "{name}-sb C: CAL 92 {guest}@example.com
             {name}-sb S: CAL 92 RINGING {{room}}
             {guest} S: RNG {{room}} 127.0.0.1:1865 CKI {{ring}} {name}@example.com {{_}}
             {guest}-sb connects to switchboard
             {guest}-sb C: ANS 93 {guest}@example.com {{ring}} {{room}}"
        ));
        self.silence();
    }

    /// Signs `name@example.com` in on a link of that name, goes online, and forgets what everybody heard.
    pub(crate) fn online(&mut self, name: &str) {
        self.online_keeping(name);
        self.silence();
    }

    /// The same, but the others still have to hear of it.
    pub(crate) fn online_keeping(&mut self, name: &str) {
        self.sign_in(name);
        self.play(&format!(
            "{name} C: CHG 5 NLN
             {name} S: CHG 5 NLN"
        ));
        let challenge = self.challenge_among_pending(name);
        self.words.insert("chl".to_owned(), challenge);
        self.play(&format!(
            "{name} C: QRY 6 msmsgs@msnmsgr.com *
             | {{answer chl}}
             {name} S: QRY 6"
        ));
    }

    /// Signs `name@example.com` in on a link of that name, up to the profile.
    pub(crate) fn sign_in(&mut self, name: &str) {
        self.play(&format!(
            "{name} connects to notification
             {name} C: VER 1 MSNP6 CVR0
             {name} S: VER 1 MSNP6
             {name} C: INF 2
             {name} S: INF 2 MD5
             {name} C: USR 3 MD5 I {name}@example.com
             {name} S: USR 3 MD5 S {{challenge}}
             {name} C: USR 4 MD5 S {{md5 challenge}}
             {name} S: ..."
        ));
    }

    /// Forgets what everybody has not read.
    pub(crate) fn silence(&mut self) {
        let clients = self.clients.values_mut();
        clients.for_each(|client| client.received.clear());
    }

    pub(crate) fn connect(&mut self, name: &str, to: &str) {
        let role = match to {
            "to dispatch" => Role::Dispatch,
            "to notification" => Role::Notification,
            "to switchboard" => Role::Switchboard,
            _ => panic!("no such server: {to}"),
        };
        let link = LinkId(self.next_link);
        self.next_link += 1;
        let client = Client {
            link,
            received: Vec::new(),
            is_closed: false,
        };
        self.clients.insert(name.to_owned(), client);
        self.handle(ServerInput::Accepted { link, role });
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, name: &str, bytes: &[u8]) {
        let link = self.client(name).link;
        let bytes = bytes.to_vec();
        self.handle(ServerInput::Received { link, bytes });
    }

    /// Everything that a link was sent and nobody read yet.
    pub(crate) fn received(&mut self, name: &str) -> Vec<u8> {
        core::mem::take(&mut self.client(name).received)
    }

    /// Calls a link by another name from now on.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        let client = self.clients.remove(from).expect("a client");
        self.clients.insert(to.to_owned(), client);
    }

    pub(crate) fn is_closed(&mut self, name: &str) -> bool {
        self.client(name).is_closed
    }

    /// A word that a script took down.
    pub(crate) fn word(&self, key: &str) -> &str {
        &self.words[key]
    }

    /// Hands one input over and carries out what follows from it.
    pub(crate) fn handle(&mut self, input: ServerInput) {
        self.server.handle(self.now, input);
        self.carry_out();
    }

    /// Carries out what the server wants.
    pub(crate) fn carry_out(&mut self) {
        while let Some(output) = self.server.poll() {
            match output {
                ServerOutput::WakeAt(at) => self.wake = Some(at),
                ServerOutput::Transmit { link, bytes } => {
                    if let Some(client) = self.clients.values_mut().find(|c| c.link == link) {
                        assert!(!client.is_closed, "bytes for a closed link");
                        client.received.extend(bytes);
                    }
                }
                ServerOutput::Close { link } => {
                    if let Some(client) = self.clients.values_mut().find(|c| c.link == link) {
                        assert!(!client.is_closed, "closed twice");
                        client.is_closed = true;
                    }
                }
            }
        }
    }

    /// Lets time pass, and wakes the server whenever it asked for it.
    pub(crate) fn pass(&mut self, milliseconds: u64) {
        let until = self.now + Duration::from_millis(milliseconds);
        while let Some(at) = self.wake.take_if(|at| *at <= until) {
            self.now = self.now.max(at);
            self.handle(ServerInput::Woke);
        }
        self.now = until;
    }

    fn client(&mut self, name: &str) -> &mut Client {
        let client = self.clients.get_mut(name);
        client.unwrap_or_else(|| panic!("nobody is called {name}"))
    }
}
