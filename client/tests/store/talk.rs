//! Writing and reading: earlier texts, what came in unseen, and what is told to those who hear the page.

use super::*;
use msnp6::messenger::TextFormat;
use msnp6_client::store::Setting;

fn talking() -> Page {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page
}

fn recall(page: &mut Page, is_older: bool) -> String {
    let key = page.key(1);
    page.request(Request::RecallText { key, is_older });
    page.only().draft.clone()
}

#[test]
fn earlier_texts_of_mine_come_back_one_by_one_and_go_again() {
    let mut page = talking();
    for (number, words) in [(1, "one"), (2, "two"), (3, "two")] {
        page.event(queued(1, number, words));
        page.event(text(1, "bob", "not mine"));
    }
    let older: Vec<_> = (0..4).map(|_| recall(&mut page, true)).collect();
    assert_eq!(older, ["two", "two", "one", "one"]);
    let newer: Vec<_> = (0..4).map(|_| recall(&mut page, false)).collect();
    assert_eq!(newer, ["two", "two", "", ""]);
}

#[test]
fn a_draft_of_my_own_is_not_replaced_by_an_earlier_text() {
    let mut page = talking();
    page.event(queued(1, 1, "one"));
    page.type_draft(1, "mine");
    assert_eq!(recall(&mut page, true), "mine");
    page.type_draft(1, "");
    assert_eq!(recall(&mut page, true), "one");
    page.type_draft(1, "one and more");
    assert_eq!(recall(&mut page, true), "one and more");
}

#[test]
fn a_long_draft_goes_with_its_pieces_and_a_text_sent_again_takes_nothing_of_it() {
    let mut page = talking();
    let (first, second) = ("a".repeat(1400), "b".repeat(100));
    page.type_draft(1, &[first.as_str(), &second].concat());
    page.event(queued(1, 1, &first));
    assert_eq!(page.only().draft, second);
    page.event(queued(1, 2, &second));
    assert_eq!(page.only().draft, "");
    page.type_draft(1, "hello again");
    page.event(queued(1, 3, "hello"));
    assert_eq!(page.only().draft, "hello again");
}

#[test]
fn what_came_in_unseen_stays_marked_until_i_write_or_miss_more() {
    let mut page = talking();
    page.event(text(1, "bob", "seen"));
    assert_eq!(page.only().fresh, None);
    page.act(Action::PageShown(false));
    page.event(text(1, "bob", "missed"));
    let first = page.only().fresh;
    assert_eq!(first, page.only().lines.last().map(|line| line.key));
    page.event(text(1, "bob", "missed too"));
    page.act(Action::PageShown(true));
    page.event(text(1, "bob", "seen again"));
    assert_eq!(page.only().fresh, first);
    page.act(Action::PageShown(false));
    page.event(text(1, "bob", "missed later"));
    assert!(page.only().fresh > first);
    page.event(queued(1, 1, "mine"));
    assert_eq!(page.only().fresh, None);
}

#[test]
fn what_others_do_is_heard_from_every_conversation_and_what_i_do_is_not() {
    let mut page = talking();
    page.event(opened(2, &["carol"], false));
    page.event(text(2, "carol", "hello"));
    page.event(queued(1, 1, "mine"));
    let heard: Vec<_> = page
        .state
        .heard
        .iter()
        .map(|(_, line)| words(&line.body))
        .collect();
    assert_eq!(heard, ["hello"]);
}

#[test]
fn a_text_of_mine_that_fails_is_heard() {
    let mut page = talking();
    page.event(queued(1, 1, "mine"));
    page.event(Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(1),
        delivery: Delivery::Failed(DeliveryFailure::NoAnswer),
    });
    assert_eq!(page.state.heard.len(), 1);
}

#[test]
fn what_is_heard_does_not_pile_up_and_goes_with_the_session() {
    let mut page = talking();
    for _ in 0..50 {
        page.event(text(1, "bob", "hello"));
    }
    assert_eq!(page.state.heard.len(), 4);
    page.event(Event::SignedOut(SignOutReason::Requested));
    assert!(page.state.heard.is_empty());
}

#[test]
fn how_my_texts_look_is_kept_with_each_of_them_and_told_to_the_messenger() {
    let mut page = talking();
    page.event(queued(1, 1, "plain"));
    let format = "FN=Arial; EF=B; CO=ff; CS=0; PF=22".to_owned();
    let intents = page.request(Request::Set(Setting::TextFormat(format.clone())));
    let wanted = TextFormat::parse(&format);
    assert!(
        matches!(intents.as_slice(), [Intent::ChangeFormat(told)] if *told == wanted),
        "{intents:?}"
    );
    page.event(queued(1, 2, "bold"));
    let lines = page.only().lines.iter();
    let formats = lines.map(|line| match &line.body {
        LineBody::Mine { format, .. } => format.clone(),
        other => panic!("not mine: {other:?}"),
    });
    let formats: Vec<_> = formats.collect();
    assert_eq!(formats, [TextFormat::default(), wanted]);
}
