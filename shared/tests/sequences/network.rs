//! Clients and the built-in server with a network between them that takes its time: every link has a
//! queue each way, and what goes out of which queue next is for the test to say. Links break between any
//! two packets.

use std::collections::{BTreeMap, VecDeque};

use msnp6::gateway::CloseCode;
use msnp6::messenger::{CloseReason, Destination, Event, Input, Intent, Messenger, Output};
use msnp6::model::{Endpoint, LinkId, Timestamp};
use msnp6::server::{Role, Server, ServerConfig, ServerInput, ServerOutput};

/// A client, by its number.
pub(crate) type Who = usize;

/// All of them.
pub(crate) struct Network {
    pub(crate) now: Timestamp,
    server: Server,
    server_wake: Option<Timestamp>,
    clients: Vec<Client>,
    wires: Vec<Wire>,
    last_wire: u32,
    /// Bytes that were on their way to a client when their link went.
    pub(crate) lost: Vec<u8>,
}

struct Client {
    messenger: Messenger,
    wake: Option<Timestamp>,
    events: Vec<Event>,
}

/// One link of a client, and what is on its way. A side that ended it hears no more of it.
struct Wire {
    who: Who,
    link: LinkId,
    at_server: LinkId,
    is_notification: bool,
    up: VecDeque<ServerInput>,
    down: VecDeque<Input>,
    is_client_done: bool,
    is_server_done: bool,
}

fn endpoint(port: u16) -> Endpoint {
    Endpoint::new("127.0.0.1", port).expect("an endpoint")
}

impl Network {
    pub(crate) fn new(clients: usize, seed: u64) -> Self {
        let client = |_| Client {
            messenger: Messenger::new(),
            wake: None,
            events: Vec::new(),
        };
        Self {
            now: Timestamp(1_000),
            server: Server::new(ServerConfig::demo(endpoint(1863), endpoint(1864), seed)),
            server_wake: None,
            clients: (0..clients).map(client).collect(),
            wires: Vec::new(),
            last_wire: 0,
            lost: Vec::new(),
        }
    }

    pub(crate) fn intent(&mut self, who: Who, intent: Intent) {
        self.input(who, Input::Intent(intent));
    }

    /// What happened to a client since the last look.
    pub(crate) fn events(&mut self, who: Who) -> Vec<Event> {
        std::mem::take(&mut self.clients[who].events)
    }

    /// How many queues have something in them.
    pub(crate) fn busy(&self) -> usize {
        self.wires
            .iter()
            .map(|wire| usize::from(!wire.up.is_empty()) + usize::from(!wire.down.is_empty()))
            .sum()
    }

    /// How many links there are, whoever knows of them.
    pub(crate) fn wires(&self) -> usize {
        self.wires.len()
    }

    /// What the server still keeps, in its own words.
    pub(crate) fn server(&self) -> String {
        format!("{:?}", self.server)
    }

    /// Takes the next packet out of one of the busy queues.
    pub(crate) fn deliver(&mut self, which: usize) {
        let mut queues = self.wires.iter().enumerate().flat_map(|(at, wire)| {
            let up = (!wire.up.is_empty()).then_some((at, true));
            let down = (!wire.down.is_empty()).then_some((at, false));
            [up, down].into_iter().flatten()
        });
        let Some((at, is_up)) = queues.nth(which) else {
            return;
        };
        let wire = &mut self.wires[at];
        if is_up {
            if let Some(input) = wire.up.pop_front() {
                self.serve(input);
            }
        } else if let Some(input) = wire.down.pop_front() {
            wire.is_client_done |= matches!(input, Input::Closed { .. });
            let who = wire.who;
            self.input(who, input);
        }
        self.sweep();
    }

    /// Breaks a link of a client; neither side hears of what was on its way.
    pub(crate) fn break_link(&mut self, which: usize) {
        let mut standing = self.wires.iter_mut().filter(|wire| !wire.is_client_done);
        let Some(wire) = standing.nth(which) else {
            return;
        };
        let (link, at_server) = (wire.link, wire.at_server);
        discard(&mut self.lost, &mut wire.down);
        if !wire.is_server_done {
            wire.up.clear();
            wire.up.push_back(ServerInput::Closed { link: at_server });
        }
        wire.is_server_done = true;
        let reason = CloseReason::Lost;
        wire.down.push_back(Input::Closed { link, reason });
    }

    /// Lets time pass, at most until somebody wants to be woken, and wakes them.
    pub(crate) fn pass(&mut self, milliseconds: u64) {
        let wakes = self.clients.iter().filter_map(|client| client.wake);
        let next = wakes.chain(self.server_wake).min();
        let end = Timestamp(self.now.0 + milliseconds);
        self.now = self.now.max(next.map_or(end, |next| next.min(end)));
        if self.server_wake.take_if(|at| *at <= self.now).is_some() {
            self.serve(ServerInput::Woke);
        }
        for who in 0..self.clients.len() {
            if self.clients[who]
                .wake
                .take_if(|at| *at <= self.now)
                .is_some()
            {
                self.input(who, Input::Woke);
            }
        }
    }

