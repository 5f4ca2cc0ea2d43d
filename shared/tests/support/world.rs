//! Clients and the built-in server in one process: a fake clock, queues for sockets. What one side
//! sends, the other gets at once and in order.
#![allow(dead_code, reason = "tests use what they need of it")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

use std::collections::{BTreeMap, VecDeque};

use core::time::Duration;

use msnp6::gateway::CloseCode;
use msnp6::messenger::{CloseReason, Destination, Event, Input, Intent, Messenger, Output};
use msnp6::model::{
    ConversationId, Endpoint, LinkId, ListSnapshot, Presence, Secret, Timestamp, UserHandle,
};
use msnp6::server::{Role, Server, ServerConfig, ServerInput, ServerOutput};

/// A client of the world, by its number.
pub(crate) type Who = usize;

/// The world.
pub(crate) struct World {
    pub(crate) now: Timestamp,
    server: Server,
    server_wake: Option<Timestamp>,
    clients: Vec<Client>,
    /// Which client's link a link of the server is.
    links: BTreeMap<LinkId, (Who, LinkId)>,
    last_link: u32,
    /// What is on its way.
    queue: VecDeque<Post>,
    /// Where client links were told to go, to see referrals and switchboards.
    pub(crate) dialled: Vec<String>,
}

enum Post {
    ToServer(ServerInput),
    ToClient(Who, Input),
}

struct Client {
    messenger: Messenger,
    wake: Option<Timestamp>,
    events: VecDeque<Event>,
    links: BTreeMap<LinkId, LinkId>,
    sent: Vec<u8>,
}

fn endpoint(port: u16) -> Endpoint {
    Endpoint::new("127.0.0.1", port).expect("an endpoint")
}

impl World {
    /// A world with the demo's accounts and nobody in it.
    pub(crate) fn new() -> Self {
        Self::with(ServerConfig::demo(endpoint(1863), endpoint(1864), 7))
    }

    pub(crate) fn with(config: ServerConfig) -> Self {
        Self {
            now: Timestamp(1_000),
            server: Server::new(config),
            server_wake: None,
            clients: Vec::new(),
            links: BTreeMap::new(),
            last_link: 0,
            queue: VecDeque::new(),
            dialled: Vec::new(),
        }
    }

    /// A client that is signed out.
    pub(crate) fn client(&mut self) -> Who {
        self.clients.push(Client {
            messenger: Messenger::new(),
            wake: None,
            events: VecDeque::new(),
            links: BTreeMap::new(),
            sent: Vec::new(),
        });
        self.clients.len() - 1
    }

    /// Gives a client a copy of its lists from an earlier session.
    pub(crate) fn remember(&mut self, who: Who, name: &str, lists: ListSnapshot) {
        self.clients[who]
            .messenger
            .remember_lists(handle(name), lists);
    }

    /// A client that has signed in as `NAME@example.com`; the events of that are gone.
    pub(crate) fn signed_in(&mut self, name: &str) -> Who {
        let who = self.client();
        self.sign_in(who, name, "demo");
        let events = self.events(who);
        assert!(
            events.contains(&Event::OwnPresenceChanged(Presence::Online)),
            "{events:?}"
        );
        who
    }

    pub(crate) fn sign_in(&mut self, who: Who, name: &str, password: &str) {
        let password = Secret::new(password.to_owned());
        self.intent(
            who,
            Intent::SignIn {
                handle: handle(name),
                password,
                presence: Presence::Online,
            },
        );
    }

    pub(crate) fn intent(&mut self, who: Who, intent: Intent) {
        self.input(who, Input::Intent(intent));
    }

    /// Opens a conversation with `NAME@example.com` and answers its name.
    pub(crate) fn open(&mut self, who: Who, name: &str) -> ConversationId {
        self.intent(who, Intent::OpenConversation { with: handle(name) });
        let events = self.events(who);
        let opened = events.iter().find_map(|event| match event {
            Event::ConversationOpened {
                conversation,
                is_mine: true,
                ..
            } => Some(*conversation),
            _ => None,
        });
        opened.unwrap_or_else(|| panic!("no conversation was opened: {events:?}"))
    }

    pub(crate) fn send(&mut self, who: Who, conversation: ConversationId, text: &str) {
        self.intent(
            who,
            Intent::SendText {
                conversation,
                text: text.to_owned(),
            },
        );
    }

    /// What happened to a client since the last look.
    pub(crate) fn events(&mut self, who: Who) -> Vec<Event> {
        self.clients[who].events.drain(..).collect()
    }

    /// Everything that a client ever transmitted, on all of its links.
    pub(crate) fn sent(&self, who: Who) -> &[u8] {
        &self.clients[who].sent
    }

    /// How many links a client has open.
    pub(crate) fn open_links(&self, who: Who) -> usize {
        self.clients[who].links.len()
    }

