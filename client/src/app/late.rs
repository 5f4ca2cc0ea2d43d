//! When the parts of the page that come later are loaded: with the first sign-in, so that they are there even
//! when the network is not, or when one of them is wanted before.

use yew::prelude::*;

use super::{App, Message};
use crate::later::{self, later};
use crate::store::{Action, Phase};

/// Whether those parts are on their way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Loading {
    /// Nobody has asked for them yet, or they are there.
    #[default]
    Idle,
    /// They were asked for.
    Asked,
    /// They did not come. They are asked for again when the user wants one.
    Failed,
}

impl App {
    /// Loads them when it is time.
    pub(super) fn load_in_time(&mut self, ctx: &Context<Self>) {
        let is_wanted = self.state.dialog.is_some() || self.state.wire.is_some();
        let is_early = matches!(self.state.phase, Phase::SigningIn { .. });
        let is_time = match self.loading {
            Loading::Idle => is_wanted || is_early,
            Loading::Asked => false,
            Loading::Failed => is_wanted,
        };
        if !is_time || later().is_some() {
            return;
        }
        self.loading = Loading::Asked;
        let told = ctx.link().callback(Message::Loaded);
        wasm_bindgen_futures::spawn_local(async move {
            told.emit(later::load().await.is_ok());
        });
    }

    pub(super) fn on_loaded(&mut self, ctx: &Context<Self>, is_there: bool) {
        if is_there {
            self.loading = Loading::Idle;
            self.listen(ctx);
        } else {
            self.loading = Loading::Failed;
            self.apply(Action::PartMissed);
        }
    }
}
