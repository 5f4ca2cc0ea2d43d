//! Who is in a conversation besides me.

use msnp6::messenger::Participant;
use msnp6::model::Presence;
use yew::prelude::*;

use crate::text;
use crate::view::{Request, figure, more, unknown_figure};

/// Somebody in a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// What to call them.
    pub name: AttrValue,
    /// Their address.
    pub handle: AttrValue,
    /// Their presence, if I am told.
    pub presence: Option<Presence>,
}

/// The people of a conversation of several. Whoever is here without being on my list is online enough,
/// as long as there is a connection. `participants` are the same people.
pub(super) fn roster(
    people: &[Person],
    participants: &[Participant],
    is_unknown: bool,
    on: &Callback<Request>,
) -> Html {
    let people = people.iter().zip(participants).map(|(person, who)| {
        let presence = person.presence.unwrap_or(Presence::Online);
        let word = if is_unknown {
            text::UNKNOWN
        } else {
            text::presence(presence)
        };
        html! {
            <li class="people__one-of" key={&*person.handle} title={&person.handle}>
                { if is_unknown { unknown_figure() } else { figure(presence) } }
                <bdi class="people__name">{ &person.name }</bdi>
                <span class="talk__presence">{ format!("({word})") }</span>
                { more(&who.handle, &person.name, on) }
            </li>
        }
    });
    html! { <ul class="roster-row" role="list" aria-label="People here">{ for people }</ul> }
}
