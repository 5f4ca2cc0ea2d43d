//! What traffic costs a bridge: CPU for each message, for each link that is opened, and the time that a
//! message takes.

use crate::{
    bridge::Kind,
    figures::ratio,
    link::Link,
    rig::{LINE, Rig},
    server::Mode,
};
use anyhow::{Result, ensure};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    task::JoinSet,
    time::{interval, sleep},
};

/// What is done with the links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Traffic {
    /// A page sends, waits for the same, and sends again.
    Echo,
    /// A server sends as fast as it can, so many bytes at once.
    Down(usize),
    /// Pages send as fast as they can, a frame for each message.
    Up,
    /// A page comes, has one echo, and goes.
    Connect,
}

/// CPU time of the bridge for each message of [`LINE`] bytes, or of as much as a server writes at once,
/// or for each link; in microseconds.
pub(crate) async fn cost(
    kind: Kind,
    program: &Path,
    traffic: Traffic,
    span: Duration,
) -> Result<f64> {
    let mode = match traffic {
        Traffic::Echo | Traffic::Connect => Mode::Echo,
        Traffic::Down(size) => Mode::Flood(size),
        Traffic::Up => Mode::Sink,
    };
    let mut rig = Rig::start(kind, program, mode).await?;
    if traffic != Traffic::Connect {
        rig.open(LINKS).await?;
    }
    let counter = Arc::<AtomicU64>::default();
    let _work = start(&mut rig, traffic, LINKS, &counter);
    rig.server.flood(true);
    let messages = || match traffic {
        Traffic::Echo | Traffic::Connect => ratio(counter.load(Ordering::Relaxed), 1_u64),
        Traffic::Down(size) => ratio(counter.load(Ordering::Relaxed), size),
        Traffic::Up => ratio(rig.server.received(), LINE),
    };
    sleep(WARM).await;
    let (cpu, before) = (rig.cpu()?, messages());
    sleep(span).await;
    let (cpu, carried) = (rig.cpu()?.saturating_sub(cpu), messages() - before);
    ensure!(carried > 0.0, "nothing was carried");
    Ok(ratio(cpu, 1000_u64) / carried)
}

/// Starts as many workers; each has its part of the links and goes on until the set is dropped.
pub(crate) fn start(
    rig: &mut Rig,
    traffic: Traffic,
    workers: usize,
    counter: &Arc<AtomicU64>,
) -> JoinSet<Result<()>> {
    let mut parts: Vec<Vec<Link>> = (0..workers).map(|_| Vec::new()).collect();
    for (link, part) in rig.links.drain(..).zip((0..workers).cycle()) {
        if let Some(part) = parts.get_mut(part) {
            part.push(link);
        }
    }
    let mut work = JoinSet::new();
    for links in parts {
        let counter = Arc::clone(counter);
        match traffic {
            Traffic::Echo => work.spawn(echo(links, counter)),
            Traffic::Down(_) => work.spawn(receive(links, counter)),
            Traffic::Up => work.spawn(send(links)),
            Traffic::Connect => {
                let (address, dialect) = (rig.bridge.address, rig.dialect.clone());
                let message = rig.message.clone();
                work.spawn(async move {
                    loop {
                        let mut link = Link::open(address, &dialect, &message).await?;
                        link.echo(&mut [0; 1024]).await?;
                        link.close().await;
                        counter.fetch_add(1, Ordering::Relaxed);
                    }
                })
            }
        };
    }
    work
}

async fn echo(mut links: Vec<Link>, counter: Arc<AtomicU64>) -> Result<()> {
    let mut buffer = [0; 1024];
    loop {
        for link in &mut links {
            link.echo(&mut buffer).await?;
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }
}

async fn receive(mut links: Vec<Link>, counter: Arc<AtomicU64>) -> Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        for link in &mut links {
            let count = link.receive(&mut buffer).await?;
            counter.fetch_add(count, Ordering::Relaxed);
        }
    }
}

async fn send(mut links: Vec<Link>) -> Result<()> {
    loop {
        for link in &mut links {
            link.send().await?;
        }
    }
}

/// How long an echo takes when there is little to do, in microseconds: 50, 99 and 99.9 of a hundred take
/// no longer.
pub(crate) async fn latency(kind: Kind, program: &Path, span: Duration) -> Result<[f64; 3]> {
    let mut rig = Rig::start(kind, program, Mode::Echo).await?;
    rig.open(LINKS).await?;
    let mut work = JoinSet::new();
    for (number, mut link) in (0_u32..).zip(rig.links.drain(..)) {
        work.spawn(async move {
            sleep(PERIOD / 16 * number).await;
            let mut ticks = interval(PERIOD);
            let until = Instant::now() + span;
            let (mut buffer, mut times) = ([0; 1024], Vec::new());
            while Instant::now() < until {
                ticks.tick().await;
                let sent = Instant::now();
                link.echo(&mut buffer).await?;
                times.push(sent.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(some) = work.join_next().await {
        times.extend(some??);
    }
    times.sort_unstable();
    let at = |per_mille: usize| {
        let time = times.get(times.len() * per_mille / 1000);
        time.map_or(f64::NAN, |time| time.as_secs_f64() * 1e6)
    };
    Ok([at(500), at(990), at(999)])
}

/// Links that are busy at the same time.
pub(crate) const LINKS: usize = 16;
/// Until everything runs as it goes on.
const WARM: Duration = Duration::from_millis(150);
/// Between two messages of one link in [`latency`].
const PERIOD: Duration = Duration::from_millis(20);
