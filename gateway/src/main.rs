//! The program: reads the configuration, starts logging, and runs until it is told to stop.

use clap::Parser as _;
use msnp6_gateway::{CommandLine, Config, Listeners, run};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};
use tokio::net::TcpListener;

mod logging;
mod signals;

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let is_check = line.check;
    let config = match Config::load(line) {
        Ok(config) => config,
        Err(error) => return fail(&error),
    };
    if is_check {
        say("the configuration is fine");
        return ExitCode::SUCCESS;
    }
    logging::start();
    let served = tokio::runtime::Runtime::new().and_then(|runtime| runtime.block_on(serve(config)));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

async fn serve(config: Config) -> io::Result<()> {
    let page = bind("listen", config.listen).await?;
    let admin = match config.admin_listen {
        Some(address) => Some(bind("admin_listen", address).await?),
        None => None,
    };
    let shutdown = signals::shutdown()?;
    let version = env!("CARGO_PKG_VERSION");
    say(&format!(
        "msnp6-gateway {version} listening on http://{}/",
        page.local_addr()?
    ));
    run(Listeners { page, admin }, config, shutdown).await
}

async fn bind(key: &str, address: std::net::SocketAddr) -> io::Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| {
        let words = format!("{key} is {address}, where nobody can listen now: {error}");
        io::Error::new(error.kind(), words)
    })
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    let _ = writeln!(io::stderr(), "msnp6-gateway: {error}");
    ExitCode::FAILURE
}

/// One line to whoever started the program; it may have stopped listening.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
