//! What a signed-in client may ask of the notification server, and what is neither list nor setting of it:
//! presence, challenges, a switchboard.

use core::time::Duration;

use super::Server;
use super::cookies::Purpose;
use super::link::Link;
use super::notices;
use super::quirks::Quirk;
use super::timers::Timer;
use crate::auth;
use crate::command::{
    Chg, Chl, ClientCommand, CvrReply, CvrRequest, ErrorCode, FndRequest, InfRequest, LstRequest,
    PagRequest, QryReply, QryRequest, SdcRequest, ServerCommand, SndRequest, UsrRequest, Ver,
    XfrReply,
};
use crate::model::{LinkId, Presence, Secret, TransactionId, UserHandle};

/// How long a client may think about a `CHL`.
const CHALLENGE_DEADLINE: Duration = Duration::from_secs(50);

/// Between the answer to one `CHL` and the next.
const CHALLENGE_INTERVAL: Duration = Duration::from_mins(10);

impl Server {
    /// Any program is new enough. Answered in any state, as real servers do.
    pub(super) fn on_cvr(&mut self, link: LinkId, cvr: &CvrRequest) {
        let version = cvr.words.get(5).cloned().unwrap_or_default();
        let reply = CvrReply {
            trid: cvr.trid,
            recommended: version.clone(),
            minimum: version,
            urls: [(); 2].map(|()| "http://localhost/".to_owned()),
        };
        self.send(link, &ServerCommand::Cvr(reply));
    }

    pub(super) fn on_signed_in(
        &mut self,
        link: LinkId,
        handle: &UserHandle,
        command: ClientCommand,
    ) {
        match command {
            ClientCommand::Cvr(cvr) => self.on_cvr(link, &cvr),
            ClientCommand::Chg(chg) => self.on_chg(link, handle, chg),
            ClientCommand::Png if self.quirks.has(Quirk::NoQng) => {}
            ClientCommand::Png => self.send(link, &ServerCommand::Qng),
            ClientCommand::Qry(query) => self.on_qry(link, handle, &query),
            ClientCommand::Syn(syn) => self.on_syn(link, handle, syn),
            ClientCommand::Xfr(xfr) => self.on_xfr(link, handle, xfr.trid),
            ClientCommand::Add(add) => self.on_add(link, handle, add),
            ClientCommand::Rem(rem) => self.on_rem(link, handle, rem),
            ClientCommand::Rea(rea) => self.on_rea(link, handle, rea),
            ClientCommand::Prp(prp) => self.on_prp(link, handle, prp),
            ClientCommand::Blp(blp) => self.on_blp(link, handle, blp),
            ClientCommand::Gtc(gtc) => self.on_gtc(link, handle, gtc),
            ClientCommand::Url(url) => self.on_url(link, &url),
            ClientCommand::Snd(SndRequest { trid, .. }) => self.on_snd(link, trid),
            ClientCommand::Sdc(SdcRequest { trid, .. }) => self.on_sdc(link, trid),
            ClientCommand::Ims(ims) => self.on_ims(link, ims),
            ClientCommand::Fnd(FndRequest { trid, .. })
            | ClientCommand::Lst(LstRequest { trid, .. }) => self.on_switched_off(link, trid),
            ClientCommand::Pag(PagRequest { trid, .. }) => self.on_pag(link, trid),
            ClientCommand::Usr(UsrRequest::Init { trid, .. } | UsrRequest::Digest { trid, .. }) => {
                self.fail(link, ErrorCode(207), trid);
            }
            ClientCommand::Ver(Ver { trid, .. }) | ClientCommand::Inf(InfRequest { trid }) => {
                self.refuse(link, ErrorCode(715), trid);
            }
            // Silence is what commands that nobody knows get.
            ClientCommand::Unknown(_) => {}
            ClientCommand::Out
            | ClientCommand::Ans(_)
            | ClientCommand::Cal(_)
            | ClientCommand::Msg(_)
            | ClientCommand::Usr(UsrRequest::Cookie { .. }) => self.hang_up(link),
        }
    }

    fn on_chg(&mut self, link: LinkId, handle: &UserHandle, chg: Chg) {
        if chg.presence == Presence::Offline {
            return self.fail(link, ErrorCode(201), chg.trid);
        }
        let Some(account) = self.directory.get(handle) else {
            return;
        };
        let before = account.visible_presence();
        let Some(session) = self.directory.session_mut(handle) else {
            return;
        };
        let is_first = session.presence.replace(chg.presence).is_none();
        self.send(link, &ServerCommand::Chg(chg));
        if is_first {
            self.send_initial_presence(link, handle, chg.trid);
            self.send_mail_notice(link, handle);
            self.challenge(link, handle);
        }
        self.announce(handle, before);
    }

    fn send_mail_notice(&mut self, link: LinkId, handle: &UserHandle) {
        let account = self.directory.get(handle);
        if let Some(mail) = account.and_then(|account| account.mail) {
            self.send(link, &notices::unread_mail(mail));
        }
    }

    /// Challenges somebody, unless their dialect has no challenges.
    fn challenge(&mut self, link: LinkId, handle: &UserHandle) {
        let challenge = self.random.digits(20);
        let Some(session) = self.directory.session_mut(handle) else {
            return;
        };
        if session.dialect < 6 || self.quirks.has(Quirk::NoChallenge) {
            return;
        }
        session.challenge = Some(Secret::new(challenge.clone()));
        let trid = TransactionId::UNSOLICITED;
        self.send(link, &ServerCommand::Chl(Chl { trid, challenge }));
        self.timers
            .set(Timer::Challenge(link), self.now + CHALLENGE_DEADLINE);
    }

    /// A challenge was not answered in time, or the next one is due.
    pub(super) fn on_challenge_timer(&mut self, link: LinkId) {
        let Some(handle) = self.links.get(&link).and_then(Link::handle).cloned() else {
            return;
        };
        let session = self.directory.session_mut(&handle);
        if session.is_some_and(|session| session.challenge.is_some()) {
            self.hang_up(link);
        } else {
            self.challenge(link, &handle);
        }
    }

    fn on_qry(&mut self, link: LinkId, handle: &UserHandle, query: &QryRequest) {
        let session = self.directory.session_mut(handle);
        // An answer that nobody asked for gets none.
        let Some(challenge) = session.and_then(|session| session.challenge.take()) else {
            return;
        };
        let is_right = query.client_id == auth::CLIENT_ID
            && query.digest == auth::challenge_digest(challenge.expose());
        if !is_right {
            return self.refuse(link, ErrorCode(540), query.trid);
        }
        self.timers
            .set(Timer::Challenge(link), self.now + CHALLENGE_INTERVAL);
        let trid = query.trid;
        self.send(link, &ServerCommand::Qry(QryReply { trid }));
    }

    fn on_xfr(&mut self, link: LinkId, handle: &UserHandle, trid: TransactionId) {
        let account = self.directory.get(handle);
        if !account.is_some_and(|a| a.visible_presence().is_reachable()) {
            return self.fail(link, ErrorCode::NOT_ALLOWED_WHILE_HIDDEN, trid);
        }
        let cookie = self
            .cookies
            .issue(self.now, &mut self.random, handle, Purpose::Open);
        let reply = XfrReply::Switchboard {
            trid,
            endpoint: self.switchboard.clone(),
            cookie,
        };
        self.send(link, &ServerCommand::Xfr(reply));
    }
}
