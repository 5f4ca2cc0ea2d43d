//! What a real server and its clients sent, byte for byte: one file a connection and direction.

use msnp6::wire::Direction;

/// The bytes of one direction of one connection.
pub(crate) struct Recording {
    /// The file's name without its ending, such as `01-signin.alice.s2c`.
    pub(crate) name: &'static str,
    /// The bytes.
    pub(crate) bytes: &'static [u8],
}

impl Recording {
    /// Who sent them.
    pub(crate) fn direction(&self) -> Direction {
        if self.name.ends_with("s2c") {
            Direction::FromServer
        } else {
            Direction::FromClient
        }
    }
}

macro_rules! recordings {
    ($($name:literal,)*) => {
        /// All of them.
        pub(crate) const RECORDINGS: &[Recording] = &[
            $(Recording {
                name: $name,
                bytes: include_bytes!(concat!("../transcripts/bytes/", $name, ".bin")),
            },)*
        ];
    };
}

recordings! {
    "01-signin.alice.c2s",
    "01-signin.alice.s2c",
    "01-signin.bob.c2s",
    "01-signin.bob.s2c",
    "06-presence.alice.c2s",
    "06-presence.alice.s2c",
    "06-presence.bob.2.c2s",
    "06-presence.bob.2.s2c",
    "06-presence.bob.3.c2s",
    "06-presence.bob.3.s2c",
    "06-presence.bob.c2s",
    "06-presence.bob.s2c",
    "17-chat-two.alice-sb.c2s",
    "17-chat-two.alice-sb.s2c",
    "17-chat-two.alice.c2s",
    "17-chat-two.alice.s2c",
    "17-chat-two.bob-sb.2.c2s",
    "17-chat-two.bob-sb.2.s2c",
    "17-chat-two.bob-sb.3.c2s",
    "17-chat-two.bob-sb.3.s2c",
    "17-chat-two.bob-sb.c2s",
    "17-chat-two.bob-sb.s2c",
    "17-chat-two.bob.c2s",
    "17-chat-two.bob.s2c",
    "18-chat-three.alice-sb.2.c2s",
    "18-chat-three.alice-sb.2.s2c",
    "18-chat-three.alice-sb.c2s",
    "18-chat-three.alice-sb.s2c",
    "18-chat-three.alice.c2s",
    "18-chat-three.alice.s2c",
    "18-chat-three.bob-sb.c2s",
    "18-chat-three.bob-sb.s2c",
    "18-chat-three.bob.c2s",
    "18-chat-three.bob.s2c",
    "18-chat-three.carol-sb.c2s",
    "18-chat-three.carol-sb.s2c",
    "18-chat-three.carol.c2s",
    "18-chat-three.carol.s2c",
    "18-chat-three.dave-sb.c2s",
    "18-chat-three.dave-sb.s2c",
    "18-chat-three.dave.c2s",
    "18-chat-three.dave.s2c",
    "20-messages.alice-sb.2.c2s",
    "20-messages.alice-sb.2.s2c",
    "20-messages.alice-sb.3.c2s",
    "20-messages.alice-sb.3.s2c",
    "20-messages.alice-sb.4.c2s",
    "20-messages.alice-sb.4.s2c",
    "20-messages.alice-sb.5.c2s",
    "20-messages.alice-sb.5.s2c",
    "20-messages.alice-sb.6.c2s",
    "20-messages.alice-sb.6.s2c",
    "20-messages.alice-sb.c2s",
    "20-messages.alice-sb.s2c",
    "20-messages.alice.c2s",
    "20-messages.alice.s2c",
    "20-messages.bob-sb.2.c2s",
    "20-messages.bob-sb.2.s2c",
    "20-messages.bob-sb.3.c2s",
    "20-messages.bob-sb.3.s2c",
    "20-messages.bob-sb.4.c2s",
    "20-messages.bob-sb.4.s2c",
    "20-messages.bob-sb.5.c2s",
    "20-messages.bob-sb.5.s2c",
    "20-messages.bob-sb.6.c2s",
    "20-messages.bob-sb.6.s2c",
    "20-messages.bob-sb.c2s",
    "20-messages.bob-sb.s2c",
    "20-messages.bob.c2s",
    "20-messages.bob.s2c",
}

/// The recording of that name.
pub(crate) fn recording(name: &str) -> &'static Recording {
    RECORDINGS
        .iter()
        .find(|recording| recording.name == name)
        .expect("a recording of that name")
}
