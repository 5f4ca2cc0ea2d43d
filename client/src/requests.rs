//! What a view's request means: intents for the messenger, and actions for the store. Pure.

use msnp6::messenger::{Change, Intent, TextFormat};

use crate::answers;
use crate::store::{Action, AppState, DialogKind, LineBody, Phase, Setting, select};
use crate::view::Request;

/// What follows from a request, in this order: the actions, then the intents.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// For the store.
    pub actions: Vec<Action>,
    /// For the messenger.
    pub intents: Vec<Intent>,
}

/// Plans every request but those that need the browser, which give an empty plan.
pub fn plan(state: &AppState, request: Request) -> Plan {
    match request {
        Request::LoadConfig
        | Request::UseHere
        | Request::SignIn(_)
        | Request::Replay(_)
        | Request::ReplayFile(_)
        | Request::StopReplay
        | Request::ShowWire(_)
        | Request::CopyWire => Plan::default(),
        Request::SignOut => intent(Intent::SignOut),
        Request::ChangePresence(presence) => intent(Intent::ChangePresence(presence)),
        Request::OpenConversation(with) => match select::conversation_with(state, &with) {
            Some(known) if known.live.is_some() => action(Action::ConversationShown(known.key)),
            _ => intent(Intent::OpenConversation { with }),
        },
        Request::ShowConversation(key) => action(Action::ConversationShown(key)),
        Request::ShowList => action(Action::ListShown),
        Request::CloseConversation(key) => {
            let live = state.conversations.get(key).and_then(|c| c.live);
            let intents = live.filter(|_| state.phase == Phase::SignedIn);
            Plan {
                actions: vec![Action::ConversationClosed(key)],
                intents: intents
                    .map(|conversation| Intent::CloseConversation { conversation })
                    .into_iter()
                    .collect(),
            }
        }
        Request::EditDraft { key, text } => edit_draft(state, key, text),
        Request::RecallText { key, is_older } => action(Action::TextRecalled { key, is_older }),
        Request::SendText { key, text } => {
            let live = state.conversations.get(key).and_then(|c| c.live);
            live.map_or_else(Plan::default, |conversation| {
                intent(Intent::SendText { conversation, text })
            })
        }
        Request::SendAgain { key, line } => send_again(state, key, line),
        Request::Help if state.dialog.is_some() => Plan::default(),
        Request::Help => action(Action::DialogOpened(DialogKind::Help)),
        Request::OpenDialog(kind) => action(Action::DialogOpened(kind)),
        Request::CloseDialog => action(Action::DialogClosed),
        Request::Set(setting) => set(setting),
        Request::Answer(answer) => answers::answer(state, &answer),
        Request::Nudge(key) => {
            let live = state.conversations.get(key).and_then(|c| c.live);
            live.map_or_else(Plan::default, |conversation| Plan {
                actions: vec![Action::Nudged(key)],
                intents: vec![Intent::SendNudge { conversation }],
            })
        }
        Request::Decide { handle, decision } => answers::decide(handle, decision),
        Request::Block(handle) => intent(Intent::Change(Change::Block(handle))),
        Request::Unblock(handle) => intent(Intent::Change(Change::Allow(handle))),
        Request::ClearWire => action(Action::WireCleared),
        Request::Dismiss(notice) => action(Action::NoticeDismissed(notice)),
    }
}

fn edit_draft(state: &AppState, key: crate::store::ConversationKey, text: String) -> Plan {
    let live = state.conversations.get(key).and_then(|c| c.live);
    let typing = live.filter(|_| !text.trim().is_empty());
    Plan {
        actions: vec![Action::DraftEdited { key, text }],
        intents: typing
            .map(|conversation| Intent::NotifyTyping { conversation })
            .into_iter()
            .collect(),
    }
}

/// The messenger has to know one of the settings, too: it sends my texts.
fn set(setting: Setting) -> Plan {
    let format = match &setting {
        Setting::TextFormat(format) => Some(TextFormat::parse(format)),
        _ => None,
    };
    Plan {
        actions: vec![Action::SettingChanged(setting)],
        intents: format.map(Intent::ChangeFormat).into_iter().collect(),
    }
}

/// The failed line goes only when its text can be sent anew: no text is ever lost.
fn send_again(
    state: &AppState,
    key: crate::store::ConversationKey,
    line: crate::store::LineKey,
) -> Plan {
    let Some(conversation) = state.conversations.get(key) else {
        return Plan::default();
    };
    let text = conversation.line(line).and_then(|line| match &line.body {
        LineBody::Mine { text, .. } => Some(text.clone()),
        LineBody::Theirs { .. }
        | LineBody::Joined(_)
        | LineBody::Left(_)
        | LineBody::Deed { .. } => None,
    });
    match (conversation.live, text) {
        (Some(conversation), Some(text)) => Plan {
            actions: vec![Action::LineDropped { key, line }],
            intents: vec![Intent::SendText { conversation, text }],
        },
        _ => Plan::default(),
    }
}

fn intent(intent: Intent) -> Plan {
    Plan {
        intents: vec![intent],
        ..Plan::default()
    }
}

fn action(action: Action) -> Plan {
    Plan {
        actions: vec![action],
        ..Plan::default()
    }
}
