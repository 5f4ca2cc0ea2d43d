//! Keeping what a reload must not take: soon after each change, at once when the tab is left. What is kept
//! is the store's, where is the driver's.

use gloo::events::EventListener;
use msnp6::model::Timestamp;
use yew::prelude::*;

use super::{App, Message};
use crate::driver::{self, Alarm};
use crate::store::{Action, Phase, record, select};

/// How long changes are gathered, in milliseconds.
const PAUSE: u64 = 300;

/// What is kept, and whether more is due.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    /// Whether what is kept is this session's. Before that it may be what is to come back.
    is_on: bool,
    is_due: bool,
    alarm: Alarm,
    kept: String,
    guard: Option<EventListener>,
}

impl App {
    /// A session has begun. If the page was loaded anew since the last one, that comes back.
    pub(super) fn begin_keeping(&mut self) {
        let is_real = self.state.phase == Phase::SignedIn && self.state.replay.is_none();
        if is_real && !self.keeper.is_on {
            self.keeper.is_on = true;
            self.keeper.kept = driver::recall_kept().unwrap_or_default();
            let record = self.keeper.kept.clone();
            self.apply(Action::KeptRecalled(record));
        }
    }

    /// What is kept belongs to somebody else from now on, or to a session to come.
    pub(super) fn stop_keeping(&mut self) {
        self.keeper = Keeper::default();
    }

    /// The user signs out, and leaves nothing behind. A sign-in that is cancelled is none.
    pub(super) fn forget_kept(&mut self) {
        if self.keeper.is_on && !matches!(self.state.phase, Phase::SigningIn { .. }) {
            self.stop_keeping();
            driver::keep("");
        }
    }

    pub(super) fn keep_soon(&mut self, ctx: &Context<Self>) {
        if self.keeper.is_on && !self.keeper.is_due {
            self.keeper.is_due = true;
            let keep = ctx.link().callback(|()| Message::Keep);
            let at = Timestamp(driver::moment().at.0 + PAUSE);
            self.keeper.alarm.set(at, move || keep.emit(()));
        }
    }

    /// A session that is over because the page goes has left nothing in the state; what is kept stays.
    pub(super) fn keep(&mut self) {
        self.keeper.is_due = false;
        let is_mine = self.state.owner.is_some() && self.state.replay.is_none();
        if !self.keeper.is_on || !is_mine {
            return;
        }
        let record = record(&self.state);
        if record != self.keeper.kept {
            driver::keep(&record);
            self.keeper.kept = record;
        }
        let is_guarded = self.keeper.guard.is_some();
        if select::has_unsent(&self.state) != is_guarded {
            self.keeper.guard = if is_guarded {
                None
            } else {
                driver::guard_leaving()
            };
        }
    }
}
