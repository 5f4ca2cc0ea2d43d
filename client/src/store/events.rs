//! What each event of the messenger does to the state. One arm is one call.

use msnp6::messenger::{
    ChangeFailure, Delivery, DeliveryFailure, Event, IntentRefusal, MailNotice, Participant,
    SignInFailure, SignInStep, SignOutReason,
};
use msnp6::model::{ConversationId, FriendlyName, Presence, TextId, UserHandle};

use super::account::advance;
use super::{
    Account, AppState, ContactTable, Conversation, ConversationKey, Deed, DialogFault, Ending,
    Line, LineBody, Moment, Notice, Pane, Phase, Shared, select,
};

/// How many lines are kept for those who only hear them; they need the latest.
const MAX_HEARD: usize = 4;

impl AppState {
    pub(super) fn on_event(&mut self, now: Moment, event: Event) {
        match event {
            Event::SignInProgress(step) => self.on_progress(now, step),
            Event::SignedIn {
                handle,
                name,
                is_verified,
            } => self.on_signed_in(now, handle, name, is_verified),
            // The page itself ended what was moved away, and has said so.
            Event::SignInFailed(_) | Event::SignedOut(_) if self.is_moved() => {}
            Event::SignInFailed(failure) => self.on_failed(now, failure),
            Event::SignedOut(reason) => self.on_signed_out(now, reason),
            Event::ContactListReceived {
                contacts,
                privacy,
                prompt,
                properties,
                ..
            } => {
                self.contacts = Some(Shared::new(ContactTable::new(&contacts)));
                self.privacy = privacy;
                self.prompt = prompt;
                self.properties = properties.into_iter().collect();
                self.settle_dialog(&Self::is_so);
            }
            Event::OwnPresenceChanged(presence) => {
                self.change_account(|a| a.presence = Some(presence));
            }
            Event::ContactPresence {
                handle,
                name,
                presence,
            } => self.on_presence(&handle, name.as_ref(), presence),
            Event::MaintenanceAnnounced { minutes } => self.notify(Notice::Maintenance { minutes }),
            Event::IntentRefused(refusal) => self.on_refused(refusal),
            Event::Lists(event) => self.on_lists(event),
            Event::Mail(notice) => self.on_mail(notice),
            Event::Alerted(alert) => self.notify(Notice::Alert(alert)),
            Event::Oddity { .. } => {}
            in_conversation @ (Event::ConversationOpened { .. }
            | Event::ParticipantJoined { .. }
            | Event::ParticipantLeft { .. }
            | Event::TypingReceived { .. }
            | Event::TextReceived { .. }
            | Event::DatacastReceived { .. }
            | Event::OfferRefused { .. }
            | Event::InviteFailed { .. }
            | Event::TextQueued { .. }
            | Event::TextDelivery { .. }) => self.on_conversation_event(now, in_conversation),
        }
    }

    /// A nudge is refused at once or not at all, so the latest one is meant.
    fn on_refused(&mut self, refusal: IntentRefusal) {
        if refusal == IntentRefusal::NobodyThere
            && let Some(key) = self.nudged.take()
        {
            self.conversations.change(key, Conversation::unsay_nudge);
        }
        let is_away = refusal == IntentRefusal::NotSignedIn && self.phase.is_inside();
        if let Some(dialog) = &mut self.dialog
            && dialog.refuse(if is_away {
                DialogFault::Away
            } else {
                DialogFault::Refused(refusal)
            })
        {
            return;
        }
        self.notify(if is_away {
            Notice::Away
        } else {
            Notice::Refused(refusal)
        });
    }

    /// Of mails only the latest one is told: the count says how many there are.
    fn on_mail(&mut self, notice: MailNotice) {
        self.unread_mail = notice.apply(self.unread_mail);
        if let MailNotice::Arrived {
            from,
            from_address,
            subject,
            ..
        } = notice
        {
            let is_mail = |notice: &Notice| matches!(notice, Notice::Mail { .. });
            self.notices.retain(|notice| !is_mail(notice));
            let from = if from.is_empty() { from_address } else { from };
            self.notify(Notice::Mail { from, subject });
        }
    }

