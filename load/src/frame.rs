//! WebSocket frames as a page has them: masked towards the gateway, plain from it (RFC 6455 §5.2).

/// One frame from a page, whole.
pub(crate) fn masked(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![FINAL | opcode];
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(length @ 0..=125), _) => frame.push(MASKED | length),
        (_, Ok(length)) => {
            frame.push(MASKED | TWO_BYTES);
            frame.extend(length.to_be_bytes());
        }
        _ => {
            frame.push(MASKED | EIGHT_BYTES);
            frame.extend(
                u64::try_from(payload.len())
                    .unwrap_or(u64::MAX)
                    .to_be_bytes(),
            );
        }
    }
    frame.extend(KEY);
    frame.extend(
        payload
            .iter()
            .zip(KEY.iter().cycle())
            .map(|(byte, key)| byte ^ key),
    );
    frame
}

/// Counts what comes from a gateway, cut anywhere.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    /// Bytes in binary frames.
    pub(crate) bytes: u64,
    /// Pings that were not answered yet.
    pub(crate) pings: u32,
    /// Whether a close frame came.
    pub(crate) is_closed: bool,
    header: Vec<u8>,
    opcode: u8,
    left: u64,
}

impl Counter {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.push_with(bytes, |_| {});
    }

    /// The same, and shows what is in binary frames.
    pub(crate) fn push_with(&mut self, mut bytes: &[u8], mut show: impl FnMut(&[u8])) {
        while let Some((&first, rest)) = bytes.split_first() {
            if self.left > 0 {
                let here = bytes
                    .len()
                    .min(usize::try_from(self.left).unwrap_or(usize::MAX));
                let (payload, rest) = bytes.split_at(here);
                if self.take(here) {
                    show(payload);
                }
                bytes = rest;
                continue;
            }
            self.header.push(first);
            bytes = rest;
            if let Some((opcode, length)) = head(&self.header) {
                self.header.clear();
                (self.opcode, self.left) = (opcode, length);
                match opcode {
                    PING => self.pings += 1,
                    CLOSE => self.is_closed = true,
                    _ => {}
                }
            }
        }
    }

    /// Whether it was in a binary frame.
    fn take(&mut self, count: usize) -> bool {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.left -= count;
        let is_binary = matches!(self.opcode, BINARY | CONTINUATION);
        if is_binary {
            self.bytes += count;
        }
        is_binary
    }
}

/// Opcode and length of the payload, once the header is whole.
fn head(header: &[u8]) -> Option<(u8, u64)> {
    let (first, rest) = header.split_first()?;
    let opcode = first & 0x0f;
    let (&length, rest) = rest.split_first()?;
    let length = match length {
        TWO_BYTES => u64::from(u16::from_be_bytes(rest.try_into().ok()?)),
        EIGHT_BYTES => u64::from_be_bytes(rest.try_into().ok()?),
        short => u64::from(short),
    };
    Some((opcode, length))
}

const FINAL: u8 = 0x80;
const MASKED: u8 = 0x80;
/// In place of a length: it follows in so many bytes.
const TWO_BYTES: u8 = 126;
const EIGHT_BYTES: u8 = 127;
/// Any will do; a page takes another one for each frame, which costs a bridge neither more nor less.
const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

const CONTINUATION: u8 = 0;
pub(crate) const BINARY: u8 = 2;
pub(crate) const CLOSE: u8 = 8;
const PING: u8 = 9;
pub(crate) const PONG: u8 = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_frame_is_that_of_rfc_6455() {
        // The masked "Hello" of §5.7, which is text there.
        let expected = [
            0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58,
        ];
        assert_eq!(masked(1, b"Hello"), expected);
        assert_eq!(masked(BINARY, &[0; 126])[..4], [0x82, 0xfe, 0, 126]);
        let long = masked(BINARY, &vec![0; 65536]);
        assert_eq!(long[..10], [0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0]);
    }

    #[test]
    fn binary_bytes_are_counted_however_they_are_cut() {
        let mut bytes = b"\x81\x05READY\x82\x03abc\x89\x00\x82\x7e\x00\x80".to_vec();
        bytes.extend([b'x'; 128]);
        bytes.extend(b"\x82\x7f\0\0\0\0\0\0\0\x01y\x88\x00");
        for size in 1..=bytes.len() {
            let mut counter = Counter::default();
            bytes.chunks(size).for_each(|piece| counter.push(piece));
            let seen = (counter.bytes, counter.pings, counter.is_closed);
            assert_eq!(seen, (3 + 128 + 1, 1, true), "pieces of {size}");
        }
    }
}
