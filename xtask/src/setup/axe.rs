//! axe-core, which finds in a page what keeps people out of it: fetched by npm, of one version and one
//! digest, as `xtask/axe/package-lock.json` has them.
//!
//! It is JavaScript that tests run inside of the page; no part of it ships.

use super::node;
use crate::{process, workspace};
use anyhow::{Context as _, Result};
use std::{fs, path::Path, process::Command};

/// Fetches it to `folder`.
pub(super) fn build_into(folder: &Path) -> Result<()> {
    node::ensure_npm()?;
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let package = workspace::root().join("xtask").join("axe");
    for name in ["package.json", "package-lock.json"] {
        let from = package.join(name);
        fs::copy(&from, folder.join(name))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    let mut npm = Command::new(node::NPM);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder);
    process::run(&mut npm)
}

/// The version, as `xtask/axe/package.json` pins it.
pub(super) const VERSION: &str = "4.14.1";

/// Where npm puts the script that tests run in the page.
pub(super) const SCRIPT: [&str; 3] = ["node_modules", "axe-core", "axe.min.js"];