    fn on_conversation_event(&mut self, now: Moment, event: Event) {
        match event {
            Event::ConversationOpened {
                conversation,
                participants,
                is_mine,
            } => self.on_opened(conversation, participants, is_mine),
            Event::ParticipantJoined {
                conversation,
                participant,
            } => self.change(conversation, |c| c.join(now, participant)),
            Event::ParticipantLeft {
                conversation,
                handle,
                is_idle,
            } => self.change(conversation, |c| c.leave(now, &handle, is_idle)),
            Event::TypingReceived {
                conversation,
                handle,
            } => self.change(conversation, |c| c.set_typing(now, handle)),
            Event::DatacastReceived {
                conversation,
                handle,
                datacast,
            } => self.change(conversation, |c| {
                c.note_deed(now, &handle, Deed::Cast(datacast));
            }),
            Event::OfferRefused {
                conversation,
                handle,
                offer,
            } => self.change(conversation, |c| {
                c.note_deed(now, &handle, Deed::Offered(offer));
            }),
            Event::InviteFailed {
                conversation,
                handle,
                failure,
            } => self.change(conversation, |c| {
                c.note_deed(now, &handle, Deed::StayedAway(failure));
            }),
            about_a_text => self.on_text_event(now, about_a_text),
        }
    }

    fn on_text_event(&mut self, now: Moment, event: Event) {
        match event {
            Event::TextReceived {
                conversation,
                handle,
                name,
                text,
                format,
            } => self.change(conversation, |c| {
                c.stop_typing(&handle);
                let body = LineBody::Theirs {
                    handle,
                    name,
                    text,
                    format,
                };
                c.push(now, body);
            }),
            Event::TextQueued {
                conversation,
                text_id,
                text,
            } => {
                let format = select::my_format(self);
                self.change(conversation, |c| c.queue_text(now, text_id, text, format));
            }
            Event::TextDelivery {
                conversation,
                text_id,
                delivery,
            } => self.on_delivery(conversation, text_id, delivery),
            // Those that concern no conversation were taken by the caller.
            _ => {}
        }
    }

    /// Progress in mid-session, when a server refers elsewhere, is no new sign-in to the user.
    fn on_progress(&mut self, now: Moment, step: SignInStep) {
        if let Phase::SigningIn { steps } = &mut self.phase {
            advance(steps, now.at, step);
        }
    }

    fn on_signed_in(
        &mut self,
        now: Moment,
        handle: UserHandle,
        name: FriendlyName,
        is_verified: bool,
    ) {
        let presence = None;
        self.account = Some(Shared::new(Account {
            handle,
            name,
            is_verified,
            presence,
        }));
        match self.phase {
            Phase::SigningIn { .. } => {
                if !is_verified {
                    self.notify(Notice::Unverified);
                }
                self.contacts = None;
                // A conversation that an earlier session left in front is where the user goes on.
                self.windows.focus_front();
                self.idle.touch(now.at);
            }
            // What was before the user's eyes stays there.
            Phase::Interrupted => {}
            Phase::SignedIn | Phase::SignedOut { .. } => return,
        }
        self.phase = Phase::SignedIn;
        self.come_back(now);
    }

    fn on_failed(&mut self, now: Moment, failure: SignInFailure) {
        let ending = match failure {
            SignInFailure::Cancelled => None,
            other => Some(Ending::Failed(other)),
        };
        self.end_or_interrupt(now, ending);
    }

    pub(super) fn on_signed_out(&mut self, now: Moment, reason: SignOutReason) {
        // The page has told already why it left; that it has left now is no news.
        if matches!(self.phase, Phase::SignedOut { .. }) {
            return;
        }
        match reason {
            SignOutReason::Requested => {
                self.forget_session();
                self.end_session(None);
                self.windows.focus_on(Pane::List);
            }
            other => self.end_or_interrupt(now, Some(Ending::Ended(other))),
        }
    }

    fn end_or_interrupt(&mut self, now: Moment, ending: Option<Ending>) {
        let goes_on = ending.as_ref().is_some_and(|it| self.interrupt(now, it));
        if !goes_on && !matches!(self.phase, Phase::SignedOut { .. }) {
            self.end_session(ending);
        }
    }

