//! Kind `e2e`: the real page in a real Chromium, the real gateway, the built-in server.

use super::count::Count;
use crate::{
    page, process,
    setup::{Tool, browser},
};
use anyhow::Result;
use std::process::Command;

/// Builds page and gateway, and runs every end-to-end test against them.
pub(super) fn run(count: &mut Count) -> Result<()> {
    page::build()?;
    let mut cargo = cargo_test("chromium")?;
    cargo.env("AXE", Tool::Axe.program()?);
    process::watch(&mut cargo, |line| count.read(line))
}

/// Takes the pictures for the README; the page must be there already.
pub(crate) fn screens() -> Result<()> {
    let mut cargo = cargo_test("screens")?;
    process::run(&mut cargo)
}

/// Measures the page; it must be there already.
pub(crate) fn speed() -> Result<()> {
    let mut cargo = cargo_test("speed")?;
    process::run(cargo.args(["--", "--nocapture"]))
}

/// Builds the gateway and the tests, and gives the command that runs those of `target`.
///
/// Both are built as the kind `native` builds them, or everything below them would be compiled
/// twice: for the whole workspace, and the gateway because its own tests start it as well.
fn cargo_test(target: &str) -> Result<Command> {
    let browser = browser::ensure()?;
    let build = [
        "test",
        "--workspace",
        "--no-run",
        "--test",
        "gateway",
        "--test",
        target,
    ];
    process::run(&mut process::cargo(build))?;
    let mut cargo = process::cargo(["test", "--workspace", "--test", target]);
    // What failed is told step by step; where in the harness that was is of no help.
    cargo.env("RUST_LIB_BACKTRACE", "0");
    cargo
        .env("CHROME", browser.chrome)
        .env("CHROMEDRIVER", browser.driver);
    Ok(cargo)
}
