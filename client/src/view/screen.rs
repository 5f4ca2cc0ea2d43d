//! The whole page: head, two panes, strip. One structure at every width; style sheets decide what a
//! narrow page shows at a time.

use yew::prelude::*;

use super::strip::StripProps;
use super::{ContactList, Notices, OwnStatus, Request, SignIn, Sprite, Strip, Talk};
use crate::store::{AppState, Pane, Phase, Shared, select};

/// What [`Screen`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ScreenProps {
    /// Everything.
    pub state: Shared<AppState>,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The page.
#[component]
pub fn Screen(props: &ScreenProps) -> Html {
    let ScreenProps { state, on } = props;
    let is_signed_in = state.phase == Phase::SignedIn;
    let has_talk = is_signed_in || !state.conversations.is_empty();
    let class = classes!(
        "screen",
        match state.windows.pane {
            Pane::List => "screen--list",
            Pane::Conversation => "screen--conversation",
        },
        (!has_talk).then_some("screen--alone"),
    );
    let account = state.account.clone().filter(|_| is_signed_in);
    let strip = StripProps::of(state);
    html! {
        <div {class}>
            <Sprite />
            if let Some(account) = account {
                <OwnStatus {account} on={on} />
            }
            <Notices notices={state.notices.clone()} on={on} />
            <main class="panes">
                <div class="pane pane--list">
                    if is_signed_in {
                        { contacts(state, on) }
                    } else {
                        <SignIn phase={state.phase.clone()} config={state.config.clone()}
                            last={state.last_form.clone().or_else(|| state.remembered.clone())}
                            is_remembered={state.remembered.is_some()} on={on} />
                        if has_talk && state.windows.selected.is_some() {
                            { kept(state, on) }
                        }
                    }
                </div>
                if has_talk {
                    <div class="pane pane--talk">
                        <Talk state={state.clone()} on={on} />
                    </div>
                }
            </main>
            <Strip ..strip />
        </div>
    }
}

fn contacts(state: &Shared<AppState>, on: &Callback<Request>) -> Html {
    let partner = select::selected(state).and_then(|c| c.partner().cloned());
    html! {
        <ContactList contacts={state.contacts.clone()} unread={select::unread_from(state)}
            selected={partner} focus={state.windows.focus} on={on} />
    }
}

/// The way to what an ended session left behind; a wide page shows it anyway.
fn kept(state: &Shared<AppState>, on: &Callback<Request>) -> Html {
    let Some(key) = state.windows.selected else {
        return Html::default();
    };
    let on_click = on.reform(move |_: MouseEvent| Request::ShowConversation(key));
    html! {
        <p class="kept">
            <button type="button" class="button" onclick={on_click}>{ "Show my conversations" }</button>
        </p>
    }
}
