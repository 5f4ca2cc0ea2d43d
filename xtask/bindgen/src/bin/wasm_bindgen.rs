//! `wasm-bindgen` as Trunk calls it, minus the name section of the page's WebAssembly.
//!
//! It is not a fork: arguments and output are those of the original, whose version is pinned in
//! `Cargo.toml` to the one that the workspace links.

use std::{env, ffi::OsString, process::ExitCode};

fn main() -> ExitCode {
    env_logger::init();
    match wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(lean(env::args_os().collect())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Asks for the name and producers sections to be dropped, unless the build is for debugging.
///
/// Elsewhere `wasm-opt` does that; here no `wasm-opt` runs, and names are a third of the file.
fn lean(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let debugging = ["--debug", "--keep-debug"];
    if !arguments
        .iter()
        .any(|argument| debugging.iter().any(|flag| argument == flag))
    {
        arguments.push("--remove-name-section".into());
        arguments.push("--remove-producers-section".into());
    }
    arguments
}
