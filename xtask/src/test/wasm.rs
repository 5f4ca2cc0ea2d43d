//! Kind `wasm`: the tests that run as WebAssembly, by wasm-pack: those of the protocol in a headless browser
//! and in Node, the same files; those of the page in the browser, which they need.

use super::count::Count;
use crate::{
    process,
    setup::{self, Tool, browser, node},
    workspace,
};
use anyhow::{Context as _, Result, bail};
use std::process::Command;

/// Where WebAssembly runs.
#[derive(Clone, Copy, Debug)]
enum Engine {
    Browser,
    Node,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Self::Browser => "a browser",
            Self::Node => "Node",
        }
    }

    fn configure(self, wasm_pack: &mut Command) -> Result<()> {
        match self {
            Self::Browser => {
                let driver = browser::ensure()?.driver;
                wasm_pack.args(["--headless", "--chrome", "--chromedriver"]);
                // Tests that do not say where they run would be left to Node.
                wasm_pack.arg(driver).env("WASM_BINDGEN_USE_BROWSER", "1");
            }
            Self::Node => {
                node::ensure()?;
                wasm_pack.arg("--node");
            }
        }
        Ok(())
    }
}

/// What runs where: the folder of a package, and what cargo is told besides.
const RUNS: [(Engine, &str, &[&str]); 3] = [
    (Engine::Browser, "shared", &["--features", "server"]),
    (Engine::Node, "shared", &["--features", "server"]),
    (Engine::Browser, "client", &[]),
];

/// Runs all of it, and fails when any of it ran nothing.
pub(super) fn run(count: &mut Count) -> Result<()> {
    let mut failures = Vec::new();
    for (engine, package, options) in RUNS {
        let mut of_run = Count::default();
        let result = run_package(engine, package, options, &mut of_run);
        *count += of_run;
        let what = format!("{package} in {}", engine.name());
        println!("{what}: {} passed, {} failed", of_run.passed, of_run.failed);
        match result {
            Err(error) => failures.push(format!("{error:#}")),
            Ok(()) if of_run.passed == 0 => failures.push(format!("{what}: no test ran")),
            // wasm-pack passes over files that are set to run elsewhere, and succeeds.
            Ok(()) if of_run.skipped > 0 => {
                let files = of_run.skipped;
                failures.push(format!("{what}: {files} test files run only elsewhere"));
            }
            Ok(()) => {}
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    bail!("{}", failures.join("; "))
}

fn run_package(engine: Engine, package: &str, options: &[&str], count: &mut Count) -> Result<()> {
    println!("The tests of {package} in {} …", engine.name());
    let mut wasm_pack = Command::new(Tool::WasmPack.program()?);
    wasm_pack.args(["test", "--mode", "no-install"]);
    engine.configure(&mut wasm_pack)?;
    wasm_pack
        .arg(package)
        .args(options)
        .current_dir(workspace::root());
    // The defaults, 5 s and 20 s, are too short for a busy machine with two cores.
    wasm_pack.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    wasm_pack.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    setup::use_tools(&mut wasm_pack, &[Tool::Bindgen, Tool::WasmPack])?;
    process::watch(&mut wasm_pack, |line| count.read(line))
        .with_context(|| format!("the tests of {package} in {}", engine.name()))
}
