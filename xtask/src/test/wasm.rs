//! Kind `wasm`: the tests that run as WebAssembly inside a headless browser, by wasm-pack.

use super::count::Count;
use crate::{
    process,
    setup::{self, Tool, browser},
    workspace,
};
use anyhow::{Context as _, Result, bail};
use std::process::Command;

/// Runs those of each package that has any.
pub(super) fn run(count: &mut Count) -> Result<()> {
    let mut failures = Vec::new();
    for (package, options) in PACKAGES {
        let mut of_package = Count::default();
        let result = run_package(package, options, &mut of_package);
        *count += of_package;
        match result {
            Err(error) => failures.push(format!("{error:#}")),
            // wasm-pack passes over a package that is not set to run in a browser, and succeeds.
            Ok(()) if of_package.passed == 0 => failures.push(format!("{package}: no test ran")),
            Ok(()) => {}
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    bail!("{}", failures.join("; "))
}

fn run_package(package: &str, options: &[&str], count: &mut Count) -> Result<()> {
    println!("The tests of {package} in a browser …");
    let driver = browser::ensure()?.driver;
    let mut wasm_pack = Command::new(Tool::WasmPack.program()?);
    wasm_pack.args([
        "test",
        "--headless",
        "--chrome",
        "--mode",
        "no-install",
        "--chromedriver",
    ]);
    wasm_pack
        .arg(driver)
        .arg(package)
        .args(options)
        .current_dir(workspace::root());
    // The defaults, 5 s and 20 s, are too short for a busy machine with two cores.
    wasm_pack.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    wasm_pack.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    setup::use_tools(&mut wasm_pack, &[Tool::Bindgen, Tool::WasmPack])?;
    process::watch(&mut wasm_pack, |line| count.read(line))
        .with_context(|| format!("the tests of {package}"))
}

/// The folders of the packages that run in a browser, and what cargo is told besides.
const PACKAGES: [(&str, &[&str]); 2] = [("shared", &["--features", "server"]), ("client", &[])];
