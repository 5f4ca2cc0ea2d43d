//! Where things are: the repository, what Cargo built, the page, and the tools of this project.

use anyhow::{Context as _, Result};
use std::{
    env,
    path::{Path, PathBuf},
};

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    // Cargo says where the package is now; the other is where it was when this was compiled.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or(package.clone(), Path::to_path_buf)
}

/// The folder of the finished page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's folder for the binaries of `profile` (`debug`, `release`): this program is in one.
pub(crate) fn built(profile: &str) -> Result<PathBuf> {
    let this = env::current_exe().context("finding this program's own path")?;
    let target = this
        .parent()
        .and_then(Path::parent)
        .context("this program lies at the root")?;
    Ok(target.join(profile))
}

/// The file name of the program `name` on this platform.
pub(crate) fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

/// The user's cache folder for the tools of this project, by version, on nobody's `PATH`.
pub(crate) fn tools() -> Result<PathBuf> {
    let cache = cache_folder()
        .context("no cache folder: set XDG_CACHE_HOME (or HOME) to where tools may be kept")?;
    Ok(cache.join("msnp6").join("tools"))
}

fn cache_folder() -> Option<PathBuf> {
    let from = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    if let Some(folder) = from("XDG_CACHE_HOME") {
        return Some(folder);
    }
    if cfg!(windows) {
        return from("LOCALAPPDATA");
    }
    from("HOME").map(|home| home.join(".cache"))
}
