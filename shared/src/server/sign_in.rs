//! `VER`, `INF`, `USR` at the dispatch and the notification server (reference §2). Ends in a referral, in a
//! session, or in a closed link.

use super::border::Role;
use super::link::{Expect, LinkState};
use super::notices;
use super::quirks::Quirk;
use super::timers::Timer;
use super::{REFERRED_LINGER, Server};
use crate::auth;
use crate::command::{
    ClientCommand, Dialect, ErrorCode, InfReply, InfRequest, Out, OutReason, ServerCommand,
    UsrReply, UsrRequest, Ver, XfrReply,
};
use crate::model::{LinkId, Secret, TransactionId, UserHandle};

/// The dialects spoken here, best first.
const DIALECTS: [u8; 3] = [6, 5, 4];

/// What [`Quirk::ConstantChallenge`] asks everybody every time.
const CONSTANT_CHALLENGE: &str = "0f1e2d3c4b5a697";

impl Server {
    pub(super) fn on_signing_in(
        &mut self,
        link: LinkId,
        role: Role,
        expect: Expect,
        command: ClientCommand,
    ) {
        match (expect, command) {
            (Expect::Ver, ClientCommand::Ver(ver)) => self.on_ver(link, role, &ver),
            (Expect::Inf { dialect }, ClientCommand::Inf(inf)) => {
                self.on_inf(link, role, dialect, inf);
            }
            (Expect::Init { dialect }, ClientCommand::Usr(UsrRequest::Init { trid, handle })) => {
                self.on_usr_init(link, role, dialect, trid, handle);
            }
            (
                Expect::Digest {
                    dialect,
                    handle,
                    challenge,
                },
                ClientCommand::Usr(UsrRequest::Digest { trid, digest }),
            ) => {
                if self.is_right_answer(&handle, &challenge, &digest) {
                    self.welcome(link, dialect, trid, &handle);
                } else {
                    self.refuse(link, ErrorCode::AUTHENTICATION_FAILED, trid);
                }
            }
            // The right command at the wrong moment.
            (
                _,
                ClientCommand::Ver(Ver { trid, .. })
                | ClientCommand::Inf(InfRequest { trid })
                | ClientCommand::Usr(UsrRequest::Init { trid, .. } | UsrRequest::Digest { trid, .. }),
            ) => self.refuse(link, ErrorCode(715), trid),
            (_, ClientCommand::Cvr(cvr)) => self.on_cvr(link, &cvr),
            (_, ClientCommand::Unknown(_)) => {}
            _ => self.hang_up(link),
        }
    }

    fn on_ver(&mut self, link: LinkId, role: Role, ver: &Ver) {
        let common = self.common_dialects(ver);
        let Some(&dialect) = common.first() else {
            let reply = Ver {
                trid: ver.trid,
                dialects: Vec::new(),
            };
            self.send(link, &ServerCommand::Ver(reply));
            return self.hang_up(link);
        };
        let reply = Ver {
            trid: ver.trid,
            dialects: self.named_dialects(&common),
        };
        self.send(link, &ServerCommand::Ver(reply));
        self.set_state(link, LinkState::SigningIn(role, Expect::Inf { dialect }));
    }

    /// What both sides speak, best first.
    fn common_dialects(&self, ver: &Ver) -> Vec<u8> {
        let best = if self.quirks.has(Quirk::RefusesDialects) {
            0
        } else if self.quirks.has(Quirk::SpeaksMsnp4) {
            4
        } else if self.quirks.has(Quirk::SpeaksMsnp5) {
            5
        } else {
            6
        };
        let is_offered = |n: &u8| ver.dialects.contains(&Dialect::Msnp(*n));
        let spoken = DIALECTS.into_iter().filter(|&dialect| dialect <= best);
        spoken.filter(is_offered).collect()
    }

