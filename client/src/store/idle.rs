//! How I want to appear, and that I look idle when I leave the page alone for long. Only the state Online
//! gives way to it: whoever chose another one meant it.

use core::time::Duration;

use msnp6::model::{Presence, Timestamp};

use super::{AppState, Moment, Phase};

/// My wish, and my last touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The state that I chose.
    pub wanted: Presence,
    /// What the server was asked for last.
    asked: Presence,
    /// When I last touched the page.
    touched: Timestamp,
    /// Whether that is too long ago.
    is_left_alone: bool,
}

impl Default for Idle {
    fn default() -> Self {
        Self {
            wanted: Presence::Online,
            asked: Presence::Online,
            touched: Timestamp(0),
            is_left_alone: false,
        }
    }
}

impl Idle {
    /// How I am to appear now.
    pub const fn presence(&self) -> Presence {
        match self.wanted {
            Presence::Online if self.is_left_alone => Presence::Idle,
            wanted => wanted,
        }
    }

    /// What the server is to be asked for, if it was not asked for that.
    pub fn unasked(&self) -> Option<Presence> {
        let presence = self.presence();
        (presence != self.asked).then_some(presence)
    }

    pub(super) fn choose(&mut self, presence: Presence) {
        self.wanted = presence;
        self.is_left_alone = false;
        self.asked = presence;
    }

    pub(super) fn mark_asked(&mut self) {
        self.asked = self.presence();
    }

    pub(super) fn touch(&mut self, now: Timestamp) {
        self.touched = now;
        self.is_left_alone = false;
    }
}

impl AppState {
    /// Whether the time has come to look idle.
    pub(super) fn look_idle(&mut self, now: Moment) {
        if self.idle_at().is_some_and(|at| at <= now.at) {
            self.idle.is_left_alone = true;
        }
    }

    /// When I shall look idle, if nothing happens.
    pub(super) fn idle_at(&self) -> Option<Timestamp> {
        let minutes = self.settings.idle_minutes;
        let may = minutes > 0
            && self.phase == Phase::SignedIn
            && self.replay.is_none()
            && self.idle.presence() == Presence::Online;
        may.then(|| self.idle.touched + Duration::from_secs(60 * u64::from(minutes)))
    }
}
