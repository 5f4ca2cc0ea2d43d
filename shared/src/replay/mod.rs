//! A recording played to a [`Messenger`](crate::messenger::Messenger) once more, without any network: the
//! server's words go in as they were, and what the recorded client said tells what its user wanted.
//!
//! Whoever plays one gives every [`Output`] to [`Replay::take`] instead of carrying it out, and the
//! messenger the inputs of [`Replay::step`], one after the other. Of the words of several people the one who
//! signs in first is played. Changes of lists are seen as the server tells of them.

mod pairing;

pub use pairing::Pairing;

use core::time::Duration;

use crate::gateway::CloseCode;
use crate::messenger::{CloseReason, Destination, Event, Input, Intent, Output};
use crate::model::{
    ConversationId, LinkId, Presence, Secret, SortedMap, Timestamp, UserHandle, search,
};
use crate::payload::Payload;
use crate::transcript::{Said, parse};
use crate::wire::{Direction, Framer};

/// The longest pause that is kept; nobody wants to wait for what was waited for then.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A recording that is being played.
#[derive(Debug)]
pub struct Replay {
    entries: Vec<Entry>,
    /// The entry that comes next.
    at: usize,
    /// How often its wish was looked for.
    tries: u8,
    me: UserHandle,
    /// The connection to the notification server.
    main: usize,
    pairing: Pairing<usize>,
    /// The link whose words the messenger was told last.
    heard: Option<LinkId>,
    conversations: SortedMap<LinkId, ConversationId>,
    /// The conversation that was opened last.
    newest: Option<ConversationId>,
}

/// One thing that happened; the connections are counted.
#[derive(Debug)]
struct Entry {
    at: Timestamp,
    connection: usize,
    said: Said,
}

impl Entry {
    /// The client's line, if it is the client's.
    fn of_client(&self) -> Option<&str> {
        match &self.said {
            Said::Client(bytes) => {
                let line = bytes.split(|byte| matches!(byte, b'\r' | b'\n')).next();
                core::str::from_utf8(line.unwrap_or_default()).ok()
            }
            Said::Server(_) | Said::Closed => None,
        }
    }

    /// What the client wrote to somebody.
    fn text(&self) -> Option<String> {
        let Said::Client(bytes) = &self.said else {
            return None;
        };
        let body = bytes.strip_prefix(b"MSG ")?;
        let start = body.iter().position(|byte| *byte == b'\n')? + 1;
        match Payload::parse(body.get(start..).unwrap_or_default()) {
            Payload::Text(text) => Some(text.as_str().to_owned()),
            _ => None,
        }
    }
}

impl Replay {
    /// Reads a recording; `None` when nobody signs in in it.
    pub fn new(recording: &str) -> Option<Self> {
        let mut names = Vec::new();
        let mut entries = Vec::new();
        for entry in parse(recording) {
            let known = names.iter().position(|name| *name == entry.connection);
            let connection = known.unwrap_or(names.len());
            if known.is_none() {
                names.push(entry.connection);
            }
            entries.push(Entry {
                at: entry.at,
                connection,
                said: entry.said,
            });
        }
        let sign_in = |entry: &Entry| {
            let (_, handle) = search::split_once(entry.of_client()?, " MD5 I ")?;
            Some((entry.connection, UserHandle::parse(handle).ok()?))
        };
        let (main, me) = entries.iter().find_map(sign_in)?;
        Some(Self {
            entries,
            at: 0,
            tries: 0,
            me,
            main,
            pairing: Pairing::default(),
            heard: None,
            conversations: SortedMap::default(),
            newest: None,
        })
    }

    /// Whose session it is.
    pub const fn handle(&self) -> &UserHandle {
        &self.me
    }

    /// How long to wait for the next step.
    pub fn pause(&self) -> Duration {
        let time = |at: usize| self.entries.get(at).map_or(0, |entry| entry.at.0);
        let before = self.at.checked_sub(1).map_or(0, time);
        Duration::from_millis(time(self.at).saturating_sub(before)).min(LONGEST_PAUSE)
    }

    /// The next thing for the messenger, or `None` at the end.
    pub fn step(&mut self) -> Option<Input> {
        while let Some(entry) = self.entries.get(self.at) {
            let link = self.pairing.link(entry.connection);
            let input = match (&entry.said, link) {
                (Said::Client(_), _) => {
                    if let Some(wish) = self.wish(link) {
                        // What comes of it is looked at together with the same words.
                        self.tries = self.tries.saturating_add(1);
                        return Some(Input::Intent(wish));
                    }
                    None
                }
                (Said::Server(bytes), Some(link)) => {
                    self.heard = Some(link);
                    let bytes = self.pairing.translated(link, bytes);
                    Some(Input::Received { link, bytes })
                }
                (Said::Closed, Some(link)) => {
                    self.pairing.close(link);
                    let reason = CloseReason::Code(CloseCode::ServerClosed);
                    Some(Input::Closed { link, reason })
                }
                (Said::Server(_) | Said::Closed, None) => None,
            };
            self.at += 1;
            self.tries = 0;
            if input.is_some() {
                return input;
            }
        }
        None
    }

