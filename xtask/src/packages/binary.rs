//! The binary: static where that can be had, with no folder of whoever builds it inside.

use crate::{process, workspace};
use anyhow::{Context as _, Result};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// What to build for: this machine with musl, whose programs need nothing of the system; where its target
/// cannot be added, this machine as it is.
pub(super) fn target() -> Result<String> {
    let host = host()?;
    let Some(musl) = musl_of(&host) else {
        return Ok(host);
    };
    if !is_there(&musl) {
        println!("Installing the Rust target {musl} (usually 5 s) …");
        let mut rustup = Command::new("rustup");
        rustup
            .args(["target", "add", &musl])
            .current_dir(workspace::root());
        if process::run(&mut rustup).is_err() || !is_there(&musl) {
            println!("It cannot be had, so the binary will need the system's glibc.");
            return Ok(host);
        }
    }
    Ok(musl)
}

/// How the binary gets its C library, in words.
pub(super) fn libc(target: &str) -> &'static str {
    match target.rsplit('-').next() {
        Some("musl") => "static, with musl",
        Some("gnu") => "which needs the glibc of the system",
        _ => "which needs the C library of the system",
    }
}

/// Builds it, and says where it is.
pub(super) fn build(target: &str) -> Result<PathBuf> {
    println!("Building the gateway for {target} …");
    let package = ["--package", "msnp6-gateway", "--features", "embed"];
    let mut cargo = process::cargo(["build", "--profile", PROFILE, "--locked"]);
    cargo.args(package).args(["--target", target]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags()?.join("\u{1f}"));
    if target.ends_with("musl") && process::on_path("musl-gcc").is_none() {
        // What crates have of C is free-standing, so that any compiler for this processor will do.
        let key = format!("CC_{}", target.replace('-', "_"));
        if env::var_os(&key).is_none() {
            cargo.env(key, "cc");
        }
    }
    process::run(&mut cargo)?;
    let folder = workspace::built(target)?.join(PROFILE);
    Ok(folder.join(workspace::executable("msnp6-gateway")))
}

/// As in the page: the same sources make the same bytes in every folder.
fn flags() -> Result<Vec<String>> {
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = cargo.map(|home| home.join("registry").join("src"));
    let built = workspace::built("")?;
    let folders = [Some(workspace::root()), Some(built), sources];
    let flag = |folder: PathBuf| format!("--remap-path-prefix={}=", shown(&folder));
    Ok(folders.into_iter().flatten().map(flag).collect())
}

fn shown(folder: &Path) -> String {
    folder
        .display()
        .to_string()
        .trim_end_matches('/')
        .to_owned()
}

fn host() -> Result<String> {
    let mut rustc = Command::new("rustc");
    let version = process::output(rustc.arg("-vV").current_dir(workspace::root()))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say its host")?.to_owned())
}

fn musl_of(host: &str) -> Option<String> {
    let (processor, system) = host.split_once('-')?;
    system
        .contains("linux")
        .then(|| format!("{processor}-unknown-linux-musl"))
}

/// The compiler itself names the folder of a target's library.
fn is_there(target: &str) -> bool {
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "target-libdir", "--target", target])
        .current_dir(workspace::root());
    // One that it does not know at all is not there either.
    let folder = process::output(&mut rustc).unwrap_or_default();
    !folder.is_empty() && Path::new(folder.trim()).is_dir()
}

/// The profile in `Cargo.toml`.
pub(crate) const PROFILE: &str = "dist";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_gets_musl_and_others_stay_as_they_are() {
        let musl = Some("aarch64-unknown-linux-musl".to_owned());
        assert_eq!(musl_of("aarch64-unknown-linux-gnu"), musl);
        assert_eq!(musl_of("aarch64-apple-darwin"), None);
    }

    #[test]
    fn it_is_said_where_the_c_library_comes_from() {
        assert!(libc("x86_64-unknown-linux-musl").contains("static"));
        assert!(libc("x86_64-unknown-linux-gnu").contains("glibc"));
    }
}
