//! Numeric replies of a server and what they mean (reference §12): one table of names, sentences for
//! people, the commands that raise them, and whether the link ends with them.

use core::fmt;

/// A three-digit error code as it came, known or not.
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

    /// The row of the table, or `None` for a code that nobody documented.
    pub const fn known(self) -> Option<ServerError> {
        ServerError::from_code(self.0)
    }

    /// One sentence for people. Where a code means several things, the context of the request decides
    /// and this sentence stays general.
    pub const fn sentence(self) -> &'static str {
        match self.known() {
            Some(error) => error.sentence(),
            None => "The server reported an error.",
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error {:03}", self.0)
    }
}

macro_rules! server_errors {
    ($($code:literal $name:ident $fatal:ident [$($verb:literal)*] $sentence:literal;)*) => {
        /// Every error that a source documents, in order of its code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ServerError {
            $(#[doc = concat!("`", stringify!($code), "`: ", $sentence)] $name,)*
        }

        impl ServerError {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The number on the wire.
            pub const fn code(self) -> ErrorCode {
                ErrorCode(match self { $(Self::$name => $code,)* })
            }

            const fn from_code(code: u16) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }

            /// One sentence for people.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }

            /// The commands that raise it; empty when any may.
            pub const fn raised_by(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($verb),*],)* }
            }

            /// Whether the server usually closes the connection behind it.
            pub const fn is_fatal(self) -> bool {
                match self { $(Self::$name => server_errors!(@$fatal),)* }
            }
        }
    };
    (@fatal) => { true };
    (@mild) => { false };
}

