//! `msnp6-load`: what a bridge between WebSocket and TCP costs, measured from outside: links, servers and
//! the bridges themselves as children, all on loopback. It is no part of the product, and knows no more of
//! the gateway than its command line. `cargo xtask bench gateway` builds what it needs and starts it.
#![cfg(target_os = "linux")]

mod bridge;
mod figures;
mod frame;
mod growth;
mod link;
mod memory;
mod options;
mod relay;
mod report;
mod rig;
mod server;
mod traffic;
mod trust;
mod usage;

use anyhow::{Context as _, Result};
use options::Options;
use std::{env, process::ExitCode};

/// The whole program.
pub fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("msnp6-load: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Runtime::new().context("starting threads")?;
    if let ["relay", listen, server] = words.as_slice() {
        return runtime.block_on(relay::run(listen, server));
    }
    let options = Options::parse(&words)?;
    usage::raise_descriptors();
    runtime.block_on(report::print(&options))
}
