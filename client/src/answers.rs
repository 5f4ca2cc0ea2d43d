//! What the answer to a window over the page means. Pure.

use msnp6::messenger::{Change, Intent, IntentRefusal};
use msnp6::model::{FriendlyName, UserHandle};

use crate::requests::Plan;
use crate::store::{Action, AppState, ConversationKey, DialogFault, DialogKind};
use crate::view::Decision;

/// Plans what follows from the text that was entered into the window that is open, and from what was
/// ticked in it. While the server is
/// being asked, no second answer is taken.
pub(crate) fn answer(state: &AppState, text: &str, chosen: &[String]) -> Plan {
    let open = state.dialog.as_ref();
    let Some(dialog) = open.filter(|dialog| dialog.pending.is_none()) else {
        return Plan::default();
    };
    let change = match &dialog.kind {
        DialogKind::Add => add(state, text),
        DialogKind::Remove(handle) => Ok(Change::RemoveContact(handle.clone())),
        DialogKind::Rename => FriendlyName::parse(text)
            .map(Change::Rename)
            .map_err(DialogFault::Name),
        DialogKind::Invite(key) => return invite(state, *key, chosen),
        // There is nothing to answer.
        DialogKind::Menu(_) | DialogKind::Properties(_) | DialogKind::Options => {
            return Plan::default();
        }
    };
    Plan {
        intents: change
            .clone()
            .ok()
            .map(Intent::Change)
            .into_iter()
            .collect(),
        actions: vec![Action::DialogAnswered(change)],
    }
}

/// Plans what follows from a decision about somebody who has added me. Who is added is allowed, too.
pub(crate) fn decide(handle: UserHandle, decision: Decision) -> Plan {
    let whose = handle.clone();
    let change = match decision {
        Decision::Allow => Change::Allow(whose),
        Decision::AllowAndAdd => Change::AddContact(whose),
        Decision::Block => Change::Block(whose),
    };
    Plan {
        actions: vec![Action::AdderDecided(handle)],
        intents: vec![Intent::Change(change)],
    }
}

fn invite(state: &AppState, key: ConversationKey, chosen: &[String]) -> Plan {
    let live = state.conversations.get(key).and_then(|c| c.live);
    let Some(conversation) = live.filter(|_| !chosen.is_empty()) else {
        return Plan {
            actions: vec![Action::DialogAnswered(Err(DialogFault::Nobody))],
            ..Plan::default()
        };
    };
    let invite = |handle: &String| {
        let handle = UserHandle::parse(handle).ok()?;
        Some(Intent::Invite {
            conversation,
            handle,
        })
    };
    Plan {
        actions: vec![Action::DialogClosed],
        intents: chosen.iter().filter_map(invite).collect(),
    }
}

fn add(state: &AppState, text: &str) -> Result<Change, DialogFault> {
    let handle = UserHandle::parse(text).map_err(DialogFault::Address)?;
    if state.account.as_ref().is_some_and(|me| me.handle == handle) {
        return Err(DialogFault::Refused(IntentRefusal::Oneself));
    }
    if state.is_contact(&handle) {
        return Err(DialogFault::IsContact);
    }
    Ok(Change::AddContact(handle))
}
