//! Frames as typed commands, and back.

mod error_code;

pub use error_code::ErrorCode;
