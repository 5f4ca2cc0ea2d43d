//! Telephone numbers, pages of services, and the way to a switchboard.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::command::{ErrorCode, ServerCommand};
use msnp6::gateway::CloseCode;
use msnp6::messenger::{
    Change, ChangeFailure, CloseReason, Delivery, DeliveryFailure, Event, Intent, ListEvent,
    SignOutReason,
};
use msnp6::model::{ConversationId, Presence, Property, PropertyValue, TextId};
use msnp6::wire::{Direction, Framer};

use crate::support::transcripts::transcript;
use crate::{changes, oddities, of, presences, replay, replay_as};

fn value(text: &str) -> PropertyValue {
    PropertyValue::parse(text).expect("a value")
}

fn set(property: Property, text: &str) -> Intent {
    Intent::Change(Change::Property(property, value(text)))
}

#[test]
fn recording_12_sets_my_numbers_and_clears_them() {
    let script = [
        ("PRP 7", set(Property::HomePhone, "1 (222) 333")),
        ("PRP 8", set(Property::WorkPhone, "555")),
        ("PRP 9", set(Property::MobilePhone, "tel:+47")),
        ("PRP 14", set(Property::HomePhone, "")),
        ("PRP 18", set(Property::FriendlyName, "x")),
    ];
    let replay = replay("12-prp-bpr", "alice", &script);
    let told: Vec<_> = changes(&replay.events)
        .into_iter()
        .filter_map(|event| match event {
            ListEvent::OwnProperty { property, value } => Some((*property, value.as_str())),
            _ => None,
        })
        .collect();
    let long = "9".repeat(95);
    assert_eq!(
        told,
        [
            (Property::HomePhone, "1 (222) 333"),
            (Property::WorkPhone, "555"),
            (Property::MobilePhone, "tel:+47"),
            (Property::MobileDevice, "Y"),
            (Property::Paging, "Y"),
            (Property::Paging, "N"),
            // The same once more, with the lists.
            (Property::HomePhone, "1 (222) 333"),
            (Property::WorkPhone, "555"),
            (Property::MobilePhone, "tel:+47"),
            (Property::Paging, "N"),
            (Property::MobileDevice, "Y"),
            (Property::HomePhone, ""),
            (Property::WorkPhone, " "),
            (Property::WorkPhone, ""),
            (Property::MobilePhone, ""),
            (Property::HomePhone, &long),
            (Property::HomePhone, ""),
            (Property::MobileDevice, "N"),
        ]
    );
    let failed = ListEvent::ChangeFailed {
        change: Change::Property(Property::FriendlyName, value("x")),
        failure: ChangeFailure::Refused(ErrorCode(715)),
    };
    assert!(changes(&replay.events).contains(&&failed));
    // A value over 95 bytes, which ours does not let out, ends the session.
    let hung_up = SignOutReason::Link(CloseReason::Code(CloseCode::ServerClosed));
    assert_eq!(replay.events.last(), Some(&Event::SignedOut(hung_up)));
}

#[test]
fn recording_12_takes_my_numbers_with_the_lists() {
    let replay = replay("12-prp-bpr", "alice.2", &[]);
    // They come between the settings and the lists, without an id: nothing is odd about them.
    assert_eq!(oddities(&replay.events), [""; 0]);
    let is_list = |event: &Event| matches!(event, Event::ContactListReceived { .. });
    assert_eq!(
        replay.events.iter().filter(|event| is_list(event)).count(),
        1
    );
    let bob = ("bob@example.com", Some("Bob Builder"), Presence::Online);
    assert_eq!(presences(&replay.events), [bob]);
}

#[test]
fn recording_12_tells_the_numbers_of_a_contact() {
    let replay = replay("12-prp-bpr", "bob", &[]);
    let entries: Vec<_> = changes(&replay.events)
        .into_iter()
        .filter_map(|event| match event {
            ListEvent::ContactChanged(contact) if contact.handle == of("alice") => Some(contact),
            _ => None,
        })
        .collect();
    let number = |at: usize, property| {
        entries[at]
            .properties
            .get(&property)
            .map(PropertyValue::as_str)
    };
    assert_eq!(number(0, Property::HomePhone), Some("1 (222) 333"));
    assert_eq!(number(1, Property::WorkPhone), Some("555"));
    assert_eq!(number(2, Property::MobilePhone), Some("tel:+47"));
    assert_eq!(number(3, Property::MobileDevice), Some("Y"));
    assert_eq!(number(4, Property::Paging), Some("Y"));
    assert_eq!(number(5, Property::Paging), Some("N"));
    // What she clears nobody is told, so the rest stands.
    assert_eq!(number(8, Property::MobilePhone), Some("tel:+47"));
    assert_eq!(entries.len(), 9);
}