    /// Breaks every link of a client, as when its network goes away.
    pub(crate) fn unplug(&mut self, who: Who) {
        for (link, server_link) in std::mem::take(&mut self.clients[who].links) {
            self.links.remove(&server_link);
            self.serve(ServerInput::Closed { link: server_link });
            self.input(
                who,
                Input::Closed {
                    link,
                    reason: CloseReason::Lost,
                },
            );
        }
    }

    /// Lets time pass, waking everybody at the moments they asked for.
    pub(crate) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        loop {
            let wakes = self
                .clients
                .iter()
                .filter_map(|client| client.wake)
                .chain(self.server_wake);
            let Some(next) = wakes.min().filter(|&at| at <= end) else {
                break;
            };
            self.now = self.now.max(next);
            if self.server_wake.is_some_and(|at| at <= self.now) {
                self.server_wake = None;
                self.serve(ServerInput::Woke);
                self.settle();
            }
            for who in 0..self.clients.len() {
                if self.clients[who].wake.is_some_and(|at| at <= self.now) {
                    self.clients[who].wake = None;
                    self.input(who, Input::Woke);
                }
            }
        }
        self.now = end;
    }

    /// Lets an operator do something at the server.
    pub(crate) fn operate(&mut self, deed: impl FnOnce(&mut Server, Timestamp)) {
        deed(&mut self.server, self.now);
        while let Some(output) = self.server.poll() {
            self.carry_out_of_server(output);
        }
        self.settle();
    }

    pub(crate) fn input(&mut self, who: Who, input: Input) {
        self.queue.push_back(Post::ToClient(who, input));
        self.settle();
    }

    /// Delivers what is on its way, and what comes of it, until nothing is.
    fn settle(&mut self) {
        while let Some(post) = self.queue.pop_front() {
            match post {
                Post::ToServer(input) => {
                    self.server.handle(self.now, input);
                    while let Some(output) = self.server.poll() {
                        self.carry_out_of_server(output);
                    }
                }
                Post::ToClient(who, input) => {
                    self.clients[who].messenger.handle(self.now, input);
                    while let Some(output) = self.clients[who].messenger.poll() {
                        self.carry_out(who, output);
                    }
                }
            }
        }
    }

    fn carry_out(&mut self, who: Who, output: Output) {
        match output {
            Output::Connect { link, to } => {
                let role = match &to {
                    Destination::Server => Role::Dispatch,
                    Destination::Switchboard(_) => Role::Switchboard,
                };
                self.dialled.push(format!("{to:?}"));
                self.dial(who, link, role);
            }
            Output::Redirect { link, to } => {
                self.dialled.push(format!("Redirect({to})"));
                self.hang_up(who, link);
                self.dial(who, link, Role::Notification);
            }
            Output::Transmit { link, bytes } => {
                let client = &mut self.clients[who];
                client.sent.extend_from_slice(bytes.expose());
                if let Some(&link) = client.links.get(&link) {
                    self.serve(ServerInput::Received {
                        link,
                        bytes: bytes.expose().clone(),
                    });
                }
            }
            Output::Disconnect { link } => self.hang_up(who, link),
            Output::Probe { .. } => {}
            Output::WakeAt(at) => self.clients[who].wake = Some(at),
            Output::Event(event) => self.clients[who].events.push_back(event),
        }
    }

    fn dial(&mut self, who: Who, link: LinkId, role: Role) {
        self.last_link += 1;
        let server_link = LinkId(self.last_link);
        self.links.insert(server_link, (who, link));
        self.clients[who].links.insert(link, server_link);
        self.serve(ServerInput::Accepted {
            link: server_link,
            role,
        });
        self.queue
            .push_back(Post::ToClient(who, Input::Opened { link }));
    }

    fn hang_up(&mut self, who: Who, link: LinkId) {
        if let Some(server_link) = self.clients[who].links.remove(&link) {
            self.links.remove(&server_link);
            self.serve(ServerInput::Closed { link: server_link });
        }
    }

    fn serve(&mut self, input: ServerInput) {
        self.queue.push_back(Post::ToServer(input));
    }

    fn carry_out_of_server(&mut self, output: ServerOutput) {
        match output {
            ServerOutput::Transmit { link, bytes } => {
                if let Some(&(who, link)) = self.links.get(&link) {
                    self.queue
                        .push_back(Post::ToClient(who, Input::Received { link, bytes }));
                }
            }
            ServerOutput::Close { link } => {
                if let Some((who, link)) = self.links.remove(&link) {
                    self.clients[who].links.remove(&link);
                    let reason = CloseReason::Code(CloseCode::ServerClosed);
                    self.queue
                        .push_back(Post::ToClient(who, Input::Closed { link, reason }));
                }
            }
            ServerOutput::WakeAt(at) => self.server_wake = Some(at),
        }
    }
}

/// `NAME@example.com`
pub(crate) fn handle(name: &str) -> UserHandle {
    UserHandle::parse(&format!("{name}@example.com")).expect("a handle")
}