    /// Takes what the messenger orders, and gives what it has to be told at once.
    pub fn take(&mut self, output: &Output) -> Option<Input> {
        match output {
            Output::Connect { link, to } => {
                if *to == Destination::Server {
                    self.pairing.open(*link, self.main);
                }
                return Some(Input::Opened { link: *link });
            }
            Output::Redirect { link, .. } => return Some(Input::Opened { link: *link }),
            Output::Transmit { link, bytes } => self.note(*link, bytes.expose()),
            Output::Disconnect { link } => self.pairing.close(*link),
            Output::Event(event) => self.see(event),
            Output::Probe { .. } | Output::WakeAt(_) => {}
        }
        None
    }

    /// Our client says something. A room is recognised by the words with its cookie.
    fn note(&mut self, link: LinkId, bytes: &[u8]) {
        let mut framer = Framer::new(Direction::FromClient);
        framer.push(bytes);
        while let Ok(Some(frame)) = framer.next_frame() {
            let words = String::from_utf8_lossy(frame.line());
            let is_entry = words.starts_with("ANS ") || words.starts_with("USR ");
            if is_entry && self.pairing.link(self.main) != Some(link) {
                let ahead = self.entries.get(self.at..).unwrap_or_default();
                let is_this = |entry: &&Entry| {
                    entry.of_client() == Some(&words) && !self.pairing.is_known(entry.connection)
                };
                if let Some(connection) = ahead.iter().find(is_this).map(|it| it.connection) {
                    self.pairing.open(link, connection);
                }
            }
            self.pairing.said(link, &frame);
        }
    }

    /// Which conversation is in which room.
    fn see(&mut self, event: &Event) {
        let (Event::ConversationOpened { conversation, .. }
        | Event::ParticipantJoined { conversation, .. }
        | Event::TextReceived { conversation, .. }) = event
        else {
            return;
        };
        if matches!(event, Event::ConversationOpened { .. }) {
            self.newest = Some(*conversation);
        }
        if let Some(link) = self
            .heard
            .filter(|link| self.pairing.link(self.main) != Some(*link))
        {
            self.conversations.insert(link, *conversation);
        }
    }

    /// What the user wanted when the recorded client said the words that come next; nothing, when ours has
    /// said them as well.
    fn wish(&mut self, link: Option<LinkId>) -> Option<Intent> {
        let entry = self.entries.get(self.at)?;
        let words: Vec<&str> = entry.of_client()?.split(' ').collect();
        let is_main = entry.connection == self.main;
        if let (Some(link), Said::Client(bytes)) = (link, &entry.said) {
            let mut framer = Framer::new(Direction::FromClient);
            framer.push(bytes);
            if let Ok(Some(frame)) = framer.next_frame()
                && self.pairing.pair(link, &frame)
            {
                return None;
            }
        }
        match (&words[..], self.tries) {
            (["VER", ..], 0) if is_main && link.is_none() => Some(self.sign_in()),
            (["XFR", id, "SB"], _) if is_main => self.open_room(id),
            (["CHG", _, state, ..], 0) if is_main => {
                Presence::from_code(state.as_bytes()).map(Intent::ChangePresence)
            }
            (["OUT"], 0) if is_main => Some(Intent::SignOut),
            (["CAL", _, handle], 0) => Some(Intent::Invite {
                conversation: *self.conversations.get(&link?)?,
                handle: UserHandle::parse(handle).ok()?,
            }),
            (["MSG", ..], 0) => Some(Intent::SendText {
                conversation: *self.conversations.get(&link?)?,
                text: entry.text()?,
            }),
            _ => None,
        }
    }

    /// The password is nobody's: whoever plays a recording has none, and needs none.
    fn sign_in(&self) -> Intent {
        let ahead = self.entries.iter().skip(self.at);
        let mut own = ahead.filter(|entry| entry.connection == self.main);
        let state = own.find_map(|entry| {
            let state = entry.of_client()?.strip_prefix("CHG ")?.split(' ').nth(1)?;
            Presence::from_code(state.as_bytes())
        });
        Intent::SignIn {
            handle: self.me.clone(),
            password: Secret::new(String::new()),
            presence: state.unwrap_or(Presence::Online),
        }
    }

    /// A room was asked for: for the one who is called there, and the first text that is written there.
    fn open_room(&self, id: &str) -> Option<Intent> {
        let ahead = self.entries.get(self.at..)?;
        let granted = format!("XFR {id} SB ");
        let cookie = ahead.iter().find_map(|entry| match &entry.said {
            Said::Server(bytes) if entry.connection == self.main => {
                let rest = bytes.strip_prefix(granted.as_bytes())?.trim_ascii();
                rest.rsplit(|byte| *byte == b' ').next()
            }
            _ => None,
        })?;
        let is_entry = |entry: &&Entry| {
            let line = entry.of_client().unwrap_or_default();
            let enters = line.starts_with("USR ") && line.as_bytes().ends_with(cookie);
            enters && !self.pairing.is_known(entry.connection)
        };
        let room = ahead.iter().find(is_entry)?.connection;
        let mut inside = ahead.iter().filter(|entry| entry.connection == room);
        let called = inside.find_map(|entry| {
            let handle = entry.of_client()?.strip_prefix("CAL ")?.split(' ').nth(1)?;
            UserHandle::parse(handle).ok()
        })?;
        let text = inside.find_map(Entry::text)?;
        match self.tries {
            0 => Some(Intent::OpenConversation { with: called }),
            1 => Some(Intent::SendText {
                conversation: self.newest?,
                text,
            }),
            _ => None,
        }
    }
}
