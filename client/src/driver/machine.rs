//! The messenger with its sockets: one happening in, everything that follows carried out.

use std::rc::Rc;

use msnp6::gateway::{CloseCode, GatewayLine, TicketBook, TicketError};
use msnp6::messenger::{CloseReason, Destination, Event, Input, Messenger, Output};
use msnp6::model::{LinkId, SortedMap, Timestamp};
use msnp6::replay::Replay;

use super::address::{self, Query};
use super::clock::{self, Alarm};
use super::socket::{Fact, Socket};
use super::tap::{Ear, Tell};
use super::{Happening, config, page};
use crate::later::later;
use crate::store::Moment;

type Give = Rc<dyn Fn(Happening)>;
type Report = Box<dyn Fn(Moment, Vec<Event>)>;
type OnEnd = Box<dyn Fn()>;

/// Everything that a turn needs.
pub(super) struct Machine {
    messenger: Messenger,
    sockets: SortedMap<LinkId, Socket>,
    tickets: TicketBook,
    server: Option<String>,
    alarm: Alarm,
    tap: Option<Box<dyn Ear>>,
    /// A recording; then there are no sockets.
    replay: Option<(Replay, OnEnd)>,
    give: Give,
    report: Report,
}

impl Machine {
    pub(super) fn new(give: Give, report: Report) -> Self {
        Self {
            messenger: Messenger::new(),
            sockets: SortedMap::default(),
            tickets: TicketBook::default(),
            server: None,
            alarm: Alarm::default(),
            tap: None,
            replay: None,
            give,
            report,
        }
    }

    pub(super) fn choose_server(&mut self, name: Option<String>) {
        self.server = name;
    }

    /// Records from now on what goes over the links, or nothing more.
    pub(super) fn tap(&mut self, tell: Option<Tell>) {
        let links = &mut self.sockets.keys().copied();
        self.tap = tell.and_then(|tell| Some((later()?.ear)(tell, clock::now(), links)));
    }

    /// Begins to play a recording, or to work in earnest; signed out in either case.
    pub(super) fn play(&mut self, replay: Option<(Replay, OnEnd)>) {
        self.messenger = Messenger::new();
        self.sockets = SortedMap::default();
        self.alarm.cancel();
        self.replay = replay;
    }

    /// The next thing of the recording. The one after it comes in its own time, even if it is nothing.
    fn step(&mut self) -> Option<Input> {
        let (replay, on_end) = self.replay.as_mut()?;
        let Some(input) = replay.step() else {
            on_end();
            return None;
        };
        let pause = u64::try_from(replay.pause().as_millis()).unwrap_or(0);
        let give = self.give.clone();
        let at = Timestamp(clock::now().0 + pause);
        self.alarm.set(at, move || give(Happening::Step));
        Some(input)
    }

    /// One happening: the messenger takes it, and what it orders is done, in order.
    pub(super) fn turn(&mut self, happening: Happening) {
        let input = match happening {
            Happening::Input(input) => Some(input),
            Happening::Step => self.step(),
            Happening::Socket(link, fact) => self.input_of(link, fact),
        };
        let Some(input) = input else { return };
        let moment = clock::moment();
        if let Some(tap) = &mut self.tap {
            tap.input(moment.at, &input);
        }
        self.messenger.handle(moment.at, input);
        let mut events = Vec::new();
        while let Some(output) = self.messenger.poll() {
            if let Some(tap) = &mut self.tap {
                tap.output(moment.at, &output);
            }
            if let Some((replay, _)) = &mut self.replay
                && let Some(input) = replay.take(&output)
            {
                (self.give)(Happening::Input(input));
            }
            match output {
                Output::Event(event) => events.push(event),
                order => self.carry_out(order),
            }
        }
        if let Some(tap) = &mut self.tap {
            tap.flush();
        }
        if !events.is_empty() {
            (self.report)(moment, events);
        }
    }

    /// What a socket's fact means to the messenger; nothing when the socket is no longer wanted.
    fn input_of(&mut self, link: LinkId, fact: Fact) -> Option<Input> {
        let socket = self.sockets.get_mut(&link)?;
        match fact {
            Fact::Accepted => {
                socket.expect_ready(link);
                None
            }
            Fact::Line(text) => match GatewayLine::decode(&text) {
                Ok(GatewayLine::Ready { .. }) => {
                    socket.is_ready();
                    Some(Input::Opened { link })
                }
                Ok(about_address) => {
                    self.tickets.record(clock::now(), &about_address);
                    None
                }
                // A newer gateway may say more than this page understands.
                Err(_) => None,
            },
            Fact::Bytes(bytes) => Some(Input::Received { link, bytes }),
            Fact::Closed(reason) => {
                if let Some(socket) = self.sockets.remove(&link) {
                    socket.close();
                }
                Some(Input::Closed { link, reason })
            }
        }
    }

    fn carry_out(&mut self, order: Output) {
        match order {
            _ if self.replay.is_some() => {}
            Output::Connect { link, to } => {
                if let Err(reason) = self.connect(link, &to) {
                    (self.give)(Happening::Input(Input::Closed { link, reason }));
                }
            }
            // The gateway dials; this side only waits for its word.
            Output::Redirect { link, .. } => {
                if let Some(socket) = self.sockets.get_mut(&link) {
                    socket.expect_ready(link);
                }
            }
            Output::Transmit { link, bytes } => {
                if let Some(socket) = self.sockets.get(&link) {
                    socket.send(&bytes);
                }
            }
            Output::Disconnect { link } => {
                if let Some(socket) = self.sockets.remove(&link) {
                    socket.close();
                }
            }
            Output::Probe { link } => {
                let give = self.give.clone();
                config::probe(move || {
                    give(Happening::Socket(link, Fact::Closed(CloseReason::Lost)));
                });
            }
            Output::WakeAt(at) => {
                let give = self.give.clone();
                self.alarm
                    .set(at, move || give(Happening::Input(Input::Woke)));
            }
            Output::Event(_) => {}
        }
    }

    fn connect(&mut self, link: LinkId, to: &Destination) -> Result<(), CloseReason> {
        let base = page::base().ok_or(CloseReason::Lost)?;
        let query = match to {
            Destination::Server => Query::Server(self.server.as_deref()),
            Destination::Switchboard(endpoint) => {
                let ticket = self.tickets.ticket(clock::now(), endpoint);
                Query::Ticket(ticket.map_err(|error| CloseReason::Code(close_code(error)))?)
            }
        };
        let address = address::socket(&base, query).ok_or(CloseReason::Lost)?;
        let give = self.give.clone();
        let report = Rc::new(move |link, fact| give(Happening::Socket(link, fact)));
        let socket = Socket::open(&address, link, report).ok_or(CloseReason::Lost)?;
        self.sockets.insert(link, socket);
        Ok(())
    }
}

/// The page finds out by itself what the gateway would answer.
const fn close_code(error: TicketError) -> CloseCode {
    match error {
        TicketError::Missing => CloseCode::TicketInvalid,
        TicketError::Expired => CloseCode::TicketExpired,
        TicketError::Denied => CloseCode::TransferRefused,
    }
}
