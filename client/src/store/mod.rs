//! The state of the page: `Action` in, new state out. Pure: no browser, no clock, nobody asked back.

mod account;
mod action;
mod comeback;
mod config;
mod contacts;
mod conversation;
mod conversations;
mod dialog;
mod events;
mod idle;
mod kept;
mod line;
mod lines;
mod lists;
mod losses;
mod moment;
mod names;
mod outbox;
mod own_presence;
mod replay;
pub mod select;
mod settings;
mod shared;
mod windows;
mod wire_log;

pub use account::{Account, Ending, Phase, Step};
pub use action::{Action, Notice};
pub use comeback::{Comeback, Connection, Wait};
pub use config::{Config, ConfigFailure, ConfigState, DemoAccount, Remembered, Server};
pub use contacts::{ContactEntry, ContactTable};
pub use conversation::{Conversation, ConversationKey, MAX_LINES};
pub use conversations::{Conversations, MAX_CONVERSATIONS};
pub use dialog::{Dialog, DialogFault, DialogKind, NUMBERS, OTHERS};
pub use idle::Idle;
pub use kept::{MAX_KEPT, record};
pub use line::{Deed, Line, LineBody, LineKey};
pub use lines::{LineBlock, Lines};
pub use losses::Losses;
pub use moment::{LocalDate, LocalTime, Moment};
pub use names::{join_names, label, lower, lowered};
pub use outbox::Unsent;
pub use own_presence::{CHOOSABLE, choosable};
pub use replay::{ReplayState, Replaying};
pub use settings::{ContactSort, IDLE_CHOICES, Setting, Settings};
pub use shared::Shared;
pub use windows::{Focus, Pane, Windows};
pub use wire_log::{MAX_WIRE_LINES, Side, WireLine, WireLog};

use msnp6::messenger::Participant;
use msnp6::model::{
    FriendlyName, PrivacyDefault, Property, PropertyValue, ReverseListPrompt, UserHandle,
};

/// How many notices are kept at most; the oldest goes.
const MAX_NOTICES: usize = 4;

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct AppState {
    /// Where the session stands.
    pub phase: Phase,
    /// How the page stands to the network, and the way back into a session that was lost.
    pub connection: Connection,
    /// How I want to appear, and whether I have left the page alone for long.
    pub idle: Idle,
    /// Whose session it is, or was.
    pub account: Option<Shared<Account>>,
    /// Whom the latest sign-in is for; the transcripts belong to them.
    pub owner: Option<UserHandle>,
    /// What the form was filled in with for it.
    pub last_form: Option<Remembered>,
    /// What the browser remembers of an earlier sign-in.
    pub remembered: Option<Remembered>,
    /// The label of the server that the latest sign-in chose.
    pub server: Option<String>,
    /// My lists; `None` until they have come.
    pub contacts: Option<Shared<ContactTable>>,
    /// What happens to people on neither the allow nor the block list.
    pub privacy: PrivacyDefault,
    /// What happens when somebody adds me.
    pub prompt: ReverseListPrompt,
    /// My own telephone numbers and the like.
    pub properties: Vec<(Property, PropertyValue)>,
    /// The conversations, in the order of their tabs.
    pub conversations: Conversations,
    /// What is in front.
    pub windows: Windows,
    /// Who has me in their list and waits for my decision, the first one first.
    pub adders: Vec<Participant>,
    /// How many mails wait to be read, as far as the server tells.
    pub unread_mail: u32,
    /// Whether the server has ever said of a text of mine that it arrived, or not; some never do.
    pub has_confirmed: bool,
    /// The conversation that I nudged last.
    pub nudged: Option<ConversationKey>,
    /// The latest lines of all conversations that are not mine, or failed: for those who hear the page.
    pub heard: Vec<(ConversationKey, Shared<Line>)>,
    /// The window over the page.
    pub dialog: Option<Dialog>,
    /// What the user should know.
    pub notices: Vec<Notice>,
    /// What the gateway says about itself.
    pub config: ConfigState,
    /// What the user chose about the page.
    pub settings: Shared<Settings>,
    /// A recording that is played; then all of this is its state.
    pub replay: Option<Replaying>,
    /// What the wire view shows; `None` while it is closed.
    pub wire: Option<Shared<WireLog>>,
    /// Whether the page is before the user's eyes.
    pub is_page_shown: bool,
}

impl Default for AppState {
    fn default() -> Self {
        Self {
            phase: Phase::default(),
            connection: Connection::default(),
            idle: Idle::default(),
            account: None,
            owner: None,
            last_form: None,
            remembered: None,
            server: None,
            contacts: None,
            privacy: PrivacyDefault::default(),
            prompt: ReverseListPrompt::default(),
            properties: Vec::new(),
            conversations: Conversations::default(),
            windows: Windows::default(),
            adders: Vec::new(),
            unread_mail: 0,
            has_confirmed: false,
            nudged: None,
            heard: Vec::new(),
            dialog: None,
            notices: Vec::new(),
            config: ConfigState::default(),
            settings: Shared::default(),
            replay: None,
            wire: None,
            is_page_shown: true,
        }
    }
}

