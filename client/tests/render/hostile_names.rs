//! Two hundred names that somebody chose to break the page: each is shown, and none is more than text.

use msnp6::messenger::{ListEvent, Participant};
use msnp6::model::percent;
use msnp6_client::store::DialogKind;

use super::*;
use corpus::names;

#[path = "../common/hostile_names.rs"]
mod corpus;

/// Bob under a name, wherever the page shows one.
fn page_with(name: &str) -> Page {
    let name = FriendlyName::from_wire(percent::encode(name).as_bytes());
    let bob = || Participant {
        handle: handle("bob"),
        name: name.clone(),
    };
    let zoe = handle("zoe");
    let mut page = Page::signed_in();
    page.event(Event::ContactPresence {
        handle: handle("bob"),
        name: Some(name.clone()),
        presence: Presence::Away,
    });
    let name_of_zoe = name.clone();
    page.event(Event::Lists(ListEvent::AddedBy {
        handle: zoe,
        name: name_of_zoe,
    }));
    page.event(Event::ConversationOpened {
        conversation: ConversationId(1),
        participants: vec![bob()],
        is_mine: true,
    });
    page.event(Event::TextReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
        name: name.clone(),
        text: "hello".to_owned(),
        format: msnp6::messenger::TextFormat::default(),
    });
    page.event(Event::TypingReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
    });
    page.act(Action::DialogOpened(DialogKind::Menu(handle("bob"))));
    page
}

/// The elements with the names of their attributes, without any text or value.
fn skeleton(html: &str) -> String {
    let mut bones = String::new();
    let (mut is_tag, mut is_quoted) = (false, false);
    for c in html.chars() {
        match c {
            '"' if is_tag => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ => {}
        }
        if is_tag && !is_quoted {
            bones.push(c);
        }
    }
    bones
}

#[test]
fn two_hundred_hostile_names_change_nothing_but_text() {
    let usual = skeleton(&render(&page_with("Robert")));
    // A name that shows nothing gives way to the address, which is then not repeated beside it.
    let nameless = skeleton(&render(&page_with("")));
    let mut count = 0;
    for name in names() {
        let html = render(&page_with(&name));
        let found = skeleton(&html);
        assert!(
            found == usual || found == nameless,
            "{name:?} became more than text: {html}"
        );
        count += 1;
    }
    assert_eq!(count, 200);
    assert!(usual.contains("<form") && usual.contains("<dialog"));
}

#[test]
fn every_hostile_name_leaves_something_to_read() {
    for name in names() {
        let page = page_with(&name);
        let contacts = page.state.contacts.as_ref().expect("contacts");
        let bob = contacts.get(&handle("bob")).expect("bob");
        let is_seen = |c: char| c.is_alphanumeric() || c.is_ascii_punctuation() || c > '\u{fff0}';
        assert!(bob.label.chars().any(is_seen), "{name:?}: {:?}", bob.label);
        assert!(!bob.label.chars().any(char::is_control), "{:?}", bob.label);
    }
}