    fn serve(&mut self, input: ServerInput) {
        self.server.handle(self.now, input);
        while let Some(output) = self.server.poll() {
            match output {
                ServerOutput::Transmit { link, bytes } => {
                    let wire = self.wires.iter_mut().find(|wire| wire.at_server == link);
                    match wire.filter(|wire| !wire.is_client_done && !wire.is_server_done) {
                        Some(wire) => {
                            let link = wire.link;
                            wire.down.push_back(Input::Received { link, bytes });
                        }
                        None => self.lost.extend(bytes),
                    }
                }
                ServerOutput::Close { link } => {
                    let wire = self.wires.iter_mut().find(|wire| wire.at_server == link);
                    if let Some(wire) = wire.filter(|wire| !wire.is_server_done) {
                        let (link, reason) =
                            (wire.link, CloseReason::Code(CloseCode::ServerClosed));
                        if !wire.is_client_done {
                            wire.down.push_back(Input::Closed { link, reason });
                        }
                        wire.up.clear();
                        wire.is_server_done = true;
                    }
                }
                ServerOutput::WakeAt(at) => self.server_wake = Some(at),
            }
        }
    }

    fn at_client(&mut self, who: Who, link: LinkId) -> &mut Wire {
        self.wires
            .iter_mut()
            .find(|wire| wire.who == who && wire.link == link && !wire.is_client_done)
            .unwrap_or_else(|| panic!("client {who} has no {link:?}"))
    }

    fn input(&mut self, who: Who, input: Input) {
        self.clients[who].messenger.handle(self.now, input);
        let mut steps = 0;
        while let Some(output) = self.clients[who].messenger.poll() {
            steps += 1;
            assert!(steps < 10_000, "client {who} does not come to rest");
            self.obey(who, output);
        }
        self.sweep();
    }

    fn obey(&mut self, who: Who, output: Output) {
        match output {
            Output::Connect { link, to } => {
                let role = match to {
                    Destination::Server => Role::Dispatch,
                    Destination::Switchboard(_) => Role::Switchboard,
                };
                self.dial(who, link, role);
            }
            Output::Redirect { link, .. } => {
                self.hang_up(who, link);
                self.dial(who, link, Role::Notification);
            }
            Output::Transmit { link, bytes } => {
                let wire = self.at_client(who, link);
                if !wire.is_server_done {
                    let bytes = bytes.expose().clone();
                    let link = wire.at_server;
                    wire.up.push_back(ServerInput::Received { link, bytes });
                }
            }
            Output::Disconnect { link } => self.hang_up(who, link),
            Output::Probe { .. } => {}
            Output::WakeAt(at) => self.clients[who].wake = Some(at),
            Output::Event(event) => self.clients[who].events.push(event),
        }
    }

    fn dial(&mut self, who: Who, link: LinkId, role: Role) {
        self.last_wire += 1;
        let at_server = LinkId(self.last_wire);
        let is_notification = role != Role::Switchboard;
        let has = |wire: &Wire| wire.who == who && wire.is_notification && !wire.is_client_done;
        assert!(
            !is_notification || !self.wires.iter().any(has),
            "client {who} has a second notification link"
        );
        self.wires.push(Wire {
            who,
            link,
            at_server,
            is_notification,
            up: VecDeque::from([ServerInput::Accepted {
                link: at_server,
                role,
            }]),
            down: VecDeque::from([Input::Opened { link }]),
            is_client_done: false,
            is_server_done: false,
        });
    }

    /// The client ends a link; what it said before still arrives.
    fn hang_up(&mut self, who: Who, link: LinkId) {
        let mut lost = std::mem::take(&mut self.lost);
        let wire = self.at_client(who, link);
        wire.is_client_done = true;
        discard(&mut lost, &mut wire.down);
        if !wire.is_server_done {
            let link = wire.at_server;
            wire.up.push_back(ServerInput::Closed { link });
        }
        self.lost = lost;
    }

    /// Forgets the wires that neither side has anything to do with.
    fn sweep(&mut self) {
        self.wires
            .retain(|wire| !(wire.is_client_done && wire.up.is_empty() && wire.down.is_empty()));
    }
}

fn discard(lost: &mut Vec<u8>, packets: &mut VecDeque<Input>) {
    for packet in packets.drain(..) {
        if let Input::Received { bytes, .. } = packet {
            lost.extend(bytes);
        }
    }
}

/// What became of the texts of one client, from its events and those of the others.
#[derive(Default)]
pub(crate) struct Ledger {
    /// By the text itself, which is unique.
    pub(crate) texts: BTreeMap<String, Entry>,
}

/// One text.
pub(crate) struct Entry {
    pub(crate) who: Who,
    pub(crate) conversation: msnp6::model::ConversationId,
    pub(crate) id: msnp6::model::TextId,
    /// How it ended.
    pub(crate) end: Option<msnp6::messenger::Delivery>,
    /// Who received it.
    pub(crate) readers: Vec<Who>,
}
