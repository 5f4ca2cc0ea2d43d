//! What several test files share. Each uses its own part of it.
#![allow(
    dead_code,
    reason = "every test file is a crate of its own and uses only some of this"
)]

pub(crate) mod recordings;
pub(crate) mod replay;
pub(crate) mod transcripts;

use msnp6::wire::{Direction, Frame, FrameError, Framer};

/// One frame, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnedFrame {
    pub(crate) line: Vec<u8>,
    pub(crate) payload: Vec<u8>,
}

impl OwnedFrame {
    /// The line as text, for a look at its beginning.
    pub(crate) fn line(&self) -> String {
        String::from_utf8_lossy(&self.line).into_owned()
    }

    /// The same, borrowed.
    pub(crate) fn as_frame(&self) -> Frame<'_> {
        Frame::new(&self.line, &self.payload)
    }

    /// The bytes as they were sent.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [&self.line, b"\r\n".as_slice(), &self.payload].concat()
    }
}

/// The frames of pieces that are pushed one after the other, up to the first error.
pub(crate) fn frames<'a>(
    direction: Direction,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Vec<OwnedFrame>, FrameError> {
    let mut framer = Framer::new(direction);
    let mut all = Vec::new();
    for piece in pieces {
        framer.push(piece);
        while let Some(frame) = framer.next_frame()? {
            all.push(OwnedFrame {
                line: frame.line().to_vec(),
                payload: frame.payload().to_vec(),
            });
        }
    }
    Ok(all)
}

/// A small generator, so that what looks random is the same in every run and on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % bound.max(1)
    }

    /// Cuts bytes into pieces of random lengths.
    pub(crate) fn cut<'a>(&mut self, bytes: &'a [u8]) -> Vec<&'a [u8]> {
        let mut pieces = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (piece, tail) = rest.split_at(1 + self.below(rest.len().min(400)));
            pieces.push(piece);
            rest = tail;
        }
        pieces
    }
}
