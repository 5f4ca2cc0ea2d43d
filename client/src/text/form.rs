//! What is wrong with what was typed into the sign-in form, in words.

use msnp6::model::UserHandleError;

/// Why what was typed cannot be an address, and what one looks like.
pub const fn bad_address(error: UserHandleError) -> &'static str {
    match error {
        UserHandleError::Empty => "Enter your e-mail address.",
        UserHandleError::TooLong => "An address has at most 129 characters.",
        UserHandleError::Character => {
            "An address has no spaces, accents or percent signs. Check it for a slip."
        }
        UserHandleError::NoDomain => "Enter the whole address, such as name@example.com.",
    }
}
