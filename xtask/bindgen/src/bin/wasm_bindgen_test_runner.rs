//! `wasm-bindgen-test-runner` as wasm-pack calls it: runs the WebAssembly tests of one crate.
//!
//! It is not a fork: it only pins the original's version to the one that the workspace links.

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    env_logger::init();
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
