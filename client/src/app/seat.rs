//! One account, one tab: asking before a sign-in takes the session from another tab of this browser, going
//! quietly when another tab takes it from this one, and taking it back. What to do only; the driver has the
//! lock, the store the words.

use msnp6::messenger::Intent;
use msnp6::model::{Secret, UserHandle};
use yew::prelude::*;

use super::{App, Message};
use crate::driver::{Claim, ClaimFact, Claiming};
use crate::store::{Action, DialogKind, Ending, Phase};
use crate::view::Credentials;

/// This tab's place among the others.
#[derive(Debug, Default)]
pub(super) struct Seat {
    standing: Standing,
    claim: Option<Claim>,
    /// With what to sign in once the place is this tab's. The password stays no longer than the claim.
    credentials: Option<Credentials>,
}

/// How this tab stands to the session of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    /// It has none and wants none.
    #[default]
    Away,
    /// It wants it, and the browser was asked.
    Claiming,
    /// Another tab has it, and the user was asked.
    Asking,
    /// It has it.
    Seated,
    /// Another tab took it. Once that one is done, this one forgets the password, too.
    Moved,
}

impl Seat {
    /// Whether the user is being asked whether to go on here.
    pub(super) fn is_asking(&self) -> bool {
        self.standing == Standing::Asking
    }

    /// The account of the session and its password: to sign in, and to come back when the session was lost.
    pub(super) fn key(&self) -> Option<(UserHandle, Secret<String>)> {
        let known = self.credentials.as_ref();
        known.map(|known| (known.handle.clone(), known.password.clone()))
    }

    fn is_for(&self, credentials: &Credentials) -> bool {
        let known = self.credentials.as_ref();
        known.is_some_and(|known| name(known) == name(credentials))
    }
}

/// What the tabs of a browser call the session of an account.
fn name(credentials: &Credentials) -> String {
    let server = credentials.server.as_deref().unwrap_or_default();
    format!("msnp6 {} {server}", credentials.handle)
}

impl App {
    /// The user wants to sign in. Unless another tab has that session, it begins at once.
    pub(super) fn take_seat(&mut self, ctx: &Context<Self>, credentials: Credentials) {
        match self.seat.standing {
            Standing::Claiming => return,
            Standing::Seated if self.seat.is_for(&credentials) => {
                self.seat.credentials = Some(credentials);
                return self.sit_down();
            }
            _ => {}
        }
        self.seat.credentials = Some(credentials);
        self.claim(ctx, Claiming::IfFree);
    }

    /// The user wants the session here and nowhere else.
    pub(super) fn use_here(&mut self, ctx: &Context<Self>) {
        if matches!(self.seat.standing, Standing::Asking | Standing::Moved) {
            self.apply(Action::DialogClosed);
            self.claim(ctx, Claiming::AtAnyRate);
        }
    }

    pub(super) fn on_tabs(&mut self, ctx: &Context<Self>, fact: ClaimFact) {
        match (self.seat.standing, fact) {
            (Standing::Claiming, ClaimFact::Granted) => self.sit_down(),
            (Standing::Claiming, ClaimFact::Taken) => {
                self.seat.standing = Standing::Asking;
                if let Some(credentials) = &self.seat.credentials {
                    let kind = DialogKind::OtherTab(credentials.handle.clone());
                    self.apply(Action::DialogOpened(kind));
                }
            }
            (Standing::Seated, ClaimFact::Lost) => {
                self.apply(Action::OtherTab(true));
                self.driver.intend(Intent::SignOut);
                self.claim(ctx, Claiming::WhenFree);
                self.seat.standing = Standing::Moved;
            }
            (Standing::Moved, ClaimFact::Granted) => {
                self.apply(Action::OtherTab(false));
                self.seat = Seat::default();
            }
            _ => {}
        }
    }

    /// Gives the place back when nothing of a session is left. One that somebody else ended keeps it: if that
    /// came of another tab, the browser says so a moment later.
    pub(super) fn tidy_seat(&mut self) {
        let is_free = match self.seat.standing {
            Standing::Asking => self.state.dialog.is_none(),
            Standing::Seated => match &self.state.phase {
                Phase::SignedOut { ending } => !matches!(ending, Some(Ending::Ended(_))),
                _ => false,
            },
            Standing::Away | Standing::Claiming | Standing::Moved => false,
        };
        if is_free {
            self.seat = Seat::default();
        }
    }

    fn claim(&mut self, ctx: &Context<Self>, claiming: Claiming) {
        let Some(credentials) = &self.seat.credentials else {
            return;
        };
        let tell = ctx.link().callback(Message::Tabs);
        let name = name(credentials);
        // What was held or waited for before goes first: it may be the same.
        self.seat.claim = None;
        self.seat.claim = Some(Claim::new(&name, claiming, move |fact| tell.emit(fact)));
        self.seat.standing = Standing::Claiming;
    }

    fn sit_down(&mut self) {
        self.seat.standing = Standing::Seated;
        self.stop_replay();
        if let Some(credentials) = self.seat.credentials.clone() {
            self.sign_in(credentials);
        }
    }
}
