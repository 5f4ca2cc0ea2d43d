//! One line of a transcript. Not how it is shown.

use msnp6::messenger::{Datacast, Delivery, DeliveryFailure, Offer, Participant, TextFormat};
use msnp6::model::{FriendlyName, TextId, UserHandle};

use super::LocalTime;

/// The name of a line within its conversation, never used twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineKey(pub u32);

/// One entry of a transcript.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name.
    pub key: LineKey,
    /// When it appeared.
    pub at: LocalTime,
    /// What it is.
    pub body: LineBody,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq)]
pub enum LineBody {
    /// Somebody else wrote.
    Theirs {
        /// Who.
        handle: UserHandle,
        /// Their name at that moment; may be empty.
        name: FriendlyName,
        /// The text, line breaks as LF.
        text: String,
        /// How it looks.
        format: TextFormat,
    },
    /// I wrote.
    Mine {
        /// Which text.
        text_id: TextId,
        /// The text, line breaks as LF.
        text: String,
        /// How it looks.
        format: TextFormat,
        /// What became of it; `None` while it waits for somebody to read it.
        delivery: Option<Delivery>,
    },
    /// Somebody came.
    Joined(Participant),
    /// Somebody went.
    Left(Participant),
    /// Something else that somebody did.
    Deed {
        /// Who; their name may be empty.
        who: Participant,
        /// What.
        deed: Deed,
    },
}

/// Something that somebody did in a conversation, other than to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Nudged, or threw something of later programs.
    Cast(Datacast),
    /// Offered a file, a call or the like, which a page cannot take.
    Offered(Offer),
    /// Nudged the others; only I do it this way.
    Nudged,
    /// Was invited and does not come.
    StayedAway(DeliveryFailure),
}

impl Line {
    /// The text of mine that this is.
    pub(super) fn mine(&self) -> Option<(LineKey, &str)> {
        match &self.body {
            LineBody::Mine { text, .. } => Some((self.key, text)),
            _ => None,
        }
    }

    /// Whether this is a text of mine whose fate is open.
    pub fn is_under_way(&self) -> bool {
        matches!(
            &self.body,
            LineBody::Mine {
                delivery: None | Some(Delivery::Sent),
                ..
            }
        )
    }
}
