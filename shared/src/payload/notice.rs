//! Bodies that no person wrote: typing notices, the profile, the server's announcements.

use super::Headers;
use crate::model::UserHandle;

/// Somebody is typing (reference §8.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypingNotice {
    /// Who, by their own word; the sender of the message is the safer source.
    pub handle: UserHandle,
}

impl TypingNotice {
    pub(super) fn parse(headers: &Headers<'_>) -> Option<Self> {
        let handle = UserHandle::from_wire(&headers.get("TypingUser")?)?;
        Some(Self { handle })
    }

    /// The whole body: the headers, an empty line, and one empty line more.
    pub fn encode(&self) -> Vec<u8> {
        let handle = &self.handle;
        format!("MIME-Version: 1.0\r\nContent-Type: text/x-msmsgscontrol\r\nTypingUser: {handle}\r\n\r\n\r\n").into_bytes()
    }
}

/// Data of my account (reference §2.8). Every field is optional: servers leave out what they like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Whether the account has a mailbox.
    pub has_mail: bool,
    /// When the server says I signed in, in Unix seconds.
    pub login_time: Option<u64>,
}

impl Profile {
    pub(super) fn parse(headers: &Headers<'_>) -> Self {
        Self {
            has_mail: headers.get("EmailEnabled").as_deref() == Some("1"),
            login_time: headers
                .get("LoginTime")
                .and_then(|value| value.parse().ok()),
        }
    }
}

/// The server goes down for maintenance (reference §8.4, `Type: 1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SystemMessage {
    /// Minutes from now.
    pub minutes: u32,
}

impl SystemMessage {
    pub(super) fn parse(content: &[u8]) -> Option<Self> {
        let (fields, _) = Headers::parse(content);
        if fields.get("Type")? != "1" {
            return None;
        }
        let minutes = fields.get("Arg1")?.parse().ok()?;
        Some(Self { minutes })
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::payload::Payload;

    #[test]
    fn a_typing_notice_has_the_length_of_real_ones() {
        for (handle, length) in [
            ("alice@example.com", 90),
            ("bob@example.com", 88),
            ("bob@passport.com", 89),
        ] {
            let notice = TypingNotice {
                handle: UserHandle::from_wire(handle).expect("a handle"),
            };
            let body = notice.encode();
            assert_eq!(body.len(), length, "{handle}");
            assert_eq!(Payload::parse(&body), Payload::Typing(notice));
        }
    }

    #[test]
    fn a_control_message_without_typing_user_is_other() {
        let body = b"MIME-Version: 1.0\r\nContent-Type: text/x-msmsgscontrol\r\nRecordingUser: a@b\r\n\r\n";
        assert_eq!(Payload::parse(body), Payload::Other);
    }

    #[test]
    fn a_profile_tells_of_the_mailbox_and_the_time() {
        let read = |fields: &str| {
            let body = format!("Content-Type: text/x-msmsgsprofile; charset=UTF-8\r\n{fields}\r\n");
            Payload::parse(body.as_bytes())
        };
        let profile = |has_mail, login_time| {
            Payload::Profile(Profile {
                has_mail,
                login_time,
            })
        };
        assert_eq!(
            read("LoginTime: 1011222333\r\nEmailEnabled: 1\r\n"),
            profile(true, Some(1_011_222_333))
        );
        assert_eq!(
            read("LoginTime: soon\r\nEmailEnabled: 0\r\n"),
            profile(false, None)
        );
    }

    #[test]
    fn maintenance_is_announced_in_minutes() {
        let body = b"MIME-Version: 1.0\r\nContent-Type: application/x-msmsgssystemmessage\r\n\r\nType: 1\r\nArg1: 5\r\n";
        assert_eq!(body.len(), 88);
        assert_eq!(
            Payload::parse(body),
            Payload::System(SystemMessage { minutes: 5 })
        );
        let other =
            b"Content-Type: application/x-msmsgssystemmessage\r\n\r\nType: 2\r\nArg1: 5\r\n";
        assert_eq!(Payload::parse(other), Payload::Other);
    }
}
