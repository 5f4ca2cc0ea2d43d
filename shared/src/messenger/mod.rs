//! The whole client as one machine: a notification session and the switchboards it needs.

mod input;
mod output;

pub use input::{CloseReason, Input, Intent};
pub use output::{
    Delivery, DeliveryFailure, Destination, Event, IntentRefusal, Output, Participant,
    SignInFailure, SignInStep, SignOutReason,
};

use core::time::Duration;

use crate::model::Timestamp;

/// How long a typing notice is shown when nothing else comes (reference §8.3).
pub const TYPING_SHOWN: Duration = Duration::from_secs(8);

/// The longest text of one message, in bytes of UTF-8 after line breaks became CRLF. Servers close the
/// connection over a payload of more than 1664 bytes with its headers (reference §1.5).
pub const MAX_TEXT_BYTES: usize = 1400;

/// A client, without sockets and clock.
#[derive(Debug, Default)]
pub struct Messenger {}

impl Messenger {
    /// A client that is signed out.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one input. Drain [`poll`](Self::poll) to `None` afterwards.
    pub fn handle(&mut self, _now: Timestamp, _input: Input) {}

    /// The next thing to do, or `None` when all is done until the next input.
    pub fn poll(&mut self) -> Option<Output> {
        None
    }
}
