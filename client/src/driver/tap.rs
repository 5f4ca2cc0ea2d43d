//! The wire view's ear: turns what goes in and out of the messenger into a recording. Without the view there
//! is none. What the gateway itself says does not get here, and so no ticket does.

use msnp6::messenger::{Destination, Input, Output};
use msnp6::model::{LinkId, Timestamp};
use msnp6::transcript::{Recorded, Recorder};
use msnp6::wire::Direction;

/// Who is told what was recorded.
pub(crate) type Tell = Box<dyn Fn(Vec<Recorded>)>;

/// Hears what goes in and out of the messenger.
pub(crate) trait Ear {
    /// Something that the messenger is about to be told.
    fn input(&mut self, now: Timestamp, input: &Input);

    /// Something that the messenger orders.
    fn output(&mut self, now: Timestamp, output: &Output);

    /// Tells what was recorded since the last time.
    fn flush(&mut self);
}

/// An ear on these links, which stand already; the first is the notification server's.
pub(crate) fn listen(
    tell: Tell,
    now: Timestamp,
    links: &mut dyn Iterator<Item = LinkId>,
) -> Box<dyn Ear> {
    let mut tap = Tap {
        recorder: Recorder::default(),
        main: None,
        recorded: Vec::new(),
        tell,
    };
    for link in links {
        tap.main.get_or_insert(link);
        tap.opened(now, link);
    }
    Box::new(tap)
}

/// A recorder, and whom to tell.
struct Tap {
    recorder: Recorder,
    /// The link to the notification server; all others lead to switchboards.
    main: Option<LinkId>,
    recorded: Vec<Recorded>,
    tell: Tell,
}

impl Tap {
    fn opened(&mut self, now: Timestamp, link: LinkId) {
        let kind = if self.main == Some(link) { "ns" } else { "sb" };
        self.recorder.opened(now, link, kind, &mut self.recorded);
    }
}

impl Ear for Tap {
    fn input(&mut self, now: Timestamp, input: &Input) {
        let to = &mut self.recorded;
        match input {
            Input::Opened { link } => self.opened(now, *link),
            Input::Received { link, bytes } => {
                let from = Direction::FromServer;
                self.recorder.passed(now, *link, from, bytes, to);
            }
            Input::Closed { link, .. } => self.recorder.closed(now, *link, true, to),
            Input::Woke | Input::Resumed | Input::Intent(_) => {}
        }
    }

    fn output(&mut self, now: Timestamp, output: &Output) {
        let to = &mut self.recorded;
        match output {
            Output::Connect { link, to } => {
                if *to == Destination::Server {
                    self.main = Some(*link);
                }
            }
            Output::Transmit { link, bytes } => {
                let from = Direction::FromClient;
                self.recorder.passed(now, *link, from, bytes.expose(), to);
            }
            Output::Disconnect { link } => self.recorder.closed(now, *link, false, to),
            Output::Redirect { .. }
            | Output::Probe { .. }
            | Output::WakeAt(_)
            | Output::Event(_) => {}
        }
    }

    fn flush(&mut self) {
        if !self.recorded.is_empty() {
            (self.tell)(core::mem::take(&mut self.recorded));
        }
    }
}
