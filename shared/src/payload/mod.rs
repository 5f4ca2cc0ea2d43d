//! The bodies of `MSG`, `NOT` and `IPG`: MIME-like headers, an empty line, content (reference §8). Knows
//! nothing of the command that carries them. What is not understood is [`Payload::Other`], never an error.

mod alert;
mod chunk;
mod datacast;
mod format;
mod headers;
mod invitation;
mod mail;
mod mime_word;
mod notice;
mod text;

pub use alert::{Alert, page};
pub use chunk::{Assembler, Chunk};
pub use datacast::Datacast;
pub use format::{Colour, Effects, TextFormat};
pub use headers::Headers;
pub use invitation::{Application, CancelCode, Invitation, InvitationCommand, Offer};
pub use mail::MailNotice;
pub use notice::{Profile, SystemMessage, TypingNotice};
pub use text::PlainText;

/// A body, by its content type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// `text/plain`: what somebody wrote.
    Text(PlainText),
    /// `text/x-msmsgscontrol` with a `TypingUser`.
    Typing(TypingNotice),
    /// `text/x-msmsgsinvite`: somebody wants to send a file, to call, to share.
    Invitation(Invitation),
    /// `text/x-msnmsgr-datacast`: a nudge and the like, of later clients.
    Datacast(Datacast),
    /// A piece of a long body, of later clients.
    Chunk(Chunk),
    /// `text/x-msmsgsprofile`: data of my account, after sign-in.
    Profile(Profile),
    /// `text/x-msmsgs…emailnotification`: about mail.
    Mail(MailNotice),
    /// `application/x-msmsgssystemmessage`: an announcement of the server.
    System(SystemMessage),
    /// Anything else, or nothing that can be read.
    Other,
}

impl Payload {
    /// Reads a body. The content type decides; its parameters and case do not.
    pub fn parse(body: &[u8]) -> Self {
        let (headers, content) = Headers::parse(body);
        if let Some(chunk) = Chunk::parse(&headers, body, content) {
            return Self::Chunk(chunk);
        }
        let content_type = headers.get("Content-Type").unwrap_or_default();
        let content_type = content_type.split(';').next().unwrap_or_default();
        Self::of_type(content_type.trim(), &headers, content).unwrap_or(Self::Other)
    }

    fn of_type(content_type: &str, headers: &Headers<'_>, content: &[u8]) -> Option<Self> {
        Some(match content_type.to_ascii_lowercase().as_str() {
            "text/plain" => Self::Text(PlainText::parse(headers, content)),
            "text/x-msmsgscontrol" => Self::Typing(TypingNotice::parse(headers)?),
            "text/x-msmsgsinvite" => Self::Invitation(Invitation::parse(content)?),
            "text/x-msnmsgr-datacast" => Self::Datacast(Datacast::parse(content)?),
            "text/x-msmsgsprofile" => Self::Profile(Profile::parse(headers)),
            "text/x-msmsgsinitialemailnotification" => Self::Mail(MailNotice::initial(content)?),
            // MSNP2 had the second spelling.
            "text/x-msmsgsemailnotification" | "application/x-msmsgsemailnotification" => {
                Self::Mail(MailNotice::arrived(content))
            }
            "text/x-msmsgsactivemailnotification" => Self::Mail(MailNotice::moved(content)?),
            "application/x-msmsgssystemmessage" => Self::System(SystemMessage::parse(content)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_content_type_is_found_in_any_case_and_with_parameters() {
        let body = b"mime-version: 1.0\r\nCONTENT-TYPE: Text/Plain;charset=utf-8\r\n\r\nhi";
        assert_eq!(Payload::parse(body), Payload::Text(PlainText::new("hi")));
    }

    #[test]
    fn bodies_that_make_no_sense_are_other() {
        for body in [
            &b""[..],
            b"\r\n\r\n",
            b"\xff\xfe",
            b"no header at all",
            b"Content-Type: \r\n\r\nhi",
            b":\r\n:\r\n",
        ] {
            assert_eq!(Payload::parse(body), Payload::Other, "{body:?}");
        }
    }
}