server_errors! {
    131 Undocumented131 mild [] "The server reported an error that nobody has documented.";
    200 SyntaxError fatal [] "The server did not understand this program.";
    201 InvalidParameter mild ["ADD" "CHG" "XFR" "PRP"] "That address is not valid.";
    202 InvalidPrincipal mild ["ADD"] "There is no account with that address.";
    203 InvalidList mild ["ADD"] "The server does not know that list.";
    204 InvalidNetwork mild ["ADD"] "The server does not know that network.";
    205 NoSuchAccount mild ["ADD" "REM" "CAL"] "There is no account with that address.";
    206 DomainMissing mild ["USR" "ADD"] "Enter the full address (name@domain).";
    207 AlreadySignedIn fatal ["USR"] "This account is already signed in on this connection.";
    208 InvalidHandle mild ["CAL" "ADD"] "There is no account with that address.";
    209 NameNotAllowed mild ["REA"] "This display name is not allowed.";
    210 ListFull mild ["ADD"] "Your contact list is full.";
    212 Undocumented212 mild [] "The server reported an error that nobody has documented.";
    213 Undocumented213 mild [] "The server reported an error that nobody has documented.";
    215 AlreadyThere mild ["ADD" "CAL"] "That person is already there.";
    216 NotOnList mild ["REM" "REA" "CAL"] "This person is not online or cannot be reached.";
    217 NotOnline mild ["CAL"] "This person is not online or cannot be reached.";
    218 AlreadyInMode mild ["GTC" "BLP"] "That setting is already in force.";
    219 OnOppositeList mild ["ADD"] "That person is on the opposite list.";
    220 NoPages mild ["PAG"] "This person does not accept mobile messages.";
    223 TooManyGroups mild [] "There are too many groups.";
    224 InvalidGroup mild [] "The server does not know that group or list.";
    225 NotInGroup mild [] "That person is not in that group or list.";
    227 GroupNotEmpty mild [] "A group of that name exists already.";
    228 GroupNameTaken mild [] "A group of that name exists already.";
    229 GroupNameTooLong mild [] "The group's name is too long.";
    230 GroupZero mild [] "That group cannot be removed.";
    231 InvalidGroupName mild [] "The group's name is not valid.";
    280 SwitchboardFailed mild ["XFR"] "The chat could not be started; try again.";
    281 TransferFailed mild ["XFR"] "The chat could not be started; try again.";
    282 BadDataMessage mild ["MSG"] "The server did not accept a message.";
    300 FieldMissing mild ["FND" "ADD"] "The server misses a value in what this program sent.";
    301 TooManyMatches mild ["FND"] "There are too many results.";
    302 NotSignedIn fatal [] "You are not signed in any more; sign in again.";
    402 ContactsUnavailable mild [] "The contact list is not available.";
    403 ContactsFailed mild [] "The contact list is not available.";
    500 InternalError fatal ["USR"] "The server has an error; try again later.";
    501 DatabaseError mild [] "The server has an error; try again later.";
    502 CommandDisabled mild ["FND" "LST"] "The server does not offer this.";
    503 ActionFailed mild ["SND"] "The invitation could not be sent.";
    510 FileError mild [] "The server has an error; try again later.";
    520 OutOfMemory mild [] "The server has an error; try again later.";
    540 ChallengeFailed fatal ["QRY"] "The server rejected this program.";
    600 Busy fatal ["USR"] "The service is busy; try again in a few minutes.";
    601 Unavailable fatal ["USR"] "The service is not available; try again later.";
    602 PeerDown mild [] "The service is not available; try again later.";
    603 DatabaseDown mild [] "The server has an error; try again later.";
    604 GoingDown fatal [] "The server is restarting; try again in a few minutes.";
    605 Unavailable605 fatal [] "The service is not available; try again later.";
    606 PagingUnavailable mild ["PAG"] "Mobile messages are not available.";
    640 Busy640 mild [] "The service is busy; try again in a few minutes.";
    707 ConnectionFailed mild ["XFR" "CAL"] "The chat could not be started; try again.";
    710 BadVersion mild ["CVR" "PAG"] "Mobile messages are not available.";
    711 WriteBlocked fatal [] "The server could not keep up; connect again.";
    712 SessionOverloaded fatal [] "There are too many people in this chat.";
    713 TooActive mild ["CAL"] "You are inviting too quickly; wait a moment.";
    714 TooManySessions mild ["XFR" "CAL"] "There are too many open chats.";
    715 NotExpected fatal ["USR" "INF" "VER" "PRP"] "The server did not expect that; this is a fault of one of the two programs.";
    717 BadFriendFile mild [] "The server cannot read your contact list.";
    731 VersionNotExpected fatal ["CVR"] "The server did not expect that; this is a fault of one of the two programs.";
    800 TooManyChanges mild ["REA" "XFR" "PAG"] "Too many changes; wait a little.";
    910 Busy910 fatal ["USR"] "The service is busy; try again in a few minutes.";
    911 AuthenticationFailed fatal ["USR" "ANS"] "The address or the password is wrong.";
    912 Busy912 fatal ["USR"] "The service is busy; try again in a few minutes.";
    913 NotWhileHidden mild ["XFR" "CAL"] "You cannot chat while you appear offline.";
    914 Unavailable914 fatal ["USR"] "The service is not available; try again later.";
    915 Unavailable915 fatal ["USR"] "The service is not available; try again later.";
    916 Unavailable916 fatal ["USR"] "The service is not available; try again later.";
    917 DomainNotAllowed fatal ["USR"] "This account cannot sign in here.";
    918 Busy918 fatal ["USR"] "The service is busy; try again in a few minutes.";
    919 Busy919 fatal ["USR"] "The service is busy; try again in a few minutes.";
    920 NoNewUsers fatal ["USR"] "The server takes no new users.";
    921 Busy921 fatal ["USR"] "The service is busy; try again in a few minutes.";
    922 Busy922 fatal ["USR"] "The service is busy; try again in a few minutes.";
    923 ConsentMissing fatal ["USR"] "This account needs the consent of a parent.";
    924 NotVerified fatal ["USR"] "Verify your e-mail address first.";
    926 NotAvailable fatal ["USR"] "This account cannot sign in.";
    927 Suspended fatal ["USR"] "This account cannot sign in.";
    928 BadTicket fatal ["USR"] "This account cannot sign in.";
    931 NotProvisioned fatal ["USR"] "This account is not available on this server.";
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn every_error_is_found_by_its_code_and_has_a_whole_sentence() {
        for pair in ServerError::ALL.windows(2) {
            assert!(pair[0].code() < pair[1].code(), "{pair:?}");
        }
        for &error in ServerError::ALL {
            assert_eq!(error.code().known(), Some(error));
            let sentence = error.sentence();
            let begins_well = sentence.starts_with(char::is_uppercase);
            assert!(
                begins_well && sentence.ends_with(['.', ')']),
                "{error:?}: {sentence}"
            );
        }
        assert_eq!(ServerError::ALL.len(), 80);
    }

    #[test]
    fn a_code_that_nobody_documented_still_has_a_sentence() {
        assert_eq!(ErrorCode(999).known(), None);
        assert_eq!(ErrorCode(999).sentence(), "The server reported an error.");
        assert_eq!(ErrorCode(7).to_string(), "error 007");
    }

    #[test]
    fn the_errors_of_a_sign_in_end_the_link_and_those_of_a_list_do_not() {
        let of = |verb: &'static str| {
            ServerError::ALL
                .iter()
                .filter(move |error| error.raised_by().contains(&verb))
        };
        assert!(
            of("USR")
                .filter(|error| error.code().0 >= 500)
                .all(|error| error.is_fatal())
        );
        assert!(of("ADD").all(|error| !error.is_fatal()));
        assert!(of("CAL").count() > 5);
    }
}
