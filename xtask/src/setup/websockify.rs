//! websockify, a bridge in Python that the gateway is measured against: fetched by pip into an environment
//! of its own.

use crate::process;
use anyhow::{Context as _, Result};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Fetches it to `folder`.
pub(super) fn build_into(folder: &Path) -> Result<()> {
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv"]).arg(folder);
    process::run(&mut venv).context("websockify needs `python3` with its module venv on PATH")?;
    let mut pip = Command::new(python(folder));
    pip.args(["-m", "pip", "install", "--quiet", "--no-input"]);
    pip.args(["--disable-pip-version-check", "--only-binary=:all:"]);
    process::run(pip.args([&format!("websockify=={VERSION}"), NUMPY]))
}

/// What runs it, with `-m websockify`: the script beside it names the folder in which it was installed, and
/// that is moved.
pub(super) fn python(folder: &Path) -> PathBuf {
    folder.join("bin").join("python")
}

/// The version that is measured.
pub(super) const VERSION: &str = "0.13.0";

/// It unmasks with numpy where there is one, ten times as fast as without.
const NUMPY: &str = "numpy==2.4.6";
