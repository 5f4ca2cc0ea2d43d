//! Node.js, which runs WebAssembly without a browser, and its npm: finds them, and on Debian installs them.

use super::debian;
use crate::process;
use anyhow::{Result, bail};

/// Makes sure that `node` is there.
pub(crate) fn ensure() -> Result<()> {
    if process::on_path("node").is_some() {
        return Ok(());
    }
    debian::install(&["nodejs"], ADVICE)?;
    if process::on_path("node").is_none() {
        bail!("apt-get succeeded, and yet: {ADVICE}");
    }
    Ok(())
}

/// Makes sure that `npm` is there.
pub(super) fn ensure_npm() -> Result<()> {
    if process::on_path_as(NPM).is_some() {
        return Ok(());
    }
    debian::install(&["npm"], NPM_ADVICE)?;
    if process::on_path_as(NPM).is_none() {
        bail!("apt-get succeeded, and yet: {NPM_ADVICE}");
    }
    Ok(())
}

/// The file to call: on Windows it is a script, which is not found by its bare name.
pub(super) const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

const NPM_ADVICE: &str = "axe-core, which tests look at the page with, is fetched by `npm`, and that is not \
    on PATH. Debian: apt-get install npm; elsewhere it comes with Node.js";

const ADVICE: &str = "the tests in WebAssembly need `node` on PATH, Node.js 18 or later. Debian: \
    apt-get install nodejs. `cargo xtask test lint native` needs none";
