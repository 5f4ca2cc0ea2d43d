//! What views want to know and the state does not hold ready-made: groups, counts, names, deadlines.

use core::time::Duration;

use msnp6::messenger::TextFormat;
use msnp6::model::{FriendlyName, ListKind, Timestamp, UserHandle, search};

use super::names::{join_names, label, lowered};
use super::{
    AppState, ContactEntry, ContactSort, ContactTable, Conversation, ConversationKey, Phase,
    Settings, Shared, Wait,
};

/// The contacts as the list shows them, each group by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContactGroups {
    /// Who can be reached.
    pub online: Vec<Shared<ContactEntry>>,
    /// Those of whom nobody tells now whether they can be.
    pub unknown: Vec<Shared<ContactEntry>>,
    /// Everybody else.
    pub not_online: Vec<Shared<ContactEntry>>,
    /// All in one, when the user wants them by name alone; the groups are empty then.
    pub all: Vec<Shared<ContactEntry>>,
    /// How many are left out because they cannot be reached.
    pub hidden: usize,
}

impl ContactGroups {
    /// How many are shown.
    pub fn len(&self) -> usize {
        self.online.len() + self.unknown.len() + self.not_online.len() + self.all.len()
    }

    /// Whether nobody is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Groups and sorts the people whose presence I receive. With a filter only those whose name or address
/// holds it, and then nobody is hidden; nor is anybody of whom texts wait to be read.
pub fn contact_groups(
    contacts: &ContactTable,
    settings: &Settings,
    filter: &str,
    unread: &[(UserHandle, u32)],
) -> ContactGroups {
    let filter = lowered(filter.trim());
    let is_found = |entry: &&Shared<ContactEntry>| {
        filter.is_empty()
            || search::find(&entry.sort_key, &filter).is_some()
            || search::find(&lowered(entry.handle.as_str()), &filter).is_some()
    };
    let mut all = by_name(contacts.forward().filter(is_found));
    let count = all.len();
    if filter.is_empty() {
        all.retain(|entry| has_row(entry, settings, unread));
    }
    let mut groups = ContactGroups {
        hidden: count - all.len(),
        ..ContactGroups::default()
    };
    if settings.sort == ContactSort::Name {
        groups.all = all;
    } else {
        for entry in all {
            let group = if entry.is_unknown {
                &mut groups.unknown
            } else if entry.presence.is_reachable() {
                &mut groups.online
            } else {
                &mut groups.not_online
            };
            group.push(entry);
        }
    }
    groups
}

/// Whether a contact is shown, unless looked for by name.
fn has_row(entry: &ContactEntry, settings: &Settings, unread: &[(UserHandle, u32)]) -> bool {
    let may_be_there = entry.is_unknown || entry.presence.is_reachable();
    may_be_there || !settings.hides_offline || unread.iter().any(|(who, _)| *who == entry.handle)
}

/// The conversations that no row of the list leads to: those of several, and with people who have none.
pub fn apart(state: &AppState) -> Vec<&Shared<Conversation>> {
    let Some(contacts) = &state.contacts else {
        return Vec::new();
    };
    let unread = unread_from(state);
    let has_contact = |c: &&Shared<Conversation>| {
        let entry = c.partner().and_then(|handle| contacts.get(handle));
        entry.is_some_and(|entry| entry.is_contact() && has_row(entry, &state.settings, &unread))
    };
    let all = state.conversations.iter();
    all.filter(|c| !has_contact(c)).collect()
}

/// Somebody on a list, or in a conversation.
pub fn person(state: &AppState, handle: &UserHandle) -> Option<Shared<ContactEntry>> {
    let contacts = state.contacts.as_ref();
    let listed = contacts.and_then(|contacts| contacts.get(handle)).cloned();
    let mut all = state.conversations.iter().flat_map(|c| &c.participants);
    listed.or_else(|| {
        let known = all.find(|known| known.handle == *handle)?;
        Some(Shared::new(ContactEntry::on_no_list(known)))
    })
}

/// Some people in order of their names. Each goes to their place at once: moving pointers aside for
/// thousands is quick, and the sort of the standard library is large.
fn by_name<'a>(
    people: impl Iterator<Item = &'a Shared<ContactEntry>>,
) -> Vec<Shared<ContactEntry>> {
    let mut sorted: Vec<Shared<ContactEntry>> = Vec::new();
    for somebody in people {
        let key = (&somebody.sort_key, &somebody.handle);
        let at = sorted.partition_point(|known| (&known.sort_key, &known.handle) <= key);
        sorted.insert(at, somebody.clone());
    }
    sorted
}

