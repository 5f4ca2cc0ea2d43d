//! The program: reads the configuration, starts logging, and runs until it is told to stop.

use clap::Parser as _;
use msnp6_gateway::{
    CommandLine, Config, Inherited, Listeners, Reloader, run_reloading, ticket::unix_now,
};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};
use tracing::info;

mod logging;
mod signals;
mod supervisor;

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let is_check = line.check;
    let config = match Config::load(line.clone()) {
        Ok(config) => config,
        Err(error) => return fail(&error),
    };
    if is_check {
        let certificate = config.tls.as_ref();
        if let Some(warning) = certificate.and_then(|it| it.warning(unix_now())) {
            let _ = writeln!(io::stderr(), "msnp6-gateway: warning: {warning}");
        }
        say("the configuration is fine");
        return ExitCode::SUCCESS;
    }
    logging::start(config.log_format);
    // Before any thread, see there.
    let inherited = Inherited::take();
    // One thread carries all links. Two would be woken more often, each for less, and carry no more; what waits for
    // files or names has threads of its own.
    let served = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(serve(line, config, inherited?)));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

async fn serve(line: CommandLine, config: Config, inherited: Inherited) -> io::Result<()> {
    let listeners = Listeners::open(&config, inherited).await?;
    let signal = signals::shutdown()?;
    let hangups = signals::Hangups::new()?;
    let (reloader, reloads) = Reloader::new();
    announce(&listeners, &config);
    if let Some(admin) = &listeners.admin {
        info!(address = %admin.local_addr()?, "health and metrics");
    }
    supervisor::ready();
    tokio::spawn(reload(line, hangups, reloader));
    let shutdown = async {
        signal.await;
        supervisor::stopping();
    };
    run_reloading(listeners, config, reloads, shutdown).await
}

/// Reads the configuration again at each hangup.
async fn reload(line: CommandLine, mut hangups: signals::Hangups, reloader: Reloader) {
    while hangups.next().await.is_some() {
        supervisor::reloading();
        let line = line.clone();
        // Files are read, and whoever waits for a disk does not hold up links.
        if let Ok(loaded) = tokio::task::spawn_blocking(|| Config::load(line)).await {
            reloader.reload(loaded).await;
        }
        supervisor::reloaded();
    }
}

/// One line for each place. A TCP address is the first, if there is one: people and tests open it.
fn announce(listeners: &Listeners, config: &Config) {
    let version = env!("CARGO_PKG_VERSION");
    let (tcp, others): (Vec<_>, Vec<_>) = listeners
        .page
        .iter()
        .partition(|listener| listener.tcp_addr().is_some());
    for listener in tcp.iter().chain(&others) {
        let url = listener.url(config);
        say(&format!("msnp6-gateway {version} listening on {url}"));
    }
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    let _ = writeln!(io::stderr(), "msnp6-gateway: {error}");
    ExitCode::FAILURE
}

/// One line to whoever started the program; it may have stopped listening.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
