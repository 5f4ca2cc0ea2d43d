//! The window about who may see and call me, and the one about my name and numbers.

use msnp6::model::{Property, PropertyValue};
use msnp6_client::store::OTHERS;

use super::*;

/// Signed in as alice; bob and carol are allowed, dave is blocked.
fn privacy() -> Page {
    let mut page = Page::signed_in();
    for who in ["bob", "carol"] {
        page.event(listed(who, &[ListKind::Forward, ListKind::Allow]));
    }
    page.event(listed("dave", &[ListKind::Forward, ListKind::Block]));
    page.act(Action::DialogOpened(DialogKind::Privacy));
    page
}

fn press(page: &mut Page, button: &str, chosen: &[&str]) -> Vec<Change> {
    let asked = page.request(Request::Answer(Answer {
        button: button.to_owned(),
        chosen: chosen.iter().map(|whom| (*whom).to_owned()).collect(),
        ..Answer::default()
    }));
    changes(asked)
}

fn changes(asked: Vec<Intent>) -> Vec<Change> {
    let change = |intent| match intent {
        Intent::Change(change) => change,
        other => panic!("{other:?}"),
    };
    asked.into_iter().map(change).collect()
}

fn block(who: &str) -> Change {
    Change::Block(handle(who))
}

fn pending(page: &Page) -> &[Change] {
    &page.state.dialog.as_ref().expect("a window").pending
}

#[test]
fn all_who_are_chosen_move_and_wait_for_the_server_one_by_one() {
    let mut page = privacy();
    let asked = press(
        &mut page,
        "block",
        &["bob@example.com", "carol@example.com"],
    );
    assert_eq!(asked, [block("bob"), block("carol")]);
    assert_eq!(pending(&page), asked);
    page.event(listed("carol", &[ListKind::Forward, ListKind::Block]));
    assert_eq!(pending(&page), [block("bob")]);
    page.event(listed("bob", &[ListKind::Forward]));
    assert_eq!(pending(&page), [block("bob")], "half way");
    page.event(listed("bob", &[ListKind::Forward, ListKind::Block]));
    assert_eq!(pending(&page), []);
}

#[test]
fn who_is_chosen_in_the_other_list_stays_there() {
    let mut page = privacy();
    let chosen = ["bob@example.com", "dave@example.com"];
    let asked = press(&mut page, "allow", &chosen);
    assert_eq!(asked, [Change::Allow(handle("dave"))]);
    assert_eq!(press(&mut page, "allow", &chosen), [], "asked for twice");
}

#[test]
fn all_others_move_like_anybody() {
    let mut page = privacy();
    let asked = press(&mut page, "block", &[OTHERS]);
    assert_eq!(asked, [Change::Privacy(PrivacyDefault::Block)]);
    page.event(Event::Lists(ListEvent::Privacy(PrivacyDefault::Block)));
    assert_eq!(pending(&page), []);
    assert_eq!(press(&mut page, "block", &[OTHERS]), []);
    let asked = press(&mut page, "allow", &[OTHERS]);
    assert_eq!(asked, [Change::Privacy(PrivacyDefault::Allow)]);
}

#[test]
fn to_be_asked_is_a_change_of_its_own() {
    let mut page = privacy();
    let never = Change::Prompt(ReverseListPrompt::Never);
    assert_eq!(press(&mut page, "never", &[]), [never]);
    page.event(Event::Lists(ListEvent::Prompt(ReverseListPrompt::Never)));
    assert_eq!(pending(&page), []);
}

#[test]
fn what_the_server_refuses_is_told_in_the_window_which_stays_open() {
    let mut page = privacy();
    press(
        &mut page,
        "block",
        &["bob@example.com", "carol@example.com"],
    );
    page.event(refused(block("bob"), 500));
    // Taking them off one list and putting them on the other are two commands.
    page.event(refused(block("bob"), 500));
    page.event(listed("carol", &[ListKind::Forward, ListKind::Block]));
    let dialog = page.state.dialog.as_ref().expect("a window");
    assert_eq!((dialog.pending.len(), dialog.faults.len()), (0, 1));
    assert_eq!(page.state.notices, []);
}

#[test]
fn nobody_chosen_is_told() {
    let mut page = privacy();
    assert_eq!(press(&mut page, "block", &[]), []);
    let dialog = page.state.dialog.as_ref().expect("a window");
    assert_eq!(dialog.faults, [DialogFault::Nobody]);
}

#[test]
fn a_removal_can_block_as_well() {
    let mut page = privacy();
    page.act(Action::DialogOpened(DialogKind::Remove(handle("bob"))));
    let asked = press(&mut page, "", &["block"]);
    assert_eq!(asked, [Change::RemoveContact(handle("bob")), block("bob")]);
    page.event(listed("bob", &[ListKind::Allow]));
    page.event(refused(block("bob"), 500));
    assert_eq!(page.state.dialog, None);
    assert_eq!(
        page.state.notices.len(),
        1,
        "that they are not blocked is told"
    );
}

fn save(page: &mut Page, texts: [&str; 4]) -> Vec<Change> {
    let asked = page.request(Request::Answer(Answer {
        texts: texts.map(str::to_owned).to_vec(),
        ..Answer::default()
    }));
    changes(asked)
}

#[test]
fn only_what_differs_of_my_name_and_numbers_is_asked_for() {
    let mut page = Page::signed_in();
    let value = |text| PropertyValue::parse(text).expect("a number");
    let told = |property, text| {
        let value = value(text);
        Event::Lists(ListEvent::OwnProperty { property, value })
    };
    page.event(told(Property::WorkPhone, "555 0100"));
    page.act(Action::DialogOpened(DialogKind::Rename));
    let asked = save(&mut page, ["Alice", "555 0199", "", ""]);
    let expected = [
        Change::Property(Property::HomePhone, value("555 0199")),
        Change::Property(Property::WorkPhone, value("")),
    ];
    assert_eq!(asked, expected);
    page.event(told(Property::HomePhone, "555 0199"));
    assert!(page.state.dialog.is_some());
    page.event(told(Property::WorkPhone, ""));
    assert_eq!(page.state.dialog, None);
    assert_eq!(page.state.own_number(Property::HomePhone), "555 0199");
}

#[test]
fn a_number_that_cannot_be_is_not_asked_for_and_nothing_changed_closes() {
    let mut page = Page::signed_in();
    page.act(Action::DialogOpened(DialogKind::Rename));
    assert_eq!(save(&mut page, ["Alice", "", "", &"5".repeat(96)]), []);
    let dialog = page.state.dialog.as_ref().expect("a window");
    assert_eq!(dialog.faults, [DialogFault::Number]);
    assert_eq!(save(&mut page, ["Alice", "", "", ""]), []);
    assert_eq!(page.state.dialog, None);
}
