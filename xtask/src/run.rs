//! `cargo xtask run`: from a fresh checkout to a page one can sign in to.

use crate::{page, process, workspace};
use anyhow::{Context as _, Result};
use std::process::Command;

/// Builds what is needed, then becomes the gateway; `extra` arguments are the gateway's.
pub(crate) fn run(extra: &[String]) -> Result<()> {
    page::build()?;
    println!("Building the gateway …");
    process::run(&mut process::cargo(["build", "--package", "msnp6-gateway"]))?;
    println!("\nOpen the address below and sign in as {ACCOUNT}, password {PASSWORD}.");
    println!("A second window, signed in as bob@example.com, can talk to the first.");
    println!("Echo is always there and answers. Ctrl-C ends it all.\n");
    let program = workspace::built("debug")?.join(workspace::executable("msnp6-gateway"));
    let mut gateway = Command::new(program);
    gateway
        .arg("--demo")
        .arg("--web-root")
        .arg(workspace::dist())
        .args(extra);
    become_it(&mut gateway)
}

/// The gateway takes this process's place, so whoever ends this one ends the gateway.
#[cfg(unix)]
fn become_it(gateway: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(gateway.exec()).context("starting the gateway")
}

/// Where a process cannot be replaced, the console sends Ctrl-C to both.
#[cfg(not(unix))]
fn become_it(gateway: &mut Command) -> Result<()> {
    process::run(gateway)
}

const ACCOUNT: &str = "alice@example.com";
const PASSWORD: &str = "demo";
