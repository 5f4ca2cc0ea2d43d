//! The page's clocks in the hands of a test: they run faster than ours, so that nobody waits a minute for a
//! minute to pass, and they jump.

use crate::Browser;
use anyhow::{Context as _, Result};
use std::time::Duration;

impl Browser {
    /// Makes the clocks and timers of every page from now on run that many times as fast as ours.
    pub async fn quicken(&self, pace: u32) -> Result<()> {
        let script = include_str!("clock.js").replace("PACE = 1", &format!("PACE = {pace}"));
        self.before_pages(&script).await
    }

    /// How long a quickened page has been there, by its own steady clock.
    pub async fn age(&self) -> Result<Duration> {
        let now = self.evaluate("return clockOfTest.steady()").await?;
        let now = now.as_f64().context("the page's clock")?;
        Ok(Duration::from_secs_f64(now / 1000.0))
    }

    /// Sets the wall clock of a quickened page forward or back.
    pub async fn set_wall_clock(&self, seconds: i64) -> Result<()> {
        let set = format!("clockOfTest.ahead.wall += 1000 * {seconds}");
        self.evaluate(&set).await.map(drop)
    }

    /// Lets time pass for both clocks of a quickened page, and for none of its timers, when it wakes from
    /// being frozen: what a device sees of its own sleep.
    pub async fn will_sleep(&self, time: Duration) -> Result<()> {
        let time = time.as_millis();
        let script = format!("clockOfTest.sleep = {time}");
        self.evaluate(&script).await.map(drop)
    }

    /// How long ago a quickened page woke, by its own steady clock.
    pub async fn awake(&self) -> Result<Duration> {
        let awake = "return clockOfTest.steady() - clockOfTest.woke";
        let awake = self.evaluate(awake).await?.as_f64();
        Ok(Duration::from_secs_f64(
            awake.context("the page has slept")? / 1000.0,
        ))
    }
}
