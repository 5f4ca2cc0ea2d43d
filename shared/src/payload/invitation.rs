//! `text/x-msmsgsinvite`: somebody wants to send a file, to call, to share (reference §8.5). A page
//! cannot open the connection that any of these need, so each invitation gets one polite refusal.

use super::Headers;

/// One message about an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Repeated in everything that is about the same invitation.
    pub cookie: u32,
    /// What it says.
    pub command: InvitationCommand,
}

/// What a message about an invitation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationCommand {
    /// `INVITE`
    Invite(Offer),
    /// `ACCEPT`
    Accept,
    /// `CANCEL`
    Cancel(CancelCode),
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which kind of program it needs.
    pub application: Application,
    /// The sender's name for that, such as `File Transfer`; may be empty.
    pub name: String,
    /// The file's name, for a file transfer; may be empty.
    pub file: String,
    /// The file's size in bytes.
    pub file_size: Option<u64>,
}

/// A kind of program, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Application {
    /// A file.
    FileTransfer,
    /// A meeting.
    NetMeeting,
    /// A call.
    VoiceCall,
    /// Sharing a program, or a whiteboard.
    Sharing,
    /// Help from afar.
    RemoteAssistance,
    /// Something else.
    Other,
}

/// Why an invitation is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CancelCode {
    /// `REJECT`: the person does not want it.
    Reject,
    /// `REJECT_NOT_INSTALLED`: the program cannot do it.
    NotInstalled,
    /// `TIMEOUT`: whoever invited gave up.
    Timeout,
    /// `FTTIMEOUT`: the transfer itself failed.
    TransferTimeout,
    /// `FAIL`: no connection, or no way that both know.
    Fail,
    /// `OUTBANDCANCEL`: the window is closing.
    Closing,
    /// Any other word.
    Other,
}

impl CancelCode {
    const CODES: [(Self, &'static str); 6] = [
        (Self::Reject, "REJECT"),
        (Self::NotInstalled, "REJECT_NOT_INSTALLED"),
        (Self::Timeout, "TIMEOUT"),
        (Self::TransferTimeout, "FTTIMEOUT"),
        (Self::Fail, "FAIL"),
        (Self::Closing, "OUTBANDCANCEL"),
    ];

    fn from_code(code: &str) -> Self {
        Self::CODES
            .iter()
            .find(|(_, word)| *word == code)
            .map_or(Self::Other, |(code, _)| *code)
    }

    fn code(self) -> &'static str {
        Self::CODES
            .iter()
            .find(|(code, _)| *code == self)
            .map_or("FAIL", |(_, word)| word)
    }
}

impl Application {
    fn from_guid(guid: &str) -> Self {
        match guid.to_ascii_uppercase().as_str() {
            "{5D3E02AB-6190-11D3-BBBB-00C04F795683}" => Self::FileTransfer,
            "{44BBA842-CC51-11CF-AAFA-00AA00B6015C}" => Self::NetMeeting,
            "{02D3C01F-BF30-4825-A83A-DE7AF41648AA}" => Self::VoiceCall,
            "{F1B1920C-6A3C-4CE7-B18C-AFAB305FD03D}" => Self::Sharing,
            "{56B994A7-380F-410B-9985-C809D78C1BDC}" => Self::RemoteAssistance,
            _ => Self::Other,
        }
    }
}

impl Invitation {
    pub(super) fn parse(content: &[u8]) -> Option<Self> {
        let (fields, _) = Headers::parse(content);
        let text = |name| fields.get(name).unwrap_or_default();
        let command = match text("Invitation-Command").as_ref() {
            "INVITE" => InvitationCommand::Invite(Offer {
                application: Application::from_guid(&text("Application-GUID")),
                name: clean(&text("Application-Name")),
                file: clean(&text("Application-File")),
                file_size: text("Application-FileSize").parse().ok(),
            }),
            "ACCEPT" => InvitationCommand::Accept,
            "CANCEL" => InvitationCommand::Cancel(CancelCode::from_code(&text("Cancel-Code"))),
            _ => return None,
        };
        Some(Self {
            cookie: text("Invitation-Cookie").parse().ok()?,
            command,
        })
    }

