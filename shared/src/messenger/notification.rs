//! The link to the notification server: signing in and out, and what its session tells.

use super::{Destination, Event, IntentRefusal, Messenger, Output};
use crate::model::{Endpoint, LinkId, ListSnapshot, Presence, Secret, Timestamp, UserHandle};
use crate::session::notification::{Account, Effect, NotificationEvent, NotificationSession};
use crate::session::outcome::{Change, CloseReason, DeliveryFailure, SignOutReason};
use crate::wire::{Direction, Framer};

/// A notification session and the link it lives on.
#[derive(Debug)]
pub(super) struct NotificationLink {
    pub(super) link: LinkId,
    pub(super) framer: Framer,
    pub(super) session: NotificationSession,
    /// The driver said that it is gone: it needs no `Disconnect`.
    pub(super) is_closed: bool,
}

impl Messenger {
    pub(super) fn sign_in(
        &mut self,
        now: Timestamp,
        handle: UserHandle,
        password: Secret<String>,
        presence: Presence,
    ) -> Result<(), IntentRefusal> {
        if self.notification.is_some() {
            return Err(IntentRefusal::AlreadySignedIn);
        }
        if presence == Presence::Offline {
            return Err(IntentRefusal::Presence);
        }
        if self.handle.as_ref() != Some(&handle) {
            // Nobody gets to see the conversations of another account.
            self.conversations.clear();
            self.handle = Some(handle.clone());
        }
        let link = self.next_link();
        let mut session = NotificationSession::new(Account {
            lists: self.lists_of(&handle),
            handle,
            password,
            presence,
        });
        session.on_connecting(now);
        let framer = Framer::new(Direction::FromServer);
        self.notification = Some(NotificationLink {
            link,
            framer,
            session,
            is_closed: false,
        });
        self.outputs.push_back(Output::Connect {
            link,
            to: Destination::Server,
        });
        Ok(())
    }

    pub(super) fn sign_out(&mut self) -> Result<(), IntentRefusal> {
        let notification = self
            .notification
            .as_mut()
            .ok_or(IntentRefusal::NotSignedIn)?;
        notification.session.sign_out();
        Ok(())
    }

    pub(super) fn change(&mut self, now: Timestamp, change: Change) -> Result<(), IntentRefusal> {
        let session = self.signed_in()?;
        let about = match &change {
            Change::AddContact(handle) | Change::Block(handle) | Change::Allow(handle) => {
                Some(handle)
            }
            _ => None,
        };
        if about == Some(session.handle()) {
            return Err(IntentRefusal::Oneself);
        }
        let blocked = if let Change::Block(handle) = &change {
            Some(handle.clone())
        } else {
            None
        };
        session.change(now, change);
        if let Some(handle) = blocked {
            self.leave_rooms_with(&handle);
        }
        Ok(())
    }

    pub(super) fn change_presence(
        &mut self,
        now: Timestamp,
        presence: Presence,
    ) -> Result<(), IntentRefusal> {
        if presence == Presence::Offline {
            return Err(IntentRefusal::Presence);
        }
        self.signed_in()?.change_presence(now, presence);
        Ok(())
    }

    /// The session, if the server has accepted us.
    pub(super) fn signed_in(&mut self) -> Result<&mut NotificationSession, IntentRefusal> {
        let session = self.notification.as_mut().map(|it| &mut it.session);
        session
            .filter(|session| session.is_signed_in())
            .ok_or(IntentRefusal::NotSignedIn)
    }

    /// Carries out one wish of the session. Says whether there was one.
    pub(super) fn run_notification(&mut self, now: Timestamp) -> bool {
        let Some(notification) = &mut self.notification else {
            return false;
        };
        let link = notification.link;
        match notification.session.poll() {
            Some(Effect::Send(command)) => self.transmit(link, command.encode()),
            Some(Effect::Tell(event)) => self.on_notification_event(now, link, event),
            Some(Effect::Look) => self.outputs.push_back(Output::Probe { link }),
            None => return false,
        }
        true
    }

    fn on_notification_event(&mut self, now: Timestamp, link: LinkId, event: NotificationEvent) {
        let event = match event {
            NotificationEvent::Failed(failure) => {
                return self.end_session(now, Event::SignInFailed(failure));
            }
            NotificationEvent::SignedOut(reason) => {
                return self.end_session(now, Event::SignedOut(reason));
            }
            NotificationEvent::Referred(to) => return self.redirect(link, to),
            NotificationEvent::Rung(rng) => return self.answer(now, rng),
            NotificationEvent::SwitchboardGranted {
                conversation,
                endpoint,
                cookie,
            } => {
                return self.open_switchboard(now, conversation, endpoint, cookie);
            }
            NotificationEvent::SwitchboardRefused { conversation, code } => {
                let failure = code.map_or(DeliveryFailure::TimedOut, DeliveryFailure::of_code);
                return self.on_switchboard_refused(conversation, &failure);
            }
            NotificationEvent::Progress(step) => Event::SignInProgress(step),
            NotificationEvent::SignedIn {
                handle,
                name,
                is_verified,
            } => Event::SignedIn {
                handle,
                name,
                is_verified,
            },
            NotificationEvent::ListsReceived(lists) => received(lists),
            NotificationEvent::OwnPresence(presence) => Event::OwnPresenceChanged(presence),
            NotificationEvent::PresenceRefused => Event::IntentRefused(IntentRefusal::Presence),
            NotificationEvent::ContactPresence {
                handle,
                name,
                presence,
            } => Event::ContactPresence {
                handle,
                name,
                presence,
            },
            NotificationEvent::Maintenance { minutes } => Event::MaintenanceAnnounced { minutes },
            NotificationEvent::Lists(event) => Event::Lists(event),
            NotificationEvent::Mail(notice) => Event::Mail(notice),
            NotificationEvent::Alerted(alert) => Event::Alerted(alert),
            NotificationEvent::Oddity(what) => Event::Oddity { what },
        };
        self.tell(event);
    }

    /// The session goes on at another server. Whatever the old one still said is none of the new one's.
    fn redirect(&mut self, link: LinkId, to: Endpoint) {
        if let Some(notification) = &mut self.notification {
            notification.framer = Framer::new(Direction::FromServer);
        }
        self.outputs.push_back(Output::Redirect { link, to });
    }

    /// Ends every link, then tells why. What waits to be sent has failed by then.
    fn end_session(&mut self, now: Timestamp, event: Event) {
        let lost = match &event {
            Event::SignedOut(SignOutReason::Link(reason)) => Some(*reason),
            Event::SignedOut(SignOutReason::TimedOut) => Some(CloseReason::Lost),
            _ => None,
        };
        self.leave_all(now, lost);
        self.conversations
            .fail_all(&DeliveryFailure::SignedOut, &mut self.outputs);
        if let Some(notification) = self.notification.take().filter(|it| !it.is_closed) {
            self.outputs.push_back(Output::Disconnect {
                link: notification.link,
            });
        }
        self.tell(event);
    }

    fn lists_of(&self, handle: &UserHandle) -> ListSnapshot {
        let known = self
            .remembered
            .as_ref()
            .filter(|(whose, _)| whose == handle);
        known.map(|(_, lists)| lists.clone()).unwrap_or_default()
    }
}

/// Lists for the user, and for whoever wants to keep them.
fn received(lists: ListSnapshot) -> Event {
    let ListSnapshot {
        version,
        contacts,
        privacy,
        prompt,
        properties,
    } = lists;
    Event::ContactListReceived {
        version,
        contacts,
        privacy,
        prompt,
        properties,
    }
}
