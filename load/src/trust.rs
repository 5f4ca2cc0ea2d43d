//! Whether a bridge loses, doubles or moves a byte: of very much, and of many links that stand still.

use crate::{
    bridge::Kind,
    figures::ratio,
    frame::{self, Counter},
    link::Link,
    rig::Rig,
    server::Mode,
};
use anyhow::{Context as _, Result, ensure};
use std::{
    mem,
    path::Path,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    task::JoinSet,
    time::sleep,
};

/// Bytes of a stream from one place on: no piece of it is like any other near it.
pub(crate) fn pattern(from: u64, bytes: &mut [u8]) {
    for (at, byte) in (from..).zip(bytes) {
        let mixed = at.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        *byte = mixed.to_be_bytes()[0] ^ (at >> 20).to_be_bytes()[7];
    }
}

/// Compares what comes with what should.
#[derive(Debug, Default)]
struct Checked {
    counter: Counter,
    expected: Vec<u8>,
    at: u64,
    is_wrong: bool,
}

impl Checked {
    fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let (expected, at, is_wrong) = (&mut self.expected, &mut self.at, &mut self.is_wrong);
        self.counter.push_with(bytes, |payload| {
            expected.resize(payload.len(), 0);
            pattern(*at, expected);
            *at += u64::try_from(payload.len()).unwrap_or_default();
            *is_wrong |= payload != expected;
        });
        ensure!(!self.is_wrong, "wrong bytes before {}", self.at);
        Ok(())
    }
}

/// Sends so many bytes in messages of all lengths through an echo, and compares what comes back. Gives how
/// many messages that took, and how long.
pub(crate) async fn echo(kind: Kind, program: &Path, total: u64) -> Result<(u64, Duration)> {
    let mut rig = Rig::start(kind, program, Mode::Echo).await?;
    rig.open(1).await?;
    let link = rig.links.pop().context("a link")?;
    let (mut reader, mut writer) = link.into_stream().into_split();
    let begun = Instant::now();
    let sending = tokio::spawn(async move {
        let (mut sent, mut messages) = (0, 0);
        let mut payload = Vec::new();
        while sent < total {
            // Any number does that is not a regular one.
            let length = 1 + (messages * 7919_u64 + sent) % LONGEST;
            let length = length.min(total - sent);
            payload.resize(usize::try_from(length)?, 0);
            pattern(sent, &mut payload);
            writer
                .write_all(&frame::masked(frame::BINARY, &payload))
                .await?;
            sent += length;
            messages += 1;
        }
        anyhow::Ok((messages, writer))
    });
    let mut checked = Checked::default();
    let mut buffer = vec![0; 64 * 1024];
    while checked.at < total {
        let count = reader.read(&mut buffer).await?;
        ensure!(count > 0, "the bridge ended the link");
        checked.push(buffer.get(..count).unwrap_or_default())?;
    }
    let (messages, _writer) = sending.await??;
    Ok((messages, begun.elapsed()))
}

/// What a bridge had while its pages took nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stalled {
    /// Bytes that servers could send before they were held up.
    pub(crate) held: u64,
    /// Memory of the bridge for each link, in KiB.
    pub(crate) memory: f64,
}

/// Lets so many pages stand still until each of their servers is held up; then they read all of it.
pub(crate) async fn stall(kind: Kind, program: &Path, links: usize) -> Result<Stalled> {
    let rig = Rig::start(kind, program, Mode::Fill).await?;
    let mut streams = Vec::new();
    while streams.len() < links {
        // What the system holds for a page that does not read is to be little.
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(SMALL)?;
        let stream = socket.connect(rig.bridge.address).await?;
        let link = Link::over(stream, rig.bridge.address, &rig.dialect, &rig.message).await?;
        streams.push(link.into_stream());
    }
    rig.settle(links).await?;
    rig.server.flood(true);
    let pong = frame::masked(frame::PONG, b"");
    let deadline = Instant::now() + FILLED;
    while rig.server.held_up() < links {
        ensure!(Instant::now() < deadline, "servers are not held up");
        // They read nothing, and live.
        for stream in &mut streams {
            stream.write_all(&pong).await?;
        }
        sleep(ALIVE).await;
    }
    let (held, memory) = (rig.server.received(), rig.memory()?);
    rig.server.flood(false);
    let mut reading = JoinSet::new();
    for stream in streams {
        reading.spawn(read_all(stream));
    }
    let mut read = 0;
    while let Some(bytes) = reading.join_next().await {
        read += bytes??;
    }
    ensure!(read == held, "{read} of {held} bytes arrived");
    Ok(Stalled {
        held,
        memory: ratio(memory, 1024) / ratio(links, 1),
    })
}

/// Reads to the close that follows the last byte.
async fn read_all(mut stream: TcpStream) -> Result<u64> {
    let pong = frame::masked(frame::PONG, b"");
    stream.write_all(&pong).await?;
    let mut checked = Checked::default();
    let mut buffer = vec![0; 16 * 1024];
    while !checked.counter.is_closed {
        let count = stream.read(&mut buffer).await?;
        ensure!(count > 0, "the bridge ended the link without a word");
        checked.push(buffer.get(..count).unwrap_or_default())?;
        for _ in 0..mem::take(&mut checked.counter.pings) {
            stream.write_all(&pong).await?;
        }
    }
    Ok(checked.at)
}

/// The longest message of [`echo`].
const LONGEST: u64 = 60_000;
/// How much the system may hold for one side of a connection.
pub(crate) const SMALL: u32 = 16 * 1024;
/// How often pages that read nothing say that they live.
const ALIVE: Duration = Duration::from_secs(5);
const FILLED: Duration = Duration::from_mins(2);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_missing_twice_there_or_elsewhere_is_noticed() {
        let mut bytes = vec![0; 3000];
        pattern(0, &mut bytes);
        let frame = |payload: &[u8]| {
            let length = u16::try_from(payload.len()).expect("short").to_be_bytes();
            [&[0x82, 126], &length[..], payload].concat()
        };
        let right = Checked::default().push(&frame(&bytes));
        assert!(right.is_ok());
        let without = [&bytes[..1500], &bytes[1501..]].concat();
        let twice = [&bytes[..1500], &bytes[1499..]].concat();
        let mut swapped = bytes.clone();
        swapped.swap(1500, 1600);
        for wrong in [without, twice, swapped] {
            assert!(Checked::default().push(&frame(&wrong)).is_err());
        }
    }
}
