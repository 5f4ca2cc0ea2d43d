//! How cost grows with the number of links, and whether a bridge is after a while what it was before.

use crate::{
    bridge::Kind,
    figures::ratio,
    link::Link,
    rig::Rig,
    server::Mode,
    traffic::{self, LINKS, Traffic},
};
use anyhow::Result;
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// With so many links: CPU for each echo in microseconds, of which 16 at most are on their way at once, and
/// memory for each link in KiB.
pub(crate) async fn growth(
    kind: Kind,
    program: &Path,
    links: usize,
    span: Duration,
) -> Result<[f64; 2]> {
    let mut rig = Rig::start(kind, program, Mode::Echo).await?;
    rig.open(links).await?;
    rig.echo_once().await?;
    let memory = rig.memory()?;
    let counter = Arc::<AtomicU64>::default();
    let _work = traffic::start(&mut rig, Traffic::Echo, links.min(LINKS), &counter);
    sleep(span / 4).await;
    let (cpu, before) = (rig.cpu()?, counter.load(Ordering::Relaxed));
    sleep(span).await;
    let (cpu, after) = (
        rig.cpu()?.saturating_sub(cpu),
        counter.load(Ordering::Relaxed),
    );
    Ok([
        ratio(cpu, after - before) / 1e3,
        ratio(memory, 1024) / ratio(links, 1),
    ])
}

/// What a bridge had at one moment of a soak.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) when: &'static str,
    pub(crate) links: usize,
    pub(crate) descriptors: usize,
    /// In KiB.
    pub(crate) memory: f64,
}

/// Most links idle, some active, and some broken off and opened anew all the time.
pub(crate) async fn soak(
    kind: Kind,
    program: &Path,
    links: usize,
    span: Duration,
) -> Result<(Vec<Moment>, Soaked)> {
    let mut rig = Rig::start(kind, program, Mode::Echo).await?;
    let mut soaked = Soaked::default();
    let mut moments = vec![moment(&rig, "before any link")?];
    rig.open(links).await?;
    rig.echo_once().await?;
    let parts = [
        "with all links",
        "after a quarter",
        "half-way",
        "after three quarters",
        "at the end",
    ];
    for (number, when) in parts.into_iter().enumerate() {
        if number > 0 {
            wear(&mut rig, span / 4, &mut soaked).await?;
        }
        rig.settle(links).await?;
        sleep(QUIET).await;
        moments.push(moment(&rig, when)?);
    }
    for link in rig.links.drain(..) {
        link.close().await;
    }
    rig.settle(0).await?;
    sleep(QUIET).await;
    moments.push(moment(&rig, "after all links")?);
    Ok((moments, soaked))
}

/// What was done in a soak.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Soaked {
    pub(crate) echoes: u64,
    pub(crate) resets: u64,
}

async fn wear(rig: &mut Rig, span: Duration, soaked: &mut Soaked) -> Result<()> {
    let until = Instant::now() + span;
    let mut buffer = [0; 1024];
    let mut turn = 0_usize;
    while Instant::now() < until {
        for (number, link) in rig.links.iter_mut().enumerate() {
            if (number + turn).is_multiple_of(IDLE) {
                link.echo(&mut buffer).await?;
                soaked.echoes += 1;
            } else {
                link.look(&mut buffer).await?;
            }
        }
        for number in 0..RESETS.min(rig.links.len()) {
            let at = (turn * RESETS + number) % rig.links.len();
            let fresh = Link::open(rig.bridge.address, &rig.dialect, &rig.message).await?;
            if let Some(link) = rig.links.get_mut(at) {
                std::mem::replace(link, fresh).reset();
                soaked.resets += 1;
            }
        }
        turn += 1;
        sleep(PAUSE).await;
    }
    Ok(())
}

fn moment(rig: &Rig, when: &'static str) -> Result<Moment> {
    Ok(Moment {
        when,
        links: rig.server.open(),
        descriptors: rig.descriptors(),
        memory: ratio(rig.memory()?, 1024),
    })
}

/// One of so many links is active in each turn.
const IDLE: usize = 5;
/// Links that break in each turn.
const RESETS: usize = 10;
const PAUSE: Duration = Duration::from_millis(50);
const QUIET: Duration = Duration::from_millis(300);
