//! What crosses the border of the server: what happened, and what the driver must do. No behaviour.

use core::fmt;

use crate::model::{LinkId, Timestamp};

/// Which of the three servers a link was accepted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Sends every sign-in on to the notification server.
    Dispatch,
    /// Sign-in, lists, presence, invitations.
    Notification,
    /// Conversations.
    Switchboard,
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq)]
pub enum ServerInput {
    /// A client connected. The driver names the link and uses no name twice.
    Accepted {
        /// The new link.
        link: LinkId,
        /// By its listener.
        role: Role,
    },
    /// Bytes came, cut anywhere. Hand over no more than some tens of KiB at once: what one call reads
    /// bounds what it can cause to be sent.
    Received {
        /// The link they came by.
        link: LinkId,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The client, or the network, closed the link.
    Closed {
        /// The link that is gone.
        link: LinkId,
    },
    /// The time of the latest [`ServerOutput::WakeAt`] has come.
    Woke,
}

/// Something that the driver must do.
#[derive(Clone, PartialEq, Eq)]
pub enum ServerOutput {
    /// Send bytes. A link that does not take them is the driver's to close: the server counts nothing.
    Transmit {
        /// The link to send by.
        link: LinkId,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Close a link once everything before this was sent. The server has forgotten it already.
    Close {
        /// The link to close.
        link: LinkId,
    },
    /// Call back at this time with [`ServerInput::Woke`]. Replaces every earlier one.
    WakeAt(Timestamp),
}

// Bytes hold digests, cookies and what people write: no log may show them.
impl fmt::Debug for ServerInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted { link, role } => write!(f, "Accepted({link:?}, {role:?})"),
            Self::Received { link, bytes } => {
                write!(f, "Received({link:?}, {} bytes)", bytes.len())
            }
            Self::Closed { link } => write!(f, "Closed({link:?})"),
            Self::Woke => f.write_str("Woke"),
        }
    }
}

impl fmt::Debug for ServerOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transmit { link, bytes } => {
                write!(f, "Transmit({link:?}, {} bytes)", bytes.len())
            }
            Self::Close { link } => write!(f, "Close({link:?})"),
            Self::WakeAt(at) => write!(f, "WakeAt({at:?})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_no_bytes() {
        let (link, bytes) = (LinkId(1), b"hunter2".to_vec());
        let input = ServerInput::Received {
            link,
            bytes: bytes.clone(),
        };
        let output = ServerOutput::Transmit { link, bytes };
        assert_eq!(format!("{input:?}"), "Received(LinkId(1), 7 bytes)");
        assert_eq!(format!("{output:?}"), "Transmit(LinkId(1), 7 bytes)");
    }
}
