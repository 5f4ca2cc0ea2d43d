//! Kind `native`: unit, integration and documentation tests of every package.
//!
//! Without those in a browser: Cargo leaves out the end-to-end tests, as `e2e/Cargo.toml` says.

use super::count::Count;
use crate::process;
use anyhow::Result;

/// Runs them all, also after one has failed.
pub(super) fn run(count: &mut Count) -> Result<()> {
    let mut cargo = process::cargo(["test", "--workspace", "--no-fail-fast"]);
    process::watch(&mut cargo, |line| count.read(line))
}
