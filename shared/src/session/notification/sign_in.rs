//! `VER`, `INF`, `USR` and referrals: from an open link to an accepted account (reference §2.10).

use core::time::Duration;

use super::{Account, NotificationEvent, NotificationSession, PATIENCE, Request, Sync};
use crate::auth;
use crate::command::{
    ClientCommand, Dialect, InfReply, InfRequest, Syn, UsrReply, UsrRequest, Ver,
};
use crate::gateway::MAX_REFERRALS;
use crate::model::{Endpoint, Timestamp};
use crate::session::outcome::{SignInFailure, SignInStep, SignOutReason};

/// The dialects that this client speaks, best first. `CVR0` at the end is the custom of the time.
const OFFERED: [Dialect; 4] = [
    Dialect::Msnp(6),
    Dialect::Msnp(5),
    Dialect::Msnp(4),
    Dialect::Cvr(0),
];

/// How long a link may take to open, the gateway's own deadline included.
pub(super) const CONNECT_PATIENCE: Duration = Duration::from_secs(20);

/// What the session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// For the link.
    Unopened,
    /// For the dialect.
    ExpectVer,
    /// For the way to sign in.
    ExpectInf,
    /// For the challenge, or a referral.
    ExpectChallenge,
    /// For welcome.
    ExpectAccepted,
    /// For anything.
    SignedIn,
    /// For nothing.
    Over,
}

impl State {
    /// The step as people know it.
    pub(super) const fn step(self) -> SignInStep {
        match self {
            Self::Unopened => SignInStep::Connecting,
            Self::ExpectVer | Self::ExpectInf => SignInStep::Negotiating,
            Self::ExpectChallenge | Self::ExpectAccepted => SignInStep::Authenticating,
            Self::SignedIn | Self::Over => SignInStep::Synchronizing,
        }
    }
}

impl NotificationSession {
    /// The link is being opened; the wait for it begins.
    pub(crate) fn on_connecting(&mut self, now: Timestamp) {
        self.step_deadline = Some(now + CONNECT_PATIENCE);
    }

    /// The link stands, for the first time or after a referral.
    pub(crate) fn on_opened(&mut self, now: Timestamp) {
        if self.state == State::Unopened {
            self.begin(now);
        }
    }

    fn begin(&mut self, now: Timestamp) {
        self.tell(NotificationEvent::Progress(SignInStep::Negotiating));
        let trid = self.transactions.next_id();
        self.expect(now, State::ExpectVer);
        self.send(ClientCommand::Ver(Ver {
            trid,
            dialects: OFFERED.to_vec(),
        }));
    }

    pub(super) fn on_ver(&mut self, now: Timestamp, ver: &Ver) {
        if self.state != State::ExpectVer {
            return;
        }
        let is_spoken =
            |dialect: &Dialect| matches!(dialect, Dialect::Msnp(_)) && OFFERED.contains(dialect);
        if !ver.dialects.iter().any(is_spoken) {
            return self.fail(SignInFailure::Dialect);
        }
        let trid = self.transactions.next_id();
        self.expect(now, State::ExpectInf);
        self.send(ClientCommand::Inf(InfRequest { trid }));
    }

    pub(super) fn on_inf(&mut self, now: Timestamp, inf: &InfReply) {
        if self.state != State::ExpectInf {
            return;
        }
        if !inf.offers_md5() {
            return self.fail(SignInFailure::Method);
        }
        self.tell(NotificationEvent::Progress(SignInStep::Authenticating));
        let trid = self.transactions.next_id();
        self.expect(now, State::ExpectChallenge);
        self.send(ClientCommand::Usr(UsrRequest::Init {
            trid,
            handle: self.account.handle.clone(),
        }));
    }

    pub(super) fn on_usr(&mut self, now: Timestamp, usr: UsrReply) {
        match (self.state, usr) {
            (State::ExpectChallenge, UsrReply::Challenge { challenge, .. }) => {
                let digest = auth::sign_in_digest(&challenge, &self.account.password);
                let trid = self.transactions.next_id();
                self.expect(now, State::ExpectAccepted);
                self.send(ClientCommand::Usr(UsrRequest::Digest { trid, digest }));
            }
            (
                State::ExpectAccepted,
                UsrReply::Accepted {
                    handle,
                    name,
                    is_verified,
                    ..
                },
            ) => {
                // From here on the spelling of the server is used: some compare it byte for byte.
                self.account.handle = handle.clone();
                let is_verified = is_verified.unwrap_or(true);
                self.tell(NotificationEvent::Progress(SignInStep::Synchronizing));
                self.tell(NotificationEvent::SignedIn {
                    handle,
                    name,
                    is_verified,
                });
                self.enter(now);
            }
            _ => self.tell(NotificationEvent::Oddity("USR: out of turn".to_owned())),
        }
    }

    /// A referral: elsewhere, or to begin again right here.
    pub(super) fn on_referral(&mut self, now: Timestamp, endpoint: Option<Endpoint>) {
        if self.referrals >= MAX_REFERRALS {
            return self.lose(SignOutReason::TooManyReferrals);
        }
        self.referrals += 1;
        self.sync = None;
        self.present.clear();
        for request in self.transactions.drain().collect::<Vec<_>>() {
            self.on_expired(now, request);
        }
        let Some(endpoint) = endpoint else {
            return self.begin(now);
        };
        self.tell(NotificationEvent::Progress(SignInStep::Referred {
            to: endpoint.clone(),
        }));
        self.state = State::Unopened;
        self.step_deadline = Some(now + CONNECT_PATIENCE);
        self.tell(NotificationEvent::Referred(endpoint));
    }

    /// Accepted: ask for the lists, and appear. Both at once, the server answers in order.
    fn enter(&mut self, now: Timestamp) {
        self.state = State::SignedIn;
        self.step_deadline = None;
        self.referrals = 0;
        let Account {
            lists, presence, ..
        } = &self.account;
        let (version, presence) = (lists.version, *presence);
        let trid = self.transactions.begin(now, PATIENCE, Request::Synchronize);
        self.sync = Some(Sync::new(trid, version));
        self.send(ClientCommand::Syn(Syn { trid, version }));
        self.change_presence(now, presence);
    }

    fn expect(&mut self, now: Timestamp, state: State) {
        self.state = state;
        self.step_deadline = Some(now + PATIENCE);
    }

    fn fail(&mut self, failure: SignInFailure) {
        self.state = State::Over;
        self.tell(NotificationEvent::Failed(failure));
    }
}
