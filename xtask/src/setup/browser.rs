//! Chromium and its driver: finds them, and on Debian installs them.
//!
//! A browser is the system's affair, so nothing of it goes to the cache folder. Elsewhere than on
//! Debian it says what to install instead.

use super::debian;
use crate::process;
use anyhow::{Context as _, Result};
use std::{
    env,
    path::{Path, PathBuf},
};

/// A browser with the driver that belongs to it.
#[derive(Debug)]
pub(crate) struct Browser {
    /// The browser itself.
    pub(crate) chrome: PathBuf,
    /// `chromedriver`.
    pub(crate) driver: PathBuf,
}

/// Finds the browser; installs it when it is missing and this is Debian with the right to do so.
pub(crate) fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    debian::install(&PACKAGES, ADVICE)?;
    find().with_context(|| format!("apt-get succeeded, and yet: {ADVICE}"))
}

fn find() -> Option<Browser> {
    let named = |variable: &str| {
        env::var_os(variable)
            .map(PathBuf::from)
            .filter(|it| it.is_file())
    };
    let chrome = named("CHROME").or_else(|| NAMES.into_iter().find_map(process::on_path));
    let driver = named("CHROMEDRIVER").or_else(|| process::on_path("chromedriver"));
    Some(Browser {
        chrome: chrome.or_else(of_the_system)?,
        driver: driver?,
    })
}

/// Where macOS and Windows keep a browser that is on no `PATH`.
fn of_the_system() -> Option<PathBuf> {
    let places = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];
    places
        .into_iter()
        .map(Path::new)
        .find(|path| path.is_file())
        .map(Path::to_path_buf)
}

const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// The font is for the emoji in messages, which the pictures of the page show.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-color-emoji"];

const ADVICE: &str = "the browser tests need Chromium or Chrome, and the `chromedriver` of the \
    same version, on PATH. Debian: apt-get install chromium chromium-driver \
    fonts-noto-color-emoji. Elsewhere: install both and, where they are on no PATH, name them in \
    the environment as CHROME and CHROMEDRIVER. `cargo xtask test lint native` needs neither";