    /// The body that ends an invitation.
    pub fn cancel(cookie: u32, code: CancelCode) -> Vec<u8> {
        let code = code.code();
        format!(
            "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\n\
             Invitation-Command: CANCEL\r\nInvitation-Cookie: {cookie}\r\nCancel-Code: {code}\r\n\r\n"
        )
        .into_bytes()
    }
}

fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::payload::Payload;

    #[test]
    fn a_file_is_offered_by_name_and_size() {
        let body = b"MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinvite; charset=UTF-8\r\n\r\n\
            Application-Name: File Transfer\r\nApplication-GUID: {5D3E02AB-6190-11d3-BBBB-00C04F795683}\r\n\
            Invitation-Command: INVITE\r\nInvitation-Cookie: 33267\r\nApplication-File: photo.jpg\r\n\
            Application-FileSize: 20480\r\n\r\n";
        assert_eq!(body.len(), 276);
        let offer = Offer {
            application: Application::FileTransfer,
            name: "File Transfer".to_owned(),
            file: "photo.jpg".to_owned(),
            file_size: Some(20_480),
        };
        let invitation = Invitation {
            cookie: 33_267,
            command: InvitationCommand::Invite(offer),
        };
        assert_eq!(Payload::parse(body), Payload::Invitation(invitation));
    }

    #[test]
    fn the_polite_refusal_has_the_length_of_the_reference() {
        let body = Invitation::cancel(33_267, CancelCode::NotInstalled);
        assert_eq!(body.len(), 162);
        let command = InvitationCommand::Cancel(CancelCode::NotInstalled);
        assert_eq!(
            Payload::parse(&body),
            Payload::Invitation(Invitation {
                cookie: 33_267,
                command
            })
        );
    }

    #[test]
    fn every_cancel_code_reads_back() {
        for (code, _) in CancelCode::CODES {
            let Payload::Invitation(invitation) = Payload::parse(&Invitation::cancel(1, code))
            else {
                panic!("{code:?}")
            };
            assert_eq!(invitation.command, InvitationCommand::Cancel(code));
        }
    }

    #[test]
    fn somebody_who_accepts_is_understood() {
        let body = b"Content-Type: text/x-msmsgsinvite\r\n\r\n\
            Invitation-Command: ACCEPT\r\nInvitation-Cookie: 7\r\n\r\n";
        let accepted = Invitation {
            cookie: 7,
            command: InvitationCommand::Accept,
        };
        assert_eq!(Payload::parse(body), Payload::Invitation(accepted));
    }

    #[test]
    fn an_invitation_without_command_or_cookie_is_other() {
        for content in [
            "Invitation-Command: INVITE\r\n",
            "Invitation-Cookie: 1\r\n",
            "Invitation-Command: X\r\nInvitation-Cookie: 1\r\n",
        ] {
            let body = format!("Content-Type: text/x-msmsgsinvite\r\n\r\n{content}\r\n");
            assert_eq!(Payload::parse(body.as_bytes()), Payload::Other, "{content}");
        }
    }

    #[test]
    fn every_application_is_known_by_its_number_in_any_case() {
        for (guid, application) in [
            (
                "{5d3e02ab-6190-11d3-bbbb-00c04f795683}",
                Application::FileTransfer,
            ),
            (
                "{44BBA842-CC51-11CF-AAFA-00AA00B6015C}",
                Application::NetMeeting,
            ),
            (
                "{02D3C01F-BF30-4825-A83A-DE7AF41648AA}",
                Application::VoiceCall,
            ),
            (
                "{F1B1920C-6A3C-4ce7-B18C-AFAB305FD03D}",
                Application::Sharing,
            ),
            (
                "{56b994a7-380f-410b-9985-c809d78c1bdc}",
                Application::RemoteAssistance,
            ),
            ("{00000000-0000-0000-0000-000000000000}", Application::Other),
        ] {
            assert_eq!(Application::from_guid(guid), application);
        }
    }
}
