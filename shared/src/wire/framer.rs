//! Cuts a byte stream into frames, whatever the network cut it into. Owns its buffer and its limits;
//! every call either consumes, waits for more, or fails for good.

use super::{Frame, FrameError, MAX_LINE, MAX_PAYLOAD};

/// Who wrote the bytes: the two sides put payloads behind different commands (reference §1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From a server to a client.
    FromServer,
    /// From a client to a server.
    FromClient,
}

/// A framer for one direction of one byte stream.
///
/// ```
/// use msnp6::wire::{Direction, Framer};
///
/// let mut framer = Framer::new(Direction::FromServer);
/// framer.push(b"VER 1 MSNP6\r\nINF 2 M");
/// assert_eq!(framer.next_frame().unwrap().unwrap().line(), b"VER 1 MSNP6");
/// assert!(framer.next_frame().unwrap().is_none());
/// framer.push(b"D5\r\n");
/// assert_eq!(framer.next_frame().unwrap().unwrap().line(), b"INF 2 MD5");
/// ```
#[derive(Debug)]
pub struct Framer {
    direction: Direction,
    buffer: Vec<u8>,
    /// Where the next frame begins in `buffer`.
    head: usize,
    /// How much behind `head` was searched for a line end already, so that no byte is searched twice.
    searched: usize,
    /// The line whose payload has not all come yet.
    awaited: Option<Awaited>,
    /// How many bytes of the line that is being read were left out, because it is too long.
    left_out: usize,
    consumed: u64,
    failure: Option<FrameError>,
}

/// A line that was found, as offsets from the frame's beginning.
#[derive(Clone, Copy, Debug)]
struct Awaited {
    line_end: usize,
    payload_start: usize,
    payload_end: usize,
}

impl Framer {
    /// An idle framer keeps no more than this, so that thousands of them cost little.
    const IDLE_CAPACITY: usize = 4 * 1024;

    /// What stays of the end of a line that is too long: more than the longest length of a payload.
    const LONG_LINE_END: usize = 64;

    /// How much of a line may be left out. One that goes on longer never ends.
    const MAX_LEFT_OUT: usize = 1024 * 1024;

    /// An empty framer.
    pub const fn new(direction: Direction) -> Self {
        Self {
            direction,
            buffer: Vec::new(),
            head: 0,
            searched: 0,
            awaited: None,
            left_out: 0,
            consumed: 0,
            failure: None,
        }
    }