    fn named_dialects(&self, common: &[u8]) -> Vec<Dialect> {
        let cvr = Dialect::Cvr(0);
        let all = common.iter().copied().map(Dialect::Msnp);
        if self.quirks.has(Quirk::VerListsAll) {
            all.chain([cvr]).collect()
        } else if self.quirks.has(Quirk::VerAddsCvr0) {
            all.take(1).chain([cvr]).collect()
        } else if self.quirks.has(Quirk::VerShuffled) {
            [cvr].into_iter().chain(all.take(1)).collect()
        } else {
            all.take(1).collect()
        }
    }

    fn on_inf(&mut self, link: LinkId, role: Role, dialect: u8, inf: InfRequest) {
        let reply = InfReply {
            trid: inf.trid,
            packages: "MD5".to_owned(),
        };
        self.send(link, &ServerCommand::Inf(reply));
        self.set_state(link, LinkState::SigningIn(role, Expect::Init { dialect }));
    }

    /// Whether the account exists shows only after the digest.
    fn on_usr_init(
        &mut self,
        link: LinkId,
        role: Role,
        dialect: u8,
        trid: TransactionId,
        handle: UserHandle,
    ) {
        if UserHandle::parse(handle.as_str()).is_err() {
            return self.refuse(link, ErrorCode::AUTHENTICATION_FAILED, trid);
        }
        if role == Role::Dispatch && !self.quirks.has(Quirk::NoReferral) {
            return self.refer(link, trid);
        }
        let challenge = if self.quirks.has(Quirk::ConstantChallenge) {
            CONSTANT_CHALLENGE.to_owned()
        } else {
            format!("{}.{}", self.random.digits(10), self.random.digits(9))
        };
        let reply = UsrReply::Challenge {
            trid,
            challenge: challenge.clone(),
        };
        self.send(link, &ServerCommand::Usr(reply));
        let expect = Expect::Digest {
            dialect,
            handle,
            challenge: Secret::new(challenge),
        };
        self.set_state(link, LinkState::SigningIn(role, expect));
    }

    /// The client closes; should it not, the server does.
    fn refer(&mut self, link: LinkId, trid: TransactionId) {
        let reply = XfrReply::Notification {
            trid,
            endpoint: Some(self.notification.clone()),
        };
        self.send(link, &ServerCommand::Xfr(reply));
        self.set_state(link, LinkState::Referred);
        self.timers
            .set(Timer::Handshake(link), self.now + REFERRED_LINGER);
    }

    fn is_right_answer(
        &self,
        handle: &UserHandle,
        challenge: &Secret<String>,
        digest: &Secret<String>,
    ) -> bool {
        let account = self.directory.get(handle);
        account
            .and_then(|account| account.password.as_ref())
            .is_some_and(|password| auth::sign_in_digest(challenge.expose(), password) == *digest)
    }

    fn welcome(&mut self, link: LinkId, dialect: u8, trid: TransactionId, asked: &UserHandle) {
        let Some(account) = self.directory.get(asked) else {
            return;
        };
        if self.is_down {
            return self.refuse(link, ErrorCode(500), trid);
        }
        let ((handle, name), has_mail) = (account.identity(), account.mail.is_some());
        let is_known = asked.as_str() == handle.as_str();
        // The verified bit came with MSNP6.
        let is_verified = (dialect >= 6).then_some(account.is_verified);
        if let Some(earlier) = account.session.as_ref().map(|session| session.link) {
            let reason = Some(OutReason::Elsewhere);
            self.send(earlier, &ServerCommand::Out(Out { reason }));
            self.hang_up(earlier);
        }
        // The one server that minds the spelling has ended the earlier session by then.
        if !is_known && self.quirks.has(Quirk::HandleCaseMatters) {
            return self.refuse(link, ErrorCode::AUTHENTICATION_FAILED, trid);
        }
        self.timers.cancel(&Timer::Handshake(link));
        self.directory.sign_in(&handle, link, dialect);
        let reply = UsrReply::Accepted {
            trid,
            handle: handle.clone(),
            name,
            is_verified,
        };
        self.send(link, &ServerCommand::Usr(reply));
        if !self.quirks.has(Quirk::NoProfile) {
            let profile = notices::profile(&handle, has_mail, self.now);
            self.send(link, &profile);
        }
        self.set_state(link, LinkState::SignedIn { handle });
    }
}
