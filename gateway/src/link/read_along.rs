//! Reads along in what a notification server sends, to see where commands begin and which addresses
//! they name. It changes no byte, and has no socket: bytes in, steps out. The bytes themselves are handed on
//! by whoever calls; only what begins a command that has not come whole is kept here meanwhile.

use msnp6::{
    command::{ServerCommand, XfrReply},
    model::Endpoint,
    wire::{Direction, FrameError, Framer},
};

/// The reader of one server's stream.
#[derive(Debug)]
pub(crate) struct ReadAlong {
    framer: Framer,
    /// What was received and is not to be handed on yet, while nobody is at work with it.
    held: Vec<u8>,
    /// How much of the stream was handed on.
    handed_on: u64,
    /// How much of the end of what came was not read yet.
    unread: usize,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Hand on so many of the bytes that were not handed on yet: whole commands.
    pub(crate) count: usize,
    /// Then this.
    pub(crate) then: Then,
}

/// What follows the bytes of a step.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// Wait for more bytes of the server.
    Wait,
    /// The next command, which the next step brings, names a switchboard.
    Switchboard(Endpoint),
    /// The last of these bytes refer the page to another notification server.
    Referral(Endpoint),
    /// What comes next makes no sense, and nothing after it ever will.
    Garbled(FrameError),
}

impl ReadAlong {
    /// A reader at the beginning of a stream.
    pub(crate) const fn new() -> Self {
        Self {
            framer: Framer::new(Direction::FromServer),
            held: Vec::new(),
            handed_on: 0,
            unread: 0,
        }
    }

    /// So many bytes came from the server. Take every step before there are more.
    pub(crate) fn receive(&mut self, count: usize) {
        self.unread += count;
    }

    /// How much is kept.
    pub(crate) const fn held(&self) -> usize {
        self.held.len()
    }

    /// Keeps what is not to be handed on yet, behind what is kept already.
    pub(crate) fn hold(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
    }

    /// Takes what was kept, all of it: a link that waits for its server's next command holds no buffer.
    pub(crate) fn take_held(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }

    /// The next step in bytes that end where what came from the server ends. The last step says [`Then::Wait`], or
    /// [`Then::Garbled`].
    pub(crate) fn step(&mut self, bytes: &[u8]) -> Step {
        loop {
            let before = self.framer.consumed();
            let named = match self.framer.next_frame() {
                Ok(Some(frame)) if may_name(frame.verb()) => {
                    ServerCommand::decode(&frame).ok().and_then(named)
                }
                Ok(Some(_)) => None,
                Ok(None) if self.unread > 0 => {
                    let begin = bytes.len().saturating_sub(self.unread);
                    let unread = bytes.get(begin..).unwrap_or_default();
                    self.unread = self.framer.feed(unread, may_name).len();
                    None
                }
                Ok(None) => {
                    self.framer.release();
                    return self.take(self.framer.consumed(), Then::Wait);
                }
                Err(error) => return self.take(before, Then::Garbled(error)),
            };
            match named {
                None => {}
                Some(then @ Then::Referral(_)) => return self.take(self.framer.consumed(), then),
                Some(then) => return self.take(before, then),
            }
        }
    }

    /// What is left when the server is gone: the beginning of a command that never came whole.
    pub(crate) fn into_rest(self) -> Vec<u8> {
        self.held
    }

    fn take(&mut self, up_to: u64, then: Then) -> Step {
        let count = usize::try_from(up_to - self.handed_on).unwrap_or(usize::MAX);
        self.handed_on = up_to;
        Step { count, then }
    }
}

/// Whether a command of that verb may name an address.
fn may_name(verb: &[u8]) -> bool {
    matches!(verb, b"XFR" | b"RNG")
}