    /// Adds bytes as they came. Take out every frame before adding more, or the buffer grows.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.head == self.buffer.len() {
            self.buffer.clear();
            self.head = 0;
        } else if self.head > self.buffer.len() / 2 {
            self.buffer.drain(..self.head);
            self.head = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// For whoever looks for a few commands only: takes of `bytes`, which come next, whole frames without keeping
    /// them, up to one of which `is_wanted` says so by its verb, and [pushes](Self::push) no more than what belongs
    /// to that one, or to one that has not come whole. Gives the rest. Call it when [`next_frame`](Self::next_frame)
    /// has said `None`, and until nothing is left; no frame that it passed over will be returned.
    pub fn feed<'a>(&mut self, bytes: &'a [u8], is_wanted: impl Fn(&[u8]) -> bool) -> &'a [u8] {
        let bytes = self.pass_over(bytes, is_wanted);
        let missing = match self.awaited {
            Some(awaited) => awaited.payload_end - (self.buffer.len() - self.head),
            None => memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1),
        };
        let (part, rest) = bytes.split_at(missing.min(bytes.len()));
        self.push(part);
        rest
    }

    fn pass_over<'a>(&mut self, bytes: &'a [u8], is_wanted: impl Fn(&[u8]) -> bool) -> &'a [u8] {
        let mut rest = bytes;
        if self.failure.is_some() || self.buffered() > 0 {
            return rest;
        }
        while let Some(newline) = memchr::memchr(b'\n', rest) {
            let end = line_end(rest, newline);
            let line = rest.get(..end).unwrap_or_default();
            let is_told = end > MAX_LINE || is_wanted(Frame::new(line, &[]).verb());
            let payload = payload_length(self.direction, line);
            let Some(length) = payload.ok().filter(|_| !is_told) else {
                break;
            };
            let Some(behind) = rest.get(newline + 1 + length..) else {
                break;
            };
            rest = behind;
        }
        self.count(bytes.len() - rest.len());
        rest
    }

    /// Gives back the memory of a framer that waits for the first byte of a frame. It takes some again with
    /// the next [`push`](Self::push), so this is for whoever has thousands of them, most of them idle.
    pub fn release(&mut self) {
        if self.head == self.buffer.len() {
            self.buffer = Vec::new();
            self.head = 0;
        }
    }

    /// The next whole frame, or `None` until more bytes come. Empty lines are skipped. An error is final.
    ///
    /// A line that is too long is an error from a client. From a server it lacks its middle: servers take
    /// names of any length and pass them on, and nobody's name may end the sessions of others.
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, FrameError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let found = loop {
            match self.find() {
                Ok(Some(found)) if found.line_end == 0 => self.advance(found.payload_end),
                Ok(found) => break found,
                Err(failure) => {
                    self.failure = Some(failure);
                    return Err(failure);
                }
            }
        };
        let Some(Awaited {
            line_end,
            payload_start,
            payload_end,
        }) = found
        else {
            if self.head == self.buffer.len() && self.buffer.capacity() > Self::IDLE_CAPACITY {
                self.buffer = Vec::new();
                self.head = 0;
            }
            return Ok(None);
        };
        let start = self.head;
        self.advance(payload_end);
        let frame = self
            .buffer
            .get(start..start + payload_end)
            .unwrap_or_default();
        let line = frame.get(..line_end).unwrap_or_default();
        Ok(Some(Frame::new(
            line,
            frame.get(payload_start..).unwrap_or_default(),
        )))
    }

    /// How many bytes of the stream, from its beginning, the frames returned so far took, with the empty
    /// lines between them. A gateway may forward exactly that much.
    pub const fn consumed(&self) -> u64 {
        self.consumed
    }

    /// How many bytes wait for the rest of their frame, with those that are left out of a line.
    pub const fn buffered(&self) -> usize {
        self.buffer.len() - self.head + self.left_out
    }

    /// The frame that is complete, if any: it begins at `head` and ends at `payload_end`.
    fn find(&mut self) -> Result<Option<Awaited>, FrameError> {
        let awaited = match self.awaited {
            Some(awaited) => awaited,
            None => match self.find_line()? {
                Some(found) => *self.awaited.insert(found),
                None => return Ok(None),
            },
        };
        let is_whole = self.buffer.len() - self.head >= awaited.payload_end;
        Ok(is_whole.then_some(awaited))
    }

    fn find_line(&mut self) -> Result<Option<Awaited>, FrameError> {
        let unread = self.buffer.get(self.head..).unwrap_or_default();
        let tail = unread.get(self.searched..).unwrap_or_default();
        let Some(at) = memchr::memchr(b'\n', tail) else {
            self.searched = unread.len();
            if self.searched > MAX_LINE + 1 {
                // The last byte may be the first of the line end.
                self.shorten(self.searched, 1)?;
            }
            return Ok(None);
        };
        let newline = self.searched + at;
        let mut end = line_end(unread, newline);
        let behind = newline - end;
        if end > MAX_LINE {
            self.shorten(newline, behind)?;
            end = MAX_LINE;
        }
        let unread = self.buffer.get(self.head..).unwrap_or_default();
        let line = unread.get(..end).unwrap_or_default();
        let payload = payload_length(self.direction, line)?;
        let payload_start = end + behind + 1;
        Ok(Some(Awaited {
            line_end: end,
            payload_start,
            payload_end: payload_start + payload,
        }))
    }

    /// Leaves out the middle of a line that is too long: `length` bytes of it have come, the last `behind`
    /// of them perhaps not its own. [`MAX_LINE`] bytes and those behind stay.
    fn shorten(&mut self, length: usize, behind: usize) -> Result<(), FrameError> {
        let too_many = length - behind - MAX_LINE;
        let left_out = self.left_out + too_many;
        let line = self.buffer.get(self.head..).unwrap_or_default();
        let is_from_server = self.direction == Direction::FromServer;
        // What does not even begin like a command is no MSNP.
        let is_command = line.get(3) == Some(&b' ');
        if !(is_from_server && is_command) || left_out > Self::MAX_LEFT_OUT {
            return Err(FrameError::LineTooLong);
        }
        self.left_out = left_out;
        let start = self.head + MAX_LINE - Self::LONG_LINE_END;
        self.buffer.drain(start..start + too_many);
        self.searched -= too_many.min(self.searched);
        Ok(())
    }

    fn advance(&mut self, by: usize) {
        self.head += by;
        self.searched = 0;
        self.awaited = None;
        let left_out = core::mem::take(&mut self.left_out);
        self.count(by.saturating_add(left_out));
    }

    fn count(&mut self, taken: usize) {
        let taken = u64::try_from(taken).unwrap_or(u64::MAX);
        self.consumed = self.consumed.saturating_add(taken);
    }
}

