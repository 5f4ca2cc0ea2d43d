//! What the help says: the shortcuts, the states, what is safe. The one place that lists every shortcut.

use msnp6::model::Presence;

/// Keys by where they work: the place, and each key with what it does.
pub const SHORTCUTS: &[(&str, &[(&str, &str)])] = &[
    (
        "Anywhere",
        &[
            ("F1", "Open this help"),
            (
                "Tab, Shift+Tab",
                "Go to the next control, or the one before",
            ),
            ("Escape", "Close a menu or a window"),
        ],
    ),
    (
        "In the contacts",
        &[
            (
                "Up, Down, Home, End",
                "Go from one to another; from the search field, Down",
            ),
            ("Letters", "Go to the next name that begins so"),
            ("Enter", "Open the conversation"),
            ("Escape in the search field", "Show all of them again"),
        ],
    ),
    (
        "In a conversation",
        &[
            ("Enter, on a touch screen Ctrl+Enter", "Send"),
            ("Shift+Enter, on a touch screen Enter", "Begin a new line"),
            (
                "Up, Down in an empty field",
                "Take an earlier text of yours again, or a later one",
            ),
        ],
    ),
    (
        "In menus and among open conversations",
        &[
            ("Arrows, Home, End", "Go from one to another"),
            ("Letters", "Go to the next that begins so"),
        ],
    ),
];

/// What a state means, as others see it.
pub const fn meaning(presence: Presence) -> &'static str {
    match presence {
        Presence::Online => "is there",
        Presence::Busy => "is there, and does not want to be disturbed",
        Presence::Idle => "has not touched keyboard or mouse for a while",
        Presence::BeRightBack => "comes back in a moment",
        Presence::Away => "is not there",
        Presence::OnThePhone => "is talking to somebody else",
        Presence::OutToLunch => "is away for an hour or so",
        Presence::AppearOffline => {
            "only you yourself: others see you as offline, and you cannot begin a conversation"
        }
        Presence::Offline => "is not signed in, hides, or has blocked you",
    }
}

/// What to know about who can read what.
pub const SAFETY: &[&str] = &[
    "Never give out your password or a credit card number in a conversation, whoever asks.",
    "Your password stays in this page: it is not stored, and only an MD5 answer made from it is sent. \
     MD5 is old. Do not use a password here that you use anywhere else.",
    "MSNP6, the protocol of 2001, encrypts nothing. Between your browser and the gateway HTTPS does, if the \
     address of this page begins with https. The gateway, the server and the network between them can read \
     what you write.",
    "This page keeps your settings in this browser, and your address if you tick the box.",
];
