//! Who is in a conversation besides me.

use msnp6::model::Presence;
use yew::prelude::*;

use crate::text;
use crate::view::{figure, unknown_figure};

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
/// as long as there is a connection.
pub(super) fn roster(people: &[Person], is_unknown: bool) -> Html {
    let people = people.iter().map(|person| {
        let presence = person.presence.unwrap_or(Presence::Online);
        html! {
            <li class="people__one-of" key={&*person.handle} title={&person.handle}>
                { if is_unknown { unknown_figure() } else { figure(presence) } }
                <bdi class="people__name">{ &person.name }</bdi>
                if presence != Presence::Online {
                    <span class="talk__presence">{ format!("({})", text::presence(presence)) }</span>
                }
            </li>
        }
    });
    html! { <ul class="roster-row" role="list" aria-label="People here">{ for people }</ul> }
}
