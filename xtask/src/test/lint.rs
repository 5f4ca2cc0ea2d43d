//! Kind `lint`: form, warnings, documentation and dependencies. Each check counts as one test.

use super::count::Count;
use crate::{
    process,
    setup::{Tool, WASM},
};
use anyhow::{Result, bail};
use std::process::Command;

/// Runs every check, also after one has failed.
pub(super) fn run(count: &mut Count) -> Result<()> {
    let mut failures = Vec::new();
    for (name, mut command) in checks()? {
        println!("{name} …");
        match process::run(&mut command) {
            Ok(()) => count.passed += 1,
            Err(error) => {
                count.failed += 1;
                failures.push(format!("{name}: {error:#}"));
            }
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    bail!("{}", failures.join("; "))
}

fn checks() -> Result<Vec<(&'static str, Command)>> {
    let clippy = ["clippy", "--quiet", "--all-targets", "--all-features"];
    let with = |words: &[&str]| process::cargo(clippy.iter().chain(words).copied());
    let mut doc = process::cargo([
        "doc",
        "--quiet",
        "--workspace",
        "--no-deps",
        "--all-features",
    ]);
    doc.env("RUSTDOCFLAGS", "--deny warnings");
    let mut deny = Command::new(Tool::Deny.program()?);
    deny.args([
        "--log-level",
        "error",
        "--all-features",
        "check",
        "bans",
        "licenses",
        "sources",
    ]);
    deny.current_dir(crate::workspace::root());
    let on_wasm = [
        "--target",
        WASM,
        "--package",
        "msnp6",
        "--package",
        "msnp6-client",
    ];
    Ok(vec![
        ("formatting", process::cargo(["fmt", "--all", "--check"])),
        (
            "clippy, native",
            with(&["--workspace", "--", "--deny", "warnings"]),
        ),
        (
            "clippy, WebAssembly",
            with(&[&on_wasm[..], &["--", "--deny", "warnings"]].concat()),
        ),
        ("documentation", doc),
        ("licences, sources and bans of dependencies", deny),
    ])
}
