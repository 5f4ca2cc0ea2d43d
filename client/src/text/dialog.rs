//! What is wrong with what was entered into a window over the page, in words.

use std::borrow::Cow;

use msnp6::model::UserHandleError;

use super::{bad_address, change_failed, refusal};
use crate::store::DialogFault;

/// Why it does not do, and what to do.
pub fn fault(fault: &DialogFault) -> Cow<'static, str> {
    match fault {
        DialogFault::Address(UserHandleError::Empty) => "Enter an e-mail address.".into(),
        DialogFault::Address(error) => bad_address(*error).into(),
        DialogFault::IsContact => "This person is on your list already.".into(),
        DialogFault::Refused(reason) => refusal(*reason).whole().into(),
        DialogFault::Change(change, failure) => change_failed(change, *failure).whole().into(),
    }
}
