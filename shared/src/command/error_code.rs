//! Numeric replies of a server and what they mean (reference §12).

use core::fmt;

/// A three-digit error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrorCode(pub u16);

impl ErrorCode {
    /// 215: on the list, in the room, or called already.
    pub const ALREADY_THERE: Self = Self(215);
    /// 217: the person called is not online, hides, does not exist, or blocks me.
    pub const NOT_ONLINE: Self = Self(217);
    /// 911: wrong address or password; at a switchboard, a cookie that is not good.
    pub const AUTHENTICATION_FAILED: Self = Self(911);
    /// 913: not while appearing offline.
    pub const NOT_ALLOWED_WHILE_HIDDEN: Self = Self(913);

    /// One sentence for people. Where a code means several things, the context of the request decides
    /// and this sentence stays general.
    pub const fn sentence(self) -> &'static str {
        match self.0 {
            201 => "That address is not valid.",
            202 | 205 | 208 => "There is no account with that address.",
            206 => "Enter the full address (name@domain).",
            207 => "This account is already signed in on this connection.",
            209 => "This display name is not allowed.",
            210 => "Your contact list is full.",
            215 => "That person is already there.",
            216 | 217 => "This person is not online or cannot be reached.",
            218 => "That setting is already in force.",
            219 => "That person is on the opposite list.",
            220 => "This person does not accept mobile messages.",
            280 | 281 | 707 => "The chat could not be started; try again.",
            301 => "There are too many results.",
            302 => "You are not signed in any more; sign in again.",
            402 | 403 => "The contact list is not available.",
            500 | 501 | 510 | 520 | 603 => "The server has an error; try again later.",
            502 => "The server does not offer this.",
            503 => "The invitation could not be sent.",
            540 => "The server rejected this program.",
            600 | 640 | 910 | 912 | 918 | 919 | 921 | 922 => {
                "The service is busy; try again in a few minutes."
            }
            601 | 602 | 605 | 914..=916 => "The service is not available; try again later.",
            604 => "The server is restarting; try again in a few minutes.",
            606 | 710 => "Mobile messages are not available.",
            711 => "The server could not keep up; connect again.",
            712 => "There are too many people in this chat.",
            713 => "You are inviting too quickly; wait a moment.",
            714 => "There are too many open chats.",
            715 | 731 => {
                "The server did not expect that; this is a fault of one of the two programs."
            }
            800 => "Too many changes; wait a little.",
            911 => "The address or the password is wrong.",
            913 => "You cannot chat while you appear offline.",
            917 => "This account cannot sign in here.",
            920 => "The server takes no new users.",
            923 => "This account needs the consent of a parent.",
            924 => "Verify your e-mail address first.",
            926..=928 => "This account cannot sign in.",
            931 => "This account is not available on this server.",
            _ => "The server reported an error.",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error {:03}", self.0)
    }
}
