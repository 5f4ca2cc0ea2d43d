//! What a view's request means: intents for the messenger, and actions for the store. Pure.

use msnp6::messenger::{Change, Intent, TextFormat};
use msnp6::model::Timestamp;

use crate::answers;
use crate::store::{
    Action, AppState, ConversationKey, DialogKind, LineBody, LineKey, Losses, Phase, Setting, Wait,
    select,
};
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
        Request::SignOut => ask_or(state, None),
        Request::TryNow => action(Action::TryHastened),
        Request::StopTrying => Plan {
            actions: vec![Action::TriesStopped],
            intents: during_try(state, Intent::SignOut),
        },
        Request::ChangePresence(presence) => Plan {
            actions: vec![Action::PresenceChosen(presence)],
            intents: in_session(state, Intent::ChangePresence(presence)),
        },
        Request::OpenConversation(with) => match select::conversation_with(state, &with) {
            Some(known) if known.live.is_some() => action(Action::ConversationShown(known.key)),
            _ if state.phase == Phase::Interrupted => action(Action::ConversationBegun(with)),
            _ => intent(Intent::OpenConversation { with }),
        },
        Request::ShowConversation(key) => action(Action::ConversationShown(key)),
        Request::ShowList => action(Action::ListShown),
        Request::CloseConversation(key) => ask_or(state, Some(key)),
        Request::EditDraft { key, text } => edit_draft(state, key, text),
        Request::RecallText { key, is_older } => action(Action::TextRecalled { key, is_older }),
        Request::SendText { key, text } => send(state, key, text),
        Request::TakeBack { key, line } => action(Action::TextTakenBack { key, line }),
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
        Request::Add(handle) => intent(Intent::Change(Change::AddContact(handle))),
        Request::Block(handle) => intent(Intent::Change(Change::Block(handle))),
        Request::Unblock(handle) => intent(Intent::Change(Change::Allow(handle))),
        Request::ClearWire => action(Action::WireCleared),
        Request::Dismiss(notice) => action(Action::NoticeDismissed(notice)),
    }
}

/// Closes a conversation, or signs out with `None`; first the user is asked, when something would be lost.
fn ask_or(state: &AppState, which: Option<ConversationKey>) -> Plan {
    if is_asked(state, which) {
        return action(Action::DialogOpened(DialogKind::Leave(which)));
    }
    leave(state, which)
}

/// A recording has nothing to lose, and a sign-in that is cancelled takes nothing.
fn is_asked(state: &AppState, which: Option<ConversationKey>) -> bool {
    let takes = which.is_some() || state.phase.is_inside();
    takes && state.replay.is_none() && !Losses::of(state, which).is_empty()
}

/// Whether a request ends the session by the user's own wish, and takes what was kept of it.
pub fn signs_out(state: &AppState, request: &Request) -> bool {
    match request {
        Request::SignOut => !is_asked(state, None),
        Request::Answer(_) => {
            let kind = state.dialog.as_ref().map(|dialog| &dialog.kind);
            kind == Some(&DialogKind::Leave(None))
        }
        _ => false,
    }
}

pub(crate) fn leave(state: &AppState, which: Option<ConversationKey>) -> Plan {
    match which {
        Some(key) => close(state, key),
        None if state.phase == Phase::Interrupted => Plan {
            actions: vec![Action::SignedOutAway],
            intents: during_try(state, Intent::SignOut),
        },
        None => intent(Intent::SignOut),
    }
}

fn close(state: &AppState, key: ConversationKey) -> Plan {
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

fn edit_draft(state: &AppState, key: ConversationKey, text: String) -> Plan {
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

/// Without a connection a text waits for one, and behind one that waits so does the next.
fn send(state: &AppState, key: ConversationKey, text: String) -> Plan {
    let Some(it) = state.conversations.get(key) else {
        return Plan::default();
    };
    match it.live.filter(|_| it.outbox.is_empty()) {
        Some(conversation) => intent(Intent::SendText { conversation, text }),
        None if state.phase.is_inside() => action(Action::TextPutOff { key, text }),
        None => Plan::default(),
    }
}

/// The failed line goes only when its text can be sent anew: no text is ever lost.
fn send_again(state: &AppState, key: ConversationKey, line: LineKey) -> Plan {
    let conversation = state.conversations.get(key);
    let found = conversation.and_then(|conversation| conversation.line(line));
    let text = found.and_then(|line| match &line.body {
        LineBody::Mine { text, .. } => Some(text.clone()),
        LineBody::Theirs { .. }
        | LineBody::Joined(_)
        | LineBody::Left(_)
        | LineBody::Deed { .. } => None,
    });
    let mut plan = text.map_or_else(Plan::default, |text| send(state, key, text));
    if !plan.actions.is_empty() || !plan.intents.is_empty() {
        plan.actions.insert(0, Action::LineDropped { key, line });
    }
    plan
}

/// An intent that only a session can carry out.
fn in_session(state: &AppState, intent: Intent) -> Vec<Intent> {
    let is_in = state.phase == Phase::SignedIn;
    is_in.then_some(intent).into_iter().collect()
}

/// An intent that only concerns a try to come back.
fn during_try(state: &AppState, intent: Intent) -> Vec<Intent> {
    let comeback = state.connection.comeback.as_ref();
    let is_trying = comeback.is_some_and(|comeback| comeback.wait == Wait::Trying);
    is_trying.then_some(intent).into_iter().collect()
}

/// What follows from the state as it is now, without anybody asking for it: texts that were put off are
/// sent, and the presence becomes the one that is due.
pub fn duties(state: &AppState, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    for conversation in select::ready_to_send(state, now) {
        let Some(live) = conversation.live else {
            continue;
        };
        plan.intents
            .extend(conversation.unsent().map(|text| Intent::SendText {
                conversation: live,
                text: text.to_owned(),
            }));
        plan.actions.push(Action::OutboxHanded(conversation.key));
    }
    if state.phase == Phase::SignedIn
        && let Some(presence) = state.idle.unasked()
    {
        plan.actions.push(Action::PresenceAsked);
        plan.intents.push(Intent::ChangePresence(presence));
    }
    plan
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
