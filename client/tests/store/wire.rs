//! What the wire view keeps.

use msnp6::transcript::{Recorded, Side};
use msnp6_client::store::{Action, MAX_WIRE_LINES, WireLog};

use super::*;

fn recorded(text: &str) -> Action {
    let (side, text) = (Side::Server, text.to_owned());
    Action::WireRecorded(vec![Recorded { side, text }])
}

fn wire(page: &Page) -> &WireLog {
    page.state.wire.as_deref().expect("an open view")
}

#[test]
fn nothing_is_kept_while_the_view_is_closed() {
    let mut page = Page::default();
    page.act(recorded("S: one"));
    assert!(page.state.wire.is_none());
    page.act(Action::WireShown(true));
    page.act(recorded("S: two"));
    assert_eq!(wire(&page).lines().count(), 1);
    page.act(Action::WireShown(false));
    assert!(page.state.wire.is_none());
}

#[test]
fn the_oldest_lines_go_when_there_are_too_many_or_too_long_ones() {
    let mut page = Page::default();
    page.act(Action::WireShown(true));
    for _ in 0..MAX_WIRE_LINES + 5 {
        page.act(recorded("S: x"));
    }
    assert_eq!(wire(&page).lines().count(), MAX_WIRE_LINES);
    assert_eq!(wire(&page).lines().next().map(|line| line.serial), Some(6));
    for _ in 0..20 {
        page.act(recorded(&"y".repeat(64 * 1024)));
    }
    let bytes: usize = wire(&page).lines().map(|line| line.text.len()).sum();
    assert!(bytes <= 512 * 1024, "{bytes}");
}

#[test]
fn a_copy_has_all_lines_and_clearing_leaves_none() {
    let mut page = Page::default();
    page.act(Action::WireShown(true));
    page.act(recorded("[   0.000] ns-1       S: VER 1 MSNP6"));
    page.act(recorded("[   0.001] ns-1       S: INF 2 MD5"));
    let all = msnp6::transcript::parse(&wire(&page).recording()).len();
    assert_eq!(all, 2);
    page.act(Action::WireCleared);
    assert_eq!(wire(&page).lines().count(), 0);
}

#[test]
fn a_replay_leaves_what_was_there_before_as_it_was() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "unsent");
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    page.act(Action::ReplayBegan(handle("zoe")));
    assert!(page.state.conversations.is_empty());
    page.event(Event::SignedIn {
        handle: handle("zoe"),
        name: name("Zoe"),
        is_verified: true,
    });
    page.event(opened(1, &["carol"], false));
    page.act(Action::ReplayOver);
    page.act(Action::WireShown(true));
    page.act(Action::ReplayStopped);
    assert_eq!(page.only().draft, "unsent");
    assert_eq!(page.state.owner, Some(handle("alice")));
    assert!(matches!(
        page.state.phase,
        Phase::SignedOut { ending: Some(_) }
    ));
    assert!(page.state.replay.is_none() && page.state.wire.is_some());
}

#[test]
fn a_second_replay_does_not_come_back_to_the_first() {
    let mut page = Page::default();
    page.act(Action::ReplayBegan(handle("zoe")));
    page.act(Action::ReplayBegan(handle("bob")));
    page.act(Action::ReplayStopped);
    assert_eq!(page.state.owner, None);
}
