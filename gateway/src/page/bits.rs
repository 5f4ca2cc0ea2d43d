//! What the first two bytes of a frame are made of (RFC 6455 §5.2).

/// The last fragment of a message.
pub(crate) const FINAL: u8 = 0x80;
pub(crate) const TEXT: u8 = 1;
pub(crate) const BINARY: u8 = 2;
/// In an opcode: a close, a ping or a pong.
pub(crate) const CONTROL: u8 = 8;
pub(crate) const PING: u8 = 9;
/// Behind the length is the key that the payload is masked with.
pub(crate) const MASKED: u8 = 0x80;
/// In place of a length: it follows in so many bytes.
pub(crate) const TWO_BYTES: u8 = 126;
pub(crate) const EIGHT_BYTES: u8 = 127;
