//! The network between a browser and its gateway, for tests that pull it: what goes through is held up, or
//! every connection is cut.

use crate::Gateway;
use anyhow::{Context as _, Result};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    select,
    sync::watch,
};

/// A way to a gateway. It ends with the runtime that it was laid on.
#[derive(Debug)]
pub struct Cable {
    address: String,
    state: watch::Sender<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Whole,
    Held,
    Cut,
}

impl Cable {
    /// Lays one to a gateway, from an address of its own.
    pub async fn to(gateway: &Gateway) -> Result<Self> {
        let far = gateway.address().trim_start_matches("http://");
        let far: SocketAddr = far.trim_end_matches('/').parse()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}/", listener.local_addr()?);
        let (state, seen) = watch::channel(State::Whole);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, far, seen.clone()));
            }
        });
        Ok(Self { address, state })
    }

    /// The address of the page at this end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Nothing gets through any more, and nobody is told. What is under way waits, as TCP makes it wait:
    /// it arrives once the cable is whole again.
    pub fn hold(&self) {
        self.state.send_replace(State::Held);
    }

    /// Every connection breaks, and none can be made.
    pub fn cut(&self) {
        self.state.send_replace(State::Cut);
    }

    /// All is well again.
    pub fn mend(&self) {
        self.state.send_replace(State::Whole);
    }
}

/// One connection, until either side or the cable ends it.
async fn carry(near: TcpStream, far: SocketAddr, mut state: watch::Receiver<State>) -> Result<()> {
    let (to_far, to_near) = (state.clone(), state.clone());
    let both_ways = async {
        pass(&mut to_far.clone()).await?;
        let far = TcpStream::connect(far).await?;
        let (near_read, near_write) = near.into_split();
        let (far_read, far_write) = far.into_split();
        tokio::try_join!(
            pump(near_read, far_write, to_far),
            pump(far_read, near_write, to_near)
        )
    };
    select! {
        carried = both_ways => carried.map(drop),
        cut = state.wait_for(|it| *it == State::Cut) => cut.map(drop).context("the test is over"),
    }
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut state: watch::Receiver<State>,
) -> Result<()> {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        // However a side went, the other one hears of it only through the cable.
        let count = from.read(&mut bytes).await.unwrap_or(0);
        pass(&mut state).await?;
        if count == 0 {
            return Ok(to.shutdown().await?);
        }
        to.write_all(&bytes[..count]).await?;
    }
}

async fn pass(state: &mut watch::Receiver<State>) -> Result<()> {
    let whole = state.wait_for(|it| *it == State::Whole).await;
    whole.map(drop).context("the test is over")
}
