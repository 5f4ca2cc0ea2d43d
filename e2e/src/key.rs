//! Keys that are no letters, as the browser's driver calls them.

/// Takes away the letter before.
pub const BACKSPACE: &str = "\u{e003}";
/// Goes to the next control.
pub const TAB: &str = "\u{e004}";
/// Sends, presses the button that has the focus, opens.
pub const ENTER: &str = "\u{e007}";
/// Closes a menu or a window.
pub const ESCAPE: &str = "\u{e00c}";
/// To the last one.
pub const END: &str = "\u{e010}";
/// To the one before.
pub const LEFT: &str = "\u{e012}";
/// To the one above.
pub const UP: &str = "\u{e013}";
/// To the one below.
pub const DOWN: &str = "\u{e015}";
/// Does nothing by itself.
pub const SHIFT: &str = "\u{e008}";
/// A new line in a text that is not sent yet.
pub const SHIFT_ENTER: &str = "\u{e008}\u{e007}\u{e000}";
/// Marks all of a text.
pub const SELECT_ALL: &str = "\u{e009}a\u{e000}";
/// Copies what is marked.
pub const COPY: &str = "\u{e009}c\u{e000}";
/// Puts what was copied into a text.
pub const PASTE: &str = "\u{e009}v\u{e000}";
