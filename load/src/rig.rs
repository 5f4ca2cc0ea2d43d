//! What one figure needs: a server, a bridge to it, and links through both.

use crate::{
    bridge::{Bridge, Dialect, Kind},
    link::{Link, Message},
    server::{Mode, Server, lines},
    usage,
};
use anyhow::{Context as _, Result, bail};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, task::JoinSet, time::sleep};

/// How long a message is.
pub(crate) const LINE: usize = 200;

/// Dropped in this order: links first, so that no bridge is ended under them.
#[derive(Debug)]
pub(crate) struct Rig {
    pub(crate) links: Vec<Link>,
    pub(crate) bridge: Bridge,
    pub(crate) server: Server,
    pub(crate) dialect: Dialect,
    pub(crate) message: Message,
}

impl Rig {
    /// A bridge without any link.
    pub(crate) async fn start(kind: Kind, program: &Path, mode: Mode) -> Result<Self> {
        let server = Server::start(mode).await?;
        let mut dialect = kind.dialect();
        let bridge = if kind == Kind::Switchboard {
            let refers = Server::start(Mode::Refer(server.address)).await?;
            let bridge = Bridge::start(kind, program, refers.address).await?;
            dialect = Link::ticket(bridge.address, &dialect).await?;
            bridge
        } else {
            Bridge::start(kind, program, server.address).await?
        };
        Ok(Self {
            links: Vec::new(),
            bridge,
            server,
            message: Message::new(&lines(LINE), &dialect),
            dialect,
        })
    }

    /// Opens links until there are `count`, and waits until the server has them all.
    pub(crate) async fn open(&mut self, count: usize) -> Result<()> {
        let at_once = Arc::new(Semaphore::new(AT_ONCE));
        let mut opening = JoinSet::new();
        for _ in self.links.len()..count {
            let permit = Arc::clone(&at_once).acquire_owned().await?;
            let (address, dialect) = (self.bridge.address, self.dialect.clone());
            let message = self.message.clone();
            opening.spawn(async move {
                let link = Link::open(address, &dialect, &message).await;
                drop(permit);
                link
            });
            while let Some(link) = opening.try_join_next() {
                self.links.push(link??);
            }
        }
        while let Some(link) = opening.join_next().await {
            let link = link?.with_context(|| format!("at {} links", self.links.len()))?;
            self.links.push(link);
        }
        self.settle(count).await
    }

    /// Waits until the server has so many connections, no more and no fewer.
    pub(crate) async fn settle(&self, count: usize) -> Result<()> {
        let deadline = Instant::now() + SETTLED;
        while self.server.open() != count {
            if Instant::now() > deadline {
                bail!("{} of {count} links reached the server", self.server.open());
            }
            sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// Each link carries one message there and back.
    pub(crate) async fn echo_once(&mut self) -> Result<()> {
        let mut buffer = [0; 1024];
        for link in &mut self.links {
            link.echo(&mut buffer).await?;
        }
        Ok(())
    }

    pub(crate) fn cpu(&self) -> Result<u64> {
        usage::cpu(self.bridge.process())
    }

    pub(crate) fn memory(&self) -> Result<u64> {
        usage::memory(self.bridge.process())
    }

    pub(crate) fn descriptors(&self) -> usize {
        usage::descriptors(self.bridge.process())
    }
}

/// Links that are being opened at the same time. What a bridge needs for that, some keep for ever.
const AT_ONCE: usize = 16;
const SETTLED: Duration = Duration::from_secs(10);
