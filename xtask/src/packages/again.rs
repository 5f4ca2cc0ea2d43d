//! Whether the same sources make the same bytes: everything is made once more, from a copy of the sources in
//! another folder, the page as well, and compared file by file.

use super::{SOURCE_DATE, contents, source_date};
use crate::{process, workspace};
use anyhow::{Context as _, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Fails when anything in `first` comes out differently.
pub(super) fn check(first: &Path) -> Result<()> {
    let copy = copied_sources()?;
    println!("\nMaking it once more in {} …", copy.display());
    let mut cargo = process::cargo(["xtask", "dist"]);
    cargo
        .current_dir(&copy)
        .env(SOURCE_DATE, source_date())
        // Everything is to be built anew, where the copy has its own.
        .env_remove("CARGO_TARGET_DIR");
    process::run(&mut cargo)?;
    let second = copy.join("target").join("packages");
    let different = different(&contents(first)?, &contents(&second)?);
    if !different.is_empty() {
        bail!(
            "these came out differently in {} and {}: {}",
            first.display(),
            second.display(),
            different.join(", ")
        );
    }
    println!("\nReproducible: both times every file has the same bytes.");
    fs::remove_dir_all(&copy).with_context(|| format!("removing {}", copy.display()))
}

/// Names of files that are only on one side or differ.
fn different(first: &[(String, Vec<u8>)], second: &[(String, Vec<u8>)]) -> Vec<String> {
    let missing = |from: &[(String, Vec<u8>)], file| !from.contains(file);
    let mut names: Vec<String> = first
        .iter()
        .filter(|file| missing(second, file))
        .map(name)
        .collect();
    names.extend(second.iter().filter(|file| missing(first, file)).map(name));
    names.sort();
    names.dedup();
    names
}

fn name((name, _): &(String, Vec<u8>)) -> String {
    name.clone()
}

/// What git knows or would take, as it is now.
fn copied_sources() -> Result<PathBuf> {
    let root = workspace::root();
    let copy = workspace::built("again")?;
    let _ = fs::remove_dir_all(&copy);
    let mut git = Command::new("git");
    git.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ])
    .current_dir(&root);
    let files = process::output(&mut git).context("the sources are copied as git lists them")?;
    for name in files.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (root.join(name), copy.join(name));
        // What was removed and not yet committed.
        if !from.exists() {
            continue;
        }
        let folder = to.parent().context("a file is in a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        fs::copy(&from, &to).with_context(|| format!("copying {}", from.display()))?;
    }
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        let file =
            |(name, content): &(&str, &str)| ((*name).to_owned(), content.as_bytes().to_vec());
        files.iter().map(file).collect()
    }

    #[test]
    fn what_differs_or_is_missing_on_either_side_is_named_once() {
        let first = files(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let second = files(&[("a", "1"), ("b", "2"), ("d", "1")]);
        assert_eq!(different(&first, &second), ["b", "c", "d"]);
        assert!(different(&first, &first).is_empty());
    }
}
