//! A recording that is played in the page. What was there before stays aside, and comes back afterwards.

use msnp6::model::UserHandle;

use super::AppState;

/// How far the replay is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayState {
    /// It goes on.
    Playing,
    /// All of the recording was played.
    Over,
}

/// A replay, and the page without it.
#[derive(Clone, Debug)]
pub struct Replaying {
    /// How far it is.
    pub state: ReplayState,
    before: Box<AppState>,
}

impl AppState {
    pub(super) fn begin_replay(&mut self, handle: UserHandle) {
        self.end_replay();
        self.dialog = None;
        let before = Box::new(self.clone());
        self.forget_session();
        self.begin_sign_in(handle);
        self.server = Some("a recording".to_owned());
        let state = ReplayState::Playing;
        self.replay = Some(Replaying { state, before });
    }

    pub(super) fn note_replay_over(&mut self) {
        if let Some(replay) = &mut self.replay {
            replay.state = ReplayState::Over;
        }
    }

    pub(super) fn end_replay(&mut self) {
        let Some(Replaying { before, .. }) = self.replay.take() else {
            return;
        };
        let now = core::mem::replace(self, *before);
        // Where the focus was is gone with the recording.
        self.windows.focus_after(&now.windows);
        // What is the page's own and not the recording's stays as it is.
        self.wire = now.wire;
        self.config = now.config;
        self.settings = now.settings;
        self.connection = now.connection;
        self.is_page_shown = now.is_page_shown;
    }
}
