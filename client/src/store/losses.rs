//! What of mine would be gone with a conversation, or with all of them.

use msnp6::messenger::Delivery;

use super::{AppState, ConversationKey, LineBody};

/// How much would be gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Texts that were not sent.
    pub waiting: usize,
    /// Texts that were not delivered.
    pub failed: usize,
    /// What is typed.
    pub drafts: usize,
}

impl Losses {
    /// What would be gone with this conversation, or with all of them. A text that was sent is on its way
    /// whatever happens here, and what a draft only repeats is there already.
    pub fn of(state: &AppState, which: Option<ConversationKey>) -> Self {
        let mut losses = Self::default();
        let all = state.conversations.iter();
        for conversation in all.filter(|c| which.is_none_or(|key| c.key == key)) {
            losses.waiting += conversation.outbox.len();
            let is_own = conversation.recalled.is_none() && !conversation.draft.trim().is_empty();
            losses.drafts += usize::from(is_own);
            for line in conversation.lines.iter() {
                if let LineBody::Mine { delivery, .. } = &line.body {
                    losses.waiting += usize::from(delivery.is_none());
                    losses.failed += usize::from(matches!(delivery, Some(Delivery::Failed(_))));
                }
            }
        }
        losses
    }

    /// Whether nothing would be gone.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}
