//! Starts Chromium by way of its driver, each browser with a profile of its own.

use crate::program::Program;
use anyhow::{Context as _, Result};
use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::{
    env,
    ffi::OsString,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::Command,
    time::Duration,
};

/// A running `chromedriver`; its browsers end with it.
#[derive(Debug)]
pub(crate) struct Driver {
    program: Program,
    port: u16,
}

impl Driver {
    /// Starts one on a free port.
    ///
    /// It picks a port that is free in one address family and may find it taken in the other, so it
    /// may try again.
    pub(crate) fn start() -> Result<Self> {
        let mut started = Self::start_once();
        for _ in 1..ATTEMPTS {
            if started.is_ok() {
                break;
            }
            started = Self::start_once();
        }
        started
    }

    fn start_once() -> Result<Self> {
        let driver = env::var_os("CHROMEDRIVER").unwrap_or_else(|| OsString::from("chromedriver"));
        let mut program = Program::start(Command::new(driver).arg("--port=0"))?;
        let port = program.announced("started successfully on port ")?;
        let port = port
            .trim_end_matches('.')
            .parse()
            .context("the driver's port")?;
        Ok(Self { program, port })
    }

    /// Starts a browser with an empty profile in `profile`.
    pub(crate) async fn browser(&self, profile: &Path) -> Result<Client> {
        let capabilities = capabilities(profile).context("describing the browser")?;
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .context("starting a browser")
    }

    /// Asks the driver to end all its browsers and itself; killing it would leave them behind.
    fn shut_down(&mut self) -> Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
        let _ = stream.read(&mut [0; 512])?;
        self.program.wait().map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // If it does not listen any more, dropping the program ends it the other way.
        let _ = self.shut_down();
    }
}

fn capabilities(profile: &Path) -> Option<Capabilities> {
    let mut arguments = ARGUMENTS.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let mut options = json!({ "args": arguments });
    if let Some(chrome) = env::var_os("CHROME") {
        options["binary"] = json!(chrome.to_str()?);
    }
    let capabilities = json!({
        "goog:chromeOptions": options,
        // What the page says to the console, and each frame of its WebSockets.
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    });
    capabilities.as_object().cloned()
}

/// How often a driver is started until it finds a port.
const ATTEMPTS: usize = 5;

const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    // The sandbox refuses root and most containers; the only pages here are ours.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en",
    // Wide enough for contacts and a conversation side by side.
    "--window-size=1280,900",
];
