//! The link to a notification server, from `VER` to `OUT`. A dispatch server is the same to us: it just
//! refers us elsewhere.

mod changes;
mod effect;
mod keepalive;
mod notices;
mod presence;
mod sign_in;
mod sync;

use core::time::Duration;
use std::collections::VecDeque;

use super::outcome::{Change, SignInFailure, SignInStep, SignOutReason};
use super::{Transactions, earliest};
use crate::command::{Chg, ClientCommand, ErrorReply, OutReason, ServerCommand, XfrRequest};
use crate::model::{
    ConversationId, FriendlyName, ListKind, ListSnapshot, Presence, Secret, SortedMap, Timestamp,
    UserHandle,
};
pub(crate) use effect::{Effect, NotificationEvent};
use keepalive::{Keepalive, Verdict};
use sign_in::State;
use sync::Sync;

/// How long any single answer may take (reference §16.2).
const PATIENCE: Duration = Duration::from_secs(30);

/// Who signs in, and how.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) handle: UserHandle,
    pub(crate) password: Secret<String>,
    pub(crate) presence: Presence,
    /// The copy of the lists that is known already; version 0 when there is none.
    pub(crate) lists: ListSnapshot,
}

/// The machine. Feed it with `on_…`, then drain [`poll`](Self::poll).
#[derive(Debug)]
pub(crate) struct NotificationSession {
    account: Account,
    state: State,
    transactions: Transactions<Request>,
    /// When the current step of the sign-in is given up.
    step_deadline: Option<Timestamp>,
    referrals: u8,
    sync: Option<Sync>,
    /// Who is online: a second copy of the lists does not say it again.
    present: SortedMap<UserHandle, (FriendlyName, Presence)>,
    presence: Presence,
    keepalive: Keepalive,
    effects: VecDeque<Effect>,
}

/// What waits for an answer once signed in.
#[derive(Debug)]
enum Request {
    Synchronize,
    ChangePresence,
    AnswerChallenge,
    Switchboard(ConversationId),
    Add { list: ListKind, handle: UserHandle },
    Remove { list: ListKind, handle: UserHandle },
    Change(Change),
}

impl NotificationSession {
    /// A session whose link is being opened.
    pub(crate) fn new(account: Account) -> Self {
        let mut session = Self {
            presence: account.presence,
            account,
            state: State::Unopened,
            transactions: Transactions::default(),
            step_deadline: None,
            referrals: 0,
            sync: None,
            present: SortedMap::default(),
            keepalive: Keepalive::default(),
            effects: VecDeque::new(),
        };
        session.tell(NotificationEvent::Progress(SignInStep::Connecting));
        session
    }

    /// The next thing to do.
    pub(crate) fn poll(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// Whether nothing more can come of it.
    pub(crate) fn is_over(&self) -> bool {
        self.state == State::Over
    }

    pub(crate) fn is_signed_in(&self) -> bool {
        self.state == State::SignedIn
    }

    pub(crate) fn handle(&self) -> &UserHandle {
        &self.account.handle
    }

    /// The name that the lists have for somebody.
    pub(crate) fn name_of(&self, handle: &UserHandle) -> Option<&FriendlyName> {
        self.account
            .lists
            .contacts
            .get(handle)
            .map(|contact| &contact.name)
    }

    /// My own presence, as last asked for.
    pub(crate) fn presence(&self) -> Presence {
        self.presence
    }

    /// When `on_wake` has something to do.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let waiting = earliest(self.step_deadline, self.transactions.deadline());
        let keepalive = self.is_signed_in().then_some(&self.keepalive);
        let look = keepalive.and_then(Keepalive::look_at);
        let keepalive = earliest(look, keepalive.map(Keepalive::deadline));
        if self.is_over() {
            None
        } else {
            earliest(waiting, keepalive)
        }
    }

