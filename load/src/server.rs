//! The servers behind the bridges: one sends back, one takes, one sends without end.

use crate::{rig::LINE, trust::pattern};
use anyhow::{Context as _, Result};
use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::timeout,
};

/// What a server does with its connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Sends back what it gets.
    Echo,
    /// Takes what it gets.
    Sink,
    /// Sends so many bytes at once, again and again, once it is told to.
    Flood(usize),
    /// Sends what [`pattern`] says until it is held up or has sent much, once it is told to; ends when it is told
    /// otherwise.
    Fill,
    /// Names a switchboard there.
    Refer(SocketAddr),
}

/// A server that runs until this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    state: Arc<State>,
    go: watch::Sender<bool>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    open: AtomicUsize,
    /// Or were sent, when filling.
    received: AtomicU64,
    held_up: AtomicUsize,
}

impl Server {
    pub(crate) async fn start(mode: Mode) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.context("listening as a server")?;
        let address = listener.local_addr().context("asking for its address")?;
        let state = Arc::<State>::default();
        let (go, told) = watch::channel(false);
        let task = tokio::spawn(accept(listener, mode, Arc::clone(&state), told));
        Ok(Self {
            address,
            state,
            go,
            task,
        })
    }

    /// Connections that are open now.
    pub(crate) fn open(&self) -> usize {
        self.state.open.load(Ordering::Relaxed)
    }

    /// Bytes of all connections so far.
    pub(crate) fn received(&self) -> u64 {
        self.state.received.load(Ordering::Relaxed)
    }

    /// Connections that take no more.
    pub(crate) fn held_up(&self) -> usize {
        self.state.held_up.load(Ordering::Relaxed)
    }

    /// Lets floods begin, or end.
    pub(crate) fn flood(&self, is_on: bool) {
        self.go.send_replace(is_on);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, mode: Mode, state: Arc<State>, told: watch::Receiver<bool>) {
    // Ends them all when this task is ended.
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors: the bridge's links fail, and that is what is reported.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let (state, told) = (Arc::clone(&state), told.clone());
        connections.spawn(async move {
            state.open.fetch_add(1, Ordering::Relaxed);
            // How it ends is seen at the other end.
            let _ = serve(stream, mode, &state, told).await;
            state.open.fetch_sub(1, Ordering::Relaxed);
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(
    mut stream: TcpStream,
    mode: Mode,
    state: &State,
    mut told: watch::Receiver<bool>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    if let Mode::Refer(address) = mode {
        let command = format!("XFR 1 SB {address} CKI 1.1\r\n");
        stream.write_all(command.as_bytes()).await?;
    }
    if mode == Mode::Fill {
        return fill(stream, state, told).await;
    }
    if let Mode::Flood(size) = mode {
        let bytes = lines(size);
        while told.wait_for(|is_on| *is_on).await.is_ok() {
            stream.write_all(&bytes).await?;
        }
        return Ok(());
    }
    let mut buffer = vec![0; if mode == Mode::Sink { SINK } else { ECHO }];
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        let received = u64::try_from(count).unwrap_or_default();
        state.received.fetch_add(received, Ordering::Relaxed);
        if mode == Mode::Echo {
            stream
                .write_all(buffer.get(..count).unwrap_or_default())
                .await?;
        }
    }
}

async fn fill(
    mut stream: TcpStream,
    state: &State,
    mut told: watch::Receiver<bool>,
) -> io::Result<()> {
    let _ = told.wait_for(|is_on| *is_on).await;
    let (mut sent, mut bytes) = (0, vec![0; 4096]);
    while sent < FULL {
        pattern(sent, &mut bytes);
        match timeout(HELD_UP, stream.write(&bytes)).await {
            Ok(count) => sent += u64::try_from(count?).unwrap_or_default(),
            Err(_) => break,
        }
    }
    state.received.fetch_add(sent, Ordering::Relaxed);
    state.held_up.fetch_add(1, Ordering::Relaxed);
    let _ = told.wait_for(|is_on| !is_on).await;
    stream.shutdown().await
}

/// So many bytes of whole lines as a notification server sends them, of [`LINE`] bytes each but the last.
pub(crate) fn lines(size: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(size);
    while bytes.len() < size {
        let left = size - bytes.len();
        // The last one may not be too short to be a line.
        let length = if left < 2 * LINE { left } else { LINE };
        let start = bytes.len();
        bytes.extend_from_slice(b"NLN NLN echo@example.com ");
        bytes.resize(start + length - 2, b'x');
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

/// More than a bridge takes for a page that does not read, and little enough for five thousand of them: beyond
/// a limit of its own the system ends connections.
const FULL: u64 = 160 * 1024;
/// Nothing was taken for so long: nobody reads.
const HELD_UP: Duration = Duration::from_secs(2);
const SINK: usize = 64 * 1024;
/// Thousands of links have one each.
const ECHO: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_whole_and_fill_the_size() {
        for size in [LINE, 3 * LINE, 16 * 1024] {
            let bytes = lines(size);
            assert_eq!(bytes.len(), size);
            assert!(bytes.ends_with(b"\r\n"));
            let lengths = bytes
                .split_inclusive(|&byte| byte == b'\n')
                .map(<[u8]>::len);
            assert!(lengths.into_iter().all(|length| length >= LINE));
        }
    }
}
