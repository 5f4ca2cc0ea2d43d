//! The bodies for bytes, commands and payloads: pure functions of their input.

use msnp6::command::{ClientCommand, ServerCommand};
use msnp6::payload::{Alert, Assembler, Payload, page};
use msnp6::wire::{Direction, FrameError, Framer, MAX_LINE};

/// A line and its payload.
type Owned = (Vec<u8>, Vec<u8>);

/// However bytes are cut, the frames are the same, and so is the error that ends them.
pub(crate) fn framer(data: &[u8]) {
    for direction in [Direction::FromServer, Direction::FromClient] {
        let whole = frames(direction, [data]);
        assert_eq!(frames(direction, data.chunks(1)), whole, "byte by byte");
        let size = 1 + data.iter().fold(0, |sum, &b| sum ^ usize::from(b));
        assert_eq!(
            frames(direction, data.chunks(size)),
            whole,
            "pieces of {size}"
        );
        let some = (
            whole
                .0
                .iter()
                .filter(|(line, _)| is_some(line))
                .cloned()
                .collect(),
            whole.1,
        );
        for size in [1, size, data.len().max(1)] {
            assert_eq!(fed(direction, data, size), some, "fed in pieces of {size}");
        }
    }
}

/// About half of all verbs; a line is known by its first word.
fn is_some(line: &[u8]) -> bool {
    let verb = line.split(|&byte| byte == b' ').next();
    verb.and_then(<[u8]>::last)
        .is_some_and(|letter| letter % 2 == 0)
}

/// The frames of those verbs, where no others are looked for.
fn fed(direction: Direction, data: &[u8], size: usize) -> (Vec<Owned>, Option<FrameError>) {
    let (mut framer, mut some, mut left) = (Framer::new(direction), Vec::new(), data.len() as u64);
    for mut piece in data.chunks(size) {
        left -= piece.len() as u64;
        loop {
            match framer.next_frame() {
                Ok(Some(frame)) if is_some(frame.line()) => {
                    some.push((frame.line().to_vec(), frame.payload().to_vec()));
                }
                Ok(Some(_)) => {}
                Ok(None) if piece.is_empty() => break,
                Ok(None) => piece = framer.feed(piece, is_some),
                Err(error) => return (some, Some(error)),
            }
        }
        let accounted = framer.consumed() + framer.buffered() as u64 + left;
        assert_eq!(
            accounted,
            data.len() as u64,
            "every byte is consumed or waits"
        );
    }
    (some, None)
}

fn frames<'a>(
    direction: Direction,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> (Vec<Owned>, Option<FrameError>) {
    let (mut framer, mut all, mut pushed) = (Framer::new(direction), Vec::new(), 0);
    for piece in pieces {
        framer.push(piece);
        pushed += piece.len() as u64;
        loop {
            match framer.next_frame() {
                Ok(Some(frame)) => all.push((frame.line().to_vec(), frame.payload().to_vec())),
                Ok(None) => break,
                Err(error) => return (all, Some(error)),
            }
        }
        let accounted = framer.consumed() + framer.buffered() as u64;
        assert_eq!(accounted, pushed, "every byte is consumed or waits");
    }
    (all, None)
}

/// A command that was read is written in a way that reads back as itself.
pub(crate) fn server_command(data: &[u8]) {
    for direction in [Direction::FromServer, Direction::FromClient] {
        let mut framer = Framer::new(direction);
        framer.push(data);
        while let Ok(Some(frame)) = framer.next_frame() {
            let Some(first) = written(direction, frame.verb(), &frame) else {
                continue;
            };
            let Some(second) = written_again(direction, &first) else {
                continue;
            };
            // The first writing may change a command: what no writer of ours would send is encoded.
            assert_eq!(
                second.escape_ascii().to_string(),
                first.escape_ascii().to_string()
            );
        }
    }
}

/// The bytes of the frame's command, if it is one that has bytes.
fn written(direction: Direction, verb: &[u8], frame: &msnp6::wire::Frame<'_>) -> Option<Vec<u8>> {
    let bytes = match direction {
        Direction::FromServer => ServerCommand::decode(frame).ok()?.encode(),
        Direction::FromClient => ClientCommand::decode(frame).ok()?.encode(),
    };
    let line = bytes.split(|&b| b == b'\n').next()?.len();
    // Percent-encoding can make a line longer than may be sent.
    (!bytes.is_empty() && line <= MAX_LINE).then(|| {
        assert!(bytes.starts_with(verb), "another command was written");
        bytes
    })
}

fn written_again(direction: Direction, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut framer = Framer::new(direction);
    framer.push(bytes);
    let frame = framer.next_frame().expect("what is written can be framed");
    let frame = frame.expect("what is written is whole");
    let again = written(direction, frame.verb(), &frame);
    assert_eq!(framer.buffered(), 0, "one command is one frame");
    again
}

/// Any body is read; a text that was read is written in a way that reads back as itself.
pub(crate) fn payload(data: &[u8]) {
    // A zero byte parts several bodies, so that pieces of one can come together.
    let mut assembler = Assembler::default();
    for body in data.split(|&b| b == 0) {
        match Payload::parse(body) {
            Payload::Text(text) => {
                let read = Payload::parse(&text.encode());
                assert_eq!(read, Payload::Text(text));
            }
            Payload::Typing(typing) => {
                assert_eq!(Payload::parse(&typing.encode()), Payload::Typing(typing));
            }
            Payload::Mail(notice) => {
                notice.apply(3);
            }
            Payload::Chunk(chunk) => {
                if let Some(whole) = assembler.add(chunk) {
                    Payload::parse(&whole);
                }
            }
            _ => {}
        }
    }
    if let Some(alert) = Alert::parse(data) {
        page(&alert.text);
    }
    page(&String::from_utf8_lossy(data));
}
