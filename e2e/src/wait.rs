//! Waiting for something to become so. Never for a time to pass.

use anyhow::{Context as _, Result};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Asks again and again until the answer is `Some`, and fails at the deadline.
///
/// A probe that fails is asked again as well: the page may be between two states. The last failure
/// is told when the deadline has come.
pub async fn until<T>(what: &str, mut probe: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let failure = match probe().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => anyhow::anyhow!("it did not come to that"),
            Err(failure) => failure,
        };
        if Instant::now() >= deadline {
            return Err(failure).with_context(|| format!("waited {DEADLINE:?} until {what}"));
        }
        sleep(PACE).await;
    }
}

/// Far above what anything takes, so that a busy machine fails no test.
const DEADLINE: Duration = Duration::from_secs(30);

/// Between two questions: short beside what a person notices, long beside what a question costs.
const PACE: Duration = Duration::from_millis(40);
