//! The bridges that are compared, each a child process that listens on loopback and leads to one server.

use crate::usage;
use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// Which bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Bare TCP to TCP, of this package.
    Relay,
    /// On a link to a notification server: it reads along in what that says.
    Gateway,
    /// The same program on a link to a switchboard, as those are that texts go through: it reads nothing.
    Switchboard,
    Websocat,
    Wsproxy,
    Websockify,
}

/// What a page speaks with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Bare,
    /// With this path.
    WebSocket(Arc<str>),
}

impl Kind {
    /// Those whose program is named on the command line; that of websockify is a Python.
    pub(crate) const PROGRAMS: [Self; 4] = [
        Self::Gateway,
        Self::Websocat,
        Self::Wsproxy,
        Self::Websockify,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Relay => "bare relay",
            Self::Gateway => "this gateway",
            Self::Switchboard => "… to switchboards",
            Self::Websocat => "websocat",
            Self::Wsproxy => "wsproxy",
            Self::Websockify => "websockify",
        }
    }

    pub(crate) const fn flag(self) -> &'static str {
        match self {
            Self::Relay | Self::Switchboard => "",
            Self::Gateway => "--gateway",
            Self::Websocat => "--websocat",
            Self::Wsproxy => "--wsproxy",
            Self::Websockify => "--websockify",
        }
    }

    /// For a switchboard a ticket comes to it.
    pub(crate) fn dialect(self) -> Dialect {
        match self {
            Self::Relay => Dialect::Bare,
            Self::Gateway | Self::Switchboard => Dialect::WebSocket("/msnp".into()),
            Self::Websocat | Self::Wsproxy | Self::Websockify => Dialect::WebSocket("/".into()),
        }
    }

    /// How many links it is asked to hold at most: a process of Python for each of thousands would need
    /// more memory than machines have.
    pub(crate) const fn most_links(self) -> usize {
        match self {
            Self::Websockify => 200,
            _ => usize::MAX,
        }
    }

    fn arguments(self, listen: &str, server: &str) -> Vec<String> {
        let words: &[&str] = match self {
            Self::Relay => &["relay", listen, server],
            Self::Gateway | Self::Switchboard => {
                &["--listen", listen, "--server", &format!("bench={server}")]
            }
            Self::Websocat => &["-b", &format!("ws-l:{listen}"), &format!("tcp:{server}")],
            Self::Wsproxy => &["server", "--listen", listen, "--default-target", server],
            Self::Websockify => &["-m", "websockify", listen, server],
        };
        let limits: &[&str] = match self {
            Self::Gateway | Self::Switchboard => &NO_LIMITS,
            _ => &[],
        };
        words
            .iter()
            .chain(limits)
            .map(ToString::to_string)
            .collect()
    }
}

/// One load comes from one address, and as fast as it can.
const NO_LIMITS: [&str; 6] = [
    "--max-links=0",
    "--max-links-per-client=0",
    "--max-new-links-per-minute=0",
    "--max-bytes-per-second=0",
    "--max-frames-per-second=0",
    "--stall-seconds=300",
];

/// A bridge that runs until this is dropped.
#[derive(Debug)]
pub(crate) struct Bridge {
    pub(crate) address: SocketAddr,
    child: Child,
}

impl Bridge {
    /// Starts it and waits until it listens.
    pub(crate) async fn start(kind: Kind, program: &Path, server: SocketAddr) -> Result<Self> {
        let address = free_address()?;
        let arguments = kind.arguments(&address.to_string(), &server.to_string());
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let child = command
            .spawn()
            .with_context(|| format!("starting {}", kind.name()))?;
        let mut bridge = Self { address, child };
        let deadline = Instant::now() + START;
        while !is_listening(address.port()) {
            if let Some(status) = bridge.child.try_wait().context("waiting for it")? {
                bail!("ended with {status}");
            }
            if Instant::now() > deadline {
                bail!("did not listen within {START:?}");
            }
            sleep(Duration::from_millis(5)).await;
        }
        Ok(bridge)
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        // One that forks leaves children behind.
        for member in usage::family(self.child.id()).into_iter().skip(1) {
            let pid = i32::try_from(member).ok().and_then(Pid::from_raw);
            if let Some(pid) = pid {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").context("looking for a free port")?;
    listener.local_addr().context("looking for a free port")
}

/// Asks the system, not the bridge: to some, a connection that says nothing costs a process.
fn is_listening(port: u16) -> bool {
    let sockets = fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let address = format!("0100007F:{port:04X}");
    sockets.lines().any(|line| {
        let mut words = line.split_whitespace().skip(1);
        words.next() == Some(address.as_str()) && words.nth(1) == Some(LISTENING)
    })
}

const LISTENING: &str = "0A";
/// Python takes its time.
const START: Duration = Duration::from_secs(10);
