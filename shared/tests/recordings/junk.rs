//! What a server does with words that are none, heard by ours; and the same words said to the built-in one.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use msnp6::messenger::{Event, SignOutReason};

use crate::{connections, oddities, of, replay, texts};

#[test]
fn recording_24_is_heard_without_harm() {
    let people = connections("24-junk", "erin");
    assert_eq!(people.len(), 16);
    for connection in people {
        let replay = replay("24-junk", connection, &[]);
        assert!(replay.events.contains(&Event::SignedIn {
            handle: of("erin"),
            name: crate::called("Erin"),
            is_verified: true,
        }));
        assert_eq!(oddities(&replay.events), [""; 0], "{connection}");
        // Three were hung up on; to all others the session is whole until they leave.
        let is_requested =
            replay.events.last() == Some(&Event::SignedOut(SignOutReason::Requested));
        let hung_up_on = ["erin.7", "erin.10", "erin.12"].contains(&connection);
        assert_eq!(
            is_requested, !hung_up_on,
            "{connection}: {:?}",
            replay.events
        );
    }
}

#[test]
fn recording_24_shows_one_conversation_over_three_rooms_that_break() {
    let replay = replay("24-junk", "bob", &[]);
    // The second text of the room went nowhere: a line end too many stood before it.
    assert_eq!(texts(&replay.events), [("alice@example.com", "one")]);
    let is_window = |event: &&Event| matches!(event, Event::ConversationOpened { .. });
    assert_eq!(replay.events.iter().filter(is_window).count(), 1);
}
