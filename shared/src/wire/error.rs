//! What can be wrong with bytes (the link is lost) and with one line (the line is skipped).

use core::fmt;

/// The stream cannot be framed any further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// A line is longer than [`MAX_LINE`](super::MAX_LINE), or a server's never ends.
    LineTooLong,
    /// A payload is longer than [`MAX_PAYLOAD`](super::MAX_PAYLOAD).
    PayloadTooLong,
    /// A command that has a payload does not say how long it is.
    BadLength,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LineTooLong => "a line is too long",
            Self::PayloadTooLong => "a payload is longer than 64 KiB",
            Self::BadLength => "a payload's length is no number",
        })
    }
}

impl core::error::Error for FrameError {}

/// One field of one command is not what it must be. Holds no content: it may be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The command's word, as far as it is printable ASCII.
    pub verb: [u8; 3],
    /// The field, in words of the reference.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is not there.
    Missing,
    /// It is not of the form that it must have.
    Malformed,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = match self.problem {
            Problem::Missing => "is missing",
            Problem::Malformed => "is malformed",
        };
        write!(
            f,
            "{}: the {} {problem}",
            self.verb.escape_ascii(),
            self.field
        )
    }
}

impl core::error::Error for FieldError {}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_cannot_be_framed_says_why() {
        let said = [
            FrameError::LineTooLong,
            FrameError::PayloadTooLong,
            FrameError::BadLength,
        ]
        .map(|error| error.to_string());
        assert_eq!(
            said,
            [
                "a line is too long",
                "a payload is longer than 64 KiB",
                "a payload's length is no number"
            ]
        );
    }

    #[test]
    fn a_wrong_field_is_named_with_its_command_and_nothing_of_its_content() {
        let error = FieldError {
            verb: *b"US\n",
            field: "handle",
            problem: Problem::Malformed,
        };
        assert_eq!(error.to_string(), "US\\n: the handle is malformed");
    }
}
