//! The built-in server in this process: as odd as a test wants it, and there when the test wants it.
//! A gateway that is started with `--server` reaches it as it reaches any other.

use anyhow::{Context as _, Result, bail};
use msnp6::{
    model::{Endpoint, Secret},
    server::{Quirk, Quirks, Server, ServerConfig},
};
use msnp6_gateway::built_in::Doors;
use std::{
    mem,
    net::{Ipv4Addr, SocketAddr},
    process,
    sync::atomic::{AtomicU8, Ordering},
};
use tokio::{sync::oneshot, task::JoinHandle};

/// A server with the accounts of the demo. It ends with the runtime that it was started on.
#[derive(Debug)]
pub struct BuiltIn {
    at: [SocketAddr; 3],
    config: ServerConfig,
    state: State,
}

#[derive(Debug)]
enum State {
    Running {
        stop: oneshot::Sender<()>,
        serving: JoinHandle<Server>,
    },
    Stopped(Box<Server>),
    /// Between the two.
    Changing,
}

impl BuiltIn {
    /// Starts one on free ports.
    pub(crate) async fn start(quirks: Quirks) -> Result<Self> {
        let mut wanted = Doors::ANYWHERE;
        if quirks.has(Quirk::ReferralWithoutPort) {
            wanted[1] = default_port();
        }
        let doors = Doors::open(wanted).await.context("opening its ports")?;
        let [dispatch, notification, switchboard] = doors.endpoints()?;
        let at = |endpoint: &Endpoint| endpoint.to_string().parse();
        let at = [at(&dispatch)?, at(&notification)?, at(&switchboard)?];
        let mut config = ServerConfig::demo(notification, switchboard, SEED);
        config.quirks = quirks;
        let state = State::serve(doors, Server::new(config.clone()));
        Ok(Self { at, config, state })
    }

    /// Where sign-ins begin.
    pub const fn address(&self) -> SocketAddr {
        self.at[0]
    }

    /// Ends it: every connection is cut, and none is accepted any more.
    pub async fn stop(&mut self) -> Result<()> {
        let State::Running { stop, serving } = self.state.take() else {
            bail!("the server is not running");
        };
        drop(stop);
        let server = serving.await.context("the server's end")?;
        self.state = State::Stopped(Box::new(server));
        Ok(())
    }

    /// Gives an account of a stopped server another password. The server forgets whatever was changed since
    /// its first start.
    pub fn change_password(&mut self, address: &str, password: &str) -> Result<()> {
        let State::Stopped(server) = &mut self.state else {
            bail!("the server was not stopped");
        };
        let mut accounts = self.config.accounts.iter_mut();
        let account = accounts.find(|account| account.handle.as_str() == address);
        let account = account.with_context(|| format!("{address} has no account"))?;
        account.password = Some(Secret::new(password.to_owned()));
        **server = Server::new(self.config.clone());
        Ok(())
    }

    /// Starts it again at the same address. It knows its accounts and their lists as before, and nobody is
    /// signed in.
    pub async fn start_again(&mut self) -> Result<()> {
        let State::Stopped(server) = self.state.take() else {
            bail!("the server was not stopped");
        };
        let doors = Doors::open(self.at).await.context("taking its ports")?;
        self.state = State::serve(doors, *server);
        Ok(())
    }
}

impl State {
    fn serve(doors: Doors, mut server: Server) -> Self {
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            // Dropping the other half says it.
            let stopped = async { drop(stopped.await) };
            doors.serve(&mut server, stopped).await;
            server
        });
        Self::Running { stop, serving }
    }

    fn take(&mut self) -> Self {
        mem::replace(self, Self::Changing)
    }
}

/// The port that is meant where none is named, at an address that no other server in this machine has:
/// Linux takes all of 127 for its own.
fn default_port() -> SocketAddr {
    static TAKEN: AtomicU8 = AtomicU8::new(0);
    let host = if cfg!(target_os = "linux") {
        let count = TAKEN.fetch_add(1, Ordering::Relaxed);
        let [.., a, b] = process::id().to_be_bytes();
        Ipv4Addr::new(127, 0x80 | count, a, b)
    } else {
        Ipv4Addr::LOCALHOST
    };
    SocketAddr::new(host.into(), Endpoint::DEFAULT_PORT)
}

/// Nobody else can connect; nothing has to be hard to guess.
const SEED: u64 = 7;
