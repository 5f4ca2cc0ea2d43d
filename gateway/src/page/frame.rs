//! Frames towards the page: unmasked, never fragmented, header in front of the payload in one buffer.

use super::bits::{BINARY, FINAL, PING, TEXT, TWO_BYTES};
use bytes::BufMut;

/// One frame, built in place: the payload is written behind room for its header.
#[derive(Debug, Default)]
pub(crate) struct OutFrame {
    bytes: Vec<u8>,
    /// What was written to the socket, or is no part of the frame.
    written: usize,
}

impl OutFrame {
    /// The longest payload of one frame: its length fits into two bytes.
    pub(crate) const MAX_PAYLOAD: usize = 0xffff;

    /// A frame without header and payload, with room for both.
    fn with_capacity(payload: usize) -> Self {
        Self::in_buffer(Vec::with_capacity(HEADER + payload))
    }

    /// The same in a buffer that is there already, and is empty.
    pub(crate) fn in_buffer(mut bytes: Vec<u8>) -> Self {
        bytes.put_bytes(0, HEADER);
        Self { bytes, written: 0 }
    }

    /// Gives the buffer back.
    pub(crate) fn into_buffer(self) -> Vec<u8> {
        self.bytes
    }

    /// A binary frame; the payload must not be longer than [`Self::MAX_PAYLOAD`].
    pub(crate) fn binary(payload: &[u8]) -> Self {
        let mut frame = Self::with_capacity(payload.len());
        frame.bytes.extend_from_slice(payload);
        frame.seal(BINARY);
        frame
    }

    /// A text frame; as above.
    pub(crate) fn text(payload: &str) -> Self {
        let mut frame = Self::with_capacity(payload.len());
        frame.bytes.extend_from_slice(payload.as_bytes());
        frame.seal(TEXT);
        frame
    }

    /// An empty ping.
    pub(crate) fn ping() -> Self {
        let mut frame = Self::with_capacity(0);
        frame.seal(PING);
        frame
    }

    /// Bytes that are frames already.
    pub(super) const fn ready(bytes: Vec<u8>) -> Self {
        Self { bytes, written: 0 }
    }

    /// Where the payload is to be appended.
    pub(crate) const fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// What was appended, before it is made a frame.
    pub(crate) fn payload(&self) -> &[u8] {
        self.bytes.get(HEADER..).unwrap_or_default()
    }

    /// Puts bytes in front of what was appended.
    pub(crate) fn put_first(&mut self, bytes: &[u8]) {
        self.bytes
            .splice(HEADER..HEADER, bytes.iter().copied())
            .for_each(drop);
    }

    /// Makes the first bytes of the payload a binary frame, and drops the others.
    pub(crate) fn seal_binary(&mut self, length: usize) {
        self.bytes.truncate(HEADER + length);
        self.seal(BINARY);
    }

    /// Adds bytes that are frames already.
    pub(super) fn append(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// What is still to be written.
    pub(crate) fn rest(&self) -> &[u8] {
        self.bytes.get(self.written..).unwrap_or_default()
    }

    pub(super) fn advance(&mut self, by: usize) {
        self.written += by;
    }

    /// Writes the header right in front of the payload.
    fn seal(&mut self, opcode: u8) {
        let payload = self.bytes.len().saturating_sub(HEADER);
        let first = FINAL | opcode;
        let short = u8::try_from(payload)
            .ok()
            .filter(|&length| length < TWO_BYTES);
        if let [a, b, c, d, ..] = self.bytes.as_mut_slice() {
            if let Some(length) = short {
                (*c, *d) = (first, length);
                self.written = 2;
            } else {
                debug_assert!(payload <= Self::MAX_PAYLOAD, "a frame of {payload} bytes");
                let [high, low] = u16::try_from(payload).unwrap_or(u16::MAX).to_be_bytes();
                (*a, *b, *c, *d) = (first, TWO_BYTES, high, low);
            }
        }
    }
}

/// The longest header that occurs here: two bytes, and two of length.
const HEADER: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_those_of_rfc_6455() {
        assert_eq!(OutFrame::text("Hello").rest(), b"\x81\x05Hello");
        assert_eq!(OutFrame::ping().rest(), b"\x89\x00");
        for (length, header) in [
            (125, &b"\x82\x7d"[..]),
            (126, b"\x82\x7e\x00\x7e"),
            (256, b"\x82\x7e\x01\x00"),
            (65535, b"\x82\x7e\xff\xff"),
        ] {
            let payload = vec![b'x'; length];
            let frame = OutFrame::binary(&payload);
            assert_eq!(frame.rest(), [header, &payload].concat(), "{length}");
        }
    }
}
