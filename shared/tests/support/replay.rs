//! Plays one person's part of a recording to a `Messenger`: the server's words as they were and in the order
//! in which they came on all of the person's connections, while what the person wants is scripted.
//!
//! What the recorded client said is looked at for three things: it is when a scripted wish comes, it tells
//! which of our switchboard links is which recorded connection (by the first line with its cookie), and it
//! tells which of our commands an answer is for. Where our client counts its transactions otherwise than the
//! recorded one did, the id in the answer is ours; an answer to what ours never asked gets an id that is
//! nobody's. Nothing else of the server's words is changed.

use std::collections::VecDeque;

use msnp6::gateway::CloseCode;
use msnp6::messenger::{CloseReason, Destination, Event, Input, Intent, Messenger, Output};
use msnp6::model::{LinkId, Timestamp};
use msnp6::replay::Pairing;
use msnp6::wire::Direction;

use super::transcripts::{Entry, Said, transcript};
use super::{OwnedFrame, frames};

/// How the bytes are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// One frame at a time.
    Frames,
    /// One byte at a time.
    Bytes,
}

/// Wishes, each at the moment at which the recorded client said a line that begins with these words.
pub(crate) type Script<'a> = &'a [(&'a str, Intent)];

/// A replay in progress.
pub(crate) struct Replay {
    messenger: Messenger,
    cut: Cut,
    entries: Vec<Entry>,
    script: VecDeque<(String, Intent)>,
    pairing: Pairing<&'static str>,
    pub(crate) events: Vec<Event>,
    pub(crate) sent: Vec<OwnedFrame>,
}

impl Replay {
    /// Plays the part that began on `connection`, a connection to the notification server.
    pub(crate) fn run(
        cut: Cut,
        file: &str,
        connection: &'static str,
        first: Intent,
        script: Script<'_>,
    ) -> Self {
        let mut replay = Self {
            messenger: Messenger::new(),
            cut,
            entries: transcript(file),
            script: script
                .iter()
                .map(|(words, intent)| ((*words).to_owned(), intent.clone()))
                .collect(),
            pairing: Pairing::default(),
            events: Vec::new(),
            sent: Vec::new(),
        };
        // The only link to the server is the first that a messenger opens.
        replay.pairing.open(LinkId(1), connection);
        replay.input(Input::Intent(first));
        for entry in replay.entries.clone() {
            replay.play(connection, &entry);
        }
        assert!(replay.script.is_empty(), "never came: {:?}", replay.script);
        replay
    }

    /// The lines that were sent, without payloads.
    pub(crate) fn sent_lines(&self) -> Vec<String> {
        self.sent.iter().map(OwnedFrame::line).collect()
    }

    fn play(&mut self, main: &str, entry: &Entry) {
        let Some(link) = self.pairing.link(entry.connection) else {
            return;
        };
        match &entry.said {
            Said::Client(bytes) => {
                for frame in frames(Direction::FromClient, [bytes.as_slice()]).unwrap_or_default() {
                    self.wish(&frame.line());
                    if frame.line == b"OUT" && entry.connection == main {
                        self.input(Input::Intent(Intent::SignOut));
                    }
                    self.pairing.pair(link, &of_a_kind(&frame).as_frame());
                }
            }
            Said::Server(bytes) => self.hear(link, &self.pairing.translated(link, bytes)),
            Said::Closed => {
                self.pairing.close(link);
                let reason = CloseReason::Code(CloseCode::ServerClosed);
                self.input(Input::Closed { link, reason });
            }
        }
    }

    /// What the person wants when the recorded client said this line.
    fn wish(&mut self, line: &str) {
        let is_now = |(words, _): &mut (String, Intent)| line.starts_with(words.as_str());
        while let Some((_, intent)) = self.script.pop_front_if(is_now) {
            self.input(Input::Intent(intent));
        }
    }

    fn hear(&mut self, link: LinkId, bytes: &[u8]) {
        let size = match self.cut {
            Cut::Frames => bytes.len(),
            Cut::Bytes => 1,
        };
        for piece in bytes.chunks(size) {
            let bytes = piece.to_vec();
            self.input(Input::Received { link, bytes });
        }
    }

    fn input(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            self.messenger.handle(Timestamp(0), input);
            while let Some(output) = self.messenger.poll() {
                match output {
                    Output::Connect { link, to } => {
                        assert_eq!(to == Destination::Server, link == LinkId(1));
                        inputs.push_back(Input::Opened { link });
                    }
                    Output::Transmit { link, bytes } => self.take_down(link, bytes.expose()),
                    Output::Disconnect { link } => self.pairing.close(link),
                    Output::Event(event) => self.events.push(event),
                    Output::Redirect { .. } | Output::Probe { .. } | Output::WakeAt(_) => {}
                }
            }
        }
    }

    fn take_down(&mut self, link: LinkId, bytes: &[u8]) {
        for frame in frames(Direction::FromClient, [bytes]).expect("sound frames") {
            let is_entry = frame.line.starts_with(b"ANS ") || frame.line.starts_with(b"USR ");
            if is_entry && link != LinkId(1) {
                let said = Said::Client(frame.bytes());
                let recorded = self.entries.iter().find(|entry| entry.said == said);
                if let Some(entry) = recorded {
                    self.pairing.open(link, entry.connection);
                }
            }
            self.pairing.said(link, &of_a_kind(&frame).as_frame());
            self.sent.push(frame);
        }
    }
}

/// A script's texts are not those of the recording, so that of a message only its kind is paired: the
/// command, with the kind in the place of what is written.
fn of_a_kind(frame: &OwnedFrame) -> OwnedFrame {
    let mut frame = frame.clone();
    if let ["MSG", _, kind, ..] = frame.line().split(' ').collect::<Vec<_>>()[..] {
        frame.payload = format!("\r\n{kind}").into_bytes();
    }
    frame
}
