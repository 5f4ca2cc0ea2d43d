//! `cargo xtask`: set-up and everything one types, on every platform.
//!
//! It holds no part of the product. It only calls other programs in the right order, and says
//! what it does while it does it.

mod bench;
mod packages;
mod page;
mod process;
mod run;
mod screens;
mod setup;
mod test;
mod workspace;

use anyhow::{Result, bail};
use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((command, rest)) = arguments.split_first() else {
        println!("{HELP}");
        return Ok(());
    };
    match command.as_str() {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "bench" => bench::bench(rest),
        "page" => none(rest).and_then(|()| page::build()),
        "dist" => packages::dist(rest),
        "screens" => none(rest).and_then(|()| screens::screens()),
        "setup-tools" => none(rest).and_then(|()| setup::everything()),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("there is no command `{other}`\n\n{HELP}"),
    }
}

fn none(arguments: &[String]) -> Result<()> {
    match arguments.first() {
        None => Ok(()),
        Some(first) => bail!("`{first}`: this command takes no arguments"),
    }
}

const HELP: &str = "\
cargo xtask COMMAND

  run [GATEWAY ARGUMENTS]   set up what is missing, build the page, run it on the built-in server
  test [KIND]...            run all tests, or those of the kinds lint, native, wasm, e2e
  test package              install the package for Debian in a root of its own, and run it there
  bench codec               measure the codec, natively and in WebAssembly
  bench page                measure the page in a real Chromium, with 1,000 contacts and 10,000 lines
  bench gateway [--quick]   measure what the gateway costs, beside a bare relay and its peers
  page                      build the page into dist/
  dist                      make one gateway binary with the page inside, and a package for Debian
  dist --check-reproducible make all of it twice and compare
  screens                   take the pictures in docs/screens/
  setup-tools               install every tool now, into the cache folder, and do nothing else";
