//! Plays one person's part of a recording to a `Messenger`: the server's words as they were and in the order
//! in which they came on all of the person's connections, while what the person wants is scripted.
//!
//! What the recorded client said is looked at for three things: it is when a scripted wish comes, it tells
//! which of our switchboard links is which recorded connection (by the first line with its cookie), and it
//! tells which of our commands an answer is for. Where our client counts its transactions otherwise than the
//! recorded one did, the id in the answer is ours; an answer to what ours never asked gets an id that is
//! nobody's. Nothing else of the server's words is changed.

use std::collections::{BTreeMap, VecDeque};

use msnp6::gateway::CloseCode;
use msnp6::messenger::{CloseReason, Destination, Event, Input, Intent, Messenger, Output};
use msnp6::model::{LinkId, Timestamp};
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

/// Added to a transaction id that our client did not use.
const NOBODYS: u64 = 1_000_000;

/// The answers in which the transaction id of the request is the first parameter.
const ANSWERS: [&str; 22] = [
    "VER", "INF", "USR", "CVR", "SYN", "GTC", "BLP", "LST", "ADD", "REM", "REA", "CHG", "ILN",
    "URL", "XFR", "IMS", "CAL", "ANS", "IRO", "ACK", "NAK", "QRY",
];

/// A replay in progress.
pub(crate) struct Replay {
    messenger: Messenger,
    cut: Cut,
    entries: Vec<Entry>,
    script: VecDeque<(String, Intent)>,
    /// The links that are open, and the recorded connection of each.
    links: BTreeMap<LinkId, &'static str>,
    /// What was sent on each link and is not found in the recording yet.
    unpaired: Vec<(LinkId, OwnedFrame)>,
    /// Our transaction ids by link and recorded id.
    trids: BTreeMap<(LinkId, u64), u64>,
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
            links: BTreeMap::new(),
            unpaired: Vec::new(),
            trids: BTreeMap::new(),
            events: Vec::new(),
            sent: Vec::new(),
        };
        // The only link to the server is the first that a messenger opens.
        replay.links.insert(LinkId(1), connection);
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
        let open = self
            .links
            .iter()
            .find(|(_, name)| **name == entry.connection);
        let Some(link) = open.map(|(&link, _)| link) else {
            return;
        };
        match &entry.said {
            Said::Client(bytes) => {
                for frame in frames(Direction::FromClient, [bytes.as_slice()]).unwrap_or_default() {
                    self.wish(&frame.line());
                    if frame.line == b"OUT" && entry.connection == main {
                        self.input(Input::Intent(Intent::SignOut));
                    }
                    self.pair(link, &frame);
                }
            }
            Said::Server(bytes) => self.hear(link, &self.translated(link, bytes)),
            Said::Closed => {
                self.links.remove(&link);
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
                    Output::Disconnect { link } => drop(self.links.remove(&link)),
                    Output::Event(event) => self.events.push(event),
                    Output::Redirect { .. } | Output::WakeAt(_) => {}
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
                self.links
                    .extend(recorded.map(|entry| (link, entry.connection)));
            }
            self.unpaired.push((link, frame.clone()));
            self.sent.push(frame);
        }
    }

    /// Finds our own command for one of the recorded client.
    fn pair(&mut self, link: LinkId, recorded: &OwnedFrame) {
        let (Some(theirs), wanted) = (trid(recorded), likeness(recorded)) else {
            return;
        };
        let mut ours = self.unpaired.iter();
        let found = ours.position(|(on, frame)| *on == link && likeness(frame) == wanted);
        if let Some(ours) = found.and_then(|at| trid(&self.unpaired.remove(at).1)) {
            self.trids.insert((link, theirs), ours);
        }
    }

    fn translated(&self, link: LinkId, bytes: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(bytes);
        let words: Vec<&str> = text.splitn(3, [' ', '\r']).collect();
        let [verb, id, rest] = words[..] else {
            return bytes.to_vec();
        };
        let is_full_prp = verb == "PRP" && rest.starts_with(|c: char| c.is_ascii_digit());
        let is_answer = ANSWERS.contains(&verb) || verb.parse::<u16>().is_ok() || is_full_prp;
        let id = id.parse::<u64>().ok().filter(|&id| is_answer && id != 0);
        match id.map(|id| self.trids.get(&(link, id)).copied().unwrap_or(id + NOBODYS)) {
            Some(ours) => {
                let at = bytes.len() - rest.len() - 1;
                [format!("{verb} {ours}").as_bytes(), &bytes[at..]].concat()
            }
            None => bytes.to_vec(),
        }
    }
}

fn trid(frame: &OwnedFrame) -> Option<u64> {
    frame.line().split(' ').nth(1)?.parse().ok()
}

/// What two commands have in common when they ask for the same: the name and what it is about.
fn likeness(frame: &OwnedFrame) -> Vec<String> {
    let line = frame.line();
    let about = match line.split(' ').next() {
        Some("MSG") => 1,
        _ => 2,
    };
    let words = line.split(' ').enumerate();
    words
        .filter(|(at, _)| *at != 1 && *at <= about + 1)
        .map(|(_, word)| word.to_owned())
        .collect()
}
