//! What the answer to a window over the page means. Pure.

use msnp6::messenger::{Change, Intent, IntentRefusal};
use msnp6::model::UserHandle;

use crate::requests::Plan;
use crate::store::{Action, AppState, DialogFault, DialogKind};

/// Plans what follows from the text that was entered into the window that is open. While the server is
/// being asked, no second answer is taken.
pub(crate) fn answer(state: &AppState, text: &str) -> Plan {
    let open = state.dialog.as_ref();
    let Some(dialog) = open.filter(|dialog| dialog.pending.is_none()) else {
        return Plan::default();
    };
    let change = match &dialog.kind {
        DialogKind::Add => add(state, text),
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