/// Everybody on one of the lists, by name.
pub fn on_list(state: &AppState, list: ListKind) -> Vec<Shared<ContactEntry>> {
    let contacts = state.contacts.as_deref();
    let people = contacts.into_iter().flat_map(ContactTable::iter);
    by_name(people.filter(|entry| entry.membership.contains(list)))
}

/// What to call somebody in a conversation: the name on the list, else the one they came with.
pub fn name_of(
    contacts: Option<&Shared<ContactTable>>,
    conversation: &Conversation,
    handle: &UserHandle,
) -> String {
    if let Some(entry) = contacts.and_then(|contacts| contacts.get(handle)) {
        return entry.label.clone();
    }
    let known = conversation
        .participants
        .iter()
        .find(|participant| participant.handle == *handle);
    let unknown = FriendlyName::default();
    label(known.map_or(&unknown, |p| &p.name), handle)
}

/// The names of all participants, such as `Bob and Carol`.
pub fn title(contacts: Option<&Shared<ContactTable>>, conversation: &Conversation) -> String {
    let names = conversation
        .participants
        .iter()
        .map(|p| name_of(contacts, conversation, &p.handle));
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return "nobody".to_owned();
    }
    join_names(&names)
}

/// Who is typing, and the words for it, or `None`. Apart, so that a name cannot turn the words around.
pub fn typing_words(
    contacts: Option<&Shared<ContactTable>>,
    conversation: &Conversation,
) -> Option<(String, &'static str)> {
    let names = conversation.typing.iter();
    let names: Vec<String> = names
        .map(|(h, _)| name_of(contacts, conversation, h))
        .collect();
    let words = match names.len() {
        0 => return None,
        1 => " is typing",
        _ => " are typing",
    };
    Some((join_names(&names), words))
}

/// Who can be asked into a conversation, by name: the people who can be reached and are not in it.
pub fn invitable(state: &AppState, conversation: &Conversation) -> Vec<Shared<ContactEntry>> {
    let contacts = state.contacts.as_deref();
    let groups = contacts.map(|all| contact_groups(all, &Settings::default(), "", &[]));
    let mut online = groups.unwrap_or_default().online;
    let is_in = |entry: &Shared<ContactEntry>| {
        let mut all = conversation.participants.iter();
        all.any(|participant| participant.handle == entry.handle)
    };
    online.retain(|entry| !is_in(entry) && !entry.is_blocked());
    online
}

/// The conversation of two with somebody, if one is there.
pub fn conversation_with<'a>(
    state: &'a AppState,
    handle: &UserHandle,
) -> Option<&'a Shared<Conversation>> {
    state
        .conversations
        .iter()
        .find(|c| c.partner() == Some(handle))
}

/// How many texts wait to be read, over all conversations.
pub fn unread_total(state: &AppState) -> u32 {
    let counts = state.conversations.iter().map(|c| c.unread);
    counts.fold(0, u32::saturating_add)
}

/// How many texts of somebody wait to be read.
pub fn unread_from(state: &AppState) -> Vec<(UserHandle, u32)> {
    let unread = state.conversations.iter().filter(|c| c.unread > 0);
    unread
        .filter_map(|c| c.partner().map(|handle| (handle.clone(), c.unread)))
        .collect()
}

