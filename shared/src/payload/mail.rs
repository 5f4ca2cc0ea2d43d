//! Notices about mail (reference §8.4). The mailboxes they speak of are long gone, so only counts, names
//! and subjects are read, and no address is ever opened.

use super::{Headers, mime_word};

/// A notice about mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailNotice {
    /// `text/x-msmsgsinitialemailnotification`: what is unread at sign-in.
    Unread {
        /// In the inbox.
        inbox: u32,
        /// In other folders.
        folders: u32,
    },
    /// `text/x-msmsgsemailnotification`: a mail came.
    Arrived {
        /// Who it is from, decoded; may be empty.
        from: String,
        /// The sender's address; may be empty.
        from_address: String,
        /// The subject, decoded; may be empty.
        subject: String,
        /// Whether it lies in the inbox.
        is_inbox: bool,
    },
    /// `text/x-msmsgsactivemailnotification`: mails were moved or deleted.
    Moved {
        /// How many.
        count: u32,
        /// Whether they were in the inbox.
        is_from_inbox: bool,
        /// Whether they are there now.
        is_to_inbox: bool,
    },
}

impl MailNotice {
    pub(super) fn initial(content: &[u8]) -> Option<Self> {
        let (fields, _) = Headers::parse(content);
        let folders = number(&fields, "Folders-Unread").unwrap_or_default();
        Some(Self::Unread {
            inbox: number(&fields, "Inbox-Unread")?,
            folders,
        })
    }

    pub(super) fn arrived(content: &[u8]) -> Self {
        let (fields, _) = Headers::parse(content);
        let text = |name| {
            fields
                .get(name)
                .map(|value| mime_word::decode(&value))
                .unwrap_or_default()
        };
        Self::Arrived {
            from: text("From"),
            from_address: text("From-Addr"),
            subject: text("Subject"),
            is_inbox: is_inbox(&fields, "Dest-Folder"),
        }
    }

    pub(super) fn moved(content: &[u8]) -> Option<Self> {
        let (fields, _) = Headers::parse(content);
        Some(Self::Moved {
            count: number(&fields, "Message-Delta")?,
            is_from_inbox: is_inbox(&fields, "Src-Folder"),
            is_to_inbox: is_inbox(&fields, "Dest-Folder"),
        })
    }

    /// How many are unread in the inbox after this notice, if that many were before.
    pub fn apply(&self, unread: u32) -> u32 {
        match *self {
            Self::Unread { inbox, .. } => inbox,
            Self::Arrived { is_inbox, .. } => unread.saturating_add(u32::from(is_inbox)),
            Self::Moved {
                count,
                is_from_inbox,
                is_to_inbox,
            } => match (is_from_inbox, is_to_inbox) {
                (true, false) => unread.saturating_sub(count),
                (false, true) => unread.saturating_add(count),
                _ => unread,
            },
        }
    }
}

fn number(fields: &Headers<'_>, name: &str) -> Option<u32> {
    fields.get(name)?.parse().ok()
}

/// `ACTIVE` is the inbox.
fn is_inbox(fields: &Headers<'_>, name: &str) -> bool {
    fields.get(name).as_deref() == Some("ACTIVE")
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::payload::Payload;

    fn notice(content_type: &str, content: &str) -> MailNotice {
        let body = format!(
            "MIME-Version: 1.0\r\nContent-Type: {content_type}; charset=UTF-8\r\n\r\n{content}\r\n"
        );
        match Payload::parse(body.as_bytes()) {
            Payload::Mail(notice) => notice,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn counts_follow_the_notices() {
        let unread = notice(
            "text/x-msmsgsinitialemailnotification",
            "Inbox-Unread: 3\r\nFolders-Unread: 1\r\nInbox-URL: /cgi-bin/HoTMaiL\r\n",
        );
        assert_eq!(
            unread,
            MailNotice::Unread {
                inbox: 3,
                folders: 1
            }
        );
        let moved = notice(
            "text/x-msmsgsactivemailnotification",
            "Src-Folder: ACTIVE\r\nDest-Folder: trAsH\r\nMessage-Delta: 2\r\n",
        );
        assert_eq!(moved.apply(unread.apply(0)), 1);
        let back = MailNotice::Moved {
            count: 2,
            is_from_inbox: false,
            is_to_inbox: true,
        };
        assert_eq!(back.apply(1), 3);
        assert_eq!(moved.apply(1), 0, "never below nothing");
    }

    #[test]
    fn a_new_mail_tells_who_wrote_and_about_what() {
        let arrived = notice(
            "text/x-msmsgsemailnotification",
            "From: =?UTF-8?B?QsO2Yg==?=\r\nMessage-URL: /x\r\nSubject: =?iso-8859-1?Q?caf=E9_now?=\r\n\
             Dest-Folder: ACTIVE\r\nFrom-Addr: bob@example.com\r\nid: 2\r\n",
        );
        let MailNotice::Arrived {
            from,
            from_address,
            subject,
            is_inbox,
        } = &arrived
        else {
            panic!("{arrived:?}")
        };
        assert_eq!(
            (from.as_str(), from_address.as_str()),
            ("Böb", "bob@example.com")
        );
        assert_eq!((subject.as_str(), *is_inbox), ("café now", true));
        assert_eq!(arrived.apply(4), 5);
    }

    #[test]
    fn a_notice_without_its_number_is_other() {
        for content_type in [
            "text/x-msmsgsinitialemailnotification",
            "text/x-msmsgsactivemailnotification",
        ] {
            let body = format!("Content-Type: {content_type}\r\n\r\nInbox-Unread: many\r\n");
            assert_eq!(
                Payload::parse(body.as_bytes()),
                Payload::Other,
                "{content_type}"
            );
        }
    }
}
