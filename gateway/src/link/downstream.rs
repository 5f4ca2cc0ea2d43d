//! From a server to the page: what one read gave is one frame, or, with reading along, as much of it as
//! is whole commands. The server is read only once the page has taken it. What the page takes at once goes
//! from one socket to the other in the thread's buffer.

use super::{
    Announcer, LinkEnd, ReadAlong, Tally, Then, bridge::Stop, life::Life, quiet::Quiet,
    read_along::Step,
};
use crate::{
    config::Deadlines,
    page::{OutFrame, PageEnd, PageWriter},
    scratch,
    stream::StreamReader,
};
use bytes::BufMut as _;
use std::{
    future::poll_fn,
    io, mem,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::time::{Instant, Sleep, sleep_until};

/// The pump from a server to a page.
#[derive(Debug)]
pub(super) struct Downstream<'a> {
    pub(super) server: StreamReader<'a>,
    pub(super) page: PageWriter<'a>,
    pub(super) tally: &'a Tally<'a>,
    pub(super) deadlines: &'a Deadlines,
}

/// What to do next.
enum Next {
    /// The page does not take all of so many bytes at once.
    Flush(usize),
    /// A command has to be followed, or is longer than a frame: all that was not handed on, and the first
    /// step in it.
    Follow(Vec<u8>, Step),
    /// The page is to get its pongs.
    Control,
    /// The page is to be asked for a sign of life.
    Ping,
    /// The server's side ended.
    Over(Stop),
}

