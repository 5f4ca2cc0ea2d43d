//! One conversation as the user sees it. Not a switchboard: it outlives those, and even the session.
//! Its texts without a session are in `outbox`.

use msnp6::messenger::{
    CloseReason, Delivery, DeliveryFailure, MAX_TEXT_BYTES, Participant, TYPING_SHOWN, TextFormat,
};
use msnp6::model::{ConversationId, FriendlyName, TextId, Timestamp, UserHandle};

use super::{Deed, Line, LineBody, LineKey, Lines, Moment, Shared, Unsent};

/// The longest transcript that is kept; beyond it the oldest lines go, a tenth at a time.
pub const MAX_LINES: usize = 20_000;

/// What is said of a text that was on its way when the link broke.
const MAY_BE_LOST: Delivery = Delivery::Failed(DeliveryFailure::Link(CloseReason::Lost));

/// The name of a conversation on this page. It stays when the session ends, unlike a [`ConversationId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConversationKey(pub u32);

/// A conversation with its transcript.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Its name on this page.
    pub key: ConversationKey,
    /// Its name at the messenger; `None` once the session has ended.
    pub live: Option<ConversationId>,
    /// Who takes part, without me; the partner of a conversation of two stays when they leave.
    pub participants: Vec<Participant>,
    /// The transcript.
    pub lines: Lines,
    /// How many texts came in unseen.
    pub unread: u32,
    /// The first line that came in unseen; it stays marked until I write or miss another one.
    pub fresh: Option<LineKey>,
    /// My texts that no session has taken so far, in order; they are sent once there is one.
    pub outbox: Vec<Unsent>,
    /// What is typed and not sent.
    pub draft: String,
    /// The text of mine that the draft repeats.
    pub recalled: Option<LineKey>,
    /// Who is typing, and until when to say so.
    pub typing: Vec<(UserHandle, Timestamp)>,
    next_line: LineKey,
}

impl Conversation {
    /// A conversation without lines.
    pub fn new(
        key: ConversationKey,
        live: Option<ConversationId>,
        participants: Vec<Participant>,
    ) -> Self {
        Self {
            key,
            live,
            participants,
            lines: Lines::default(),
            unread: 0,
            fresh: None,
            outbox: Vec::new(),
            draft: String::new(),
            recalled: None,
            typing: Vec::new(),
            next_line: LineKey::default(),
        }
    }

    /// The other one in a conversation of two.
    pub fn partner(&self) -> Option<&UserHandle> {
        match self.participants.as_slice() {
            [only] => Some(&only.handle),
            _ => None,
        }
    }

    /// One of its lines.
    pub fn line(&self, key: LineKey) -> Option<&Line> {
        self.lines.get(key).map(|line| &**line)
    }

    pub(super) fn push(&mut self, now: Moment, body: LineBody) {
        let (key, at) = (self.name_line(), now.local);
        if self.lines.len() >= MAX_LINES {
            self.lines.drop_oldest(MAX_LINES / 10);
        }
        self.lines.push(Line { key, at, body });
    }

    pub(super) fn name_line(&mut self) -> LineKey {
        let key = self.next_line;
        self.next_line = LineKey(key.0.wrapping_add(1));
        key
    }

    /// Changes the conversation. A line that comes of it and is not mine is news: it is given back, and
    /// counted when nobody sees it.
    pub(super) fn edit(
        &mut self,
        is_seen: bool,
        edit: impl FnOnce(&mut Self),
    ) -> Option<Shared<Line>> {
        let begin = self.next_line;
        edit(self);
        let line = self.lines.last().filter(|_| self.next_line != begin)?;
        let is_counted = match &line.body {
            LineBody::Mine { .. } => return None,
            LineBody::Theirs { .. } | LineBody::Deed { .. } => true,
            LineBody::Joined(_) | LineBody::Left(_) => false,
        };
        let line = line.clone();
        if is_counted && !is_seen {
            if self.unread == 0 {
                self.fresh = Some(line.key);
            }
            self.unread = self.unread.saturating_add(1);
        }
        Some(line)
    }

    pub(super) fn set_draft(&mut self, text: String) {
        self.draft = text;
        self.recalled = None;
    }

    /// Puts an earlier text of mine into the draft, or the one after it; behind the latest there is
    /// nothing. A draft of the user's own is left alone.
    pub(super) fn recall(&mut self, is_older: bool) {
        if !self.draft.is_empty() && self.recalled.is_none() {
            return;
        }
        let recalled = self.recalled.filter(|_| !self.draft.is_empty());
        let mut mine = self.lines.iter().filter_map(|line| line.mine());
        let found = match (is_older, recalled) {
            (true, None) => mine.next_back(),
            (true, Some(here)) => mine.rfind(|(key, _)| *key < here),
            (false, Some(here)) => mine.find(|(key, _)| *key > here),
            (false, None) => return,
        };
        let found = found.map(|(key, text)| (key, text.to_owned()));
        drop(mine);
        if let Some((key, text)) = found {
            self.draft = text;
            self.recalled = Some(key);
        } else if !is_older {
            self.set_draft(String::new());
        }
    }

