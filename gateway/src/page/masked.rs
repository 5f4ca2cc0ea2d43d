//! Frames as pages send them, for tests: masked, whole or against the rules.

pub(crate) use super::bits::{BINARY, FINAL, PING, TEXT};

use super::bits::{EIGHT_BYTES, MASKED, TWO_BYTES};

/// That of the examples in RFC 6455 §5.7.
const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// A frame with the shortest form of its length.
pub(crate) fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let size = match payload.len() {
        0..126 => 0,
        126..65536 => 2,
        _ => 8,
    };
    masked_with(first, payload, size)
}

/// A frame with the length in `size` bytes; 0 for the header itself.
pub(crate) fn masked_with(first: u8, payload: &[u8], size: usize) -> Vec<u8> {
    let length = u64::try_from(payload.len())
        .expect("a length")
        .to_be_bytes();
    let mut frame = match size {
        0 => vec![first, MASKED | length[7]],
        2 => vec![first, MASKED | TWO_BYTES],
        _ => vec![first, MASKED | EIGHT_BYTES],
    };
    frame.extend(&length[8 - size..]);
    frame.extend(KEY);
    let masked = payload.iter().zip(KEY.iter().cycle());
    frame.extend(masked.map(|(byte, key)| byte ^ key));
    frame
}
