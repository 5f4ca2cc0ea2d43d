//! What a tab keeps of a session over a reload: drafts, and my texts that did not arrive for certain. Its form as
//! one text, and what is made of it afterwards. Not where it is kept, and never a password.

use msnp6::messenger::{CloseReason, Delivery, DeliveryFailure};
use msnp6::model::{TextId, UserHandle};

use super::{AppState, Conversation, LineBody, Moment, select};

/// The longest record, in bytes; what would make it longer is left out.
pub const MAX_KEPT: usize = 64 * 1024;

/// The mark of the one form there is; a record that begins otherwise is not ours.
const VERSION: char = '1';

/// The most bytes that a field has before its text.
const MAX_HEAD: usize = 8;

/// The kinds of fields. One of a conversation stands before those of what is in it.
const SESSION: char = 's';
const CONVERSATION: char = 'c';
const DRAFT: char = 'd';
/// A text that was not sent.
const UNSENT: char = 'u';
/// A text that was sent, at a server that confirms others.
const UNCONFIRMED: char = 'n';
/// A text that may have arrived.
const IN_DOUBT: char = '?';

/// Adds one field to a record, such as `d5:hello`: with the length first, a text may hold anything.
fn put(record: &mut String, kind: char, text: &str) {
    record.push(kind);
    record.push_str(&text.len().to_string());
    record.push(':');
    record.push_str(text);
}

/// All fields of a record, unless it is damaged.
fn fields(record: &str) -> Option<Vec<(char, &str)>> {
    let mut rest = record.strip_prefix(VERSION)?;
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let (head, tail) = rest.split_once(':')?;
        let mut head = head.chars();
        let kind = head.next()?;
        let length = head.as_str().parse().ok()?;
        fields.push((kind, tail.get(..length)?));
        rest = tail.get(length..)?;
    }
    Some(fields)
}

/// What is to be kept now; nothing, when there is nothing to lose.
pub fn record(state: &AppState) -> String {
    let mut record = String::from(VERSION);
    put(&mut record, SESSION, &select::session_name(state));
    let begin = record.len();
    for conversation in state.conversations.iter() {
        let mut people = String::new();
        for who in &conversation.participants {
            people.push_str(who.handle.as_str());
            people.push(' ');
        }
        let before = record.len();
        put(&mut record, CONVERSATION, &people);
        let empty = record.len();
        for (kind, text) in to_keep(conversation, state.has_confirmed) {
            if record.len() + text.len() + MAX_HEAD <= MAX_KEPT {
                put(&mut record, kind, text);
            }
        }
        if record.len() == empty {
            record.truncate(before);
        }
    }
    if record.len() == begin {
        record.clear();
    }
    record
}

fn to_keep(conversation: &Conversation, has_confirmed: bool) -> impl Iterator<Item = (char, &str)> {
    let draft = Some(conversation.draft.as_str()).filter(|draft| !draft.trim().is_empty());
    let lines = conversation.lines.iter();
    let texts = lines.filter_map(move |line| match &line.body {
        LineBody::Mine { text, delivery, .. } => {
            let kind = kind_of(delivery.as_ref(), has_confirmed);
            kind.map(|kind| (kind, text.as_str()))
        }
        _ => None,
    });
    let waiting = conversation
        .outbox
        .iter()
        .map(|unsent| (UNSENT, unsent.text.as_str()));
    let draft = draft.map(|draft| (DRAFT, draft)).into_iter();
    draft.chain(texts).chain(waiting)
}

/// How a text is kept of which that is known, if at all. Where nothing is ever confirmed, that says nothing.
fn kind_of(delivery: Option<&Delivery>, has_confirmed: bool) -> Option<char> {
    match delivery {
        Some(Delivery::Delivered) => None,
        Some(Delivery::Unconfirmed) => has_confirmed.then_some(UNCONFIRMED),
        Some(
            Delivery::Sent | Delivery::Failed(DeliveryFailure::Link(_) | DeliveryFailure::TimedOut),
        ) => Some(IN_DOUBT),
        None | Some(Delivery::Failed(_)) => Some(UNSENT),
    }
}

impl AppState {
    /// What was kept of the session that has begun anew comes back. Nothing is sent by itself: only the
    /// user can know what has arrived.
    pub(super) fn restore(&mut self, now: Moment, record: &str) {
        let Some(fields) = fields(record) else {
            return;
        };
        let mut fields = fields.into_iter();
        let session = select::session_name(self);
        if fields.next() != Some((SESSION, session.as_str())) {
            return;
        }
        let format = select::my_format(self);
        let mut key = None;
        for (kind, text) in fields {
            if kind == CONVERSATION {
                let people = text.split(' ').map_while(|who| UserHandle::parse(who).ok());
                key = self.conversations.restore(people.collect());
            }
            let Some(conversation) = key.and_then(|key| self.conversations.get_mut(key)) else {
                continue;
            };
            let delivery = match kind {
                DRAFT => {
                    conversation.set_draft(text.to_owned());
                    continue;
                }
                UNSENT => Delivery::Failed(DeliveryFailure::SignedOut),
                IN_DOUBT => Delivery::Failed(DeliveryFailure::Link(CloseReason::Lost)),
                UNCONFIRMED => {
                    self.has_confirmed = true;
                    Delivery::Unconfirmed
                }
                _ => continue,
            };
            let body = LineBody::Mine {
                // The messenger begins with 1, so that no news are about this one.
                text_id: TextId(0),
                text: text.to_owned(),
                format: format.clone(),
                delivery: Some(delivery),
            };
            conversation.push(now, body);
        }
        if self.windows.selected.is_none() {
            self.windows.selected = self.conversations.iter().next().map(|c| c.key);
        }
    }
}
