//! `cargo xtask dist`: one gateway binary, optimised, with the page inside.

use crate::{page, process, workspace};
use anyhow::{Context as _, Result};
use std::fs;

/// Builds it and says where it is.
pub(crate) fn dist() -> Result<()> {
    page::build()?;
    let arguments = [
        "build",
        "--release",
        "--locked",
        "--package",
        "msnp6-gateway",
        "--features",
        "embed",
    ];
    process::run(&mut process::cargo(arguments))?;
    let binary = workspace::built("release")?.join(workspace::executable("msnp6-gateway"));
    let size = fs::metadata(&binary).with_context(|| format!("finding {}", binary.display()))?;
    println!(
        "\n{} ({} KiB), with the page inside.",
        binary.display(),
        size.len() / 1024
    );
    Ok(())
}
