//! What the answer to a window over the page means. Pure.

use msnp6::messenger::{Change, Intent, IntentRefusal};
use msnp6::model::{FriendlyName, PrivacyDefault, PropertyValue, ReverseListPrompt, UserHandle};

use crate::requests::{Plan, leave};
use crate::store::{
    Action, AppState, ConversationKey, DialogFault, DialogKind, NUMBERS, OTHERS, Phase,
};
use crate::view::{Answer, Decision};

/// Plans what follows from what was entered into the window that is open. While the server is being
/// asked, no second answer is taken, but where each change stands for itself.
pub(crate) fn answer(state: &AppState, answer: &Answer) -> Plan {
    let Some(dialog) = &state.dialog else {
        return Plan::default();
    };
    let is_free = dialog.pending.is_empty() || dialog.kind == DialogKind::Privacy;
    if !is_free {
        return Plan::default();
    }
    let text = answer.texts.first().map_or("", String::as_str);
    let changes = match &dialog.kind {
        DialogKind::Add => add(state, text).map(|change| vec![change]),
        DialogKind::Remove(handle) => {
            let is_blocked = !answer.chosen.is_empty();
            let block = is_blocked.then(|| Change::Block(handle.clone()));
            let removal = Change::RemoveContact(handle.clone());
            Ok([removal].into_iter().chain(block).collect())
        }
        DialogKind::Rename => own_data(state, &answer.texts),
        DialogKind::Privacy => privacy(state, answer),
        DialogKind::Leave(which) => {
            let mut plan = leave(state, *which);
            plan.actions.insert(0, Action::DialogClosed);
            return plan;
        }
        DialogKind::Invite(key) => return invite(state, *key, text, &answer.chosen),
        // There is nothing to answer.
        DialogKind::Replay
        | DialogKind::Menu(_)
        | DialogKind::Properties(_)
        | DialogKind::Options
        | DialogKind::Help
        | DialogKind::OtherTab(_) => {
            return Plan::default();
        }
    };
    let changes = changes.and_then(|mut changes| {
        changes.retain(|change| !dialog.pending.contains(change));
        // Nobody would answer; what was entered stays, to be sent once there is a session again.
        let can_ask = changes.is_empty() || state.phase == Phase::SignedIn;
        can_ask.then_some(changes).ok_or(DialogFault::Away)
    });
    let asked = changes.iter().flatten().cloned();
    Plan {
        intents: asked.map(Intent::Change).collect(),
        actions: vec![Action::DialogAnswered(changes)],
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

fn invite(state: &AppState, key: ConversationKey, other: &str, chosen: &[String]) -> Plan {
    match invited(state, key, other, chosen) {
        Ok(intents) => Plan {
            actions: vec![Action::DialogClosed],
            intents,
        },
        Err(fault) => Plan {
            actions: vec![Action::DialogAnswered(Err(fault))],
            ..Plan::default()
        },
    }
}

/// Those who were chosen, and whoever has the address that was entered.
fn invited(
    state: &AppState,
    key: ConversationKey,
    other: &str,
    chosen: &[String],
) -> Result<Vec<Intent>, DialogFault> {
    let live = state.conversations.get(key).and_then(|c| c.live);
    let conversation = live.ok_or(match state.phase {
        Phase::Interrupted => DialogFault::Away,
        _ => DialogFault::Refused(IntentRefusal::NoSuchConversation),
    })?;
    let chosen = chosen.iter().map(String::as_str);
    let all = chosen.chain(Some(other).filter(|other| !other.trim().is_empty()));
    let invite = |handle| {
        let handle = UserHandle::parse(handle).map_err(DialogFault::Address)?;
        Ok(Intent::Invite {
            conversation,
            handle,
        })
    };
    let intents = all.map(invite).collect::<Result<Vec<_>, _>>()?;
    if intents.is_empty() {
        return Err(DialogFault::Nobody);
    }
    Ok(intents)
}

/// The name, then the telephone numbers in the order of [`NUMBERS`]: what differs is changed.
fn own_data(state: &AppState, texts: &[String]) -> Result<Vec<Change>, DialogFault> {
    let mut changes = Vec::new();
    let mut texts = texts.iter();
    if let (Some(text), Some(me)) = (texts.next(), &state.account) {
        let name = FriendlyName::parse(text).map_err(DialogFault::Name)?;
        if name != me.name {
            changes.push(Change::Rename(name));
        }
    }
    for (property, text) in NUMBERS.into_iter().zip(texts) {
        let value = PropertyValue::parse(text).ok_or(DialogFault::Number)?;
        if value.as_str() != state.own_number(property) {
            changes.push(Change::Property(property, value));
        }
    }
    Ok(changes)
}

/// The button says what to do with who is chosen, or what to do with whoever adds me.
fn privacy(state: &AppState, answer: &Answer) -> Result<Vec<Change>, DialogFault> {
    let is_block = match answer.button.as_str() {
        "ask" => return Ok(vec![Change::Prompt(ReverseListPrompt::Ask)]),
        "never" => return Ok(vec![Change::Prompt(ReverseListPrompt::Never)]),
        button => button == "block",
    };
    let change = |whom: &String| match (whom.as_str(), is_block) {
        (OTHERS, true) => Some(Change::Privacy(PrivacyDefault::Block)),
        (OTHERS, false) => Some(Change::Privacy(PrivacyDefault::Allow)),
        (handle, true) => UserHandle::parse(handle).ok().map(Change::Block),
        (handle, false) => UserHandle::parse(handle).ok().map(Change::Allow),
    };
    // Both lists are in one form, and whoever is chosen in the other one is there already.
    let is_new = |change: &Change| match change {
        Change::Privacy(privacy) => *privacy != state.privacy,
        change => !state.is_so(change),
    };
    let changes: Vec<Change> = answer
        .chosen
        .iter()
        .filter_map(change)
        .filter(is_new)
        .collect();
    if changes.is_empty() {
        return Err(DialogFault::Nobody);
    }
    Ok(changes)
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