/// The title of the browser's tab.
pub fn page_title(state: &AppState) -> String {
    match unread_total(state) {
        _ if state.phase == Phase::Interrupted => "Messenger (not connected)".to_owned(),
        0 => "Messenger".to_owned(),
        count => format!("({count}) Messenger"),
    }
}

/// When time alone changes something.
pub fn next_expiry(state: &AppState) -> Option<Timestamp> {
    let typing = state.conversations.iter().flat_map(|c| &c.typing);
    let typing = typing.map(|(_, until)| *until).min();
    let comeback = state.connection.comeback.as_ref();
    let comeback = comeback.and_then(|comeback| comeback.wait.next_change());
    let all = [typing, comeback, state.idle_at(), grace_end(state)];
    all.into_iter().flatten().min()
}

/// The people of conversations that an earlier session left behind: to be taken up again now.
pub fn left_behind(state: &AppState) -> Vec<Vec<UserHandle>> {
    if state.phase != Phase::SignedIn {
        return Vec::new();
    }
    let ended = state.conversations.iter().filter(|c| c.live.is_none());
    let people = ended.map(|c| c.participants.iter().map(|p| p.handle.clone()).collect());
    people
        .filter(|people: &Vec<_>| !people.is_empty())
        .collect()
}

/// What the browser calls the session of the account that signed in last: an account is somebody else on
/// another server.
pub fn session_name(state: &AppState) -> String {
    let form = state.last_form.as_ref();
    let server = form.and_then(|form| form.server.as_deref());
    let owner = state.owner.as_ref().map_or("", UserHandle::as_str);
    format!("{owner} {}", server.unwrap_or_default())
}

/// Whether a text of mine is neither sent for certain nor given up.
pub fn has_unsent(state: &AppState) -> bool {
    let mut all = state.conversations.iter();
    all.any(|c| !c.outbox.is_empty() || c.lines.iter().any(|line| line.is_under_way()))
}

/// How my texts look.
pub fn my_format(state: &AppState) -> TextFormat {
    TextFormat::parse(&state.settings.text_format)
}

/// Whether it is time to come back into the session that was lost.
pub fn is_try_due(state: &AppState) -> bool {
    let comeback = state.connection.comeback.as_ref();
    comeback.is_some_and(|comeback| comeback.wait == Wait::Due)
}

/// The conversations whose texts without a session can be sent now. The others may have lost the same
/// server, so their coming back is waited for a little.
pub fn ready_to_send(state: &AppState, now: Timestamp) -> Vec<&Shared<Conversation>> {
    if state.phase != Phase::SignedIn {
        return Vec::new();
    }
    let is_late = now >= state.connection.since + GRACE;
    let all = state.conversations.iter().filter(|c| c.live.is_some());
    let all = all.filter(|c| c.unsent().next().is_some());
    all.filter(|c| is_late || c.participants.iter().all(|p| is_there(state, &p.handle)))
        .collect()
}

/// Whether somebody can be reached, as far as I can know.
fn is_there(state: &AppState, handle: &UserHandle) -> bool {
    let Some(contacts) = &state.contacts else {
        return false;
    };
    let entry = contacts.get(handle).filter(|entry| entry.is_contact());
    entry.is_none_or(|entry| entry.presence.is_reachable())
}

/// When texts that wait for somebody to come back are sent all the same.
fn grace_end(state: &AppState) -> Option<Timestamp> {
    let mut all = state.conversations.iter();
    let waits = state.phase == Phase::SignedIn
        && all.any(|c| c.live.is_some() && c.unsent().next().is_some());
    waits.then(|| state.connection.since + GRACE)
}

/// How long after a sign-in the coming back of others is waited for.
const GRACE: Duration = Duration::from_secs(20);

/// The conversation in front.
pub fn selected(state: &AppState) -> Option<&Shared<Conversation>> {
    let key: ConversationKey = state.windows.selected?;
    state.conversations.get(key)
}
