//! Whether the user points with a mouse. On a touch screen a focused text field opens a keyboard over
//! half of the page, so the focus goes there only by the user's own touch.

/// Whether the main pointer is a precise one. Yes, when the browser does not say.
pub fn has_precise_pointer() -> bool {
    let query = web_sys::window().and_then(|window| {
        let query = window.match_media("(pointer: coarse)").ok();
        query.flatten()
    });
    !query.is_some_and(|query| query.matches())
}
