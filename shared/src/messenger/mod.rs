//! The whole client as one machine: a notification session, and the switchboards that carry the user's
//! conversations.
//!
//! Two vocabularies cross its border, one each way: [`Input`] (what happened to links and time, what the
//! user wants) goes in, [`Output`] (what to do with links and time, what to tell the user) comes out.

mod border;
mod conversations;
mod input;
mod notification;
mod output;
mod rooms;
mod split;
mod switchboards;

pub use crate::payload::{
    Alert, Application, Colour, Datacast, Effects, MailNotice, Offer, TextFormat,
};
pub use crate::session::outcome::{
    Change, ChangeFailure, CloseReason, Delivery, DeliveryFailure, ListEvent, Participant,
    SignInFailure, SignInStep, SignOutReason,
};
pub use input::{Input, Intent};
pub use output::{Destination, Event, IntentRefusal, Output};
pub use split::messages_needed;

use core::time::Duration;
use std::collections::VecDeque;

use crate::command::ServerCommand;
use crate::model::{LinkId, ListSnapshot, Secret, SortedMap, Timestamp, UserHandle};
use crate::session::earliest;
use crate::wire::{FrameError, Framer};
use conversations::Conversations;
use notification::NotificationLink;
use switchboards::SwitchboardLink;

/// How long a typing notice is shown when nothing else comes (reference §8.3).
pub const TYPING_SHOWN: Duration = Duration::from_secs(8);

/// The longest text of one message, in bytes of UTF-8 after line breaks became CRLF. Servers close the
/// connection over a payload of more than 1664 bytes with its headers (reference §1.5). Longer ones are
/// split where one character as people see it ends.
pub const MAX_TEXT_BYTES: usize = 1400;

/// The longest text that is taken at once, in the same measure.
pub const MAX_SEND_BYTES: usize = 32 * 1024;

/// A client, without sockets and clock.
///
/// Two methods and one rule: after each [`handle`](Self::handle), call [`poll`](Self::poll) until it
/// answers `None`, and do what it says in that order. See the [crate's page](crate) for a whole loop.
#[derive(Debug, Default)]
pub struct Messenger {
    outputs: VecDeque<Output>,
    /// The wake-up that the driver has been asked for.
    wake_at: Option<Timestamp>,
    last_link: u32,
    /// Whose conversations these are.
    handle: Option<UserHandle>,
    notification: Option<NotificationLink>,
    switchboards: SortedMap<LinkId, SwitchboardLink>,
    conversations: Conversations,
    remembered: Option<(UserHandle, ListSnapshot)>,
}

impl Messenger {
    /// A client that is signed out.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a copy of an account's lists that was kept from an earlier session at the same server (see
    /// [`Event::ContactListReceived`]). Sign-ins of that account ask only for a newer one (reference §3.2).
    pub fn remember_lists(&mut self, handle: UserHandle, lists: ListSnapshot) {
        self.remembered = Some((handle, lists));
    }

    /// Takes one input. It cannot fail: what is wrong with it comes out as an event.
    pub fn handle(&mut self, now: Timestamp, input: Input) {
        match input {
            Input::Opened { link } => self.on_opened(now, link),
            Input::Received { link, bytes } => self.on_received(now, link, &bytes),
            Input::Closed { link, reason } => self.on_closed(link, reason),
            Input::Resumed => {
                if let Some(notification) = &mut self.notification {
                    notification.session.on_resumed(now);
                }
            }
            Input::Woke => self.on_woke(now),
            Input::Intent(intent) => self.on_intent(now, intent),
        }
        self.run(now);
        self.schedule();
    }

