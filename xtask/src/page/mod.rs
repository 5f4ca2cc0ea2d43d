//! Builds the page into `dist/`: Trunk, then what a strict server needs.
//!
//! Trunk compiles, binds and names files after their content. Afterwards the parts that are loaded later
//! come beside them, its one inline script
//! becomes a file, because the page's security policy allows no inline script, its style sheets become
//! one, and everything is compressed once, here, instead of by the gateway at each request.

mod compress;
mod parts;
mod script;
mod styles;

use crate::{
    process,
    setup::{self, Tool},
    workspace,
};
use anyhow::{Context as _, Result, bail};
use md5::{Digest as _, Md5};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Builds the page, and says how large it is.
pub(crate) fn build() -> Result<()> {
    setup::ensure(&TOOLS)?;
    println!("Building the page …");
    let started = Instant::now();
    trunk()?;
    let dist = workspace::dist();
    parts::bring(&dist, &workspace::built("wasm-bindgen")?.join("release"))?;
    script::move_out(&dist)?;
    styles::join(&dist)?;
    let sizes = compress::all(&dist)?;
    println!("{sizes}");
    println!("Built the page in {}.\n", setup::about(started.elapsed()));
    Ok(())
}

fn trunk() -> Result<()> {
    let index = workspace::root().join("index.html");
    if !index.is_file() {
        bail!("{} is not there: the page begins with it", index.display());
    }
    // Trunk runs without network, so that it can only use our tools; crates are fetched before.
    process::run(&mut process::cargo(["fetch"]))?;
    let mut trunk = std::process::Command::new(Tool::Trunk.program()?);
    trunk
        .args([
            "build",
            "--release",
            "--offline",
            "true",
            "--features",
            "split",
        ])
        .current_dir(workspace::root());
    setup::use_tools(&mut trunk, &TOOLS)?;
    // By relocations the linked module can be parted.
    let flags = [Some(RELOCATIONS.to_owned()), short_paths()];
    let flags: Vec<String> = flags.into_iter().flatten().collect();
    trunk.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        flags.join(" "),
    );
    process::run(&mut trunk).context("building the page")
}

/// Keeps the folders of whoever builds the page out of the texts of its panics: those are nobody's
/// business, and the same sources should make the same bytes everywhere.
fn short_paths() -> Option<String> {
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    let sources = cargo.join("registry").join("src");
    // Cargo parts the flags at spaces, so a folder with one in its name stays as it is.
    let sources = sources.to_str().filter(|path| !path.contains(' '))?;
    Some(format!("--remap-path-prefix={sources}="))
}

/// All files of a folder, in a fixed order; the page has no subfolders that we do not descend.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// What names a file after its content.
fn digest(content: &[u8]) -> String {
    hex::encode(&Md5::digest(content)[..8])
}

const RELOCATIONS: &str = "-Clink-args=--emit-relocs";

const TOOLS: [Tool; 2] = [Tool::Bindgen, Tool::Trunk];
