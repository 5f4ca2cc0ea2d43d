//! Frames of a page (RFC 6455 §5.2): where each begins and ends, and the payloads of plain ones, unmasked
//! where they lie and moved together. Pure. Whatever is not plain is left to tungstenite.

use super::bits::{BINARY, CONTROL, EIGHT_BYTES, FINAL, MASKED, TWO_BYTES};

/// The header of a frame from a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The last fragment, reserved bits, opcode.
    first: u8,
    key: Option<[u8; 4]>,
    /// How long the header is.
    length: usize,
    payload: usize,
    is_shortest: bool,
}

impl Head {
    /// The header that these bytes begin with, once all of it is there.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let [first, second, rest @ ..] = bytes else {
            return None;
        };
        let (payload, size, is_shortest) = match second & !MASKED {
            TWO_BYTES => {
                let length = u16::from_be_bytes(*rest.first_chunk()?);
                (length.into(), 2, length >= u16::from(TWO_BYTES))
            }
            EIGHT_BYTES => {
                let length = u64::from_be_bytes(*rest.first_chunk()?);
                (length, 8, length > u64::from(u16::MAX))
            }
            short => (short.into(), 0, true),
        };
        let key = if second & MASKED == 0 {
            None
        } else {
            Some(*rest.get(size..)?.first_chunk()?)
        };
        Some(Self {
            first: *first,
            key,
            length: 2 + size + key.map_or(0, |key| key.len()),
            payload: usize::try_from(payload).unwrap_or(usize::MAX),
            is_shortest,
        })
    }

    /// Header and payload.
    pub(super) const fn frame(&self) -> usize {
        self.length.saturating_add(self.payload)
    }

    /// Whether it says how long it is in as few bytes as it can; a page must.
    pub(super) const fn is_shortest(&self) -> bool {
        self.is_shortest
    }

    /// Whether the message goes on after this frame; of a control frame, which may come in between, nothing.
    pub(super) const fn goes_on(&self) -> Option<bool> {
        if self.first & CONTROL == 0 {
            Some(self.first & FINAL == 0)
        } else {
            None
        }
    }

    /// Whether the frame is a whole binary message that breaks no rule.
    pub(super) const fn is_plain(&self) -> bool {
        self.first == FINAL | BINARY
            && self.key.is_some()
            && self.is_shortest
            && self.payload <= super::MAX_MESSAGE
    }
}

/// What [`unmask`] found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unmasked {
    /// How many messages.
    pub(super) messages: u32,
    /// How long their payloads are together; they are at the beginning now.
    pub(super) payload: usize,
    /// How much was read: what comes behind it is as it was.
    pub(super) read: usize,
}

/// Takes whole and plain messages from the beginning, at most so many.
pub(super) fn unmask(bytes: &mut [u8], most: u32) -> Unmasked {
    let mut found = Unmasked::default();
    while found.messages < most {
        let unread = bytes.get(found.read..).unwrap_or_default();
        let Some(head) = Head::parse(unread).filter(Head::is_plain) else {
            break;
        };
        let (start, end) = (found.read + head.length, found.read + head.frame());
        let Some(payload) = bytes.get_mut(start..end) else {
            break;
        };
        if let Some(key) = head.key {
            apply(key, payload);
        }
        bytes.copy_within(start..end, found.payload);
        found.payload += head.payload;
        found.read = end;
        found.messages += 1;
    }
    found
}

