//! What a bridge needs for links on which nothing happens.

use crate::{bridge::Kind, figures::ratio, rig::Rig, server::Mode};
use anyhow::Result;
use std::{path::Path, time::Duration};
use tokio::time::sleep;

/// Memory of a bridge, in KiB.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Idle {
    /// How many links there were in the end.
    pub(crate) links: usize,
    /// Without any link.
    pub(crate) fixed: f64,
    /// With all links, for each of them: what is there in all, divided.
    pub(crate) per_link: f64,
    /// What each link adds.
    pub(crate) added: f64,
}

/// Opens links, each of which carries one message there and back, and then leaves them alone.
pub(crate) async fn idle(kind: Kind, program: &Path, links: usize) -> Result<Idle> {
    let mut rig = Rig::start(kind, program, Mode::Echo).await?;
    sleep(QUIET).await;
    let fixed = rig.memory()?;
    let links = links.min(kind.most_links());
    rig.open(links).await?;
    rig.echo_once().await?;
    sleep(QUIET).await;
    let all = rig.memory()?;
    Ok(Idle {
        links,
        fixed: ratio(fixed, 1024),
        per_link: ratio(all, 1024) / ratio(links, 1),
        added: ratio(all.saturating_sub(fixed), 1024) / ratio(links, 1),
    })
}

const QUIET: Duration = Duration::from_millis(300);