    /// One command from the server.
    pub(crate) fn on_command(&mut self, now: Timestamp, command: ServerCommand) {
        self.keepalive.heard(now);
        match command {
            _ if self.is_over() || self.state == State::Unopened => {}
            ServerCommand::Ver(ver) => self.on_ver(now, &ver),
            ServerCommand::Inf(inf) => self.on_inf(now, &inf),
            ServerCommand::Usr(usr) => self.on_usr(now, usr),
            ServerCommand::Xfr(xfr) => self.on_xfr(now, xfr),
            ServerCommand::Syn(syn) => self.on_syn(now, syn),
            ServerCommand::Lst(lst) => self.on_lst(now, lst),
            ServerCommand::Gtc(gtc) => self.on_gtc(&gtc),
            ServerCommand::Blp(blp) => self.on_blp(&blp),
            ServerCommand::Chg(chg) => self.on_chg(chg),
            ServerCommand::Iln(iln) => self.on_presence(iln.handle, iln.name, iln.presence),
            ServerCommand::Nln(nln) => self.on_presence(nln.handle, nln.name, nln.presence),
            ServerCommand::Fln(fln) => {
                self.on_presence(fln.handle, FriendlyName::default(), Presence::Offline);
            }
            ServerCommand::Chl(chl) => self.on_chl(now, &chl),
            ServerCommand::Qry(qry) => drop(self.transactions.resolve(qry.trid)),
            ServerCommand::Qng => self.keepalive.answered(),
            ServerCommand::Msg(msg) => self.on_msg(&msg),
            ServerCommand::Add(add) => self.on_add(now, add),
            ServerCommand::Rem(rem) => self.on_rem(&rem),
            ServerCommand::Rea(rea) => self.on_rea(rea),
            ServerCommand::Prp(prp) => self.on_prp(prp),
            ServerCommand::Bpr(bpr) => self.on_bpr(bpr),
            ServerCommand::Ipg(alert) | ServerCommand::Not(alert) => self.on_alert(&alert),
            ServerCommand::Rng(rng) => self.tell(NotificationEvent::Rung(rng)),
            ServerCommand::Error(error) => self.on_error(now, error),
            ServerCommand::Out(out) => self.lose(match out.reason {
                Some(OutReason::Elsewhere) => SignOutReason::ElsewhereSignedIn,
                Some(OutReason::ServerShutdown) => SignOutReason::ServerShutdown,
                Some(OutReason::Other) | None => SignOutReason::Dismissed,
            }),
            // Understood, and nothing to act on.
            ServerCommand::Cvr(_)
            | ServerCommand::Fnd(_)
            | ServerCommand::Ims(_)
            | ServerCommand::Sdc(_)
            | ServerCommand::Snd(_)
            | ServerCommand::Url(_)
            // A switchboard's commands have no meaning here, and later dialects are none of ours.
            | ServerCommand::Ack(_)
            | ServerCommand::Ans(_)
            | ServerCommand::Bye(_)
            | ServerCommand::Cal(_)
            | ServerCommand::Iro(_)
            | ServerCommand::Joi(_)
            | ServerCommand::Nak(_)
            | ServerCommand::Unknown => {}
        }
    }

    /// The time has come for something, perhaps.
    pub(crate) fn on_wake(&mut self, now: Timestamp) {
        if self.step_deadline.is_some_and(|deadline| deadline <= now) {
            return self.lose(SignOutReason::TimedOut);
        }
        while let Some(request) = self.transactions.expire(now) {
            self.on_expired(now, request);
        }
        if self.is_signed_in() {
            self.look(now, false);
            match self.keepalive.verdict(now) {
                Verdict::Alive => {}
                Verdict::Ask => self.send(ClientCommand::Png),
                Verdict::Dead => self.lose(SignOutReason::TimedOut),
            }
        }
    }

    /// The link may have died unnoticed: ask, and see.
    pub(crate) fn on_resumed(&mut self, now: Timestamp) {
        if self.is_signed_in() {
            self.look(now, true);
            if self.keepalive.ask(now) {
                self.send(ClientCommand::Png);
            }
        }
    }

