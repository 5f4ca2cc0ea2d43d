//! What things become, in words that stay the same between versions. Counting them is for others.

/// What becomes of a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Referral {
    Followed,
    Refused,
    Failed,
    TooMany,
}

impl Referral {
    pub(super) const ALL: [Self; 4] = [Self::Followed, Self::Refused, Self::Failed, Self::TooMany];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Followed => "followed",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::TooMany => "too_many",
        }
    }
}

/// What becomes of a ticket: the first two when a server names a switchboard, the others when a page comes
/// with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ticket {
    Issued,
    Denied,
    Accepted,
    Expired,
    Invalid,
}

impl Ticket {
    pub(super) const ALL: [Self; 5] = [
        Self::Issued,
        Self::Denied,
        Self::Accepted,
        Self::Expired,
        Self::Invalid,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Denied => "denied",
            Self::Accepted => "accepted",
            Self::Expired => "expired",
            Self::Invalid => "invalid",
        }
    }
}

/// What becomes of something that is read while the gateway runs.
pub(super) const READ: [&str; 2] = ["refused", "taken"];

pub(super) const fn read(is_taken: bool) -> &'static str {
    let [refused, taken] = READ;
    if is_taken { taken } else { refused }
}
