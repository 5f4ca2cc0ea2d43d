//! Every error code as an answer to every request of the client: it is told as what became of that request,
//! or settled where it says that all is well already, and ends nothing but what it has to.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[path = "support/dialogue.rs"]
mod dialogue;

use dialogue::{Dialogue, LINK, handle};
use msnp6::command::{ErrorCode, ServerError};
use msnp6::messenger::{
    Change, ChangeFailure, Delivery, DeliveryFailure, Event, Input, Intent, IntentRefusal,
    ListEvent, SignInFailure, SignOutReason,
};
use msnp6::model::{
    FriendlyName, LinkId, ListKind, Presence, PrivacyDefault, Property, PropertyValue,
    ReverseListPrompt,
};

/// Every code that is documented, and one that is not.
fn codes() -> impl Iterator<Item = ErrorCode> {
    let documented = ServerError::ALL.iter().map(|error| error.code());
    documented.chain([ErrorCode(999)])
}

fn error(code: ErrorCode, trid: u32) -> String {
    format!("{:03} {trid}\r\n", code.0)
}

/// What became of a change that a server answers with a code.
fn after(wanted: &Change, code: ErrorCode) -> Vec<ListEvent> {
    let mut it = Dialogue::signed_in();
    it.intent(Intent::Change(wanted.clone()));
    it.forget();
    it.server(&error(code, 7));
    assert!(!it.is_closed(LINK), "{code} to {wanted:?}");
    let pick = |event| match event {
        Event::Lists(event) => Some(event),
        _ => None,
    };
    it.events.drain(..).filter_map(pick).collect()
}

/// Each code to this change is told with it, except those that say it is so already.
fn is_told_or_settled(wanted: &Change, settled: &[u16]) {
    for code in codes() {
        let events = after(wanted, code);
        let told = ListEvent::ChangeFailed {
            change: wanted.clone(),
            failure: ChangeFailure::Refused(code),
        };
        let is_settled = settled.contains(&code.0);
        assert_eq!(events.contains(&told), !is_settled, "{code}: {events:?}");
    }
}

#[test]
fn every_error_to_a_step_of_the_sign_in_fails_it_with_its_code() {
    let steps = [
        "",
        "VER 1 MSNP6\r\n",
        "VER 1 MSNP6\r\nINF 2 MD5\r\n",
        "VER 1 MSNP6\r\nINF 2 MD5\r\nUSR 3 MD5 S 1\r\n",
    ];
    for (trid, before) in (1..).zip(steps) {
        for code in codes() {
            let mut it = Dialogue::opened();
            it.server(before);
            it.server(&error(code, trid));
            let failed = Event::SignInFailed(SignInFailure::Refused(code));
            assert_eq!(it.events.last(), Some(&failed));
            assert!(it.is_closed(LINK));
        }
    }
}

#[test]
fn every_error_to_an_addition_is_told_or_settled() {
    // Bob is on the allow list already: one `ADD` alone, to the forward list.
    is_told_or_settled(&Change::AddContact(handle("bob@example.com")), &[215]);
    // Dave is on neither list: 219 has no opposite to take him off, and is told.
    is_told_or_settled(&Change::Allow(handle("dave@example.com")), &[215]);
}

#[test]
fn every_error_to_a_removal_is_told_or_settled() {
    let change = Change::RemoveContact(handle("bob@example.com"));
    // Whether 205 is true is what the lists say, which are asked for first.
    is_told_or_settled(&change, &[205, 216, 225]);
}

#[test]
fn a_removal_that_is_settled_is_done() {
    for code in [216, 225] {
        let change = Change::RemoveContact(handle("bob@example.com"));
        let events = after(&change, ErrorCode(code));
        let [ListEvent::ContactChanged(bob)] = events.as_slice() else {
            panic!("{events:?}")
        };
        assert!(!bob.membership.contains(ListKind::Forward));
    }
}

#[test]
fn every_error_to_a_name_or_a_telephone_number_is_told() {
    let name = FriendlyName::parse("Alice B").expect("a name");
    is_told_or_settled(&Change::Rename(name), &[]);
    let number = PropertyValue::parse("555").expect("a number");
    is_told_or_settled(&Change::Property(Property::HomePhone, number), &[]);
}

#[test]
fn every_error_to_a_setting_is_told_or_settled() {
    is_told_or_settled(&Change::Privacy(PrivacyDefault::Block), &[218]);
    is_told_or_settled(&Change::Prompt(ReverseListPrompt::Never), &[218]);
}

