//! What a signed-in client may ask of the notification server: lists, presence, a switchboard.

use core::time::Duration;

use super::Server;
use super::cookies::Purpose;
use super::timers::Timer;
use crate::auth;
use crate::command::{
    Blp, Chg, Chl, ClientCommand, CvrReply, CvrRequest, ErrorCode, Gtc, InfRequest, Lst, QryReply,
    QryRequest, ServerCommand, Syn, UsrRequest, Ver, XfrReply,
};
use crate::model::{
    FriendlyName, LinkId, ListKind, ListVersion, Presence, Secret, TransactionId, UserHandle,
};

/// How long a client may think about a `CHL`.
const CHALLENGE_DEADLINE: Duration = Duration::from_secs(50);

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
            ClientCommand::Png => self.send(link, &ServerCommand::Qng),
            ClientCommand::Qry(query) => self.on_qry(link, handle, &query),
            ClientCommand::Syn(syn) => self.on_syn(link, handle, syn),
            ClientCommand::Xfr(xfr) => self.on_xfr(link, handle, xfr.trid),
            ClientCommand::Usr(UsrRequest::Init { trid, .. } | UsrRequest::Digest { trid, .. }) => {
                self.fail(link, ErrorCode(207), trid);
            }
            ClientCommand::Ver(Ver { trid, .. }) | ClientCommand::Inf(InfRequest { trid }) => {
                self.refuse(link, ErrorCode(715), trid);
            }
            // Not served yet: silence, as for commands that nobody knows.
            ClientCommand::Add(_)
            | ClientCommand::Blp(_)
            | ClientCommand::Fnd(_)
            | ClientCommand::Gtc(_)
            | ClientCommand::Ims(_)
            | ClientCommand::Lst(_)
            | ClientCommand::Pag(_)
            | ClientCommand::Prp(_)
            | ClientCommand::Rea(_)
            | ClientCommand::Rem(_)
            | ClientCommand::Sdc(_)
            | ClientCommand::Snd(_)
            | ClientCommand::Url(_)
            | ClientCommand::Unknown(_) => {}
            ClientCommand::Out
            | ClientCommand::Ans(_)
            | ClientCommand::Cal(_)
            | ClientCommand::Msg(_)
            | ClientCommand::Usr(UsrRequest::Cookie { .. }) => self.hang_up(link),
        }
    }

    fn on_syn(&mut self, link: LinkId, handle: &UserHandle, syn: Syn) {
        let Some(account) = self.directory.get(handle) else {
            return;
        };
        let (trid, version) = (syn.trid, account.version);
        let mut replies = vec![ServerCommand::Syn(Syn { trid, version })];
        if syn.version != version {
            replies.push(ServerCommand::Gtc(Gtc {
                trid,
                version: Some(version),
                prompt: Some(account.prompt),
            }));
            replies.push(ServerCommand::Blp(Blp {
                trid,
                version: Some(version),
                privacy: Some(account.privacy),
            }));
            for list in ListKind::ALL {
                let entries = account.lists.on(list);
                let entries: Vec<_> = entries
                    .map(|c| (c.handle.clone(), c.name.clone()))
                    .collect();
                replies.extend(list_lines(trid, list, version, entries));
            }
        }
        for reply in &replies {
            self.send(link, reply);
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
            self.challenge(link, handle);
        }
        self.announce(handle, before);
    }

    fn challenge(&mut self, link: LinkId, handle: &UserHandle) {
        let challenge = self.random.digits(20);
        let Some(session) = self.directory.session_mut(handle) else {
            return;
        };
        session.challenge = Some(Secret::new(challenge.clone()));
        let trid = TransactionId::UNSOLICITED;
        self.send(link, &ServerCommand::Chl(Chl { trid, challenge }));
        self.timers
            .set(Timer::Challenge(link), self.now + CHALLENGE_DEADLINE);
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
        self.timers.cancel(&Timer::Challenge(link));
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

type Entry = (UserHandle, FriendlyName);

fn list_lines(
    trid: TransactionId,
    list: ListKind,
    version: ListVersion,
    entries: Vec<Entry>,
) -> Vec<ServerCommand> {
    let total = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    let line = |index, entry| {
        ServerCommand::Lst(Lst {
            trid,
            list,
            version,
            index,
            total,
            entry,
        })
    };
    if entries.is_empty() {
        return vec![line(0, None)];
    }
    let numbered = (1..).zip(entries);
    numbered
        .map(|(index, entry)| line(index, Some(entry)))
        .collect()
}
