//! The package for Debian, by cargo-deb: `gateway/Cargo.toml` says what is in it, and the files themselves
//! are in `gateway/package`.

use super::{SOURCE_DATE, binary, source_date};
use crate::{process, setup::Tool, workspace};
use anyhow::{Context as _, Result};
use std::{fs, path::Path, process::Command};

/// Makes it in `folder`, of the binary that was built before.
pub(super) fn make(target: &str, folder: &Path) -> Result<()> {
    if !target.contains("linux") {
        println!("No package for Debian: {target} is not Linux.");
        return Ok(());
    }
    let mut deb = Command::new(Tool::Deb.program()?);
    deb.args(["--quiet", "--no-build", "--no-strip", "--package"])
        .args(["msnp6-gateway", "--profile", binary::PROFILE])
        .args(["--target", target, "--output"])
        .arg(folder)
        .env(SOURCE_DATE, source_date())
        .current_dir(workspace::root());
    process::run(&mut deb)
}

/// The package in `folder`.
pub(crate) fn in_folder(folder: &Path) -> Result<std::path::PathBuf> {
    let reading = || format!("reading {}", folder.display());
    for entry in fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            return Ok(path);
        }
    }
    anyhow::bail!("there is no package in {}", folder.display())
}