fn named(command: ServerCommand) -> Option<Then> {
    match command {
        ServerCommand::Xfr(XfrReply::Notification { endpoint, .. }) => endpoint.map(Then::Referral),
        ServerCommand::Xfr(XfrReply::Switchboard { endpoint, .. }) => {
            Some(Then::Switchboard(endpoint))
        }
        ServerCommand::Rng(rng) => Some(Then::Switchboard(rng.endpoint)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Endpoint {
        text.parse().expect(text)
    }

    /// All steps for bytes that come in pieces of `size`, those without content left out.
    fn steps(bytes: &[u8], size: usize) -> (Vec<(String, Then)>, String) {
        let mut reader = ReadAlong::new();
        let mut steps: Vec<(String, Then)> = Vec::new();
        let mut pending = String::new();
        for piece in bytes.chunks(size) {
            reader.receive(piece.len());
            let mut left = [&reader.take_held(), piece].concat();
            loop {
                let step = reader.step(&left);
                let passed = left.drain(..step.count).collect();
                pending += &String::from_utf8(passed).expect("text");
                if step.then == Then::Wait {
                    break;
                }
                steps.push((std::mem::take(&mut pending), step.then));
            }
            reader.hold(&left);
        }
        pending += &String::from_utf8(reader.into_rest()).expect("text");
        (steps, pending)
    }

    /// The same for every way to cut the bytes evenly.
    fn check(bytes: &str, expected: &[(&str, Then)], rest: &str) {
        for size in 1..=bytes.len() {
            let (steps, left) = steps(bytes.as_bytes(), size);
            let steps: Vec<_> = steps.iter().map(|(b, then)| (b.as_str(), then)).collect();
            let expected: Vec<_> = expected.iter().map(|(b, then)| (*b, then)).collect();
            assert_eq!((steps, left.as_str()), (expected, rest), "pieces of {size}");
        }
    }

    #[test]
    fn a_switchboard_is_announced_before_the_command_that_names_it() {
        let xfr = "XFR 7 SB 192.0.2.50:1864 CKI 1.2\r\n";
        let rng = "RNG 11 192.0.2.51:1864 CKI 3.4 bob@example.com Bob\r\n";
        check(
            &format!("NLN NLN a@b.c A\r\n{xfr}{rng}QNG\r\n"),
            &[
                (
                    "NLN NLN a@b.c A\r\n",
                    Then::Switchboard(endpoint("192.0.2.50:1864")),
                ),
                (xfr, Then::Switchboard(endpoint("192.0.2.51:1864"))),
            ],
            &format!("{rng}QNG\r\n"),
        );
    }

    #[test]
    fn a_referral_comes_after_its_own_line() {
        check(
            "INF 2 MD5\r\nXFR 3 NS 10.0.0.5:1863 0\r\nrest",
            &[(
                "INF 2 MD5\r\nXFR 3 NS 10.0.0.5:1863 0\r\n",
                Then::Referral(endpoint("10.0.0.5:1863")),
            )],
            "rest",
        );
    }

    #[test]
    fn address_0_means_stay() {
        check("XFR 0 NS 0\r\nQNG\r\n", &[], "XFR 0 NS 0\r\nQNG\r\n");
    }

    #[test]
    fn a_command_inside_a_message_is_text() {
        let message = "MSG a@b.c A 37\r\nXFR 0 NS 169.254.169.254:80 0\r\nRNG 1 \r\n";
        check(message, &[], message);
    }

    #[test]
    fn a_command_that_names_no_address_passes() {
        let bytes = "XFR 7 SB nonsense:x CKI 1\r\nXFR\r\nRNG 1\r\n913 7\r\n";
        check(bytes, &[], bytes);
    }

    #[test]
    fn only_whole_commands_are_handed_on() {
        let mut reader = ReadAlong::new();
        let bytes = b"QNG\r\nMSG a@b.c A 5\r\nab";
        reader.receive(bytes.len());
        let count = "QNG\r\n".len();
        let then = Then::Wait;
        assert_eq!(reader.step(bytes), Step { count, then });
        reader.receive("cde".len());
        let count = "MSG a@b.c A 5\r\nabcde".len();
        assert_eq!(reader.step(b"cde").count, count);
    }

    #[test]
    fn a_line_of_any_length_is_handed_on_whole() {
        let name = "x".repeat(20_000);
        let bytes = format!("NLN NLN a@b.c {name}\r\nMSG a@b.c {name} 3\r\nabcQNG\r\n");
        for size in [1000, 100_000] {
            assert_eq!(steps(bytes.as_bytes(), size), (Vec::new(), bytes.clone()));
        }
    }

    #[test]
    fn what_is_whole_is_handed_on_before_nonsense_ends_the_stream() {
        let mut reader = ReadAlong::new();
        let bytes = b"QNG\r\nMSG a@b.c A x\r\n";
        reader.receive(bytes.len());
        let step = reader.step(bytes);
        assert_eq!(step.count, "QNG\r\n".len());
        assert_eq!(step.then, Then::Garbled(FrameError::BadLength));
    }
}
