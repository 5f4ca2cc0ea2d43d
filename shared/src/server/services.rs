//! What is asked for around the messenger: pages, invitations by mail, the directory, telephones
//! (reference §3.8, §9, §10). A demo has none of it and says so, where the protocol has a word for that.

use super::Server;
use super::quirks::Quirk;
use crate::command::{ErrorCode, Ims, Mailed, ServerCommand, UrlReply, UrlRequest};
use crate::model::{LinkId, TransactionId};

/// Leads nowhere.
const NOWHERE: &str = "/none";

impl Server {
    /// Every page has the same address, which is none.
    pub(super) fn on_url(&mut self, link: LinkId, url: &UrlRequest) {
        let reply = UrlReply {
            trid: url.trid,
            target: NOWHERE.to_owned(),
            login: NOWHERE.to_owned(),
            site_id: Some(1),
        };
        self.send(link, &ServerCommand::Url(reply));
    }

    /// Nothing is mailed, as nobody would read it; real servers confirmed whatever they were given.
    pub(super) fn on_snd(&mut self, link: LinkId, trid: TransactionId) {
        self.send(link, &ServerCommand::Snd(Mailed { trid }));
    }

    /// The same.
    pub(super) fn on_sdc(&mut self, link: LinkId, trid: TransactionId) {
        self.send(link, &ServerCommand::Sdc(Mailed { trid }));
    }

    /// A setting of television sets, confirmed and not kept.
    pub(super) fn on_ims(&mut self, link: LinkId, ims: Ims) {
        self.send(link, &ServerCommand::Ims(ims));
    }

    /// `FND` and `LST` of old: switched off, as on the official servers since 2003. An error rather than
    /// silence, so that nobody waits.
    pub(super) fn on_switched_off(&mut self, link: LinkId, trid: TransactionId) {
        if !self.quirks.has(Quirk::SilentServices) {
            self.fail(link, ErrorCode(502), trid);
        }
    }

    /// There are no telephones here.
    pub(super) fn on_pag(&mut self, link: LinkId, trid: TransactionId) {
        self.fail(link, ErrorCode(606), trid);
    }
}
