//! One state machine per link: commands in, events and commands out. No bytes, no lines, no links here.
//!
//! ```text
//! notification                                          switchboard
//!
//! Unopened ─opened→ ExpectVer ─VER→ ExpectInf            Unopened ─opened→ ExpectEntry ─USR OK / ANS OK→ Inside
//!     ─INF→ ExpectChallenge ─USR S→ ExpectAccepted                               │ error, deadline
//!     ─USR OK→ SignedIn                                                          └──→ over
//!
//! XFR NS, in any state → Unopened (at the new address)
//! error, deadline or OUT before SignedIn → over: the sign-in failed
//! OUT, silence or a wrong challenge in SignedIn → over: signed out
//! ```
//!
//! A session says what it wants through a queue that its owner drains, so that no call ever comes back
//! into it. Everything that waits for an answer stands in [`Transactions`] with its deadline.

pub(crate) mod notification;
pub(crate) mod outcome;
pub(crate) mod switchboard;
mod transactions;

use transactions::Transactions;

use crate::model::Timestamp;

/// The earliest of two moments that may not be set.
pub(crate) fn earliest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
