//! `bench codec`: how fast the protocol's codec is, natively and in WebAssembly, as one table each.
//! `bench page`: how large and how fast the page is, in a real Chromium.
//! `bench gateway`: what the gateway costs, beside a bare relay and its peers.
//!
//! It measures nothing itself: the first is `shared/benches/codec`, built and run twice, the second is
//! `e2e/tests/speed.rs`, the third is the package in `load/`. The figures of
//! a busy machine are low; the ratios between the columns say more than the columns.

use crate::{
    packages::PROFILE,
    page, process,
    setup::{self, Tool},
    test::e2e,
    workspace,
};
use anyhow::{Context as _, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Runs the benchmark that is named.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    let names: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["codec"] => codec(),
        ["page"] => page::build().and_then(|()| e2e::speed()),
        ["gateway", options @ ..] => gateway(options),
        _ => bail!("say which: `cargo xtask bench codec`, `page` or `gateway`"),
    }
}

/// Gateway and relay are built as the gateway ships, but with the C library of this system.
fn gateway(options: &[&str]) -> Result<()> {
    let mut arguments: Vec<String> = options.iter().map(ToString::to_string).collect();
    for peer in Tool::PEERS {
        // What cannot be had is missing in the tables, and the rest is measured.
        if let Err(error) = setup::ensure(&[peer]) {
            eprintln!("{error:#}");
        }
        arguments.push(format!("--{}={}", peer.name(), peer.program()?.display()));
    }
    println!("Building the gateway and the load …");
    let packages = ["--package", "msnp6-gateway", "--package", "msnp6-load"];
    let build = ["build", "--quiet", "--profile", PROFILE];
    process::run(&mut process::cargo([&build[..], &packages].concat()))?;
    let folder = workspace::built(PROFILE)?;
    let program = |name| folder.join(workspace::executable(name));
    arguments.insert(
        0,
        format!("--gateway={}", program("msnp6-gateway").display()),
    );
    process::run(Command::new(program("msnp6-load")).args(arguments))
}

fn codec() -> Result<()> {
    println!("Native:\n");
    let bench = ["bench", "--quiet", "--package", "msnp6", "--bench", "codec"];
    process::run(&mut process::cargo(bench))?;
    if process::on_path("node").is_none() {
        println!("WebAssembly: left out, there is no `node` on PATH to run it.");
        return Ok(());
    }
    setup::ensure(&[Tool::Bindgen])?;
    println!("WebAssembly, in Node:\n");
    let script = for_node(&built_for_wasm()?)?;
    process::run(Command::new("node").arg(script))
}

/// Builds the benchmark as WebAssembly, and answers where it is.
fn built_for_wasm() -> Result<PathBuf> {
    let build = ["bench", "--quiet", "--no-run", "--message-format", "json"];
    let what = ["--package", "msnp6", "--bench", "codec"];
    let target = ["--target", "wasm32-unknown-unknown"];
    let messages = process::output(&mut process::cargo([&build[..], &what, &target].concat()))?;
    let path = messages
        .rsplit_once("\"executable\":\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .context("cargo did not say where it put the benchmark")?
        .0;
    // The path is a JSON string; on some systems it has backslashes.
    Ok(PathBuf::from(path.replace("\\\\", "\\")))
}

/// Makes of it what Node can run, and answers the script.
fn for_node(wasm: &Path) -> Result<PathBuf> {
    let folder = workspace::built("bench-node")?;
    let mut bindgen = Command::new(Tool::Bindgen.program()?);
    bindgen.args([
        "--target",
        "nodejs",
        "--no-typescript",
        "--out-name",
        "codec",
    ]);
    process::run(bindgen.arg("--out-dir").arg(&folder).arg(wasm))?;
    Ok(folder.join("codec.js"))
}
