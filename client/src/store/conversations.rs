//! The conversations in the order of their tabs, found by either of their names.

use msnp6::messenger::Participant;
use msnp6::model::{ConversationId, FriendlyName, Timestamp, UserHandle};

use super::{Conversation, ConversationKey, Shared};

/// How many conversations are kept at most. Beyond it the oldest one without a live link, a draft and
/// unread texts goes, else the oldest.
pub const MAX_CONVERSATIONS: usize = 256;

/// All conversations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversations {
    all: Vec<Shared<Conversation>>,
    next: u32,
}

impl Conversations {
    /// In the order of their tabs.
    pub fn iter(&self) -> impl Iterator<Item = &Shared<Conversation>> {
        self.all.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// One of them.
    pub fn get(&self, key: ConversationKey) -> Option<&Shared<Conversation>> {
        self.all.iter().find(|conversation| conversation.key == key)
    }

    /// The key of a conversation that the messenger knows.
    pub fn key_of(&self, live: ConversationId) -> Option<ConversationKey> {
        let mut all = self.all.iter();
        all.find(|c| c.live == Some(live)).map(|c| c.key)
    }

    pub(super) fn get_mut(&mut self, key: ConversationKey) -> Option<&mut Conversation> {
        let conversation = self.all.iter_mut().find(|c| c.key == key)?;
        Some(conversation.make_mut())
    }

    pub(super) fn change(&mut self, key: ConversationKey, edit: impl FnOnce(&mut Conversation)) {
        if let Some(conversation) = self.get_mut(key) {
            edit(conversation);
        }
    }

    /// The conversation of that name: the one there is, one with the same people that an earlier session
    /// left behind, or a new one. Says also whether it was left behind.
    pub(super) fn open(
        &mut self,
        live: ConversationId,
        participants: Vec<Participant>,
    ) -> (ConversationKey, bool) {
        if let Some(key) = self.key_of(live) {
            return (key, false);
        }
        if let Some(left_behind) = self.position_with(&participants)
            && self.all[left_behind].live.is_none()
        {
            let conversation = self.all[left_behind].make_mut();
            conversation.live = Some(live);
            conversation.participants = participants;
            return (conversation.key, true);
        }
        (self.add(Some(live), participants), false)
    }

    /// The conversation with these people, for what was kept of it; none without anybody.
    pub(super) fn restore(&mut self, people: Vec<UserHandle>) -> Option<ConversationKey> {
        let nameless = |handle| Participant {
            handle,
            name: FriendlyName::default(),
        };
        let people: Vec<_> = people.into_iter().map(nameless).collect();
        (!people.is_empty()).then(|| self.begin(people))
    }

    /// The conversation with exactly these people: the one there is, or a new one without a session.
    pub(super) fn begin(&mut self, people: Vec<Participant>) -> ConversationKey {
        match self.position_with(&people) {
            Some(index) => self.all[index].key,
            None => self.add(None, people),
        }
    }

    fn add(&mut self, live: Option<ConversationId>, people: Vec<Participant>) -> ConversationKey {
        self.make_room();
        let key = ConversationKey(self.next);
        self.next = self.next.wrapping_add(1);
        let conversation = Conversation::new(key, live, people);
        self.all.push(Shared::new(conversation));
        key
    }

    /// Where the conversation with exactly these people is, one without a session first.
    fn position_with(&self, people: &[Participant]) -> Option<usize> {
        let is_same = |c: &Shared<Conversation>| {
            let is_in = |who: &Participant| c.participants.iter().any(|p| p.handle == who.handle);
            c.participants.len() == people.len() && people.iter().all(is_in)
        };
        let mut all = self.all.iter();
        let ended = all.position(|c| c.live.is_none() && is_same(c));
        ended.or_else(|| self.all.iter().position(is_same))
    }

    /// Forgets a conversation and names its neighbour.
    pub(super) fn remove(&mut self, key: ConversationKey) -> Option<ConversationKey> {
        let index = self.all.iter().position(|c| c.key == key)?;
        self.all.remove(index);
        let neighbour = self.all.get(index).or_else(|| self.all.last());
        neighbour.map(|c| c.key)
    }

    /// The session is over for all of them.
    pub(super) fn end(&mut self) {
        for conversation in &mut self.all {
            conversation.make_mut().end();
        }
    }

    /// Those with nothing to lose go.
    pub(super) fn drop_empty(&mut self) {
        self.all
            .retain(|c| !c.lines.is_empty() || !c.draft.trim().is_empty() || !c.outbox.is_empty());
    }

    pub(super) fn expire_typing(&mut self, now: Timestamp) {
        for conversation in &mut self.all {
            if conversation.has_expired_typing(now) {
                conversation.make_mut().expire_typing(now);
            }
        }
    }

    fn make_room(&mut self) {
        if self.all.len() < MAX_CONVERSATIONS {
            return;
        }
        let is_spare = |c: &Shared<Conversation>| {
            c.live.is_none() && c.draft.is_empty() && c.outbox.is_empty() && c.unread == 0
        };
        let index = self.all.iter().position(is_spare).unwrap_or(0);
        self.all.remove(index);
    }
}
