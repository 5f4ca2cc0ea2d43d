//! Plays scripts against the built-in server: bytes in, bytes out, a clock that only scripts move. It knows
//! no command and uses no codec, so that both cannot be wrong in the same way.
//!
//! ```text
//! alice connects to notification        a link named alice
//! alice C: VER 1 MSNP6                  the client sends a line
//! alice S: VER 1 MSNP6                  the server's next line to it must be this
//! alice S: USR 3 MD5 S {challenge}      takes a word down; {=challenge} is that word again; {_} is any
//! alice C: USR 4 MD5 S {md5 challenge}  answers with the password of the demo
//! alice C: MSG 5 N *                    * is the length of the payload, whose lines follow, without
//! | hello                               a line end behind the last one
//! alice S: ...                          whatever is there
//! alice hears nothing
//! alice leaves                          the client closes
//! alice is closed                       the server closed, after all that it said was read
//! 50000 ms pass
//! ```
#![allow(dead_code, reason = "every test file uses a part of this")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "all of this is test code, which clippy sees in test functions only"
)]

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use msnp6::auth;
use msnp6::model::{Endpoint, LinkId, Secret, Timestamp};
use msnp6::server::{Role, Server, ServerConfig, ServerInput, ServerOutput};

/// The configuration that scripts are written against.
pub(crate) fn demo_config() -> ServerConfig {
    let endpoint = |port| Endpoint::new("127.0.0.1", port).expect("an endpoint");
    ServerConfig::demo(endpoint(1864), endpoint(1865), 1)
}

/// A line or a payload, as text.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    line: String,
    payload: Option<String>,
}

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
        let mut stage = Self::with(people);
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

    /// Plays a script. What stands in it must happen, in this order for each link.
    #[track_caller]
    pub(crate) fn play(&mut self, script: &str) {
        let mut lines: VecDeque<&str> = script.lines().map(str::trim_start).collect();
        while let Some(line) = lines.pop_front() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut payload: Option<Vec<&str>> = None;
            while let Some(text) = lines.front().and_then(|next| next.strip_prefix('|')) {
                let text = text.strip_prefix(' ').unwrap_or(text);
                payload.get_or_insert_default().push(text);
                lines.pop_front();
            }
            self.step(line.trim_end(), payload.map(|lines| lines.join("\r\n")));
        }
    }

    #[track_caller]
    fn step(&mut self, line: &str, payload: Option<String>) {
        let (name, what) = line.split_once(' ').unwrap_or((line, ""));
        match what.split_once(' ').unwrap_or((what, "")) {
            ("ms", "pass") => self.pass(name.parse().expect("milliseconds")),
            ("connects", to) => self.connect(name, to),
            ("C:", said) => self.send_line(name, said, payload),
            ("S:", "...") => self.client(name).received.clear(),
            ("S:", said) => self.expect(name, said, payload.as_deref()),
            ("hears", "nothing") => self.expect_nothing(name),
            ("is", "closed") => {
                self.expect_nothing(name);
                assert!(self.client(name).is_closed, "{name} is not closed");
            }
            ("is", "open") => assert!(!self.client(name).is_closed, "{name} is closed"),
            ("leaves", "") => {
                let link = self.client(name).link;
                self.handle(ServerInput::Closed { link });
            }
            _ => panic!("no such step: {line}"),
        }
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

    fn send_line(&mut self, name: &str, said: &str, payload: Option<String>) {
        let payload = payload.map(|text| self.fill_in(&text));
        let line = match &payload {
            Some(text) => said.replace('*', &text.len().to_string()),
            None => said.to_owned(),
        };
        let line = self.fill_in(&line);
        let bytes = format!("{line}\r\n{}", payload.unwrap_or_default());
        self.send(name, bytes.as_bytes());
    }

    /// Replaces `{word}`, `{md5 word}` and `{answer word}`.
    pub(crate) fn fill_in(&self, text: &str) -> String {
        let Some((before, rest)) = text.split_once('{') else {
            return text.to_owned();
        };
        let (key, after) = rest.split_once('}').expect("a closing brace");
        let value = match key.split_once(' ') {
            Some(("md5", word)) => {
                let password = Secret::new("demo".to_owned());
                auth::sign_in_digest(self.word(word), &password)
            }
            Some(("answer", word)) => auth::challenge_digest(self.word(word)),
            _ => Secret::new(self.word(key).to_owned()),
        };
        format!("{before}{}{}", value.expose(), self.fill_in(after))
    }

    #[track_caller]
    fn expect(&mut self, name: &str, pattern: &str, payload: Option<&str>) {
        let said = self.next_said(name);
        let Some(said) = said else {
            panic!("{name}: expected {pattern:?}, but nothing came");
        };
        let (expected, found): (Vec<_>, Vec<_>) = (
            pattern.split(' ').collect(),
            said.line.split(' ').map(str::to_owned).collect(),
        );
        let is_same = expected.len() == found.len()
            && expected
                .iter()
                .zip(&found)
                .all(|(pattern, word)| self.matches(pattern, word));
        assert!(
            is_same,
            "{name}\nexpected: {pattern}\n   found: {}",
            said.line
        );
        if payload.is_some() {
            assert_eq!(
                said.payload.as_deref(),
                payload,
                "{name}: the payload of {pattern}"
            );
        }
    }

    fn matches(&mut self, pattern: &str, word: &str) -> bool {
        let Some(key) = pattern.strip_prefix('{').and_then(|p| p.strip_suffix('}')) else {
            return pattern == "*" || pattern == word;
        };
        if key == "_" {
            return !word.is_empty();
        }
        if let Some(key) = key.strip_prefix('=') {
            return self.word(key) == word;
        }
        self.words.insert(key.to_owned(), word.to_owned());
        true
    }

    #[track_caller]
    fn expect_nothing(&mut self, name: &str) {
        let said = self.next_said(name);
        assert_eq!(said, None, "{name} should hear nothing");
    }

    fn next_said(&mut self, name: &str) -> Option<Said> {
        let received = &mut self.client(name).received;
        let end = received.windows(2).position(|bytes| bytes == b"\r\n")?;
        let line = String::from_utf8(received.drain(..end + 2).take(end).collect()).expect("UTF-8");
        let length = line.starts_with("MSG ").then(|| {
            let word = line.rsplit(' ').next().unwrap_or_default();
            word.parse().expect("a length")
        });
        let payload = length.map(|length: usize| received.drain(..length).collect::<Vec<u8>>());
        let payload = payload.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Some(Said { line, payload })
    }

    fn challenge_among_pending(&mut self, name: &str) -> String {
        while let Some(said) = self.next_said(name) {
            if let Some(challenge) = said.line.strip_prefix("CHL 0 ") {
                return challenge.to_owned();
            }
        }
        panic!("{name} was not challenged");
    }

    fn client(&mut self, name: &str) -> &mut Client {
        let client = self.clients.get_mut(name);
        client.unwrap_or_else(|| panic!("nobody is called {name}"))
    }
}
