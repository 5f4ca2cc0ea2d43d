//! The body for the built-in server: clients that say anything, at any time.

use std::collections::BTreeMap;
use std::time::Duration;

use msnp6::auth;
use msnp6::command::{ServerCommand, UsrReply, XfrReply};
use msnp6::model::{Endpoint, LinkId, Secret, Timestamp};
use msnp6::server::{DEMO_ACCOUNTS, Role, Server, ServerConfig, ServerInput, ServerOutput};
use msnp6::wire::{Direction, Framer};

use super::{Step, steps};

/// Two people are signed in, and a third link has just been accepted: bytes are said on that one.
/// Whatever they are, the server comes to rest, speaks only to links that are open, and says nothing
/// that this crate cannot read.
pub(crate) fn server(data: &[u8]) {
    let mut crowd = Crowd::new();
    for person in 0..2 {
        crowd.accept(Role::Notification);
        crowd.sign_in(person);
    }
    crowd.accept(Role::Notification);
    for step in steps(data) {
        match step {
            Step::Bytes(bytes) => crowd.say(bytes),
            Step::Happening { what, how } => crowd.happen(what, usize::from(how)),
        }
    }
}

struct Crowd {
    server: Server,
    now: Timestamp,
    wake: Option<Timestamp>,
    links: BTreeMap<LinkId, Framer>,
    last: u32,
    current: LinkId,
    /// The latest challenge of a sign-in, and the latest one after it.
    challenge: String,
    query: String,
    /// How to enter the room that was last granted, and the one that was last rung for, without the line end.
    entry: String,
    call: String,
}

impl Crowd {
    fn new() -> Self {
        let at = |port| Endpoint::new("127.0.0.1", port).expect("an endpoint");
        Self {
            server: Server::new(ServerConfig::demo(at(1863), at(1864), 7)),
            now: Timestamp(0),
            wake: None,
            links: BTreeMap::new(),
            last: 0,
            current: LinkId(0),
            challenge: String::new(),
            query: String::new(),
            entry: String::new(),
            call: String::new(),
        }
    }

    fn happen(&mut self, what: u8, how: usize) {
        let person = DEMO_ACCOUNTS[how % DEMO_ACCOUNTS.len()].handle;
        match what % 9 {
            0 => self.look_at_another(),
            1 => self.accept([Role::Dispatch, Role::Notification, Role::Switchboard][how % 3]),
            2 => {
                let link = self.current;
                if self.links.contains_key(&link) {
                    // What the clock brings first can still concern the link.
                    self.input(ServerInput::Closed { link });
                    self.links.remove(&link);
                }
            }
            3 => {
                if let Some(at) = self.wake.take() {
                    self.now = self.now.max(at);
                    self.input(ServerInput::Woke);
                }
            }
            4 => self.now = self.now + Duration::from_secs(how as u64),
            5 => self.sign_in(how),
            6 => {
                let digest = auth::challenge_digest(&self.query);
                let line = format!("QRY 9 {} 32\r\n{}", auth::CLIENT_ID, digest.expose());
                self.say(line.as_bytes());
            }
            7 => {
                self.accept(Role::Switchboard);
                self.say(format!("USR 1 {person} {}\r\n", self.entry).as_bytes());
            }
            _ => {
                self.accept(Role::Switchboard);
                self.say(format!("ANS 1 {person} {}\r\n", self.call).as_bytes());
            }
        }
    }

    fn look_at_another(&mut self) {
        let mut after = self.links.range(LinkId(self.current.0 + 1)..);
        let next = after.next().or_else(|| self.links.iter().next());
        self.current = next.map_or(self.current, |(&link, _)| link);
    }

    fn accept(&mut self, role: Role) {
        self.last += 1;
        self.current = LinkId(self.last);
        self.links
            .insert(self.current, Framer::new(Direction::FromServer));
        self.input(ServerInput::Accepted {
            link: self.current,
            role,
        });
    }

    fn sign_in(&mut self, person: usize) {
        let account = &DEMO_ACCOUNTS[person % DEMO_ACCOUNTS.len()];
        self.say(b"VER 1 MSNP6 CVR0\r\nINF 2\r\n");
        self.say(format!("USR 3 MD5 I {}\r\n", account.handle).as_bytes());
        let password = Secret::new(account.password.to_owned());
        let digest = auth::sign_in_digest(&self.challenge, &password);
        self.say(
            format!(
                "USR 4 MD5 S {}\r\nSYN 5 0\r\nCHG 6 NLN\r\n",
                digest.expose()
            )
            .as_bytes(),
        );
    }

    fn say(&mut self, bytes: &[u8]) {
        let link = self.current;
        for bytes in bytes.chunks(16 * 1024) {
            // The server can have hung up in the meantime.
            if self.links.contains_key(&link) {
                self.input(ServerInput::Received {
                    link,
                    bytes: bytes.to_vec(),
                });
            }
        }
    }

    fn input(&mut self, input: ServerInput) {
        self.server.handle(self.now, input);
        let mut steps = 0;
        while let Some(output) = self.server.poll() {
            steps += 1;
            assert!(steps < 100_000, "it does not come to rest");
            match output {
                ServerOutput::Transmit { link, bytes } => self.read(link, &bytes),
                ServerOutput::Close { link } => {
                    assert!(self.links.remove(&link).is_some(), "{link:?} was not open");
                }
                ServerOutput::WakeAt(at) => self.wake = Some(at),
            }
        }
    }

    /// What the server says has to be understood; some of it is needed later.
    fn read(&mut self, link: LinkId, bytes: &[u8]) {
        let framer = self.links.get_mut(&link);
        let framer = framer.unwrap_or_else(|| panic!("{link:?} is not open"));
        framer.push(bytes);
        while let Some(frame) = framer.next_frame().expect("the server's words are sound") {
            match ServerCommand::decode(&frame).expect("the server's words are commands") {
                ServerCommand::Unknown => panic!("the server said {frame:?}"),
                ServerCommand::Usr(UsrReply::Challenge { challenge, .. }) => {
                    self.challenge = challenge;
                }
                ServerCommand::Chl(chl) => self.query = chl.challenge,
                ServerCommand::Xfr(XfrReply::Switchboard { cookie, .. }) => {
                    self.entry.clone_from(cookie.expose());
                }
                ServerCommand::Rng(rng) => {
                    self.call = format!("{} {}", rng.cookie.expose(), rng.id.as_str());
                }
                _ => {}
            }
        }
        assert_eq!(framer.buffered(), 0, "the server says whole commands");
    }
}
