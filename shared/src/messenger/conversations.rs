//! What the user sees as conversations, and the texts that wait for somebody to read them. A
//! conversation outlives the switchboards that carry it.

use std::collections::VecDeque;

use super::split::split;
use super::{Event, IntentRefusal, MAX_SEND_BYTES, MAX_TEXT_BYTES, Messenger, Output};
use crate::model::{ConversationId, LinkId, Presence, SortedMap, TextId, Timestamp, UserHandle};
use crate::payload::{PlainText, TextFormat};
use crate::session::outcome::{Delivery, DeliveryFailure, Participant};

/// One conversation.
#[derive(Debug, Default)]
pub(super) struct Conversation {
    /// Who belongs to it, without me, whether they are in a room or not.
    pub(super) partners: Vec<Participant>,
    /// The rooms that carry it, the newest last. Two people who call each other at once have two.
    pub(super) rooms: Vec<LinkId>,
    /// The room that my last text went into. The next one follows it while that room stands: two rooms
    /// are two connections, and a text in the other one could overtake it.
    spoken_in: Option<LinkId>,
    /// Whether the server has been asked for a room.
    pub(super) is_requested: bool,
    /// Whether a room was asked for once more because its cookie was not good any more.
    pub(super) is_second_try: bool,
    /// Whether the user knows of it: a call alone opens nothing.
    pub(super) is_open: bool,
    /// Whom to call besides, as soon as there is a room.
    pub(super) invited: Vec<UserHandle>,
    queue: VecDeque<(TextId, PlainText)>,
}

/// All conversations, by name.
#[derive(Debug, Default)]
pub(super) struct Conversations {
    all: SortedMap<ConversationId, Conversation>,
    last_conversation: u32,
    last_text: u32,
    /// How my texts look.
    format: TextFormat,
}

impl Conversations {
    pub(super) fn get(&self, id: ConversationId) -> Option<&Conversation> {
        self.all.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: ConversationId) -> Option<&mut Conversation> {
        self.all.get_mut(&id)
    }

    pub(super) fn set_format(&mut self, format: TextFormat) {
        self.format = format;
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    /// The conversation with exactly these people, the one there is or a new one.
    pub(super) fn with(&mut self, partners: &[Participant]) -> ConversationId {
        let is_same = |conversation: &Conversation| {
            let has = |who: &Participant| {
                conversation
                    .partners
                    .iter()
                    .any(|other| other.handle == who.handle)
            };
            conversation.partners.len() == partners.len() && partners.iter().all(has)
        };
        if let Some((&id, _)) = self
            .all
            .iter()
            .find(|(_, conversation)| is_same(conversation))
        {
            return id;
        }
        self.last_conversation += 1;
        let id = ConversationId(self.last_conversation);
        self.all.insert(
            id,
            Conversation {
                partners: partners.to_vec(),
                ..Conversation::default()
            },
        );
        id
    }

    /// Takes a room away. A conversation that nobody ever saw goes with its last room.
    pub(super) fn detach(&mut self, link: LinkId) {
        self.all.retain(|_, conversation| {
            let had = conversation.rooms.len();
            conversation.rooms.retain(|&room| room != link);
            let is_orphan = conversation.rooms.is_empty() && had > 0;
            conversation.is_open || !is_orphan
        });
    }

    /// Fails every text of one conversation that waits.
    pub(super) fn fail(
        &mut self,
        id: ConversationId,
        failure: &DeliveryFailure,
        outputs: &mut VecDeque<Output>,
    ) {
        let Some(conversation) = self.all.get_mut(&id) else {
            return;
        };
        for (text_id, _) in conversation.queue.drain(..) {
            let delivery = Delivery::Failed(failure.clone());
            outputs.push_back(Output::Event(Event::TextDelivery {
                conversation: id,
                text_id,
                delivery,
            }));
        }
    }

    /// Fails every text that waits, and forgets what was asked for.
    pub(super) fn fail_all(&mut self, failure: &DeliveryFailure, outputs: &mut VecDeque<Output>) {
        for id in self.all.keys().copied().collect::<Vec<_>>() {
            self.fail(id, failure, outputs);
        }
        for conversation in self.all.values_mut() {
            conversation.is_requested = false;
        }
    }
}

impl Messenger {
    pub(super) fn open_conversation(&mut self, with: &[UserHandle]) -> Result<(), IntentRefusal> {
        let session = self.signed_in()?;
        if with.is_empty() || with.contains(session.handle()) {
            return Err(IntentRefusal::Oneself);
        }
        let partner = |handle: &UserHandle| Participant {
            handle: handle.clone(),
            name: session.name_of(handle).cloned().unwrap_or_default(),
        };
        let mut partners: Vec<Participant> = Vec::new();
        for handle in with {
            if !partners.iter().any(|known| known.handle == *handle) {
                partners.push(partner(handle));
            }
        }
        let id = self.conversations.with(&partners);
        self.show(id, true);
        Ok(())
    }