    /// The user wants no more tries: the page says what it was that ended the session.
    pub(super) fn stop_tries(&mut self) {
        if let Some(comeback) = self.connection.comeback.take() {
            self.end_session(Some(comeback.cause));
            self.windows.focus_front();
        }
    }

    /// The session is interrupted: what it told is not known any more, and what it was asked for has no
    /// answer. Everything stays on the page.
    pub(super) fn leave_off(&mut self) {
        self.change_contacts(ContactTable::forget_presence);
        self.adders.clear();
        self.conversations.end();
        self.change_account(|account| account.presence = None);
        if let Some(dialog) = &mut self.dialog {
            let open = dialog.pending.drain(..);
            let open = open.map(|it| DialogFault::Change(it, ChangeFailure::Unconfirmed));
            dialog.faults.extend(open);
        }
    }

    /// What the user moved away ends here without being forgotten: it may come back.
    pub(super) fn on_other_tab(&mut self, has_it: bool) {
        if has_it {
            self.end_session(Some(Ending::OtherTab));
        } else if self.is_moved() {
            self.phase = Phase::default();
        }
    }

    fn is_moved(&self) -> bool {
        let Phase::SignedOut { ending } = &self.phase else {
            return false;
        };
        matches!(ending, Some(Ending::OtherTab))
    }

    fn end_session(&mut self, ending: Option<Ending>) {
        self.phase = Phase::SignedOut { ending };
        self.connection.comeback = None;
        self.dialog = None;
        self.adders.clear();
        self.unread_mail = 0;
        self.notices.clear();
        self.conversations.end();
        self.conversations.drop_empty();
        let is_gone = |key: ConversationKey| self.conversations.get(key).is_none();
        if self.windows.selected.is_some_and(is_gone) {
            self.windows.selected = self.conversations.iter().next().map(|c| c.key);
        }
        if self.windows.selected.is_none() {
            self.windows.pane = Pane::List;
        }
        self.windows.forget_order();
    }

    fn on_presence(
        &mut self,
        handle: &UserHandle,
        name: Option<&FriendlyName>,
        presence: Presence,
    ) {
        self.change_contacts(|contacts| contacts.set_presence(handle, name, presence));
    }

    fn on_opened(
        &mut self,
        conversation: ConversationId,
        participants: Vec<Participant>,
        is_mine: bool,
    ) {
        let (key, was_left_behind) = self.conversations.open(conversation, participants);
        // The page itself takes up again what an earlier session left behind; that is no deed of the user.
        if is_mine && !was_left_behind {
            self.show(key);
        }
    }

    /// What failed is told to those who do not see it.
    fn on_delivery(&mut self, live: ConversationId, text_id: TextId, delivery: Delivery) {
        let is_failed = matches!(delivery, Delivery::Failed(_));
        self.has_confirmed |= matches!(
            delivery,
            Delivery::Delivered | Delivery::Failed(DeliveryFailure::Refused)
        );
        let mut changed = None;
        self.change(live, |c| changed = c.set_delivery(text_id, delivery));
        if let Some(key) = self.conversations.key_of(live)
            && let Some(line) = changed.filter(|_| is_failed)
        {
            self.hear(key, line);
        }
    }

    fn change(&mut self, live: ConversationId, edit: impl FnOnce(&mut Conversation)) {
        let Some(key) = self.conversations.key_of(live) else {
            return;
        };
        let is_seen = self.is_seen(key);
        let conversation = self.conversations.get_mut(key);
        if let Some(line) = conversation.and_then(|c| c.edit(is_seen, edit)) {
            self.hear(key, line);
        }
    }

    fn hear(&mut self, key: ConversationKey, line: Shared<Line>) {
        if self.heard.len() >= MAX_HEARD {
            self.heard.remove(0);
        }
        self.heard.push((key, line));
    }

    pub(super) fn change_account(&mut self, edit: impl FnOnce(&mut Account)) {
        if let Some(account) = &mut self.account {
            edit(account.make_mut());
        }
    }
}
