//! `text/x-msnmsgr-datacast`, of later clients: a nudge, a wink, a few words of action (reference §8.6).

use super::Headers;

/// Something that later clients throw at each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datacast {
    /// `ID: 1`
    Nudge,
    /// `ID: 2`: a picture that cannot be fetched.
    Wink,
    /// `ID: 3`: a voice that cannot be fetched.
    VoiceClip,
    /// `ID: 4`: a sentence that stands in the transcript by itself.
    Action(String),
}

impl Datacast {
    pub(super) fn parse(content: &[u8]) -> Option<Self> {
        let (fields, _) = Headers::parse(content);
        match fields.get("ID")?.as_ref() {
            "1" => Some(Self::Nudge),
            "2" => Some(Self::Wink),
            "3" => Some(Self::VoiceClip),
            "4" => fields
                .get("Data")
                .map(|data| Self::Action(data.chars().filter(|c| !c.is_control()).collect())),
            _ => None,
        }
    }

    /// The body of a nudge. One server cannot read it without the line end behind the number.
    pub fn nudge() -> Vec<u8> {
        b"MIME-Version: 1.0\r\nContent-Type: text/x-msnmsgr-datacast\r\n\r\nID: 1\r\n\r\n".to_vec()
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::payload::Payload;

    #[test]
    fn a_nudge_has_the_length_of_the_reference_and_reads_back() {
        assert_eq!(Datacast::nudge().len(), 69);
        assert_eq!(
            Payload::parse(&Datacast::nudge()),
            Payload::Datacast(Datacast::Nudge)
        );
    }

    #[test]
    fn the_number_tells_what_it_is() {
        let parse = |content: &str| Datacast::parse(content.as_bytes());
        assert_eq!(parse("ID: 2\r\nData: x\r\n"), Some(Datacast::Wink));
        assert_eq!(parse("ID: 3\r\n"), Some(Datacast::VoiceClip));
        assert_eq!(
            parse("ID: 4\r\nData: waves\r\n"),
            Some(Datacast::Action("waves".to_owned()))
        );
        assert_eq!(parse("ID: 5\r\n"), None);
        assert_eq!(parse("ID: 4\r\n"), None);
    }
}
