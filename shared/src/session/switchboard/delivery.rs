//! Texts and typing notices, both ways (reference §7.4, §8.3).

use core::time::Duration;

use super::{PATIENCE, Request, State, SwitchboardEvent, SwitchboardSession};
use crate::command::{AckRequest, ClientCommand, MsgReply, MsgRequest};
use crate::model::{TextId, Timestamp, TransactionId, UserHandle};
use crate::payload::{
    CancelCode, Datacast, Invitation, InvitationCommand, Payload, PlainText, TypingNotice,
};
use crate::session::outcome::Delivery;

/// A typing notice goes out no more often than this.
const TYPING_INTERVAL: Duration = Duration::from_secs(5);

/// How many answered invitations are remembered; an older one that comes again is answered again.
const MAX_REFUSED: usize = 32;

impl SwitchboardSession {
    /// Sends a text to everybody inside. The owner sees to it that somebody is.
    ///
    /// It asks for an answer either way (mode `A`): with silence for success, a broken link could not be
    /// told from a delivered text.
    pub(crate) fn send_text(&mut self, now: Timestamp, id: TextId, text: &PlainText) {
        let trid = self.transactions.begin(now, PATIENCE, Request::Text(id));
        self.send(ClientCommand::Msg(MsgRequest {
            trid,
            ack: AckRequest::Always,
            body: text.encode(),
        }));
        self.tell(SwitchboardEvent::Delivery {
            text: id,
            delivery: Delivery::Sent,
        });
        // Their program takes a text for the end of typing; the next key press is news again.
        self.typing_sent = None;
    }

    /// Tells that I am typing, unless that was just told or nobody is there.
    pub(crate) fn send_typing(&mut self, now: Timestamp) {
        let is_recent = self
            .typing_sent
            .is_some_and(|sent| now < sent + TYPING_INTERVAL);
        if self.state != State::Inside || self.participants.is_empty() || is_recent {
            return;
        }
        self.typing_sent = Some(now);
        let handle = self.me.clone();
        self.send_quietly(AckRequest::None, TypingNotice { handle }.encode());
    }

    /// Nudges everybody inside. The owner sees to it that somebody is.
    pub(crate) fn send_nudge(&mut self) {
        self.send_quietly(AckRequest::FailureOnly, Datacast::nudge());
    }

    fn send_quietly(&mut self, ack: AckRequest, body: Vec<u8>) {
        let trid = self.transactions.next_id();
        self.send(ClientCommand::Msg(MsgRequest { trid, ack, body }));
    }

    pub(super) fn on_msg(&mut self, msg: MsgReply) {
        let MsgReply { handle, name, body } = msg;
        let payload = match Payload::parse(&body) {
            Payload::Chunk(chunk) => match self.assembler.add(chunk) {
                Some(whole) => Payload::parse(&whole),
                None => return,
            },
            payload => payload,
        };
        match payload {
            Payload::Text(text) => self.tell(SwitchboardEvent::Text { handle, name, text }),
            // The sender of the command is the safer word than the one inside the body.
            Payload::Typing(_) => self.tell(SwitchboardEvent::Typing { handle }),
            Payload::Datacast(datacast) => {
                self.tell(SwitchboardEvent::Datacast { handle, datacast });
            }
            Payload::Invitation(invitation) => self.on_invitation(handle, invitation),
            // Neither a piece of a piece nor what only a notification server may say.
            Payload::Chunk(_)
            | Payload::Mail(_)
            | Payload::Profile(_)
            | Payload::System(_)
            | Payload::Other => {}
        }
    }

    /// A page cannot open the connection that any invitation needs: it says so, once.
    fn on_invitation(&mut self, handle: UserHandle, invitation: Invitation) {
        let InvitationCommand::Invite(offer) = invitation.command else {
            return;
        };
        if self.refused.contains(&invitation.cookie) {
            return;
        }
        if self.refused.len() >= MAX_REFUSED {
            self.refused.pop_front();
        }
        self.refused.push_back(invitation.cookie);
        let body = Invitation::cancel(invitation.cookie, CancelCode::NotInstalled);
        self.send_quietly(AckRequest::FailureOnly, body);
        self.tell(SwitchboardEvent::Offered { handle, offer });
    }

    pub(super) fn on_outcome(&mut self, trid: TransactionId, delivery: Delivery) {
        if let Some(&Request::Text(text)) = self.transactions.get(trid) {
            self.transactions.resolve(trid);
            self.tell(SwitchboardEvent::Delivery { text, delivery });
        }
    }

    /// Tells of every text that waits for its answer that none will come.
    pub(super) fn settle(&mut self, delivery: &Delivery) {
        for request in self.transactions.drain().collect::<Vec<_>>() {
            if let Request::Text(text) = request {
                self.tell(SwitchboardEvent::Delivery {
                    text,
                    delivery: delivery.clone(),
                });
            }
        }
    }
}