#[test]
fn recording_12_takes_numbers_without_a_handle_for_those_of_the_entry_before() {
    // With every entry of three lists, and long before anybody changes one.
    let replay = replay("15-double-login", "bob", &[]);
    let contacts = replay.events.iter().find_map(|event| match event {
        Event::ContactListReceived { contacts, .. } => Some(contacts),
        _ => None,
    });
    let alice = contacts.and_then(|it| it.get(&of("alice"))).expect("alice");
    let paging = alice.properties.get(&Property::Paging);
    assert_eq!(paging.map(PropertyValue::as_str), Some("N"));
}

#[test]
fn recording_14_is_heard_without_harm() {
    let replay = replay("14-url-png", "erin", &[]);
    assert_eq!(oddities(&replay.events), [""; 0]);
    assert_eq!(
        replay.events.last(),
        Some(&Event::SignedOut(SignOutReason::Requested))
    );
}

#[test]
fn recording_14_gives_the_same_page_for_every_service() {
    let mut pages = Vec::new();
    for entry in transcript("14-url-png") {
        let mut framer = Framer::new(Direction::FromServer);
        framer.push(entry.bytes_from(Direction::FromServer).unwrap_or_default());
        let frame = framer.next_frame().expect("sound");
        let command = frame.map(|frame| ServerCommand::decode(&frame).expect("sound"));
        if let Some(ServerCommand::Url(page)) = command {
            pages.push(page);
        }
    }
    assert_eq!(pages.len(), 17);
    for (trid, page) in (7..).zip(&pages) {
        assert_eq!((page.trid.0, page.site_id), (trid, Some(1)));
        assert_eq!(
            (page.target.as_str(), page.login.as_str()),
            ("/unused1", "/unused2")
        );
    }
}

/// A text in a conversation with Bob.
fn text(text: &str) -> Intent {
    Intent::SendText {
        conversation: ConversationId(1),
        text: text.to_owned(),
    }
}

fn delivery(text: u32, delivery: Delivery) -> Event {
    Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(text),
        delivery,
    }
}

#[test]
fn recording_16_gets_no_switchboard_before_it_is_seen() {
    let open = Intent::OpenConversation { with: of("bob") };
    let script = [
        ("XFR 5 SB", open),
        ("XFR 5 SB", text("too early")),
        ("XFR 7 SB", text("still too early")),
    ];
    let replay = replay("16-xfr", "alice", &script);
    let hidden = Delivery::Failed(DeliveryFailure::Hidden);
    assert!(replay.events.contains(&delivery(1, hidden.clone())));
    assert!(replay.events.contains(&delivery(2, hidden)));
}

#[test]
fn recording_16_asks_for_no_switchboard_while_i_hide() {
    let open = Intent::OpenConversation { with: of("bob") };
    let script = [("XFR 9 SB", open), ("XFR 9 SB", text("from nobody"))];
    let replay = replay_as("16-xfr", "alice", Presence::AppearOffline, &script);
    let hidden = Delivery::Failed(DeliveryFailure::Hidden);
    assert!(replay.events.contains(&delivery(1, hidden)));
    assert!(
        !replay
            .sent_lines()
            .iter()
            .any(|line| line.starts_with("XFR"))
    );
}

#[test]
fn recording_16_enters_a_switchboard_with_the_cookie() {
    let open = Intent::OpenConversation { with: of("bob") };
    let script = [("XFR 17 SB", open), ("XFR 17 SB", text("hello"))];
    let replay = replay("16-xfr", "alice", &script);
    let lines = replay.sent_lines();
    let cookie = "USR 1 alice@example.com cb2429cda394700cfff2";
    let entered = lines
        .iter()
        .position(|line| line == cookie)
        .expect("the cookie");
    assert_eq!(lines[entered + 1], "CAL 2 bob@example.com");
    // The recorded client left it again: the text has failed, and for what reason.
    let closed = CloseReason::Code(CloseCode::ServerClosed);
    let failed = Delivery::Failed(DeliveryFailure::Link(closed));
    assert!(replay.events.contains(&delivery(1, failed)));
}
