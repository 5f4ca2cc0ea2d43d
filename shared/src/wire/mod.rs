//! Bytes ⇄ frames. Knows line ends and lengths, and nothing of what a command means.
//!
//! ```text
//! frame   = line [payload]
//! line    = word *( SP param ) CRLF      ; a bare LF ends a line as well
//! payload = exactly N bytes, N = the last parameter of the line; nothing follows it
//! ```
//!
//! Reference §1.2–§1.5. Parameters are split at single spaces (0x20) only: names can hold other white space.

mod error;
mod frame;
mod framer;
mod params;
mod writer;

pub use error::{FieldError, FrameError, Problem};
pub use frame::Frame;
pub use framer::{Direction, Framer};
pub use params::Params;
pub use writer::LineWriter;

/// The longest line, in bytes without its end. Real ones stay below 2 KiB; of a longer one of a server the
/// middle is left out.
pub const MAX_LINE: usize = 8 * 1024;

/// The longest payload, in bytes. Switchboards carry 1664; profiles and notices can be larger.
pub const MAX_PAYLOAD: usize = 64 * 1024;
