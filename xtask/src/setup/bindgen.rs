//! Builds `wasm-bindgen` and its test runner from `xtask/bindgen`, in this workspace.
//!
//! Nothing is downloaded but crates: the published binaries come from a host that a closed
//! network need not reach, and their version could differ from the one the page links.

use crate::{process, workspace};
use anyhow::{Context as _, Result};
use md5::{Digest as _, Md5};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Builds both programs and copies them to `folder/bin`.
pub(super) fn build_into(folder: &Path) -> Result<()> {
    process::run(&mut process::cargo(["build", "--package", "msnp6-bindgen"]))?;
    let binaries = folder.join("bin");
    fs::create_dir_all(&binaries).with_context(|| format!("making {}", binaries.display()))?;
    for name in ["wasm-bindgen", "wasm-bindgen-test-runner"] {
        let file = workspace::executable(name);
        let from = workspace::built("debug")?.join(&file);
        fs::copy(&from, binaries.join(&file))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    Ok(())
}

/// A digest of the package's sources, so that a change to them is a new tool.
pub(super) fn digest() -> Result<String> {
    let package = workspace::root().join("xtask").join("bindgen");
    let mut files = vec![package.join("Cargo.toml")];
    files.extend(sources(&package.join("src").join("bin"))?);
    let mut digest = Md5::new();
    for file in files {
        let text = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        digest.update(&text);
    }
    Ok(hex::encode(&digest.finalize()[..4]))
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    Ok(files)
}

/// The version of the whole wasm-bindgen family, as `xtask/bindgen/Cargo.toml` pins it.
pub(super) const VERSION: &str = "0.2.130";