/// Masks, or takes the mask off, which is the same (§5.3).
fn apply(key: [u8; 4], payload: &mut [u8]) {
    let [a, b, c, d] = key;
    let wide = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    let (eights, rest) = payload.as_chunks_mut::<8>();
    for eight in eights {
        *eight = (u64::from_ne_bytes(*eight) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(key.iter().cycle()) {
        *byte ^= key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::masked::{masked, masked_with as frame};

    fn binary(payload: &[u8]) -> Vec<u8> {
        masked(FINAL | BINARY, payload)
    }

    /// Three messages with every form of length, and one that is empty.
    fn messages() -> (Vec<u8>, Vec<u8>) {
        let long: Vec<u8> = (0..=255).cycle().take(super::super::MAX_MESSAGE).collect();
        let payloads = [&b"Hello"[..], b"", &long[..300], &long];
        let frames = payloads.iter().flat_map(|payload| binary(payload));
        (frames.collect(), payloads.concat())
    }

    #[test]
    fn the_masked_hello_of_rfc_6455_is_read() {
        let mut bytes = [
            0x82, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58,
        ];
        let found = unmask(&mut bytes, u32::MAX);
        let expected = Unmasked {
            messages: 1,
            payload: 5,
            read: 11,
        };
        assert_eq!(found, expected);
        assert_eq!(&bytes[..5], b"Hello");
    }

    #[test]
    fn whole_or_cut_in_two_anywhere_the_payload_is_the_same() {
        let (bytes, payload) = messages();
        let near_a_border =
            |at: &usize| *at < 400 || *at > bytes.len() - 20 || at.is_multiple_of(997);
        for at in (0..=bytes.len()).filter(near_a_border) {
            let mut first = bytes[..at].to_vec();
            let found = unmask(&mut first, u32::MAX);
            assert_eq!(
                first[found.read..],
                bytes[found.read..at],
                "left as it was, {at}"
            );
            let mut second = bytes[found.read..].to_vec();
            let rest = unmask(&mut second, u32::MAX);
            assert_eq!(found.messages + rest.messages, 4, "cut at {at}");
            let together = [&first[..found.payload], &second[..rest.payload]].concat();
            assert!(together == payload, "cut at {at}");
        }
    }

    #[test]
    fn byte_by_byte_the_payload_is_the_same() {
        let bytes = [binary(b"Hello"), binary(&[7; 130]), binary(b"you")].concat();
        let (mut buffer, mut payload) = (Vec::new(), Vec::new());
        for byte in bytes {
            buffer.push(byte);
            let found = unmask(&mut buffer, u32::MAX);
            payload.extend_from_slice(&buffer[..found.payload]);
            buffer.drain(..found.read);
        }
        assert_eq!(payload, [&b"Hello"[..], &[7; 130], b"you"].concat());
        assert!(buffer.is_empty());
    }

    #[test]
    fn no_more_messages_are_taken_than_are_asked_for() {
        let mut bytes = [binary(b"one"), binary(b"two")].concat();
        let found = unmask(&mut bytes, 1);
        assert_eq!((found.messages, found.payload, found.read), (1, 3, 9));
        assert_eq!(bytes[9..], binary(b"two"));
    }

    #[test]
    fn what_is_not_plain_is_left_as_it_is_behind_what_is() {
        let mut unmasked = binary(b"x");
        unmasked[1] &= !MASKED;
        let too_long = binary(&vec![0; super::super::MAX_MESSAGE + 1]);
        for other in [
            frame(FINAL | 1, b"text", 0),
            frame(BINARY, b"fragment", 0),
            frame(FINAL, b"continuation", 0),
            frame(FINAL | 9, b"ping", 0),
            frame(FINAL | 8, b"", 0),
            frame(FINAL | 0x40 | BINARY, b"reserved", 0),
            frame(FINAL | BINARY, b"not shortest", 2),
            frame(FINAL | BINARY, &[0; 200], 8),
            unmasked,
            too_long,
        ] {
            let mut bytes = [binary(b"plain"), other.clone()].concat();
            let found = unmask(&mut bytes, u32::MAX);
            assert_eq!((found.messages, found.payload), (1, 5), "{other:x?}");
            assert!(!Head::parse(&other).expect("a header").is_plain());
            assert_eq!(bytes[found.read..], other);
        }
    }

    #[test]
    fn a_header_says_where_its_frame_ends_and_whether_its_message_goes_on() {
        let head = |bytes: &[u8]| Head::parse(bytes).expect("a header");
        for (bytes, length, goes_on) in [
            (frame(BINARY, b"fragment", 0), 14, Some(true)),
            (frame(0, &[0; 126], 2), 134, Some(true)),
            (frame(FINAL, &vec![0; 65536], 8), 65550, Some(false)),
            (frame(FINAL | 9, b"", 0), 6, None),
        ] {
            let head = head(&bytes);
            assert_eq!((head.frame(), head.goes_on()), (length, goes_on));
            assert!(head.is_shortest());
        }
        assert!(!head(&frame(FINAL | BINARY, &[0; 125], 2)).is_shortest());
        assert!(!head(&frame(FINAL | BINARY, &vec![0; 65535], 8)).is_shortest());
        assert_eq!(
            head(&[
                0x82, 0xff, 255, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4
            ])
            .frame(),
            usize::MAX
        );
    }
}
