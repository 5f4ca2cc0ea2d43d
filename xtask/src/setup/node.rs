//! Node.js, which runs WebAssembly without a browser: finds it, and on Debian installs it.

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

const ADVICE: &str = "the tests in WebAssembly need `node` on PATH, Node.js 18 or later. Debian: \
    apt-get install nodejs. `cargo xtask test lint native` needs none";
