//! Some rows of the list that are rendered together, and only when one of them has changed.

use msnp6::model::UserHandle;
use yew::prelude::*;

use super::row::row;
use crate::store::{ContactEntry, Shared};
use crate::view::Request;

/// How many rows a block has, more or less. The worst change is one that parts a block or joins two, which
/// renders all their rows anew.
const ROWS: u32 = 12;

/// What [`Block`] takes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct BlockProps {
    /// Who.
    pub entries: Vec<Shared<ContactEntry>>,
    /// How many texts of whom of them wait to be read.
    pub unread: Vec<(UserHandle, u32)>,
    /// Whose conversation is in front, if it is one of them.
    pub selected: Option<UserHandle>,
    /// Whether people who are there and who are not stand side by side.
    pub is_mixed: bool,
    /// Where requests go.
    pub on: Callback<Request>,
}

/// The rows.
#[component]
pub(super) fn Block(props: &BlockProps) -> Html {
    let rows = props.entries.iter().map(|entry| {
        let unread = props.unread.iter().find(|(who, _)| *who == entry.handle);
        let is_selected = props.selected.as_ref() == Some(&entry.handle);
        let unread = unread.map_or(0, |(_, count)| *count);
        row(entry, unread, is_selected, props.is_mixed, &props.on)
    });
    html! {
        <div class="contacts__block" role="presentation" data-rows={props.entries.len().to_string()}>{ for rows }</div>
    }
}

/// Cuts a list into blocks. Where one begins depends on nothing but the contact there, so that somebody
/// who comes or goes changes one block and leaves all others as they are.
pub(super) fn blocks(
    entries: &[Shared<ContactEntry>],
) -> impl Iterator<Item = &[Shared<ContactEntry>]> {
    entries.chunk_by(|_, next| !begins_block(next))
}

fn begins_block(entry: &ContactEntry) -> bool {
    let mix = |mixed: u32, byte: u8| (mixed ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let mixed = entry.handle.as_str().bytes().fold(0, mix);
    (mixed >> 8).is_multiple_of(ROWS)
}
