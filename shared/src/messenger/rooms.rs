//! What happens in a room, and what it means for the conversation that the room carries: who belongs to
//! it, who is called, and what becomes of the texts that wait.

use super::conversations::Conversation;
use super::{Event, Messenger};
use crate::command::ErrorCode;
use crate::model::{ConversationId, LinkId, Timestamp, UserHandle};
use crate::session::outcome::{DeliveryFailure, Participant};

impl Messenger {
    /// We are inside: call who belongs there, or find out which conversation this is.
    pub(super) fn on_entered(
        &mut self,
        now: Timestamp,
        link: LinkId,
        conversation: Option<ConversationId>,
    ) {
        let Some(switchboard) = self.switchboards.get_mut(&link) else {
            return;
        };
        match conversation {
            Some(id) => {
                let Some(conversation) = self.conversations.get_mut(id) else {
                    return;
                };
                conversation.is_second_try = false;
                let partners = conversation
                    .partners
                    .iter()
                    .map(|partner| partner.handle.clone());
                for handle in partners
                    .chain(core::mem::take(&mut conversation.invited))
                    .collect::<Vec<_>>()
                {
                    switchboard.session.call(now, &handle);
                }
            }
            // The caller left before we came.
            None if switchboard.session.participants().is_empty() => self.leave(link),
            None => {
                let id = self.conversations.with(switchboard.session.participants());
                switchboard.conversation = Some(id);
                if let Some(conversation) = self.conversations.get_mut(id) {
                    conversation.rooms.push(link);
                }
                self.pump(now, id);
            }
        }
    }

    pub(super) fn on_joined(
        &mut self,
        now: Timestamp,
        link: LinkId,
        id: ConversationId,
        participant: Participant,
    ) {
        if self.add_partner(id, &participant) {
            // The conversation has grown; a room without the newcomer does not carry it any more.
            let rooms = self
                .conversations
                .get(id)
                .map(|it| it.rooms.clone())
                .unwrap_or_default();
            rooms
                .into_iter()
                .filter(|&other| other != link)
                .for_each(|other| self.leave(other));
        }
        self.tell_in(
            id,
            Event::ParticipantJoined {
                conversation: id,
                participant,
            },
        );
        self.pump(now, id);
    }

    pub(super) fn on_left(
        &mut self,
        now: Timestamp,
        link: LinkId,
        id: ConversationId,
        handle: UserHandle,
        is_idle: bool,
    ) {
        let is_empty = self
            .switchboards
            .get(&link)
            .is_none_or(|it| it.session.participants().is_empty());
        // Who is gone because nobody wrote for a while still belongs to it: the next text calls them again.
        let shrinks = |it: &&mut Conversation| it.partners.len() > 1 && !is_idle;
        if let Some(conversation) = self.conversations.get_mut(id).filter(shrinks) {
            conversation
                .partners
                .retain(|partner| partner.handle != handle);
        }
        self.tell_in(
            id,
            Event::ParticipantLeft {
                conversation: id,
                handle,
                is_idle,
            },
        );
        if is_empty {
            // An empty room swallows texts, at some servers even with an ACK.
            self.leave(link);
        }
        self.pump(now, id);
    }

    /// Somebody does not come. In a conversation of two that is the end of it; a larger one goes on
    /// without them.
    pub(super) fn on_call_failed(
        &mut self,
        now: Timestamp,
        link: LinkId,
        id: ConversationId,
        handle: UserHandle,
        failure: &DeliveryFailure,
    ) {
        let Some(switchboard) = self.switchboards.get(&link) else {
            return;
        };
        let (is_calling, is_empty) = (
            switchboard.session.is_calling(),
            switchboard.session.participants().is_empty(),
        );
        let Some(conversation) = self.conversations.get_mut(id) else {
            return;
        };
        let is_only = matches!(conversation.partners.as_slice(), [only] if only.handle == handle);
        if !is_only {
            if conversation.partners.len() > 1 {
                conversation
                    .partners
                    .retain(|partner| partner.handle != handle);
            }
            let failure = failure.clone();
            self.tell_in(
                id,
                Event::InviteFailed {
                    conversation: id,
                    handle,
                    failure,
                },
            );
        }
        if is_empty && !is_calling {
            self.leave(link);
            self.on_room_lost(now, id, failure);
        } else {
            self.pump(now, id);
        }
    }

    /// The room is of no use. A cookie that came too late is asked for once more: it is good for two
    /// minutes only, and a page may have slept that long.
    pub(super) fn on_ended(
        &mut self,
        now: Timestamp,
        link: LinkId,
        id: ConversationId,
        failure: &DeliveryFailure,
    ) {
        self.conversations.detach(link);
        if *failure == DeliveryFailure::Server(ErrorCode::AUTHENTICATION_FAILED)
            && let Some(conversation) = self.conversations.get_mut(id)
            && !core::mem::replace(&mut conversation.is_second_try, true)
        {
            return self.pump(now, id);
        }
        self.on_room_lost(now, id, failure);
    }

    /// What waited for a room fails with it, unless another room carries the conversation too.
    fn on_room_lost(&mut self, now: Timestamp, id: ConversationId, failure: &DeliveryFailure) {
        match self.conversations.get(id) {
            Some(conversation) if !conversation.rooms.is_empty() => self.pump(now, id),
            Some(_) | None => self.fail(id, failure),
        }
    }
}
