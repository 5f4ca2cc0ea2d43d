//! The bodies of `MSG`: MIME-like headers, an empty line, content (reference §8). Knows nothing of the
//! command that carries them. What is not understood is [`Payload::Other`], never an error.

mod headers;
mod notice;
mod text;

pub use headers::Headers;
pub use notice::{Profile, SystemMessage, TypingNotice};
pub use text::PlainText;

/// A body, by its content type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// `text/plain`: what somebody wrote.
    Text(PlainText),
    /// `text/x-msmsgscontrol` with a `TypingUser`.
    Typing(TypingNotice),
    /// `text/x-msmsgsprofile`: data of my account, after sign-in.
    Profile(Profile),
    /// `application/x-msmsgssystemmessage`: an announcement of the server.
    System(SystemMessage),
    /// Anything else, or nothing that can be read.
    Other,
}

impl Payload {
    /// Reads a body. The content type decides; its parameters and case do not.
    pub fn parse(body: &[u8]) -> Self {
        let (headers, content) = Headers::parse(body);
        let content_type = headers.get("Content-Type").unwrap_or_default();
        let content_type = content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match content_type.as_str() {
            "text/plain" => Self::Text(PlainText::parse(content)),
            "text/x-msmsgscontrol" => {
                TypingNotice::parse(&headers).map_or(Self::Other, Self::Typing)
            }
            "text/x-msmsgsprofile" => Self::Profile(Profile::parse(&headers)),
            "application/x-msmsgssystemmessage" => {
                SystemMessage::parse(content).map_or(Self::Other, Self::System)
            }
            _ => Self::Other,
        }
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