impl AppState {
    /// Takes one action.
    pub fn apply(&mut self, now: Moment, action: Action) {
        match action {
            Action::Event(event) => self.on_event(now, event),
            Action::Ticked => {
                self.conversations.expire_typing(now.at);
                self.count_down(now);
                self.look_idle(now);
            }
            Action::ConfigAsked => self.config = ConfigState::Loading,
            Action::ConfigAnswered(answer) => {
                self.config = answer.map_or_else(ConfigState::Failed, |config| {
                    ConfigState::Ready(Shared::new(config))
                });
            }
            Action::Recalled(remembered) => self.remembered = remembered,
            Action::SettingsRecalled(settings) => self.settings = Shared::new(settings),
            Action::SettingChanged(setting) => self.settings.make_mut().set(setting),
            Action::SignInAsked {
                handle,
                form,
                server_label,
            } => {
                self.begin_sign_in(handle);
                self.idle.choose(form.presence);
                self.last_form = Some(form);
                self.server = server_label;
            }
            Action::ConversationShown(key) => self.show(key),
            Action::ListShown => self.windows.show_list(),
            Action::ConversationClosed(key) => self.close(key),
            Action::DraftEdited { key, text } => {
                self.conversations.change(key, |c| c.set_draft(text));
            }
            Action::TextRecalled { key, is_older } => {
                self.conversations.change(key, |c| c.recall(is_older));
            }
            Action::DialogOpened(kind) => self.dialog = Some(Dialog::new(kind)),
            Action::DialogClosed => self.dialog = None,
            Action::DialogAnswered(answer) => self.answer_dialog(answer),
            Action::Nudged(key) => self.nudge(now, key),
            Action::PartMissed => self.miss_part(),
            gone @ (Action::LineDropped { .. }
            | Action::AdderDecided(_)
            | Action::NoticeDismissed(_)) => self.take_away(gone),
            Action::ReplayBegan(handle) => self.begin_replay(handle),
            Action::ReplayOver => self.note_replay_over(),
            Action::ReplayStopped => self.end_replay(),
            Action::WireShown(is_shown) => self.wire = is_shown.then(Shared::default),
            Action::WireRecorded(recorded) => self.change_wire(|wire| wire.add(recorded)),
            Action::WireCleared => self.change_wire(WireLog::clear),
            Action::WireCopied(is_copied) => {
                self.change_wire(|wire| wire.copied = Some(is_copied));
            }
            Action::KeptRecalled(record) => self.restore(now, &record),
            Action::OtherTab(has_it) => self.on_other_tab(has_it),
            about_the_connection => self.on_life(now, about_the_connection),
        }
    }

    /// What goes with the button that was pressed on it: the focus needs another place.
    fn take_away(&mut self, action: Action) {
        match action {
            Action::LineDropped { key, line } => {
                self.conversations.change(key, |c| c.drop_line(line));
                self.windows.focus_on(Pane::Conversation);
            }
            Action::AdderDecided(handle) => {
                self.forget_adder(&handle);
                self.windows.focus_on(Pane::List);
            }
            Action::NoticeDismissed(notice) => {
                self.notices.retain(|known| *known != notice);
                self.windows.focus_front();
            }
            // Everything else was taken by the caller.
            _ => {}
        }
    }

    /// Another person's transcripts are none of the new one's business.
    fn begin_sign_in(&mut self, handle: UserHandle) {
        if self.owner.as_ref() != Some(&handle) {
            self.forget_session();
        }
        self.owner = Some(handle);
        self.notices.clear();
        self.phase = Phase::SigningIn { steps: Vec::new() };
    }

    /// Nothing of a session stays; its account wanted it so, or another one takes over.
    fn forget_session(&mut self) {
        self.account = None;
        self.connection.comeback = None;
        self.owner = None;
        self.last_form = None;
        self.contacts = None;
        self.conversations = Conversations::default();
        self.heard.clear();
        self.windows.reset();
        self.has_confirmed = false;
        self.notices.clear();
    }

    fn nudge(&mut self, now: Moment, key: ConversationKey) {
        if let Some(me) = &self.account {
            let who = Participant {
                handle: me.handle.clone(),
                name: me.name.clone(),
            };
            let deed = Deed::Nudged;
            self.conversations
                .change(key, |c| c.push(now, LineBody::Deed { who, deed }));
            self.nudged = Some(key);
        }
    }

    fn show(&mut self, key: ConversationKey) {
        if self.conversations.get(key).is_some() {
            self.windows.show(key);
            self.mark_read();
        }
    }

    fn begin_conversation(&mut self, handle: UserHandle) {
        let known = self.contacts.as_ref().and_then(|all| all.get(&handle));
        let name = known.and_then(|entry| FriendlyName::parse(&entry.label).ok());
        let name = name.unwrap_or_default();
        let key = self.conversations.begin(vec![Participant { handle, name }]);
        self.show(key);
    }

    fn close(&mut self, key: ConversationKey) {
        let neighbour = self.conversations.remove(key);
        self.windows.close(key, neighbour);
        self.mark_read();
    }

    /// What is before the user's eyes is read.
    fn mark_read(&mut self) {
        if let Some(key) = self.windows.selected
            && self.is_seen(key)
            && self.conversations.get(key).is_some_and(|c| c.unread > 0)
        {
            self.conversations.change(key, |c| c.unread = 0);
        }
    }

    fn change_wire(&mut self, edit: impl FnOnce(&mut WireLog)) {
        if let Some(wire) = &mut self.wire {
            edit(wire.make_mut());
        }
    }

    fn is_seen(&self, key: ConversationKey) -> bool {
        self.is_page_shown && self.windows.shows(key)
    }

    fn notify(&mut self, notice: Notice) {
        self.notices.retain(|known| *known != notice);
        if self.notices.len() >= MAX_NOTICES {
            self.notices.remove(0);
        }
        self.notices.push(notice);
    }
}
