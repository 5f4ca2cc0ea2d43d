//! The gateway while it runs in the root: its address, a page of it, its end. Every wait has a deadline.

use anyhow::{Context as _, Result, bail, ensure};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// A gateway that listens; it is ended with this value.
#[derive(Debug)]
pub(super) struct Running {
    child: Option<Child>,
    address: SocketAddr,
}

impl Running {
    /// Starts it, and reads its address from the line that it prints.
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = child.context("starting the program")?;
        let stdout = child.stdout.take().context("its output")?;
        let mut running = Self {
            child: Some(child),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
        };
        let line = within(move || {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).map(|_| line)
        })??;
        let (_, address) = line
            .split_once("http://")
            .with_context(|| format!("it said {line:?}"))?;
        running.address = address
            .trim()
            .trim_end_matches('/')
            .parse()
            .context("an address")?;
        Ok(running)
    }

    /// What it answers, head and body.
    pub(super) fn get(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let host = self.address;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.take(LONGEST).read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Asks it to end, as systemd does, and waits until it has.
    pub(super) fn stop(mut self) -> Result<()> {
        let mut child = self.child.take().context("it was stopped before")?;
        let pid = child.id().to_string();
        let status = Command::new("kill").args(["-s", "TERM", &pid]).status()?;
        ensure!(status.success(), "no signal could be sent");
        let Ok(status) = within(move || child.wait()) else {
            let _ = Command::new("kill").args(["-s", "KILL", &pid]).status();
            bail!("it did not end within {PATIENCE:?}");
        };
        let status = status?;
        ensure!(status.success(), "it ended with {status}");
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What blocks, on a thread of its own, which is left alone when it takes too long.
fn within<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(work()));
    let waited = receiver.recv_timeout(PATIENCE);
    waited.with_context(|| format!("it said nothing within {PATIENCE:?}"))
}

const PATIENCE: Duration = Duration::from_secs(20);
/// Longest answer that is read.
const LONGEST: u64 = 1 << 20;
