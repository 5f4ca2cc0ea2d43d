//! The link to one switchboard: coming in, who else is there, texts and what became of them. Which
//! conversation it carries is not known here.

mod delivery;
mod roster;

use core::time::Duration;
use std::collections::VecDeque;

use super::outcome::{CloseReason, Delivery, DeliveryFailure, Participant};
use super::{Transactions, earliest};
use crate::command::{
    AnsRequest, CalRequest, ClientCommand, Cookie, ErrorCode, ErrorReply, ServerCommand, UsrReply,
    UsrRequest,
};
use crate::model::{FriendlyName, SortedMap, SwitchboardId, TextId, Timestamp, UserHandle};
use crate::payload::{Assembler, Datacast, Offer, PlainText};

/// How long a link may take to open, the gateway's own deadline included.
const CONNECT_PATIENCE: Duration = Duration::from_secs(20);

/// How long any single answer may take (reference §16.2).
const PATIENCE: Duration = Duration::from_secs(30);

/// How long somebody who is called may take to come (reference §7.1).
const CALL_PATIENCE: Duration = Duration::from_mins(1);

/// How we come in.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// `USR`: we opened the room and will call others.
    Caller { cookie: Cookie },
    /// `ANS`: we were called.
    Callee { cookie: Cookie, id: SwitchboardId },
}

/// The machine. Feed it with `on_…`, then drain [`poll`](Self::poll).
#[derive(Debug)]
pub(crate) struct SwitchboardSession {
    me: UserHandle,
    entry: Entry,
    state: State,
    /// When opening or coming in is given up.
    deadline: Option<Timestamp>,
    participants: Vec<Participant>,
    /// How many of them have left without being named.
    nameless_byes: usize,
    transactions: Transactions<Request>,
    /// Whose telephone rings, and until when.
    ringing: SortedMap<UserHandle, Timestamp>,
    typing_sent: Option<Timestamp>,
    /// Long bodies of later clients, on their way in pieces.
    assembler: Assembler,
    /// The invitations that were answered already.
    refused: VecDeque<u32>,
    effects: VecDeque<Effect>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unopened,
    ExpectEntry,
    Inside,
    Over,
}

#[derive(Debug)]
enum Request {
    Call(UserHandle),
    Text(TextId),
}

/// What a session wants its owner to do.
#[derive(Debug)]
pub(crate) enum Effect {
    Send(ClientCommand),
    Tell(SwitchboardEvent),
}

/// What happened, for the messenger.
#[derive(Debug)]
pub(crate) enum SwitchboardEvent {
    /// We are inside; whoever was there before us has been named.
    Entered,
    Joined(Participant),
    Left {
        handle: UserHandle,
        is_idle: bool,
    },
    CallFailed {
        handle: UserHandle,
        failure: DeliveryFailure,
    },
    Text {
        handle: UserHandle,
        name: FriendlyName,
        text: PlainText,
    },
    Datacast {
        handle: UserHandle,
        datacast: Datacast,
    },
    /// Somebody offered what a page cannot do; it has been refused, politely.
    Offered {
        handle: UserHandle,
        offer: Offer,
    },
    Typing {
        handle: UserHandle,
    },
    Delivery {
        text: TextId,
        delivery: Delivery,
    },
    /// The link is of no use any more.
    Ended(DeliveryFailure),
    Oddity(String),
}

impl SwitchboardSession {
    /// A session whose link is being opened.
    pub(crate) fn new(now: Timestamp, me: UserHandle, entry: Entry) -> Self {
        Self {
            me,
            entry,
            state: State::Unopened,
            deadline: Some(now + CONNECT_PATIENCE),
            participants: Vec::new(),
            nameless_byes: 0,
            transactions: Transactions::default(),
            ringing: SortedMap::default(),
            typing_sent: None,
            assembler: Assembler::default(),
            refused: VecDeque::new(),
            effects: VecDeque::new(),
        }
    }