#[test]
fn every_error_to_a_change_of_presence_is_told_and_ends_nothing() {
    for code in codes() {
        let mut it = Dialogue::signed_in();
        it.intent(Intent::ChangePresence(Presence::Busy));
        it.server(&error(code, 7));
        let refused = Event::IntentRefused(IntentRefusal::Presence);
        assert_eq!(it.events, [refused], "{code}");
    }
}

#[test]
fn every_error_to_the_lists_leaves_the_session_without_them() {
    for code in codes() {
        let mut it = Dialogue::opened();
        it.server("VER 1 MSNP6\r\nINF 2 MD5\r\nUSR 3 MD5 S 1\r\n");
        it.server("USR 4 OK alice@example.com Alice 1\r\n");
        it.server(&error(code, 5));
        let lists = matches!(
            it.events.last(),
            Some(Event::ContactListReceived { contacts, .. }) if contacts.iter().next().is_none()
        );
        assert!(lists && !it.is_closed(LINK), "{code}: {:?}", it.events);
    }
}

#[test]
fn every_error_to_the_answer_of_a_challenge_ends_the_session_with_its_code() {
    for code in codes() {
        let mut it = Dialogue::signed_in();
        it.server("CHL 0 15570131571988941333\r\n");
        it.server(&error(code, 7));
        let ended = Event::SignedOut(SignOutReason::Refused(code));
        assert_eq!(it.events, [ended]);
        assert!(it.is_closed(LINK));
    }
}

/// The failure of a text that cannot be sent because of a code.
fn failure(code: ErrorCode) -> DeliveryFailure {
    match code.0 {
        216 | 217 => DeliveryFailure::NotReachable,
        913 => DeliveryFailure::Hidden,
        _ => DeliveryFailure::Server(code),
    }
}

fn outcome(it: &Dialogue) -> Option<Delivery> {
    it.events.iter().find_map(|event| match event {
        Event::TextDelivery { delivery, .. } if *delivery != Delivery::Sent => {
            Some(delivery.clone())
        }
        _ => None,
    })
}

#[test]
fn every_error_to_the_wish_for_a_room_fails_the_text_with_its_reason() {
    for code in codes() {
        let (mut it, _) = Dialogue::asking();
        it.server(&error(code, 7));
        assert_eq!(outcome(&it), Some(Delivery::Failed(failure(code))));
        assert!(!it.is_closed(LINK), "{code}");
    }
}

#[test]
fn every_error_to_a_call_fails_the_text_unless_they_are_there_already() {
    for code in codes() {
        let (mut it, _) = Dialogue::asking();
        let room = LinkId(2);
        it.server("XFR 7 SB 192.0.2.50:1863 CKI 17262740.1050826919.32308\r\n");
        it.input(Input::Opened { link: room });
        it.at(room, "USR 1 OK alice@example.com Alice\r\n");
        it.at(room, &error(code, 2));
        let expected = (code != ErrorCode::ALREADY_THERE).then(|| Delivery::Failed(failure(code)));
        assert_eq!(outcome(&it), expected, "{code}");
        assert!(!it.is_closed(LINK));
    }
}

#[test]
fn every_error_at_the_door_of_a_room_that_rang_closes_it_and_shows_nothing() {
    for code in codes() {
        let mut it = Dialogue::signed_in();
        let room = LinkId(2);
        it.server("RNG 11752099 192.0.2.51:1863 CKI 849102291.520491113 bob@example.com Bob\r\n");
        it.input(Input::Opened { link: room });
        it.at(room, &error(code, 1));
        assert_eq!(it.events, [], "{code}");
        assert!(it.is_closed(room) && !it.is_closed(LINK), "{code}");
    }
}

#[test]
fn every_error_to_no_request_is_told_to_developers_and_ends_nothing() {
    for code in codes() {
        for line in [error(code, 4_000), format!("{:03}\r\n", code.0)] {
            let mut it = Dialogue::signed_in();
            it.server(&line);
            assert!(
                matches!(it.events.as_slice(), [Event::Oddity { .. }]),
                "{line}"
            );
            assert!(!it.is_closed(LINK), "{line}");
        }
    }
}

#[test]
fn every_error_to_a_text_fails_it() {
    for code in codes() {
        let (mut it, room, _) = Dialogue::in_a_room();
        it.at(room, &error(code, 3));
        assert_eq!(
            outcome(&it),
            Some(Delivery::Failed(DeliveryFailure::Server(code))),
            "{code}"
        );
    }
}
