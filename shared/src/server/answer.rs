//! `ANS` at a switchboard: coming into a room that rang, and hearing who is inside (reference §7.2).

use super::Server;
use super::cookies::Purpose;
use super::quirks::Quirk;
use super::room::Member;
use crate::command::{AnsReply, AnsRequest, ErrorCode, Iro, ServerCommand};
use crate::model::{LinkId, TransactionId};

impl Server {
    pub(super) fn on_ans(&mut self, link: LinkId, ans: &AnsRequest) {
        let trid = ans.trid;
        let purpose = self.cookies.redeem(self.now, &ans.cookie, &ans.handle);
        let member = self.member(&ans.handle, link);
        let (Some(Purpose::Answer(id)), Some(member)) = (purpose, member) else {
            return self.refuse(link, ErrorCode::AUTHENTICATION_FAILED, trid);
        };
        let room = self.rooms.get(&id);
        if id != ans.id || room.is_some_and(|room| room.contains(&member.handle)) {
            return self.hang_up(link);
        }
        // The caller may have left: then the room is empty, and nobody is named.
        let inside = room.map(|room| room.members.clone()).unwrap_or_default();
        self.name_members(link, trid, inside, &member);
        self.send(link, &ServerCommand::Ans(AnsReply { trid }));
        self.enter(link, id, member);
    }

    /// `IRO` for everybody who is inside.
    fn name_members(
        &mut self,
        link: LinkId,
        trid: TransactionId,
        mut inside: Vec<Member>,
        newcomer: &Member,
    ) {
        let mut listeners = vec![link];
        if self.quirks.has(Quirk::IroToEverybody) {
            listeners.extend(inside.iter().filter_map(Member::link));
            inside.push(newcomer.clone());
        }
        if self.quirks.has(Quirk::IroTwice) {
            inside.extend(inside.clone());
        }
        let total = u32::try_from(inside.len()).unwrap_or(u32::MAX);
        for (index, Member { handle, name, .. }) in (1..).zip(inside) {
            let inside = ServerCommand::Iro(Iro {
                trid,
                index,
                total,
                handle,
                name,
            });
            for &listener in &listeners {
                self.send(listener, &inside);
            }
        }
    }
}