impl Downstream<'_> {
    /// Pumps until one side ends. With an announcer it reads along, and follows what it reads.
    pub(super) async fn pump(&mut self, announcer: Option<Announcer<'_>>) -> Stop {
        let mut along = announcer.map(|announcer| (announcer, ReadAlong::new()));
        let mut beat = Beat::new(self.deadlines, self.tally.carried());
        loop {
            let reading = along.as_mut().map(|(_, reading)| reading);
            let acting = match self.next(&mut beat, reading).await {
                Ok(next) => Box::pin(self.act(next, &mut along)),
                Err(end) => return end.into(),
            };
            match acting.await {
                Ok(None) => {}
                Ok(Some(stop)) => return stop,
                Err(end) => return end.into(),
            }
        }
    }

    /// Does what is seldom to be done; boxed, since a link that waits needs no room for it.
    async fn act(
        &mut self,
        next: Next,
        along: &mut Option<(Announcer<'_>, ReadAlong)>,
    ) -> Result<Option<Stop>, PageEnd> {
        match next {
            Next::Flush(count) => {
                self.page.flush().await?;
                self.tally.hand_downstream(count);
            }
            Next::Follow(bytes, step) => {
                if let Some((announcer, reading)) = along {
                    return self.follow(bytes, step, reading, announcer).await;
                }
            }
            Next::Control => self.page.flush().await?,
            Next::Ping => self.page.send(OutFrame::ping()).await?,
            Next::Over(stop) => {
                if let Some((_, reading)) = along.take() {
                    self.send(&reading.into_rest()).await?;
                }
                return Ok(Some(stop));
            }
        }
        Ok(None)
    }

    /// Hands on what the server says for as long as nothing else is to be done.
    async fn next(
        &mut self,
        beat: &mut Beat,
        mut reading: Option<&mut ReadAlong>,
    ) -> Result<Next, PageEnd> {
        poll_fn(|cx| {
            loop {
                let polled = scratch::with(|buffer| {
                    let mut frame = OutFrame::in_buffer(mem::take(buffer));
                    let polled = self.poll_server(cx, &mut frame, reading.as_deref_mut());
                    *buffer = frame.into_buffer();
                    polled
                });
                match polled {
                    Poll::Ready(Ok(None)) => {}
                    Poll::Ready(Ok(Some(next))) => return Poll::Ready(Ok(next)),
                    Poll::Ready(Err(end)) => return Poll::Ready(Err(end)),
                    Poll::Pending => break,
                }
            }
            if self.page.has_control() {
                return Poll::Ready(Ok(Next::Control));
            }
            while beat.timer.as_mut().poll(cx).is_ready() {
                let (was_heard, carried) = (self.page.take_heard(), self.tally.carried());
                if beat.tick(was_heard, carried, self.deadlines)? {
                    return Poll::Ready(Ok(Next::Ping));
                }
            }
            Poll::Pending
        })
        .await
    }

    /// Reads once, and hands on what may be. `None` when nothing else is to be done.
    fn poll_server(
        &mut self,
        cx: &mut Context<'_>,
        frame: &mut OutFrame,
        reading: Option<&mut ReadAlong>,
    ) -> Poll<Result<Option<Next>, PageEnd>> {
        let held = reading.as_ref().map_or(0, |reading| reading.held());
        let room = OutFrame::MAX_PAYLOAD.saturating_sub(held).max(LEAST);
        let mut room = frame.buffer().limit(room);
        match ready!(self.server.poll_read_buf(cx, &mut room)) {
            Ok(0) => return Poll::Ready(Ok(Some(Next::Over(self.closed())))),
            Ok(_) => {}
            Err(error) => return Poll::Ready(Ok(Some(Next::Over(self.lost(&error))))),
        }
        let mut count = frame.payload().len();
        if let Some(reading) = reading {
            reading.receive(frame.payload().len());
            let step = reading.step(frame.payload());
            if step.then == Then::Wait && step.count == 0 {
                // A long command comes in many pieces, and none of them is moved twice.
                reading.hold(frame.payload());
                return Poll::Ready(Ok(None));
            }
            if held > 0 {
                frame.put_first(&reading.take_held());
            }
            if step.then != Then::Wait || step.count > OutFrame::MAX_PAYLOAD {
                let bytes = frame.payload().to_vec();
                return Poll::Ready(Ok(Some(Next::Follow(bytes, step))));
            }
            count = step.count;
            reading.hold(frame.payload().get(count..).unwrap_or_default());
        }
        if count > 0 {
            frame.seal_binary(count);
            if !self.page.try_send(frame.rest())? {
                return Poll::Ready(Ok(Some(Next::Flush(count))));
            }
            self.tally.hand_downstream(count);
        }
        Poll::Ready(Ok(None))
    }

    /// Takes every step that is there.
    async fn follow(
        &mut self,
        mut bytes: Vec<u8>,
        mut step: Step,
        reading: &mut ReadAlong,
        announcer: &Announcer<'_>,
    ) -> Result<Option<Stop>, PageEnd> {
        loop {
            let rest = bytes.split_off(step.count.min(bytes.len()));
            self.send(&bytes).await?;
            bytes = rest;
            match step.then {
                Then::Wait => {
                    reading.hold(&bytes);
                    return Ok(None);
                }
                Then::Referral(endpoint) => return Ok(Some(Stop::Referred(endpoint))),
                Then::Garbled(error) => {
                    return Ok(Some(Stop::Over(LinkEnd::ServerGarbled(error))));
                }
                Then::Switchboard(endpoint) => {
                    let line = Box::pin(announcer.announce(endpoint)).await;
                    self.page.send(OutFrame::text(&line.encode())).await?;
                }
            }
            step = reading.step(&bytes);
        }
    }

    async fn send(&mut self, bytes: &[u8]) -> Result<(), PageEnd> {
        self.page.send_bytes(bytes).await?;
        self.tally.hand_downstream(bytes.len());
        Ok(())
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
        let quiet = Quiet::new(now, carried);
        let timer = Box::pin(sleep_until(wake_at(&life, &quiet, deadlines)));
        Self { life, quiet, timer }
    }

    /// The timer ran out: whether to ask now.
    fn tick(
        &mut self,
        was_heard: bool,
        carried: u64,
        deadlines: &Deadlines,
    ) -> Result<bool, PageEnd> {
        let now = Instant::now();
        let is_due = self.life.tick(now, was_heard, deadlines);
        let is_due = is_due.map_err(|_| PageEnd::Silent)?;
        if self.quiet.is_too_long(now, carried, deadlines.idle) {
            return Err(PageEnd::Idle);
        }
        let wake_at = wake_at(&self.life, &self.quiet, deadlines);
        self.timer.as_mut().reset(wake_at);
        Ok(is_due)
    }
}

fn wake_at(life: &Life, quiet: &Quiet, deadlines: &Deadlines) -> Instant {
    let next = life.wake_at(deadlines);
    quiet
        .wake_at(deadlines.idle)
        .map_or(next, |end| end.min(next))
}

/// How much is read at once from a server, at least, however much is held.
const LEAST: usize = 4 * 1024;
