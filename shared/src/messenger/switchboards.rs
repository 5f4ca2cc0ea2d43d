//! The links to switchboards: opening them, answering calls, and what their sessions tell.

use super::{Destination, Event, Messenger, Output};
use crate::command::{Cookie, Rng};
use crate::model::{ConversationId, Endpoint, LinkId, Timestamp, UserHandle};
use crate::session::outcome::{CloseReason, DeliveryFailure};
use crate::session::switchboard::{Effect, Entry, SwitchboardEvent, SwitchboardSession};
use crate::wire::{Direction, Framer};

/// How many rooms may be open at once. A server that rings without end fills no memory.
const MAX_ROOMS: usize = 64;

/// A switchboard session and the link it lives on.
#[derive(Debug)]
pub(super) struct SwitchboardLink {
    pub(super) framer: Framer,
    pub(super) session: SwitchboardSession,
    /// What it carries; a call that was answered carries nothing until it is known who is inside.
    pub(super) conversation: Option<ConversationId>,
    /// The driver said that it is gone: it needs no `Disconnect`.
    pub(super) is_closed: bool,
}

impl Messenger {
    /// The server granted a room for a conversation.
    pub(super) fn open_switchboard(
        &mut self,
        now: Timestamp,
        id: ConversationId,
        endpoint: Endpoint,
        cookie: Cookie,
    ) {
        let Some(conversation) = self.conversations.get_mut(id) else {
            return;
        };
        conversation.is_requested = false;
        if let Some(link) = self.connect(now, endpoint, Entry::Caller { cookie }, Some(id)) {
            if let Some(conversation) = self.conversations.get_mut(id) {
                conversation.rooms.push(link);
            }
        } else {
            self.fail(id, &DeliveryFailure::TooManyRooms);
        }
    }

    /// Somebody calls: answer at once, that is how one is reachable. Nothing opens until they write.
    pub(super) fn answer(&mut self, now: Timestamp, rng: Rng) {
        if self
            .connect(
                now,
                rng.endpoint,
                Entry::Callee {
                    cookie: rng.cookie,
                    id: rng.id,
                },
                None,
            )
            .is_none()
        {
            self.tell(Event::Oddity {
                what: "RNG: too many rooms are open".to_owned(),
            });
        }
    }

    fn connect(
        &mut self,
        now: Timestamp,
        endpoint: Endpoint,
        entry: Entry,
        conversation: Option<ConversationId>,
    ) -> Option<LinkId> {
        if self.switchboards.len() >= MAX_ROOMS {
            return None;
        }
        let me = self.notification.as_ref()?.session.handle().clone();
        let link = self.next_link();
        let session = SwitchboardSession::new(now, me, entry);
        let framer = Framer::new(Direction::FromServer);
        self.switchboards.insert(
            link,
            SwitchboardLink {
                framer,
                session,
                conversation,
                is_closed: false,
            },
        );
        self.outputs.push_back(Output::Connect {
            link,
            to: Destination::Switchboard(endpoint),
        });
        Some(link)
    }

    /// Carries out one wish of any session. Says whether there was one.
    pub(super) fn run_switchboards(&mut self, now: Timestamp) -> bool {
        let wish = self
            .switchboards
            .iter_mut()
            .find_map(|(&link, it)| Some((link, it.session.poll()?)));
        match wish {
            Some((link, Effect::Send(command))) => self.transmit(link, command.encode()),
            Some((link, Effect::Tell(event))) => self.on_switchboard_event(now, link, event),
            None => return self.remove_finished(),
        }
        true
    }

    /// Takes away the links whose sessions are over and have nothing more to say.
    fn remove_finished(&mut self) -> bool {
        let Some((&link, _)) = self
            .switchboards
            .iter()
            .find(|(_, it)| it.session.is_over())
        else {
            return false;
        };
        self.conversations.detach(link);
        if self
            .switchboards
            .remove(&link)
            .is_some_and(|it| !it.is_closed)
        {
            self.outputs.push_back(Output::Disconnect { link });
        }
        true
    }

