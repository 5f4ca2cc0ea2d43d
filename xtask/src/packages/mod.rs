//! `cargo xtask dist`: what an operator gets, in `target/packages`: one stripped binary with the page inside, a
//! package for Debian, lists of what both are made of, and the sums of them all.
//!
//! With `--check-reproducible` it makes all of it once more from a copy of the sources, and compares.

mod again;
mod binary;
pub(crate) mod deb;
mod sbom;

pub(crate) use binary::PROFILE;

use crate::{
    page, process,
    setup::{self, Tool},
    workspace,
};
use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};
use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Makes it, and says where it is.
pub(crate) fn dist(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => make().map(|_| ()),
        ["--check-reproducible"] => again::check(&make()?),
        _ => bail!("`dist` takes no argument but --check-reproducible"),
    }
}

/// Makes all of it; gives the folder.
pub(crate) fn make() -> Result<PathBuf> {
    setup::ensure(&[Tool::Deb, Tool::Sbom])?;
    page::build()?;
    let folder = folder()?;
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let target = binary::target()?;
    let built = binary::build(&target)?;
    copy(&built, &folder)?;
    deb::make(&target, &folder)?;
    sbom::make(&target, &folder)?;
    copy(&package("Containerfile"), &folder)?;
    println!("\nIn {}:\n{}", folder.display(), summed_up(&folder)?);
    println!(
        "The binary has the page inside; it is for {target}, {}.",
        binary::libc(&target)
    );
    println!("The Containerfile is not built here: its head says how to.");
    Ok(folder)
}

/// Where it all goes.
pub(crate) fn folder() -> Result<PathBuf> {
    workspace::built("packages")
}

/// A file of the package's own.
fn package(name: &str) -> PathBuf {
    workspace::root().join("gateway").join("package").join(name)
}

fn copy(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().context("a file has a name")?;
    fs::copy(file, folder.join(name)).with_context(|| format!("copying {}", file.display()))?;
    Ok(())
}

/// Writes `SHA256SUMS`, and gives its lines with sizes for people.
fn summed_up(folder: &Path) -> Result<String> {
    let (mut sums, mut shown) = (String::new(), String::new());
    for (name, content) in contents(folder)? {
        let sum = hex::encode(Sha256::digest(&content));
        writeln!(sums, "{sum}  {name}")?;
        let size = content.len() / 1024;
        writeln!(shown, "{size:>8} KiB  {}…  {name}", &sum[..16])?;
    }
    let path = folder.join(SUMS);
    fs::write(&path, sums).with_context(|| format!("writing {}", path.display()))?;
    Ok(shown)
}

/// Every file of the folder but the sums, by name.
fn contents(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut contents = Vec::new();
    let reading = || format!("reading {}", folder.display());
    for entry in fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name != SUMS {
            let content = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            contents.push((name.into_owned(), content));
        }
    }
    contents.sort();
    Ok(contents)
}

/// The time that stands in packages and lists instead of now: when the sources were last committed.
fn source_date() -> String {
    if let Ok(date) = env::var(SOURCE_DATE) {
        return date;
    }
    let mut git = Command::new("git");
    git.args(["log", "-1", "--format=%ct"])
        .current_dir(workspace::root());
    // Sources without a history have no date: any will do that is always the same.
    process::output(&mut git).map_or_else(|_| "0".to_owned(), |date| date.trim().to_owned())
}

const SUMS: &str = "SHA256SUMS";
const SOURCE_DATE: &str = "SOURCE_DATE_EPOCH";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_summed_up_but_the_sums() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "").unwrap();
        fs::write(folder.path().join("a"), "abc").unwrap();
        fs::write(folder.path().join(SUMS), "old").unwrap();
        summed_up(folder.path()).unwrap();
        let sums = fs::read_to_string(folder.path().join(SUMS)).unwrap();
        let lines: Vec<_> = sums.lines().collect();
        // Of "abc" by FIPS 180-2, of nothing as everybody knows it.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a";
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b";
        assert_eq!(lines, [abc, nothing]);
    }

    #[test]
    fn an_argument_that_is_none_is_refused() {
        assert!(dist(&["--fast".to_owned()]).is_err());
    }
}
