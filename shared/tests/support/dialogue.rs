//! One `Messenger` and a test that speaks the server's part, word by word.
#![allow(
    dead_code,
    reason = "every test file is a crate of its own and uses only some of this"
)]
#![allow(clippy::expect_used, reason = "a test may stop at what cannot be")]

use msnp6::messenger::{Event, Input, Intent, Messenger, Output};
use msnp6::model::{ConversationId, LinkId, Presence, Secret, Timestamp, UserHandle};

/// The link to the notification server.
pub(crate) const LINK: LinkId = LinkId(1);

/// The link to the first switchboard.
pub(crate) const ROOM: LinkId = LinkId(2);

/// What a server says until it asks for the password.
pub(crate) const GREETING: &str = "VER 1 MSNP6\r\nINF 2 MD5\r\n";

/// A room for the first request of a session.
pub(crate) const GRANT: &str = "XFR 7 SB 192.0.2.50:1863 CKI 17262740.1050826919.32308\r\n";

/// The dialogue. Time stands still unless a test moves it.
pub(crate) struct Dialogue {
    messenger: Messenger,
    pub(crate) now: Timestamp,
    wake: Option<Timestamp>,
    sent: String,
    pub(crate) events: Vec<Event>,
    /// What else came out: links to open and to close.
    pub(crate) others: Vec<Output>,
}

impl Dialogue {
    pub(crate) fn new(messenger: Messenger) -> Self {
        let (sent, events, others) = (String::new(), Vec::new(), Vec::new());
        Self {
            messenger,
            now: Timestamp(0),
            wake: None,
            sent,
            events,
            others,
        }
    }

    /// A sign-in of alice whose link has just opened.
    pub(crate) fn opened() -> Self {
        let mut it = Self::new(Messenger::new());
        it.intent(Intent::SignIn {
            handle: handle("alice@example.com"),
            password: Secret::new("hunter2".to_owned()),
            presence: Presence::Online,
        });
        it.input(Input::Opened { link: LINK });
        it
    }

    /// A sign-in of alice that the server has accepted; her lists are to come, with id 5.
    pub(crate) fn accepted() -> Self {
        let mut it = Self::opened();
        it.server(GREETING);
        it.server("USR 3 MD5 S 1013928519.693957190\r\nUSR 4 OK alice@example.com Alice 1\r\n");
        it
    }

    /// The same with her lists; bob is her contact, and online.
    pub(crate) fn signed_in() -> Self {
        let mut it = Self::accepted();
        it.server("SYN 5 9\r\nGTC 5 9 A\r\nBLP 5 9 AL\r\nLST 5 FL 9 1 1 bob@example.com Bob\r\n");
        it.server("LST 5 AL 9 1 1 bob@example.com Bob\r\nLST 5 BL 9 0 0\r\nLST 5 RL 9 0 0\r\n");
        it.server("CHG 6 NLN\r\nILN 6 NLN bob@example.com Bob\r\n");
        it.forget();
        it
    }

    /// A session in which alice has written to bob, and has asked for a room.
    pub(crate) fn asking() -> (Self, ConversationId) {
        let mut it = Self::signed_in();
        it.intent(Intent::OpenConversation {
            with: handle("bob@example.com"),
        });
        let conversation = ConversationId(1);
        it.write(conversation, "hello");
        it.client("XFR 7 SB\r\n");
        it.forget();
        (it, conversation)
    }

    /// The same, and bob is there: the text is on its way to him. Answers the room as well.
    pub(crate) fn in_a_room() -> (Self, LinkId, ConversationId) {
        let (mut it, conversation) = Self::asking();
        it.server(GRANT);
        it.input(Input::Opened { link: ROOM });
        it.at(ROOM, "USR 1 OK alice@example.com Alice\r\n");
        it.at(
            ROOM,
            "CAL 2 RINGING 11752013\r\nJOI bob@example.com Bob\r\n",
        );
        it.forget();
        (it, ROOM, conversation)
    }

    /// A session in which somebody calls alice, who answers.
    pub(crate) fn called_by(who: &str) -> Self {
        let mut it = Self::signed_in();
        it.server(&format!(
            "RNG 11752099 192.0.2.51:1863 CKI 849102291.520491113 {who} Somebody\r\n"
        ));
        it.input(Input::Opened { link: ROOM });
        it.client("ANS 1 alice@example.com 849102291.520491113 11752099\r\n");
        it
    }

    /// Alice writes.
    pub(crate) fn write(&mut self, conversation: ConversationId, text: &str) {
        let text = text.to_owned();
        self.intent(Intent::SendText { conversation, text });
    }

    /// A message of bob, with this body, comes on that link.
    pub(crate) fn message(&mut self, link: LinkId, body: &str) {
        let length = body.len();
        self.at(link, &format!("MSG bob@example.com Bob {length}\r\n{body}"));
    }

    /// A text of bob comes on that link.
    pub(crate) fn text(&mut self, link: LinkId, text: &str) {
        let head = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n";
        self.message(link, &format!("{head}{text}"));
    }

    pub(crate) fn intent(&mut self, intent: Intent) {
        self.input(Input::Intent(intent));
    }

    pub(crate) fn input(&mut self, input: Input) {
        self.messenger.handle(self.now, input);
        while let Some(output) = self.messenger.poll() {
            match output {
                Output::Transmit { bytes, .. } => {
                    self.sent
                        .push_str(core::str::from_utf8(bytes.expose()).expect("text"));
                }
                Output::Event(event) => self.events.push(event),
                Output::WakeAt(at) => self.wake = Some(at),
                other => self.others.push(other),
            }
        }
    }

    /// The notification server says this.
    pub(crate) fn server(&mut self, words: &str) {
        self.at(LINK, words);
    }

    /// The other end of that link says this.
    pub(crate) fn at(&mut self, link: LinkId, words: &str) {
        self.input(Input::Received {
            link,
            bytes: words.as_bytes().to_vec(),
        });
    }

    /// What the client said since the last look.
    pub(crate) fn sent(&mut self) -> String {
        core::mem::take(&mut self.sent)
    }

    /// What the client said since the last look must be this.
    pub(crate) fn client(&mut self, expected: &str) {
        assert_eq!(self.sent(), expected);
    }

    /// Lets so many seconds pass, waking the client whenever it asked for that.
    pub(crate) fn pass(&mut self, seconds: u64) {
        let end = Timestamp(self.now.0 + seconds * 1000);
        while let Some(at) = self.wake.take_if(|at| *at <= end) {
            self.now = at.max(self.now);
            self.input(Input::Woke);
        }
        self.now = end;
    }

    /// Forgets what has happened so far.
    pub(crate) fn forget(&mut self) {
        self.sent.clear();
        self.events.clear();
        self.others.clear();
    }

    /// Whether that link was closed.
    pub(crate) fn is_closed(&self, link: LinkId) -> bool {
        self.others
            .iter()
            .any(|output| matches!(output, Output::Disconnect { link: it } if *it == link))
    }
}

/// A handle as a person types it.
pub(crate) fn handle(text: &str) -> UserHandle {
    UserHandle::parse(text).expect("a handle")
}
