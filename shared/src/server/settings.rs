//! `BLP`, `GTC`, `REA`: the two settings, and names (reference §3.3, §3.6).

use super::Server;
use super::dress;
use super::lists::is_too_long;
use super::quirks::Quirk;
use crate::command::{Blp, ErrorCode, Gtc, Nln, ReaReply, ReaRequest, ServerCommand};
use crate::model::{LinkId, ListVersion, Presence, PrivacyDefault, UserHandle};

impl Server {
    pub(super) fn on_blp(&mut self, link: LinkId, me: &UserHandle, blp: Blp) {
        let (Some(privacy), Some(account)) = (blp.privacy, self.directory.get_mut(me)) else {
            return self.hang_up(link);
        };
        if account.privacy == privacy {
            return self.fail(link, ErrorCode(218), blp.trid);
        }
        if self.quirks.has(Quirk::PrivacyHidesSilently) && privacy == PrivacyDefault::Block {
            account.privacy = privacy;
        } else {
            self.change_visibility(me, |account| account.privacy = privacy);
        }
        let version = self.directory.raise_version(me);
        self.send(link, &ServerCommand::Blp(Blp { version, ..blp }));
    }

    /// Only kept: what comes of it is the client's business.
    pub(super) fn on_gtc(&mut self, link: LinkId, me: &UserHandle, gtc: Gtc) {
        let (Some(prompt), Some(account)) = (gtc.prompt, self.directory.get_mut(me)) else {
            return self.hang_up(link);
        };
        if account.prompt == prompt {
            return self.fail(link, ErrorCode(218), gtc.trid);
        }
        account.prompt = prompt;
        let version = Some(account.raise_version());
        self.send(link, &ServerCommand::Gtc(Gtc { version, ..gtc }));
    }

    pub(super) fn on_rea(&mut self, link: LinkId, me: &UserHandle, rea: ReaRequest) {
        let ReaRequest { trid, handle, name } = rea;
        let Some(account) = self.directory.get_mut(me) else {
            return;
        };
        if is_too_long(&name) {
            return self.hang_up(link);
        }
        let is_own = handle == *me;
        if name.is_empty() || (is_own && !account.is_verified) {
            return self.fail(link, ErrorCode(209), trid);
        }
        let now = self.now;
        let session = account.session.as_mut().filter(|_| is_own);
        if session.is_some_and(|session| !session.may_rename(now)) {
            return self.fail(link, ErrorCode(800), trid);
        }
        if is_own {
            account.name = name.clone();
        } else if account.lists.get(&handle).is_some() {
            account.lists.rename(&handle, name.clone());
        } else {
            return self.fail(link, ErrorCode(216), trid);
        }
        let version = Some(account.raise_version());
        let reply = ReaReply {
            trid,
            version,
            handle,
            name,
        };
        self.send(link, &ServerCommand::Rea(reply));
        if is_own {
            self.announce_name(me);
        }
    }

    /// Tells a new name to those who see its owner.
    fn announce_name(&mut self, me: &UserHandle) {
        let Some(account) = self.directory.get(me) else {
            return;
        };
        let (handle, name) = account.identity();
        let own = account.session.as_ref().and_then(|it| it.presence);
        let is_hidden = own == Some(Presence::AppearOffline);
        let presence = match account.visible_presence() {
            Presence::Offline if is_hidden && self.quirks.has(Quirk::HiddenRename) => {
                Presence::AppearOffline
            }
            Presence::Offline => return,
            presence => presence,
        };
        let line = if self.quirks.has(Quirk::RenameByRea) {
            ServerCommand::Rea(ReaReply {
                trid: dress::FOREIGN,
                version: Some(ListVersion(19)),
                handle,
                name,
            })
        } else {
            ServerCommand::Nln(Nln {
                presence,
                handle,
                name,
            })
        };
        for watcher in self.directory.watchers(account).collect::<Vec<_>>() {
            self.send(watcher, &line);
        }
    }
}
