//! Plays a recorded person's connections into a `Messenger`: the server's words as they were, while what
//! the person wants is scripted. Nothing of the person's own recorded words is looked at.

use std::collections::{BTreeMap, VecDeque};

use msnp6::messenger::{Destination, Event, Input, Intent, Messenger, Output};
use msnp6::model::{LinkId, Timestamp};
use msnp6::wire::Direction;

use super::recordings::recording;
use super::{OwnedFrame, frames};

/// How the bytes are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// One frame at a time.
    Frames,
    /// One byte at a time.
    Bytes,
}

/// Intents, each before the first frame of the server that begins with these words.
pub(crate) type Script<'a> = &'a [(&'a str, Intent)];

/// A replay in progress.
pub(crate) struct Replay {
    messenger: Messenger,
    cut: Cut,
    script: VecDeque<(String, Intent)>,
    /// The recordings of the switchboards, in the order in which they are opened.
    switchboards: VecDeque<String>,
    pending: VecDeque<Input>,
    opened: BTreeMap<LinkId, String>,
    pub(crate) events: Vec<Event>,
    pub(crate) sent: Vec<OwnedFrame>,
}

impl Replay {
    /// Plays `file.person`, and `file.person-sb`, `file.person-sb.2` … for switchboards.
    pub(crate) fn run(
        cut: Cut,
        file: &str,
        person: &str,
        first: Intent,
        script: Script<'_>,
    ) -> Self {
        let switchboards = (1..=9).map(|n| match n {
            1 => format!("{file}.{person}-sb.s2c"),
            n => format!("{file}.{person}-sb.{n}.s2c"),
        });
        let mut replay = Self {
            messenger: Messenger::new(),
            cut,
            script: script
                .iter()
                .map(|(words, intent)| ((*words).to_owned(), intent.clone()))
                .collect(),
            switchboards: switchboards.collect(),
            pending: VecDeque::new(),
            opened: BTreeMap::new(),
            events: Vec::new(),
            sent: Vec::new(),
        };
        replay.input(Input::Intent(first));
        let link = *replay.opened.keys().next().expect("a link to the server");
        let server = recording(&format!("{file}.{person}.s2c"));
        replay.play(link, server.bytes);
        assert!(replay.script.is_empty(), "never came: {:?}", replay.script);
        replay
    }

    /// The lines that were sent, without payloads.
    pub(crate) fn sent_lines(&self) -> Vec<String> {
        self.sent.iter().map(OwnedFrame::line).collect()
    }

    fn play(&mut self, link: LinkId, bytes: &[u8]) {
        self.input(Input::Opened { link });
        for frame in frames(Direction::FromServer, [bytes]).expect("a sound recording") {
            while self
                .script
                .front()
                .is_some_and(|(words, _)| frame.line().starts_with(words.as_str()))
            {
                let (_, intent) = self.script.pop_front().expect("an intent");
                self.input(Input::Intent(intent));
            }
            let bytes = frame.bytes();
            match self.cut {
                Cut::Frames => self.input(Input::Received { link, bytes }),
                Cut::Bytes => {
                    for byte in bytes {
                        self.input(Input::Received {
                            link,
                            bytes: vec![byte],
                        });
                    }
                }
            }
        }
    }

    fn input(&mut self, input: Input) {
        self.messenger.handle(Timestamp(0), input);
        let mut rooms = Vec::new();
        while let Some(output) = self.messenger.poll() {
            match output {
                Output::Connect {
                    link,
                    to: Destination::Server,
                } => {
                    self.opened.insert(link, "server".to_owned());
                }
                Output::Connect {
                    link,
                    to: Destination::Switchboard(_),
                } => {
                    rooms.push((
                        link,
                        self.switchboards
                            .pop_front()
                            .expect("a recorded switchboard"),
                    ));
                }
                Output::Transmit { bytes, .. } => {
                    let all = frames(Direction::FromClient, [bytes.expose().as_slice()]);
                    self.sent.extend(all.expect("sound frames"));
                }
                Output::Event(event) => self.events.push(event),
                Output::Redirect { .. } | Output::Disconnect { .. } | Output::WakeAt(_) => {}
            }
        }
        // A room is played as a whole, at the moment at which it opens.
        for (link, name) in rooms {
            self.play(link, recording(&name).bytes);
        }
    }
}