/// Where the line ends whose last byte is before `newline`: a carriage return there is no part of it.
fn line_end(unread: &[u8], newline: usize) -> usize {
    let line = unread.get(..newline).unwrap_or_default();
    line.strip_suffix(b"\r").unwrap_or(line).len()
}

/// How many payload bytes follow a line.
fn payload_length(direction: Direction, line: &[u8]) -> Result<usize, FrameError> {
    let Some((verb, [b' ', params @ ..])) = line.split_at_checked(3) else {
        return Ok(0);
    };
    let rule = payload_rule(direction, verb);
    if rule == PayloadRule::Never {
        return Ok(0);
    }
    let params = params.trim_ascii_end();
    let length = params.rsplit(|&b| b == b' ').next().and_then(decimal);
    match (rule, length) {
        (_, Some(length)) if length > MAX_PAYLOAD => Err(FrameError::PayloadTooLong),
        (_, Some(length)) => Ok(length),
        (PayloadRule::Always, None) => Err(FrameError::BadLength),
        (PayloadRule::Never | PayloadRule::IfNumeric, None) => Ok(0),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PayloadRule {
    Never,
    Always,
    /// Commands of later dialects: consumed without harm should a server send them.
    IfNumeric,
}

const fn payload_rule(direction: Direction, verb: &[u8]) -> PayloadRule {
    match (direction, verb) {
        (Direction::FromServer, b"MSG" | b"NOT" | b"IPG")
        | (Direction::FromClient, b"MSG" | b"QRY" | b"PAG" | b"SDC") => PayloadRule::Always,
        (
            Direction::FromServer,
            b"UBX" | b"UBN" | b"UBM" | b"GCF" | b"ADL" | b"RML" | b"FQY" | b"NFY" | b"PUT" | b"SDG",
        ) => PayloadRule::IfNumeric,
        _ => PayloadRule::Never,
    }
}

fn decimal(word: &[u8]) -> Option<usize> {
    // Longer numbers could only be too large, and would overflow.
    if word.is_empty() || word.len() > 9 {
        return (word.len() > 9 && word.iter().all(u8::is_ascii_digit)).then_some(usize::MAX);
    }
    word.iter().try_fold(0usize, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + usize::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    /// A line and its payload.
    type Owned = (Vec<u8>, Vec<u8>);

    fn frames(direction: Direction, bytes: &[u8]) -> Result<Vec<Owned>, FrameError> {
        let mut framer = Framer::new(direction);
        framer.push(bytes);
        let mut all = Vec::new();
        while let Some(frame) = framer.next_frame()? {
            all.push((frame.line().to_vec(), frame.payload().to_vec()));
        }
        Ok(all)
    }

    #[test]
    fn a_payload_that_looks_like_commands_stays_a_payload() {
        let all = frames(
            Direction::FromServer,
            b"MSG a@b A 21\r\nXFR 0 NS 10.0.0.1 0\r\nNLN NLN a@b A\r\n",
        );
        let expected = vec![
            (
                b"MSG a@b A 21".to_vec(),
                b"XFR 0 NS 10.0.0.1 0\r\n".to_vec(),
            ),
            (b"NLN NLN a@b A".to_vec(), Vec::new()),
        ];
        assert_eq!(all, Ok(expected));
    }

    /// The wanted frames with where each one ends, and how much was taken in all, for pieces of `size` bytes.
    type Found = (Vec<(Owned, u64)>, u64, Option<FrameError>);

    fn wanted(bytes: &[u8], size: usize, is_fed: bool) -> Found {
        let is_wanted = |verb: &[u8]| verb == b"XFR" || verb == b"RNG";
        let mut framer = Framer::new(Direction::FromServer);
        let mut found = Vec::new();
        for piece in bytes.chunks(size) {
            let mut rest = piece;
            loop {
                match framer.next_frame() {
                    Ok(Some(frame)) if is_wanted(frame.verb()) => {
                        let owned = (frame.line().to_vec(), frame.payload().to_vec());
                        found.push((owned, framer.consumed()));
                    }
                    Ok(Some(_)) => {}
                    Ok(None) if rest.is_empty() => break,
                    Ok(None) if is_fed => rest = framer.feed(rest, is_wanted),
                    Ok(None) => framer.push(core::mem::take(&mut rest)),
                    Err(error) => return (found, framer.consumed(), Some(error)),
                }
            }
        }
        (found, framer.consumed(), None)
    }

    #[test]
    fn what_is_wanted_is_found_however_the_stream_is_cut() {
        let long = [
            b"NLN NLN a@b ".as_slice(),
            &vec![b'x'; 3 * MAX_LINE],
            b"\r\n",
        ]
        .concat();
        let whole = [
            b"\r\n\nQNG\nNLN NLN a@b A\r\nMSG a@b A 21\r\nXFR 0 NS 10.0.0.1 0\r\n".as_slice(),
            b"XFR 3 SB 10.0.0.1:1863 CKI 1\r\nFLN a@b\r\nAB\r\nMSG a@b A 2\r\n\r\n",
            &long,
            b"RNG 1 10.0.0.1:1863 CKI 2 a@b A\r\nFLN a@b\r\nNLN N",
        ]
        .concat();
        let garbled = [
            &whole,
            b"\r\nMSG a@b A x\r\nXFR 1 NS 10.0.0.1\r\n".as_slice(),
        ]
        .concat();
        for bytes in [whole, garbled] {
            for size in (1..100).chain([MAX_LINE, bytes.len()]) {
                let fed = wanted(&bytes, size, true);
                assert_eq!(fed.0.len(), 2, "in pieces of {size}");
                assert_eq!(fed, wanted(&bytes, size, false), "in pieces of {size}");
            }
        }
    }

    #[test]
    fn nothing_is_kept_of_frames_that_nobody_wants() {
        let mut framer = Framer::new(Direction::FromServer);
        let rest = framer.feed(b"FLN a@b\r\nMSG a@b A 2\r\nhiNLN", |_| false);
        assert_eq!((rest, framer.buffered()), (b"".as_slice(), "NLN".len()));
        assert_eq!(framer.consumed(), 24);
    }

    #[test]
    fn no_more_is_kept_than_the_frame_that_is_wanted() {
        let mut framer = Framer::new(Direction::FromServer);
        let rest = framer.feed(b"FLN a@b\r\nXFR 1\r\nQNG\r\n", |verb| verb == b"XFR");
        assert_eq!(rest, b"QNG\r\n");
        let frame = framer
            .next_frame()
            .expect("a frame")
            .map(|frame| frame.line().to_vec());
        assert_eq!(frame.as_deref(), Some(b"XFR 1".as_slice()));
        assert_eq!((framer.buffered(), framer.consumed()), (0, 16));
    }

    #[test]
    fn what_is_wanted_is_known_by_its_whole_first_word() {
        let mut framer = Framer::new(Direction::FromServer);
        let rest = framer.feed(b"XFRX 1\r\nXF R\r\nXFR\r\nQNG\r\n", |verb| verb == b"XFR");
        assert_eq!(
            (rest, framer.buffered()),
            (b"QNG\r\n".as_slice(), "XFR\r\n".len())
        );
    }

    #[test]
    fn a_query_has_a_payload_only_from_a_client() {
        let line = b"QRY 10 msmsgs@msnmsgr.com 2\r\nab".as_slice();
        assert_eq!(
            frames(Direction::FromClient, line).map(|all| all[0].1.clone()),
            Ok(b"ab".to_vec())
        );
        assert_eq!(
            frames(Direction::FromServer, b"QRY 10\r\nNLN NLN a@b A\r\n").map(|all| all.len()),
            Ok(2)
        );
    }

    #[test]
    fn a_bare_line_feed_ends_a_line_and_empty_lines_are_skipped() {
        let all = frames(Direction::FromServer, b"\r\n\nQNG\n\r\nOUT\r\n").expect("frames");
        assert_eq!(
            all.iter()
                .map(|(line, _)| line.as_slice())
                .collect::<Vec<_>>(),
            [b"QNG", b"OUT"]
        );
    }

    #[test]
    fn a_length_that_is_no_number_is_final() {
        for line in [
            "MSG a A\r\n",
            "MSG a A -1\r\n",
            "MSG a A 1x\r\n",
            "NOT x\r\n",
        ] {
            assert_eq!(
                frames(Direction::FromServer, line.as_bytes()),
                Err(FrameError::BadLength),
                "{line}"
            );
        }
        let mut framer = Framer::new(Direction::FromServer);
        framer.push(b"MSG a A x\r\nOUT\r\n");
        assert_eq!(framer.next_frame(), Err(FrameError::BadLength));
        assert_eq!(framer.next_frame(), Err(FrameError::BadLength));
    }

    #[test]
    fn limits_hold_before_anything_is_buffered_for_them() {
        // What the architecture promises, in figures: a constant compared with itself shows nothing.
        assert_eq!((MAX_LINE, MAX_PAYLOAD), (8_192, 65_536));
        let limit = "A".repeat(MAX_LINE);
        assert_eq!(
            frames(Direction::FromServer, format!("{limit}\r\n").as_bytes()).map(|all| all.len()),
            Ok(1)
        );
        assert_eq!(
            frames(Direction::FromClient, format!("{limit}A\r\n").as_bytes()),
            Err(FrameError::LineTooLong)
        );
        assert_eq!(
            frames(Direction::FromClient, format!("{limit}AA").as_bytes()),
            Err(FrameError::LineTooLong)
        );
        for length in ["65537", "4294967296", "99999999999999999999999"] {
            let line = format!("MSG a A {length}\r\n");
            assert_eq!(
                frames(Direction::FromServer, line.as_bytes()),
                Err(FrameError::PayloadTooLong)
            );
        }
        let largest = format!("MSG a A 65536\r\n{}", "x".repeat(MAX_PAYLOAD));
        assert_eq!(
            frames(Direction::FromServer, largest.as_bytes()).map(|all| all[0].1.len()),
            Ok(MAX_PAYLOAD)
        );
    }

    #[test]
    fn a_line_of_a_server_that_is_too_long_lacks_its_middle_however_it_is_cut() {
        for name in [MAX_LINE - 30, MAX_LINE - 20, MAX_LINE, 3 * MAX_LINE] {
            for end in ["\n", "\r\n"] {
                let name = ["<", &"x".repeat(name), ">"].concat();
                let said = format!("NLN NLN a@b {name}{end}MSG a@b {name} 3{end}abcQNG{end}");
                let whole = frames(Direction::FromServer, said.as_bytes()).expect("frames");
                for size in [1, 7, 4000] {
                    let mut framer = Framer::new(Direction::FromServer);
                    let mut all = Vec::new();
                    for piece in said.as_bytes().chunks(size) {
                        framer.push(piece);
                        while let Some(frame) = framer.next_frame().expect("sound") {
                            all.push((frame.line().to_vec(), frame.payload().to_vec()));
                        }
                        assert!(framer.buffer.len() - framer.head <= MAX_LINE + "\r\nabc".len());
                    }
                    assert!(all == whole);
                    assert_eq!(framer.consumed(), u64::try_from(said.len()).unwrap_or(0));
                }
                let [(presence, _), (text, body), (last, _)] = whole.as_slice() else {
                    panic!("{} frames", whole.len())
                };
                assert!(presence.starts_with(b"NLN NLN a@b <x") && presence.ends_with(b"x>"));
                assert!(text.starts_with(b"MSG a@b <x") && text.ends_with(b"x> 3"));
                assert_eq!(
                    (body.as_slice(), last.as_slice()),
                    (&b"abc"[..], &b"QNG"[..])
                );
                assert!(presence.len().max(text.len()) <= MAX_LINE);
            }
        }
    }

    #[test]
    fn a_line_of_a_server_that_never_ends_is_final() {
        let mut framer = Framer::new(Direction::FromServer);
        framer.push(b"NLN ");
        let piece = [b'x'; 4096];
        let failure = (0..1000).find_map(|_| {
            framer.push(&piece);
            framer.next_frame().err()
        });
        assert_eq!(failure, Some(FrameError::LineTooLong));
        assert!(framer.buffer.len() <= MAX_LINE + piece.len() + 1);
    }

    #[test]
    fn a_long_line_of_a_server_that_begins_like_no_command_is_final() {
        let junk = "A".repeat(MAX_LINE + 2);
        let framed = frames(Direction::FromServer, junk.as_bytes());
        assert_eq!(framed, Err(FrameError::LineTooLong));
    }

    #[test]
    fn an_idle_framer_keeps_a_little_and_gives_back_the_rest() {
        let mut framer = Framer::new(Direction::FromServer);
        framer.push(format!("{}\r\n", "A".repeat(3_000)).as_bytes());
        while framer.next_frame() != Ok(None) {}
        assert!(framer.buffer.capacity() >= 3_000);
        framer.push(format!("MSG a A 60000\r\n{}", "x".repeat(60_000)).as_bytes());
        while framer.next_frame() != Ok(None) {}
        assert_eq!(framer.buffer.capacity(), 0);
    }

    #[test]
    fn frames_that_were_taken_leave_the_buffer_although_another_has_begun() {
        let mut framer = Framer::new(Direction::FromServer);
        framer.push(b"QNG\r\nQN");
        for _ in 0..1_000 {
            while framer.next_frame() != Ok(None) {}
            framer.push(b"G\r\nQN");
        }
        assert!(framer.buffer.len() < 32, "{}", framer.buffer.len());
    }

    #[test]
    fn the_longest_line_may_come_in_pieces() {
        let mut framer = Framer::new(Direction::FromServer);
        framer.push("A".repeat(MAX_LINE).as_bytes());
        assert_eq!(framer.next_frame(), Ok(None));
        framer.push(b"\r");
        assert_eq!(framer.next_frame(), Ok(None));
        framer.push(b"\n");
        let line = framer
            .next_frame()
            .map(|frame| frame.map(|it| it.line().len()));
        assert_eq!(line, Ok(Some(MAX_LINE)));
    }

    #[test]
    fn payloads_of_later_dialects_are_consumed() {
        let all = frames(
            Direction::FromServer,
            b"UBX a@b 3\r\nOUTADL 5 OK\r\nGCF 0 2\r\nXXQNG\r\n",
        )
        .expect("frames");
        assert_eq!(
            all.iter().map(|(line, _)| line.len()).collect::<Vec<_>>(),
            [9, 8, 7, 3]
        );
    }

    #[test]
    fn consumed_tells_where_in_the_stream_a_frame_ended() {
        let mut framer = Framer::new(Direction::FromServer);
        framer.push(b"VER 1 MSNP6\r\n\r\nXFR 3 NS a:1 0\r\nrest");
        assert!(framer.next_frame().expect("sound").is_some());
        assert_eq!(framer.consumed(), 13);
        assert!(framer.next_frame().expect("sound").is_some());
        assert_eq!(framer.consumed(), 31);
        assert!(framer.next_frame().expect("sound").is_none());
        assert_eq!((framer.consumed(), framer.buffered()), (31, 4));
    }

    #[test]
    fn an_idle_framer_gives_its_memory_back() {
        let mut framer = Framer::new(Direction::FromServer);
        framer.push(&b"NLN NLN a@b A\r\n".repeat(10_000));
        while framer.next_frame().expect("sound").is_some() {}
        assert!(framer.buffer.capacity() <= Framer::IDLE_CAPACITY);
    }

    #[test]
    fn released_memory_is_all_of_it_and_what_is_begun_stays() {
        let mut framer = Framer::new(Direction::FromServer);
        framer.push(b"QNG\r\nQN");
        assert!(framer.next_frame().expect("sound").is_some());
        framer.release();
        framer.push(b"G\r\n");
        let frame = framer
            .next_frame()
            .expect("sound")
            .map(|frame| frame.line().to_vec());
        assert_eq!(frame.as_deref(), Some(&b"QNG"[..]));
        framer.release();
        assert_eq!((framer.buffer.capacity(), framer.consumed()), (0, 10));
        framer.push(b"QNG\r\n");
        assert!(framer.next_frame().expect("sound").is_some());
        assert_eq!(framer.consumed(), 15);
    }
}
