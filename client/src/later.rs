//! The parts of the page that a first look at it does not need: the page's build makes a file of its own of
//! them, which is loaded when one of them is wanted, or with the first sign-in. Everywhere else they are simply there.

use core::cell::Cell;

use msnp6::model::{LinkId, Timestamp};
use msnp6::replay::Replay;
use yew::prelude::*;

use crate::driver::{Ear, Tell, listen};
use crate::store::{AppState, Shared, WireLog};
use crate::view::{Request, dialog, wire_view};

/// What becomes of those parts is theirs to say; the rest of the page calls them by this table alone, so that
/// nothing of them is in its own file.
#[derive(Debug)]
pub(crate) struct Later {
    /// The window that is open, if any.
    pub(crate) dialog: fn(&AppState, &Callback<Request>) -> Html,
    /// The wire view.
    pub(crate) wire_view: fn(&Shared<WireLog>, bool, &Callback<Request>) -> Html,
    /// The wire view's ear.
    pub(crate) ear: fn(Tell, Timestamp, &mut dyn Iterator<Item = LinkId>) -> Box<dyn Ear>,
    /// Reads a recording.
    pub(crate) replay: fn(&str) -> Option<Replay>,
}

/// They could not be loaded; the console has the reason.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

thread_local! {
    static LOADED: Cell<Option<&'static Later>> = const { Cell::new(None) };
}

/// The parts, once they are there.
pub(crate) fn later() -> Option<&'static Later> {
    #[cfg(not(feature = "split"))]
    LOADED.set(table().ok());
    LOADED.get()
}

/// Loads them, unless they are there.
pub(crate) async fn load() -> Result<(), NotLoaded> {
    #[cfg(feature = "split")]
    LOADED.set(Some(table().await?));
    Ok(())
}

#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(later, fallible))]
#[cfg_attr(feature = "split", allow(unsafe_code))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "where there are parts they may be missing"
)]
fn table() -> Result<&'static Later, NotLoaded> {
    static TABLE: Later = Later {
        dialog,
        wire_view,
        ear: listen,
        replay: Replay::new,
    };
    Ok(&TABLE)
}
