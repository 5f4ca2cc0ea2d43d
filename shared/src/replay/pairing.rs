//! Which of our links is which recorded connection, and which of our commands is which of the recorded
//! client's. A client that counts its transactions otherwise is answered under its own ids by that.

use crate::model::LinkId;
use crate::payload::Headers;
use crate::wire::Frame;

/// Added to a transaction id that our client did not use.
const NOBODYS: u64 = 1_000_000;

/// How many commands of ours may wait for the recorded client to say the like.
const MAX_UNPAIRED: usize = 500;

/// The answers in which the transaction id of the request is the first parameter.
const ANSWERS: &str =
    "VER INF USR CVR SYN GTC BLP LST ADD REM REA CHG ILN URL XFR IMS CAL ANS IRO ACK NAK QRY";

/// Links and commands, and what they are called in the recording. `C` is what stands for a connection there.
#[derive(Clone, Debug)]
pub struct Pairing<C> {
    links: Vec<Known<C>>,
    /// What was sent on each link and is not found in the recording yet.
    unpaired: Vec<(LinkId, Command)>,
    /// The recorded id and ours.
    ids: Vec<(LinkId, u64, u64)>,
}

#[derive(Clone, Debug)]
struct Known<C> {
    link: LinkId,
    connection: C,
    is_open: bool,
}

impl<C> Default for Pairing<C> {
    fn default() -> Self {
        Self {
            links: Vec::new(),
            unpaired: Vec::new(),
            ids: Vec::new(),
        }
    }
}

impl<C: Copy + PartialEq> Pairing<C> {
    /// A link of ours is that connection.
    pub fn open(&mut self, link: LinkId, connection: C) {
        self.links.push(Known {
            link,
            connection,
            is_open: true,
        });
    }

    /// A link of ours is closed.
    pub fn close(&mut self, link: LinkId) {
        let mut links = self.links.iter_mut();
        if let Some(known) = links.find(|known| known.link == link) {
            known.is_open = false;
        }
    }

    /// The link that is a connection, while it is open.
    pub fn link(&self, connection: C) -> Option<LinkId> {
        let mut links = self.links.iter();
        let known = links.find(|known| known.is_open && known.connection == connection);
        known.map(|known| known.link)
    }

    /// Whether a connection was one of our links at any time.
    pub fn is_known(&self, connection: C) -> bool {
        self.links
            .iter()
            .any(|known| known.connection == connection)
    }

    /// Our client has said this.
    pub fn said(&mut self, link: LinkId, frame: &Frame<'_>) {
        if self.unpaired.len() >= MAX_UNPAIRED {
            self.unpaired.remove(0);
        }
        self.unpaired.push((link, Command::of(frame)));
    }

    /// The recorded client has said this. Whether ours has said the like.
    pub fn pair(&mut self, link: LinkId, recorded: &Frame<'_>) -> bool {
        let recorded = Command::of(recorded);
        let mut ours = self.unpaired.iter();
        let found = ours.position(|(on, ours)| *on == link && ours.about == recorded.about);
        let Some(found) = found.filter(|_| recorded.id.is_some()) else {
            return false;
        };
        let (_, ours) = self.unpaired.remove(found);
        if let (Some(theirs), Some(ours)) = (recorded.id, ours.id) {
            self.ids.push((link, theirs, ours));
        }
        true
    }

    /// What a server said, with our id in the place of the recorded one.
    pub fn translated(&self, link: LinkId, bytes: &[u8]) -> Vec<u8> {
        let Some((verb, [b' ', rest @ ..])) = bytes.split_at_checked(3) else {
            return bytes.to_vec();
        };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = rest.split_at(digits);
        let verb = core::str::from_utf8(verb).unwrap_or_default();
        // Without an id it tells of somebody else's number, or of one that changed by itself.
        let is_own = verb != "PRP" || rest.get(1).is_some_and(u8::is_ascii_digit);
        let is_error = verb.bytes().all(|byte| byte.is_ascii_digit());
        let is_answer = is_error || verb == "PRP" || ANSWERS.split(' ').any(|known| known == verb);
        let number = core::str::from_utf8(number).ok();
        let theirs = number.and_then(|number| number.parse::<u64>().ok());
        let is_whole = matches!(rest.first(), Some(b' ' | b'\r'));
        let Some(theirs) = theirs.filter(|id| *id != 0 && is_answer && is_own && is_whole) else {
            return bytes.to_vec();
        };
        let mut ids = self.ids.iter().rev();
        let known = ids.find(|(on, recorded, _)| (*on, *recorded) == (link, theirs));
        let ours = known.map_or(theirs.saturating_add(NOBODYS), |(_, _, ours)| *ours);
        [verb.as_bytes(), b" ", ours.to_string().as_bytes(), rest].concat()
    }
}

/// A command without what may differ between two that ask for the same.
#[derive(Clone, Debug)]
struct Command {
    id: Option<u64>,
    /// The name and what it is about; of a message, what is written in it.
    about: Vec<Vec<u8>>,
}

impl Command {
    fn of(frame: &Frame<'_>) -> Self {
        let mut words = frame.line().split(|byte| *byte == b' ').map(<[u8]>::to_vec);
        let verb = words.next().unwrap_or_default();
        let id = words.next();
        let id = id.and_then(|id| core::str::from_utf8(&id).ok()?.parse().ok());
        let about = if verb == b"MSG" {
            let (_, content) = Headers::parse(frame.payload());
            vec![verb, content.to_vec()]
        } else {
            [verb].into_iter().chain(words.take(2)).collect()
        };
        Self { id, about }
    }
}