    /// Takes a text. It is sent when somebody is there, now or later, or it fails with a reason.
    pub(super) fn send_text(
        &mut self,
        now: Timestamp,
        id: ConversationId,
        text: &str,
    ) -> Result<(), IntentRefusal> {
        self.signed_in()?;
        self.conversations
            .get(id)
            .ok_or(IntentRefusal::NoSuchConversation)?;
        let text = PlainText::new(text);
        if text.as_str().trim().is_empty() || text.wire_len() > MAX_SEND_BYTES {
            return Err(IntentRefusal::Text);
        }
        for piece in split(text.as_str(), MAX_TEXT_BYTES) {
            self.queue(id, piece);
        }
        self.pump(now, id);
        Ok(())
    }

    fn queue(&mut self, id: ConversationId, text: String) {
        self.conversations.last_text += 1;
        let text_id = TextId(self.conversations.last_text);
        let plain = PlainText::with_format(&text, self.conversations.format.clone());
        if let Some(conversation) = self.conversations.get_mut(id) {
            conversation.queue.push_back((text_id, plain));
            self.tell(Event::TextQueued {
                conversation: id,
                text_id,
                text,
            });
        }
    }

    /// Asks one more person in: into the room that there is, or into the next one.
    pub(super) fn invite(
        &mut self,
        now: Timestamp,
        id: ConversationId,
        handle: &UserHandle,
    ) -> Result<(), IntentRefusal> {
        let session = self.signed_in()?;
        if handle == session.handle() {
            return Err(IntentRefusal::Oneself);
        }
        let conversation = self
            .conversations
            .get_mut(id)
            .ok_or(IntentRefusal::NoSuchConversation)?;
        let is_there = conversation
            .partners
            .iter()
            .any(|partner| partner.handle == *handle);
        if is_there || conversation.invited.contains(handle) {
            return Ok(());
        }
        let room = conversation.rooms.last().copied();
        if let Some(switchboard) = room.and_then(|link| self.switchboards.get_mut(&link))
            && switchboard.session.is_inside()
        {
            switchboard.session.call(now, handle);
            return Ok(());
        }
        conversation.invited.push(handle.clone());
        if conversation.rooms.is_empty() && !conversation.is_requested {
            self.request_room(now, id);
        }
        Ok(())
    }

    /// Nudges whoever is there now. A nudge that comes later is none.
    pub(super) fn send_nudge(&mut self, id: ConversationId) -> Result<(), IntentRefusal> {
        let conversation = self
            .conversations
            .get(id)
            .ok_or(IntentRefusal::NoSuchConversation)?;
        let mut rooms = conversation.rooms.iter().rev();
        let ready = rooms
            .find(|link| self.is_ready(**link, conversation))
            .copied();
        let switchboard = ready.and_then(|link| self.switchboards.get_mut(&link));
        switchboard
            .ok_or(IntentRefusal::NobodyThere)?
            .session
            .send_nudge();
        Ok(())
    }

    pub(super) fn notify_typing(
        &mut self,
        now: Timestamp,
        id: ConversationId,
    ) -> Result<(), IntentRefusal> {
        let conversation = self
            .conversations
            .get(id)
            .ok_or(IntentRefusal::NoSuchConversation)?;
        // No room is opened for it: nobody's telephone rings because I touched a key.
        if let Some(link) = conversation.rooms.last()
            && let Some(switchboard) = self.switchboards.get_mut(link)
        {
            switchboard.session.send_typing(now);
        }
        Ok(())
    }

