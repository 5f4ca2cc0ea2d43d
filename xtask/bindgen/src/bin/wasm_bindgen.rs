//! `wasm-bindgen` as Trunk calls it, minus the name section of the page's WebAssembly, and with
//! short names between it and its script, and with its functions arranged to compress well. What the
//! page marks as loaded later becomes files of their own before.
//!
//! It is not a fork: arguments and output are those of the original, whose version is pinned in
//! `Cargo.toml` to the one that the workspace links.

mod alike;
mod arrange;
mod body;
mod parts;
mod short_names;

use std::{env, ffi::OsString, path::Path, process::ExitCode};

fn main() -> ExitCode {
    env_logger::init();
    match run(env::args_os().collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<OsString>) -> anyhow::Result<()> {
    if is_debugging(&arguments) {
        return wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments);
    }
    let folder = option(&arguments, "--out-dir");
    let name = option(&arguments, "--out-name");
    let (Some(folder), Some(name)) = (folder, name) else {
        return wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(lean(arguments));
    };
    let folder = Path::new(&folder);
    let (arguments, parts) = parts::part(arguments, folder)?;
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(lean(arguments))?;
    short_names::shorten(folder, &name)?;
    arrange::arrange(&folder.join(format!("{name}_bg.wasm")))?;
    if let Some(parts) = parts {
        parts.join(&folder.join(format!("{name}.js")))?;
    }
    Ok(())
}

fn is_debugging(arguments: &[OsString]) -> bool {
    arguments
        .iter()
        .any(|argument| argument == "--debug" || argument == "--keep-debug")
}

/// The value of an option, given as `--option value` or `--option=value`.
fn option(arguments: &[OsString], option: &str) -> Option<String> {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix(option) {
            Some("") => return Some(arguments.next()?.into_owned()),
            Some(rest) if rest.starts_with('=') => return Some(rest[1..].to_owned()),
            _ => {}
        }
    }
    None
}

/// Asks for the name and producers sections to be dropped.
///
/// Elsewhere `wasm-opt` does that; here no `wasm-opt` runs, and names are a third of the file.
fn lean(mut arguments: Vec<OsString>) -> Vec<OsString> {
    arguments.push("--remove-name-section".into());
    arguments.push("--remove-producers-section".into());
    arguments
}
