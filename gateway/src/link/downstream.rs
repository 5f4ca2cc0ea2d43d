//! From a server to the page: what one read gave is one frame, or, with reading along, as much of it as
//! is whole commands. The server is read only once the page has taken it.

use super::{Announcer, LinkEnd, ReadAlong, Tally, Then, bridge::Stop, life::Life, quiet::Quiet};
use crate::{
    config::Deadlines,
    page::{OutFrame, PageEnd, PageWriter},
    stream::StreamReader,
};
use std::{future::poll_fn, io, pin::Pin};
use tokio::{
    select,
    time::{Instant, Sleep, sleep_until},
};

/// The pump from a server to a page.
#[derive(Debug)]
pub(super) struct Downstream<'a> {
    pub(super) server: StreamReader<'a>,
    pub(super) page: PageWriter<'a>,
    pub(super) tally: &'a Tally<'a>,
    pub(super) deadlines: &'a Deadlines,
}

impl Downstream<'_> {
    /// Pumps until one side ends. With an announcer it reads along, and follows what it reads.
    pub(super) async fn pump(self, announcer: Option<Announcer<'_>>) -> Stop {
        let pumped = match announcer {
            Some(announcer) => self.pump_notification(announcer).await,
            None => self.pump_switchboard().await,
        };
        pumped.unwrap_or_else(Stop::from)
    }

    /// Nothing is read along: whatever one read gives is one frame.
    async fn pump_switchboard(mut self) -> Result<Stop, PageEnd> {
        let mut beat = Beat::new(self.deadlines, self.tally.carried());
        loop {
            self.readable(&mut beat).await?;
            let mut frame = OutFrame::with_capacity(CHUNK);
            match self.server.try_read(frame.payload()).await {
                Ok(None) => {}
                Ok(Some(0)) => return Ok(self.closed()),
                Ok(Some(count)) => {
                    self.page.send(frame.into_binary()).await?;
                    self.tally.hand_downstream(count);
                }
                Err(error) => return Ok(self.lost(&error)),
            }
        }
    }

    async fn pump_notification(mut self, announcer: Announcer<'_>) -> Result<Stop, PageEnd> {
        let mut beat = Beat::new(self.deadlines, self.tally.carried());
        let mut reading = ReadAlong::new();
        loop {
            self.readable(&mut beat).await?;
            let mut chunk = Vec::with_capacity(CHUNK);
            let stop = match self.server.try_read(&mut chunk).await {
                Ok(None) => continue,
                Ok(Some(0)) => self.closed(),
                Ok(Some(_)) => {
                    reading.push(&chunk);
                    drop(chunk);
                    match Box::pin(self.hand_on(&mut reading, &announcer)).await? {
                        None => continue,
                        Some(stop) => return Ok(stop),
                    }
                }
                Err(error) => self.lost(&error),
            };
            Box::pin(self.send(&reading.into_rest())).await?;
            return Ok(stop);
        }
    }

    /// Takes every step that is there.
    async fn hand_on(
        &mut self,
        reading: &mut ReadAlong,
        announcer: &Announcer<'_>,
    ) -> Result<Option<Stop>, PageEnd> {
        loop {
            let step = reading.step();
            self.send(&step.bytes).await?;
            match step.then {
                Then::Wait => return Ok(None),
                Then::Referral(endpoint) => return Ok(Some(Stop::Referred(endpoint))),
                Then::Garbled(error) => {
                    return Ok(Some(Stop::Over(LinkEnd::ServerGarbled(error))));
                }
                Then::Switchboard(endpoint) => {
                    let line = Box::pin(announcer.announce(endpoint)).await;
                    self.page.send(OutFrame::text(&line.encode())).await?;
                }
            }
        }
    }

    async fn send(&mut self, bytes: &[u8]) -> Result<(), PageEnd> {
        self.page.send_bytes(bytes).await?;
        self.tally.hand_downstream(bytes.len());
        Ok(())
    }

    /// Waits for the server. Meanwhile the page gets its pongs, and is asked for a sign of life.
    async fn readable(&mut self, beat: &mut Beat) -> Result<(), PageEnd> {
        loop {
            let server = &self.server;
            select! {
                biased;
                _ = poll_fn(|cx| server.poll_read_ready(cx)) => return Ok(()),
                () = self.page.has_control() => Box::pin(self.page.flush()).await?,
                () = beat.timer.as_mut() => {
                    if beat.tick(self.page.take_heard(), self.tally.carried())? {
                        Box::pin(self.page.send(OutFrame::ping())).await?;
                    }
                }
            }
        }
    }

    fn closed(&self) -> Stop {
        let undelivered = self.tally.undelivered();
        Stop::Over(LinkEnd::ServerClosed { undelivered })
    }

    fn lost(&self, error: &io::Error) -> Stop {
        let (kind, undelivered) = (error.kind(), self.tally.undelivered());
        Stop::Over(LinkEnd::ServerLost { kind, undelivered })
    }
}

/// When to ask the page for a sign of life.
struct Beat {
    life: Life,
    quiet: Quiet,
    timer: Pin<Box<Sleep>>,
}

impl Beat {
    fn new(deadlines: &Deadlines, carried: u64) -> Self {
        let now = Instant::now();
        let life = Life::new(now, deadlines);
        let quiet = Quiet::new(now, carried, deadlines.idle);
        let timer = Box::pin(sleep_until(wake_at(&life, &quiet)));
        Self { life, quiet, timer }
    }

    /// The timer ran out: whether to ask now.
    fn tick(&mut self, was_heard: bool, carried: u64) -> Result<bool, PageEnd> {
        let now = Instant::now();
        let is_due = self.life.tick(now, was_heard);
        let is_due = is_due.map_err(|_| PageEnd::Silent)?;
        if self.quiet.is_too_long(now, carried) {
            return Err(PageEnd::Idle);
        }
        let wake_at = wake_at(&self.life, &self.quiet);
        self.timer.as_mut().reset(wake_at);
        Ok(is_due)
    }
}

fn wake_at(life: &Life, quiet: &Quiet) -> Instant {
    let next = life.wake_at();
    quiet.wake_at().map_or(next, |end| end.min(next))
}

/// How much is read at once from a server.
const CHUNK: usize = 16 * 1024;
