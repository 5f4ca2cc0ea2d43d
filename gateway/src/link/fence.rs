//! Keeps what was meant for the old server from the new one.
//!
//! A page may have sent a command before it learnt of a referral, and the gateway may read it only
//! after the new connection stands. The new server must not see it: it would close on the spot. What a
//! page says to a new server always begins with `VER`, so everything before that is dropped.

use bytes::{Buf as _, Bytes};

/// Drops bytes until a line begins with `VER `.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fence {
    /// How much of [`WORD`] the last bytes were, at the beginning of a line or message.
    matched: usize,
    /// Whether the next byte cannot begin a line.
    is_inside_line: bool,
    is_open: bool,
}

/// What the page's first command to a server begins with.
const WORD: &[u8] = b"VER ";

impl Fence {
    /// What may pass of the next message. A message begins a line: pages send whole commands, and a
    /// payload before it may lack a line end.
    pub(crate) fn pass(&mut self, mut message: Bytes) -> Bytes {
        if self.is_open {
            return message;
        }
        if self.matched == 0 {
            self.is_inside_line = false;
        }
        for (index, &byte) in message.iter().enumerate() {
            self.step(byte);
            if self.is_open {
                // The beginning of the word may have been in the message before.
                let passed = index + 1;
                if passed >= WORD.len() {
                    message.advance(passed - WORD.len());
                    return message;
                }
                return [WORD, &message[passed..]].concat().into();
            }
        }
        Bytes::new()
    }

    /// Whether everything passes from now on.
    pub(super) const fn is_open(&self) -> bool {
        self.is_open
    }

    fn step(&mut self, byte: u8) {
        if !self.is_inside_line && WORD.get(self.matched) == Some(&byte) {
            self.matched += 1;
            self.is_open = self.matched == WORD.len();
        } else {
            self.matched = 0;
            self.is_inside_line = byte != b'\n';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(messages: &[&str]) -> String {
        let mut fence = Fence::default();
        let pass = |message: &&str| fence.pass(Bytes::copy_from_slice(message.as_bytes()));
        let passed: Vec<u8> = messages.iter().flat_map(pass).collect();
        String::from_utf8(passed).expect("text")
    }

    #[test]
    fn everything_from_the_first_command_on_passes() {
        assert_eq!(
            passed(&["VER 4 MSNP6\r\n", "INF 5\r\n"]),
            "VER 4 MSNP6\r\nINF 5\r\n"
        );
    }

    #[test]
    fn what_came_before_is_dropped() {
        assert_eq!(passed(&["PNG\r\n", "VER 4 MSNP6\r\n"]), "VER 4 MSNP6\r\n");
        assert_eq!(passed(&["PNG\r\nVER 4 MSNP6\r\n"]), "VER 4 MSNP6\r\n");
    }

    #[test]
    fn a_payload_without_line_end_before_it_does_no_harm() {
        assert_eq!(
            passed(&["QRY 10 msmsgs@msnmsgr.com 4\r\nabcd", "VER 4 MSNP6\r\n"]),
            "VER 4 MSNP6\r\n"
        );
    }

    #[test]
    fn the_command_may_be_cut_anywhere() {
        let line = "VER 4 MSNP6\r\n";
        for at in 1..line.len() {
            assert_eq!(
                passed(&["PNG\r\n", &line[..at], &line[at..]]),
                line,
                "cut at {at}"
            );
        }
        let bytes: Vec<_> = (0..line.len()).map(|at| &line[at..=at]).collect();
        assert_eq!(passed(&bytes), line);
    }

    #[test]
    fn the_word_inside_a_line_is_not_the_beginning() {
        assert_eq!(
            passed(&["REA 9 a@b.c NEVER VER 1\r\n", "VER 4\r\n"]),
            "VER 4\r\n"
        );
    }
}