    /// A text of mine was taken: one that was put off, or else a draft that says the same, has done its
    /// work. A draft that is too long for a message goes in pieces.
    pub(super) fn queue_text(
        &mut self,
        now: Moment,
        text_id: TextId,
        text: String,
        format: TextFormat,
    ) {
        if self.take_handed(&text) {
            // The draft is another one.
        } else if self.draft.trim() == text.trim() {
            self.set_draft(String::new());
        } else if text.len() > MAX_TEXT_BYTES / 2
            && let Some(rest) = self.draft.strip_prefix(&text)
        {
            self.set_draft(rest.to_owned());
        }
        self.fresh = None;
        self.push(
            now,
            LineBody::Mine {
                text_id,
                text,
                format,
                delivery: None,
            },
        );
    }

    /// Takes note of what became of a text, and gives its line. One that was never sent, because the
    /// session ended, waits for the next one.
    pub(super) fn set_delivery(
        &mut self,
        text_id: TextId,
        outcome: Delivery,
    ) -> Option<Shared<Line>> {
        let key = self.key_of(text_id)?;
        if outcome == Delivery::Failed(DeliveryFailure::SignedOut) {
            self.put_off_line(key);
            return None;
        }
        if let LineBody::Mine { delivery, .. } = &mut self.lines.line_mut(key)?.body {
            *delivery = Some(outcome);
        }
        self.lines.get(key).cloned()
    }

    pub(super) fn drop_line(&mut self, key: LineKey) {
        self.lines.remove(key);
    }

    pub(super) fn join(&mut self, now: Moment, participant: Participant) {
        let is_new = !self
            .participants
            .iter()
            .any(|known| known.handle == participant.handle);
        if is_new {
            self.participants.push(participant.clone());
            if self.participants.len() > 1 {
                self.push(now, LineBody::Joined(participant));
            }
        }
    }

    pub(super) fn leave(&mut self, now: Moment, handle: &UserHandle, is_idle: bool) {
        self.stop_typing(handle);
        // The server ended a quiet room; they still belong here, and the next text calls them again.
        if is_idle {
            return;
        }
        let Some(index) = self.participants.iter().position(|p| p.handle == *handle) else {
            return;
        };
        if self.participants.len() > 1 {
            let gone = self.participants.remove(index);
            self.push(now, LineBody::Left(gone));
        } else if let Some(last) = self.lines.last()
            && !matches!(last.body, LineBody::Left(_))
        {
            // The partner of two stays, too. Where nothing was said, or they left before, it is no news.
            self.push(now, LineBody::Left(self.participants[index].clone()));
        }
    }

    /// Takes back the line about my latest nudge, which was refused.
    pub(super) fn unsay_nudge(&mut self) {
        let is_nudge = |line: &Shared<Line>| {
            matches!(
                &line.body,
                LineBody::Deed {
                    deed: Deed::Nudged,
                    ..
                }
            )
        };
        let found = self.lines.iter().rev().find(|line| is_nudge(line));
        if let Some(key) = found.map(|line| line.key) {
            self.lines.remove(key);
        }
    }

    pub(super) fn note_deed(&mut self, now: Moment, handle: &UserHandle, deed: Deed) {
        let known = self.participants.iter().find(|p| p.handle == *handle);
        let who = known.cloned().unwrap_or_else(|| Participant {
            handle: handle.clone(),
            name: FriendlyName::default(),
        });
        self.push(now, LineBody::Deed { who, deed });
    }

    pub(super) fn set_typing(&mut self, now: Moment, handle: UserHandle) {
        if self.participants.iter().any(|p| p.handle == handle) {
            self.stop_typing(&handle);
            self.typing.push((handle, now.at + TYPING_SHOWN));
        }
    }

    pub(super) fn stop_typing(&mut self, handle: &UserHandle) {
        self.typing.retain(|(who, _)| who != handle);
    }

    pub(super) fn has_expired_typing(&self, now: Timestamp) -> bool {
        self.typing.iter().any(|(_, until)| *until <= now)
    }

    pub(super) fn expire_typing(&mut self, now: Timestamp) {
        self.typing.retain(|(_, until)| *until > now);
    }

    /// The session is over: nobody types any more. What it had not begun to send waits for the next one;
    /// of what it had begun to send nobody knows.
    pub(super) fn end(&mut self) {
        self.live = None;
        self.typing.clear();
        let under_way = self.lines.iter().filter(|line| line.is_under_way());
        let under_way: Vec<_> = under_way.map(|line| line.key).collect();
        for key in under_way {
            match self.lines.line_mut(key).map(|line| &mut line.body) {
                Some(LineBody::Mine { delivery, .. }) if delivery.is_some() => {
                    *delivery = Some(MAY_BE_LOST);
                }
                _ => self.put_off_line(key),
            }
        }
        self.unmark_handed();
    }

    /// Texts are numbered anew in each session, so the latest one of a number is meant.
    fn key_of(&self, wanted: TextId) -> Option<LineKey> {
        let mut latest = self.lines.iter().rev();
        let is_wanted = |line: &&Shared<Line>| matches!(&line.body, LineBody::Mine { text_id, .. } if *text_id == wanted);
        latest.find(is_wanted).map(|line| line.key)
    }
}
