//! What grows only so far.

use super::*;

#[test]
fn a_transcript_stays_bounded_and_keeps_the_newest() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    for number in 0..=MAX_LINES {
        page.event(text(1, "bob", &number.to_string()));
    }
    let lines = transcript(page.only());
    assert!(lines.len() <= MAX_LINES);
    assert_eq!(lines.last().copied(), Some(&*MAX_LINES.to_string()));
}

#[test]
fn the_number_of_conversations_stays_bounded() {
    let mut page = Page::signed_in();
    for number in 0..=u32::try_from(MAX_CONVERSATIONS).expect("a small number") {
        page.event(opened(number, &[&format!("stranger{number}")], false));
    }
    assert_eq!(page.state.conversations.iter().count(), MAX_CONVERSATIONS);
}

#[test]
fn a_notice_that_repeats_is_shown_once() {
    let mut page = Page::signed_in();
    for _ in 0..3 {
        page.event(Event::IntentRefused(IntentRefusal::Presence));
    }
    assert_eq!(
        page.state.notices,
        [Notice::Refused(IntentRefusal::Presence)]
    );
}