    pub(super) fn close_conversation(&mut self, id: ConversationId) -> Result<(), IntentRefusal> {
        let conversation = self
            .conversations
            .all
            .remove(&id)
            .ok_or(IntentRefusal::NoSuchConversation)?;
        for link in conversation.rooms {
            self.leave(link);
        }
        Ok(())
    }

    /// Sends what waits in a conversation, or sees to it that a room comes.
    pub(super) fn pump(&mut self, now: Timestamp, id: ConversationId) {
        let Some(conversation) = self.conversations.get(id).filter(|it| !it.queue.is_empty())
        else {
            return;
        };
        let is_mine = |link: &&LinkId| conversation.spoken_in == Some(**link);
        let last_used = conversation.rooms.iter().find(is_mine);
        let mut rooms = last_used.into_iter().chain(conversation.rooms.iter().rev());
        if let Some(&link) = rooms.find(|link| self.is_ready(**link, conversation)) {
            let texts = self.conversations.get_mut(id).map(|it| {
                it.spoken_in = Some(link);
                core::mem::take(&mut it.queue)
            });
            let Some(switchboard) = self.switchboards.get_mut(&link) else {
                return;
            };
            for (text_id, text) in texts.into_iter().flatten() {
                switchboard.session.send_text(now, text_id, &text);
            }
        } else if conversation.rooms.is_empty() && !conversation.is_requested {
            self.request_room(now, id);
        }
    }

    /// Whether a text that is sent into a room now reaches all whom it is meant for, and nobody else.
    fn is_ready(&self, link: LinkId, conversation: &Conversation) -> bool {
        let Some(session) = self.switchboards.get(&link).map(|it| &it.session) else {
            return false;
        };
        let people = session.participants();
        let belongs = |who: &Participant| {
            conversation
                .partners
                .iter()
                .any(|it| it.handle == who.handle)
        };
        session.is_inside()
            && !session.is_calling()
            && !people.is_empty()
            && people.len() == conversation.partners.len()
            && people.iter().all(belongs)
    }

    fn request_room(&mut self, now: Timestamp, id: ConversationId) {
        let Ok(session) = self.signed_in() else {
            return self.fail(id, &DeliveryFailure::SignedOut);
        };
        if session.presence() == Presence::AppearOffline {
            return self.fail(id, &DeliveryFailure::Hidden);
        }
        session.request_switchboard(now, id);
        if let Some(conversation) = self.conversations.get_mut(id) {
            conversation.is_requested = true;
        }
    }

    pub(super) fn on_switchboard_refused(&mut self, id: ConversationId, failure: &DeliveryFailure) {
        if let Some(conversation) = self.conversations.get_mut(id) {
            conversation.is_requested = false;
        }
        self.fail(id, failure);
    }

    pub(super) fn fail(&mut self, id: ConversationId, failure: &DeliveryFailure) {
        self.conversations.fail(id, failure, &mut self.outputs);
    }

    /// Tells the user of a conversation, unless they know of it and nobody asks to see it.
    pub(super) fn show(&mut self, id: ConversationId, is_mine: bool) {
        let Some(conversation) = self.conversations.get_mut(id) else {
            return;
        };
        if is_mine || !conversation.is_open {
            conversation.is_open = true;
            let participants = conversation.partners.clone();
            self.tell(Event::ConversationOpened {
                conversation: id,
                participants,
                is_mine,
            });
        }
    }

    /// Tells something about a conversation that the user knows of.
    pub(super) fn tell_in(&mut self, id: ConversationId, event: Event) {
        if self
            .conversations
            .get(id)
            .is_some_and(|conversation| conversation.is_open)
        {
            self.tell(event);
        }
    }

    /// Puts somebody among those who belong to a conversation, or takes note of their name.
    pub(super) fn add_partner(&mut self, id: ConversationId, participant: &Participant) -> bool {
        let Some(conversation) = self.conversations.get_mut(id) else {
            return false;
        };
        let known = conversation
            .partners
            .iter_mut()
            .find(|other| other.handle == participant.handle);
        if let Some(known) = known {
            if known.name.is_empty() {
                known.name = participant.name.clone();
            }
            return false;
        }
        conversation.partners.push(participant.clone());
        true
    }
}
