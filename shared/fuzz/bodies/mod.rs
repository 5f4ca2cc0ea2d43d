//! What each fuzz target does with its input. `tests/corpus.rs` runs the same bodies over a corpus as
//! plain tests, so that they keep compiling and passing on a stable compiler.
//!
//! Each body takes any bytes and stops (panics) only when a promise of the library is broken. Recordings
//! are good inputs as they are; [`ESCAPE`] turns what follows it from bytes into something that happens.
#![allow(
    dead_code,
    unused_imports,
    clippy::expect_used,
    clippy::panic,
    reason = "each target uses one body; a fuzz target reports by stopping"
)]

mod client;
mod codec;
mod service;

pub(crate) use client::messenger;
pub(crate) use codec::{framer, payload, server_command};
pub(crate) use service::server;

/// Begins something that happens, in the inputs of [`messenger`] and [`server`]: the byte behind it says
/// what, and the one behind that how. It is no part of UTF-8, so recordings hardly have it.
pub(crate) const ESCAPE: u8 = 0xfe;

/// One piece of such an input.
enum Step<'a> {
    /// Bytes for the link that is looked at.
    Bytes(&'a [u8]),
    /// Something happens.
    Happening { what: u8, how: u8 },
}

/// The pieces of an input.
fn steps(data: &[u8]) -> impl Iterator<Item = Step<'_>> {
    let mut rest = data;
    std::iter::from_fn(move || match rest {
        [ESCAPE, what, how, tail @ ..] => {
            rest = tail;
            Some(Step::Happening {
                what: *what,
                how: *how,
            })
        }
        [] | [ESCAPE, ..] => None,
        bytes => {
            let end = bytes.iter().position(|&b| b == ESCAPE);
            let (bytes, tail) = bytes.split_at(end.unwrap_or(bytes.len()));
            rest = tail;
            Some(Step::Bytes(bytes))
        }
    })
}