    fn on_switchboard_event(&mut self, now: Timestamp, link: LinkId, event: SwitchboardEvent) {
        let conversation = self.switchboards.get(&link).and_then(|it| it.conversation);
        match (event, conversation) {
            (SwitchboardEvent::Entered, _) => self.on_entered(now, link, conversation),
            (SwitchboardEvent::Oddity(what), _) => self.tell(Event::Oddity { what }),
            (SwitchboardEvent::Joined(who), Some(id)) => self.on_joined(now, link, id, who),
            (SwitchboardEvent::Left { handle, is_idle }, Some(id)) => {
                self.on_left(now, link, id, handle, is_idle);
            }
            (SwitchboardEvent::CallFailed { handle, failure }, Some(id)) => {
                self.on_call_failed(now, link, id, handle, &failure);
            }
            (SwitchboardEvent::Ended(failure), Some(id)) => {
                self.on_ended(now, link, id, &failure);
            }
            (event, Some(id)) => self.tell_of(id, event),
            // A call that was answered, before anybody is known to be inside: nothing to tell of it.
            (_, None) => {}
        }
    }

    /// What is only told, and changes nothing. What people send opens a conversation; typing does not.
    fn tell_of(&mut self, conversation: ConversationId, event: SwitchboardEvent) {
        match event {
            SwitchboardEvent::Text { handle, name, text } => {
                self.show(conversation, false);
                let (text, format) = (text.as_str().to_owned(), text.format().clone());
                self.tell(Event::TextReceived {
                    conversation,
                    handle,
                    name,
                    text,
                    format,
                });
            }
            SwitchboardEvent::Datacast { handle, datacast } => {
                self.show(conversation, false);
                self.tell(Event::DatacastReceived {
                    conversation,
                    handle,
                    datacast,
                });
            }
            SwitchboardEvent::Offered { handle, offer } => {
                self.show(conversation, false);
                self.tell(Event::OfferRefused {
                    conversation,
                    handle,
                    offer,
                });
            }
            SwitchboardEvent::Typing { handle } => {
                self.tell_in(
                    conversation,
                    Event::TypingReceived {
                        conversation,
                        handle,
                    },
                );
            }
            SwitchboardEvent::Delivery { text, delivery } => {
                self.tell_in(
                    conversation,
                    Event::TextDelivery {
                        conversation,
                        text_id: text,
                        delivery,
                    },
                );
            }
            _ => {}
        }
    }

    /// Leaves a room; it is taken away when its last words are out.
    pub(super) fn leave(&mut self, link: LinkId) {
        self.conversations.detach(link);
        if let Some(switchboard) = self.switchboards.get_mut(&link) {
            switchboard.session.leave();
        }
    }

    /// Leaves the rooms in which somebody is alone with me: a server does not close them by itself when I
    /// block somebody (reference §7.6).
    pub(super) fn leave_rooms_with(&mut self, handle: &UserHandle) {
        let is_alone = |it: &SwitchboardLink| matches!(it.session.participants(), [other] if other.handle == *handle);
        let links: Vec<_> = self
            .switchboards
            .iter()
            .filter(|(_, it)| is_alone(it))
            .map(|(&link, _)| link)
            .collect();
        for link in links {
            self.leave(link);
        }
    }

    /// Leaves every room, and says so right away. When the session's link was `lost`, the texts on their
    /// way may be lost as well.
    pub(super) fn leave_all(&mut self, now: Timestamp, lost: Option<CloseReason>) {
        for link in self.switchboards.keys().copied().collect::<Vec<_>>() {
            if let Some(switchboard) = self.switchboards.get_mut(&link) {
                if let Some(reason) = lost {
                    switchboard.session.doubt(reason);
                }
                switchboard.session.leave();
            }
        }
        while self.run_switchboards(now) {}
    }
}