    /// The next thing to do, or `None` when all is done until the next input.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    fn on_opened(&mut self, now: Timestamp, link: LinkId) {
        if let Some(notification) = self.notification.as_mut().filter(|it| it.link == link) {
            notification.session.on_opened(now);
        } else if let Some(switchboard) = self.switchboards.get_mut(&link) {
            switchboard.session.on_opened(now);
        }
    }

    /// Feeds bytes to their link, one command at a time: each may end the link, and what comes behind
    /// belongs to nobody then.
    fn on_received(&mut self, now: Timestamp, link: LinkId, bytes: &[u8]) {
        if let Some(framer) = self.framer(link) {
            framer.push(bytes);
        }
        while let Some(next) = self.framer(link).and_then(next_command) {
            match next {
                Ok(Ok(command)) => self.on_command(now, link, command),
                Ok(Err(what)) => self.tell(Event::Oddity { what }),
                Err(_) => return self.on_garbled(link),
            }
            self.run(now);
        }
    }

    fn on_command(&mut self, now: Timestamp, link: LinkId, command: ServerCommand) {
        if let Some(notification) = self.notification.as_mut().filter(|it| it.link == link) {
            notification.session.on_command(now, command);
        } else if let Some(switchboard) = self.switchboards.get_mut(&link) {
            switchboard.session.on_command(command);
        }
    }

    fn on_garbled(&mut self, link: LinkId) {
        if let Some(notification) = self.notification.as_mut().filter(|it| it.link == link) {
            notification.session.lose(SignOutReason::Garbled);
        } else if let Some(switchboard) = self.switchboards.get_mut(&link) {
            switchboard.session.end(DeliveryFailure::Garbled);
        }
    }

    fn on_closed(&mut self, link: LinkId, reason: CloseReason) {
        if let Some(notification) = self.notification.as_mut().filter(|it| it.link == link) {
            notification.is_closed = true;
            notification.session.lose(SignOutReason::Link(reason));
        } else if let Some(switchboard) = self.switchboards.get_mut(&link) {
            switchboard.is_closed = true;
            switchboard.session.on_closed(reason);
        }
    }

    fn on_woke(&mut self, now: Timestamp) {
        self.wake_at = None;
        if let Some(notification) = &mut self.notification {
            notification.session.on_wake(now);
        }
        for switchboard in self.switchboards.values_mut() {
            switchboard.session.on_wake(now);
        }
    }

    fn on_intent(&mut self, now: Timestamp, intent: Intent) {
        let refusal = match intent {
            Intent::SignIn {
                handle,
                password,
                presence,
            } => self.sign_in(now, handle, password, presence),
            Intent::SignOut => self.sign_out(),
            Intent::Change(change) => self.change(now, change),
            Intent::ChangePresence(presence) => self.change_presence(now, presence),
            Intent::OpenConversation { with } => self.open_conversation(&[with]),
            Intent::TakeUpConversation { with } => self.open_conversation(&with),
            Intent::SendText { conversation, text } => self.send_text(now, conversation, &text),
            Intent::ChangeFormat(format) => {
                self.conversations.set_format(format);
                Ok(())
            }
            Intent::Invite {
                conversation,
                handle,
            } => self.invite(now, conversation, &handle),
            Intent::SendNudge { conversation } => self.send_nudge(conversation),
            Intent::NotifyTyping { conversation } => self.notify_typing(now, conversation),
            Intent::CloseConversation { conversation } => self.close_conversation(conversation),
        };
        if let Err(refusal) = refusal {
            self.tell(Event::IntentRefused(refusal));
        }
    }

    /// Carries out what the sessions want until none wants anything.
    fn run(&mut self, now: Timestamp) {
        while self.run_notification(now) || self.run_switchboards(now) {}
    }

    /// Asks for a wake-up at the earliest deadline of any session.
    fn schedule(&mut self) {
        let notification = self
            .notification
            .as_ref()
            .and_then(|it| it.session.deadline());
        let deadlines = self.switchboards.values().map(|it| it.session.deadline());
        let deadline = deadlines.fold(notification, earliest);
        if let Some(at) = deadline.filter(|_| deadline != self.wake_at) {
            self.wake_at = deadline;
            self.outputs.push_back(Output::WakeAt(at));
        }
    }

    fn framer(&mut self, link: LinkId) -> Option<&mut Framer> {
        match self.notification.as_mut().filter(|it| it.link == link) {
            Some(notification) => Some(&mut notification.framer),
            None => self.switchboards.get_mut(&link).map(|it| &mut it.framer),
        }
    }

    fn next_link(&mut self) -> LinkId {
        self.last_link = self.last_link.wrapping_add(1);
        LinkId(self.last_link)
    }

    fn tell(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }

    fn transmit(&mut self, link: LinkId, bytes: Vec<u8>) {
        self.outputs.push_back(Output::Transmit {
            link,
            bytes: Secret::new(bytes),
        });
    }
}

/// The next command of a link, or why there is none: an odd line in words, or a stream that makes no sense.
fn next_command(framer: &mut Framer) -> Option<Result<Result<ServerCommand, String>, FrameError>> {
    match framer.next_frame() {
        Ok(None) => None,
        Ok(Some(frame)) => Some(Ok(
            ServerCommand::decode(&frame).map_err(|error| error.to_string())
        )),
        Err(error) => Some(Err(error)),
    }
}