    /// The next thing to do.
    pub(crate) fn poll(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// Whether nothing more can come of it.
    pub(crate) fn is_over(&self) -> bool {
        self.state == State::Over
    }

    pub(crate) fn is_inside(&self) -> bool {
        self.state == State::Inside
    }

    /// Who else is there.
    pub(crate) fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// Whether somebody has been called and may still come.
    pub(crate) fn is_calling(&self) -> bool {
        !self.ringing.is_empty()
    }

    /// When `on_wake` has something to do.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        if self.state == State::Over {
            return None;
        }
        let ringing = self.ringing.values().copied().min();
        earliest(
            self.deadline,
            earliest(self.transactions.deadline(), ringing),
        )
    }

    /// The link stands: come in.
    pub(crate) fn on_opened(&mut self, now: Timestamp) {
        if self.state != State::Unopened {
            return;
        }
        self.state = State::ExpectEntry;
        self.deadline = Some(now + PATIENCE);
        let (trid, handle) = (self.transactions.next_id(), self.me.clone());
        self.send(match self.entry.clone() {
            Entry::Caller { cookie } => ClientCommand::Usr(UsrRequest::Cookie {
                trid,
                handle,
                cookie,
            }),
            Entry::Callee { cookie, id } => ClientCommand::Ans(AnsRequest {
                trid,
                handle,
                cookie,
                id,
            }),
        });
    }

    /// One command from the switchboard.
    pub(crate) fn on_command(&mut self, command: ServerCommand) {
        match command {
            _ if matches!(self.state, State::Unopened | State::Over) => {}
            ServerCommand::Usr(UsrReply::Accepted { .. }) | ServerCommand::Ans(_) => {
                self.on_entered();
            }
            ServerCommand::Iro(iro) => self.on_arrival(iro.handle, iro.name),
            ServerCommand::Joi(joi) => self.on_arrival(joi.handle, joi.name),
            ServerCommand::Bye(bye) => self.on_bye(&bye),
            // It rings; the time that they may take runs since the call.
            ServerCommand::Cal(cal) => drop(self.transactions.resolve(cal.trid)),
            ServerCommand::Msg(msg) => self.on_msg(msg),
            ServerCommand::Ack(ack) => self.on_outcome(ack.trid, Delivery::Delivered),
            ServerCommand::Nak(nak) => {
                self.on_outcome(nak.trid, Delivery::Failed(DeliveryFailure::Refused));
            }
            ServerCommand::Error(error) => self.on_error(error),
            ServerCommand::Out(_) => self.end(DeliveryFailure::NotReachable),
            // A notification server's commands have no meaning here.
            _ => {}
        }
    }

    /// The time has come for something, perhaps.
    pub(crate) fn on_wake(&mut self, now: Timestamp) {
        if self.deadline.is_some_and(|deadline| deadline <= now) {
            return self.end(DeliveryFailure::TimedOut);
        }
        while let Some(request) = self.transactions.expire(now) {
            match request {
                Request::Call(handle) => self.fail_call(handle, DeliveryFailure::TimedOut),
                Request::Text(text) => self.tell(SwitchboardEvent::Delivery {
                    text,
                    delivery: Delivery::Unconfirmed,
                }),
            }
        }
        let late: Vec<_> = self
            .ringing
            .iter()
            .filter(|(_, until)| **until <= now)
            .map(|(who, _)| who.clone())
            .collect();
        for handle in late {
            self.fail_call(handle, DeliveryFailure::NoAnswer);
        }
    }

    /// Calls somebody in. Only inside.
    pub(crate) fn call(&mut self, now: Timestamp, handle: &UserHandle) {
        let trid = self
            .transactions
            .begin(now, PATIENCE, Request::Call(handle.clone()));
        self.ringing.insert(handle.clone(), now + CALL_PATIENCE);
        self.send(ClientCommand::Cal(CalRequest {
            trid,
            handle: handle.clone(),
        }));
    }

    /// Leaves. Texts that nobody confirmed are told so; nothing else is heard of this session.
    pub(crate) fn leave(&mut self) {
        if matches!(self.state, State::ExpectEntry | State::Inside) {
            self.send(ClientCommand::Out);
        }
        self.settle(&Delivery::Unconfirmed);
        self.state = State::Over;
    }

    /// Every text that nobody confirmed may not have arrived.
    pub(crate) fn doubt(&mut self, reason: CloseReason) {
        self.settle(&Delivery::Failed(DeliveryFailure::Link(reason)));
    }

    /// The link is gone.
    pub(crate) fn on_closed(&mut self, reason: CloseReason) {
        self.end(DeliveryFailure::Link(reason));
    }

    /// Gives the session up. Texts that nobody confirmed have failed for that reason.
    pub(crate) fn end(&mut self, failure: DeliveryFailure) {
        if self.state == State::Over {
            return;
        }
        self.state = State::Over;
        self.settle(&Delivery::Failed(failure.clone()));
        self.tell(SwitchboardEvent::Ended(failure));
    }

    fn on_entered(&mut self) {
        if self.state == State::ExpectEntry {
            self.state = State::Inside;
            self.deadline = None;
            self.tell(SwitchboardEvent::Entered);
        }
    }

    fn on_error(&mut self, error: ErrorReply) {
        if self.state == State::ExpectEntry {
            return self.end(DeliveryFailure::Server(error.code));
        }
        match error.trid.and_then(|trid| self.transactions.resolve(trid)) {
            // Already here, or called already: as good as done.
            Some(Request::Call(_)) if error.code == ErrorCode::ALREADY_THERE => {}
            Some(Request::Call(handle)) => {
                self.fail_call(handle, DeliveryFailure::of_code(error.code));
            }
            Some(Request::Text(text)) => {
                let delivery = Delivery::Failed(DeliveryFailure::Server(error.code));
                self.tell(SwitchboardEvent::Delivery { text, delivery });
            }
            None => self.tell(SwitchboardEvent::Oddity(format!(
                "{} to no request of ours",
                error.code
            ))),
        }
    }

    fn fail_call(&mut self, handle: UserHandle, failure: DeliveryFailure) {
        self.ringing.remove(&handle);
        self.tell(SwitchboardEvent::CallFailed { handle, failure });
    }

    fn send(&mut self, command: ClientCommand) {
        self.effects.push_back(Effect::Send(command));
    }

    fn tell(&mut self, event: SwitchboardEvent) {
        self.effects.push_back(Effect::Tell(event));
    }
}