    /// Silence of a server that never answers says nothing: its way is looked at instead.
    fn look(&mut self, now: Timestamp, is_in_doubt: bool) {
        if self.keepalive.must_look(now, is_in_doubt) {
            self.effects.push_back(Effect::Look);
        }
    }

    /// Asks for a switchboard; an event answers, whatever happens.
    pub(crate) fn request_switchboard(&mut self, now: Timestamp, conversation: ConversationId) {
        let trid = self
            .transactions
            .begin(now, PATIENCE, Request::Switchboard(conversation));
        self.send(ClientCommand::Xfr(XfrRequest { trid }));
    }

    /// Asks for another presence of my own.
    pub(crate) fn change_presence(&mut self, now: Timestamp, presence: Presence) {
        self.presence = presence;
        self.account.presence = presence;
        let trid = self
            .transactions
            .begin(now, PATIENCE, Request::ChangePresence);
        self.send(ClientCommand::Chg(Chg { trid, presence }));
    }

    /// Says goodbye; nothing is waited for.
    pub(crate) fn sign_out(&mut self) {
        if !matches!(self.state, State::Unopened | State::Over) {
            self.send(ClientCommand::Out);
        }
        self.lose(SignOutReason::Requested);
    }

    /// Ends the session. Before the sign-in is complete this is its failure.
    pub(crate) fn lose(&mut self, reason: SignOutReason) {
        if self.is_over() {
            return;
        }
        let event = if self.is_signed_in() {
            NotificationEvent::SignedOut(reason)
        } else {
            NotificationEvent::Failed(match reason {
                SignOutReason::Requested => SignInFailure::Cancelled,
                SignOutReason::Link(reason) => SignInFailure::Link(reason),
                SignOutReason::TimedOut => SignInFailure::TimedOut(self.state.step()),
                SignOutReason::Garbled => SignInFailure::Garbled,
                SignOutReason::Refused(code) => SignInFailure::Refused(code),
                SignOutReason::TooManyReferrals => SignInFailure::TooManyReferrals,
                other => SignInFailure::Dismissed(other),
            })
        };
        self.state = State::Over;
        self.tell(event);
    }

    fn on_error(&mut self, now: Timestamp, error: ErrorReply) {
        if !self.is_signed_in() {
            return self.lose(SignOutReason::Refused(error.code));
        }
        match error.trid.and_then(|trid| self.transactions.resolve(trid)) {
            Some(Request::Switchboard(conversation)) => {
                self.tell(NotificationEvent::SwitchboardRefused {
                    conversation,
                    code: Some(error.code),
                });
            }
            Some(Request::AnswerChallenge) => self.lose(SignOutReason::Refused(error.code)),
            Some(Request::ChangePresence) => self.tell(NotificationEvent::PresenceRefused),
            Some(Request::Synchronize) => self.finish_sync(now),
            Some(request) => self.on_change_refused(now, request, error.code),
            None => self.tell(NotificationEvent::Oddity(format!(
                "{} to no request of ours",
                error.code
            ))),
        }
    }

    fn on_expired(&mut self, now: Timestamp, request: Request) {
        match request {
            // Better the lists that came than none.
            Request::Synchronize => self.finish_sync(now),
            Request::ChangePresence => self.tell(NotificationEvent::PresenceRefused),
            // Several servers never say that the answer was right.
            Request::AnswerChallenge => {}
            Request::Switchboard(conversation) => {
                self.tell(NotificationEvent::SwitchboardRefused {
                    conversation,
                    code: None,
                });
            }
            request => self.on_change_expired(now, request),
        }
    }

    fn send(&mut self, command: ClientCommand) {
        self.effects.push_back(Effect::Send(command));
    }

    fn tell(&mut self, event: NotificationEvent) {
        self.effects.push_back(Effect::Tell(event));
    }
}
