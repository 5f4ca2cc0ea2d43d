//! What the browser keeps: settings, and the last sign-in if the user wants it, never with a password.

use msnp6::model::Presence;
use web_sys::Storage;

use crate::store::{Remembered, Settings, choosable};

const ADDRESS: &str = "msnp6.address";
const SERVER: &str = "msnp6.server";
const STATUS: &str = "msnp6.status";
const KEPT: &str = "msnp6.kept";
const SETTINGS: &str = "msnp6.settings";

/// What was remembered. A browser that keeps nothing is no error.
pub fn recall() -> Option<Remembered> {
    let storage = storage()?;
    let read = |key| storage.get_item(key).ok().flatten();
    Some(Remembered {
        address: read(ADDRESS)?,
        server: read(SERVER),
        presence: read(STATUS)
            .and_then(|code| choosable(&code))
            .unwrap_or(Presence::Online),
    })
}

/// Remembers the last sign-in, or forgets all of them.
pub fn remember(last: Option<&Remembered>) {
    let Some(storage) = storage() else { return };
    let write = |key, value: Option<&str>| {
        // A full or forbidden storage only means that nothing is remembered.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    };
    write(ADDRESS, last.map(|last| last.address.as_str()));
    write(SERVER, last.and_then(|last| last.server.as_deref()));
    write(STATUS, last.map(|last| last.presence.code()));
}

/// The settings that were kept, or the usual ones.
pub fn recall_settings() -> Settings {
    let line = storage().and_then(|storage| storage.get_item(SETTINGS).ok().flatten());
    Settings::parse(&line.unwrap_or_default())
}

/// Keeps the settings.
pub fn keep_settings(settings: &Settings) {
    if let Some(storage) = storage() {
        // A full or forbidden storage only means that the next visit begins with the usual ones.
        let _ = storage.set_item(SETTINGS, &settings.line());
    }
}

/// What this tab kept over a reload.
pub fn recall_kept() -> Option<String> {
    tab_storage()?.get_item(KEPT).ok().flatten()
}

/// Keeps that over a reload of this tab, and no longer; nothing forgets what was kept.
pub fn keep(record: &str) {
    if let Some(storage) = tab_storage() {
        // A full or forbidden storage only means that a reload begins with nothing.
        let _ = match record {
            "" => storage.remove_item(KEPT),
            record => storage.set_item(KEPT, record),
        };
    }
}

fn tab_storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
