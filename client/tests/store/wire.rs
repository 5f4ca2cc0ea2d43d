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
fn a_sign_in_with_thousands_of_entries_is_kept_whole() {
    // A thousand people, each on four lists, and their presence.
    const ENTRIES: usize = 5_000;
    let mut page = Page::default();
    page.act(Action::WireShown(true));
    for _ in 0..ENTRIES {
        page.act(recorded(
            "[   0.000] ns-1       S: LST 3 FL 1 1 1 bob@example.com Bob",
        ));
    }
    let copy = wire(&page).recording();
    assert_eq!(msnp6::transcript::parse(&copy).len(), ENTRIES);
    assert!(!copy.contains("missing") && wire(&page).missing == 0);
}

#[test]
fn when_there_is_too_much_the_beginning_and_the_end_stay_and_a_copy_says_what_is_missing() {
    let mut page = Page::default();
    page.act(Action::WireShown(true));
    let total = MAX_WIRE_LINES * 3 + 5;
    for number in 0..total {
        page.act(recorded(&format!("[   0.000] ns-1       S: QNG {number}")));
    }
    let long = "y".repeat(64 * 1024);
    for _ in 0..100 {
        page.act(recorded(&long));
    }
    let wire = wire(&page);
    let serials: Vec<_> = wire.lines().map(|line| line.serial as usize).collect();
    assert!(serials.len() <= MAX_WIRE_LINES);
    assert_eq!((serials[0], serials.last()), (1, Some(&(total + 100))));
    let gaps: Vec<_> = serials.windows(2).filter(|it| it[1] != it[0] + 1).collect();
    let [[before, after]] = gaps[..] else {
        panic!("not one gap: {gaps:?}");
    };
    assert_eq!(after - before - 1, wire.missing);
    let copy = wire.recording();
    assert!(copy.len() < 4_000_000, "{}", copy.len());
    let note = format!("\n{} lines are missing here\n", wire.missing);
    let (head, _) = copy.split_once(&note).expect("a note");
    assert_eq!(msnp6::transcript::parse(head).len(), *before);
}

#[test]
fn single_lines_that_are_too_long_go_and_a_cleared_log_misses_nothing() {
    let mut page = Page::default();
    page.act(Action::WireShown(true));
    page.act(recorded(&"y".repeat(5_000_000)));
    assert_eq!((wire(&page).lines().count(), wire(&page).missing), (0, 1));
    page.act(Action::WireCleared);
    page.act(recorded("S: x"));
    assert_eq!((wire(&page).lines().count(), wire(&page).missing), (1, 0));
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
