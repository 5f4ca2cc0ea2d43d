//! Dialogues with servers as text that people read, and that reads back. Not a log: whoever wants one
//! gives a [`Recorder`] what goes over the links, and keeps what it answers.
//!
//! ```text
//! === a title
//! [   0.000] ns-1       -- connected
//! [   0.000] ns-1       C: VER 1 MSNP6 MSNP5 CVR0
//! [   0.002] ns-1       S: VER 1 MSNP6
//! [   0.198] ns-1       S: MSG Hotmail Hotmail 27
//!                        | MIME-Version: 1.0
//!                        |
//!                        | text
//! [   9.120] ns-1       -- SERVER CLOSED THE CONNECTION
//! ```
//!
//! The seconds since the beginning, the connection, `C:` for the client or `S:` for the server, the line; a
//! payload stands below it behind `|`, its line ends being those of the text. Behind `--`, and in brackets
//! at the end of a client's line, is a note.
//!
//! What cannot be shown is escaped. A [`Recorder`] writes each byte of it as `\x{0d}`. Recordings by other
//! hands also have `\x0d`, and `\x202e` for a character: what those stand for is a byte in words of the
//! client and a character in words of the server.

mod parse;
mod recorder;
mod secrets;

pub use parse::{Entry, Said, parse};
pub use recorder::{Recorded, Recorder, Side};

/// What is noted when a server closes the connection; all other notes are for people.
const CLOSED: &str = "-- SERVER CLOSED THE CONNECTION";
