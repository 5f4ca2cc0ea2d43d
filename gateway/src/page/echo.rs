//! What the echo of tests needs of a page's socket and the gateway does not: texts, and messages longer than a page's.

use super::{Incoming, OutFrame, PageSocket, context};
use std::mem;

/// Whether texts are taken, and whether the latest message was one.
#[derive(Debug, Default)]
pub(super) struct Echo {
    pub(super) takes_texts: bool,
    pub(super) is_text: bool,
}

impl PageSocket {
    /// Takes texts from now on, and messages up to this length.
    pub(crate) fn take_texts(&mut self, longest: usize) {
        self.context = context(longest);
        self.incoming.echo.takes_texts = true;
    }
}

impl Incoming {
    pub(super) fn take_is_text(&mut self) -> bool {
        mem::take(&mut self.echo.is_text)
    }
}

impl OutFrame {
    /// A frame with the longest form of a length where it needs one.
    pub(crate) fn long(is_text: bool, payload: &[u8]) -> Self {
        if payload.len() <= Self::MAX_PAYLOAD {
            return match str::from_utf8(payload) {
                Ok(text) if is_text => Self::text(text),
                _ => Self::binary(payload),
            };
        }
        let length = u64::try_from(payload.len())
            .expect("a length")
            .to_be_bytes();
        let head = [if is_text { 0x81 } else { 0x82 }, 127];
        Self::ready([&head[..], &length, payload].concat())
    }
}
