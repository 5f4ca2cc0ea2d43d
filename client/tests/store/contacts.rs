//! Contacts, grouped and sorted.

use super::*;

#[test]
fn contacts_are_grouped_by_reach_and_sorted_by_name() {
    let mut page = Page::signed_in();
    page.event(presence("dave", Presence::Busy));
    page.event(presence("bob", Presence::Online));
    let groups = groups(&page);
    assert_eq!(labels(&groups.online), ["Bob", "Dave"]);
    assert_eq!(labels(&groups.not_online), ["Carol"]);
}

#[test]
fn a_contact_who_goes_offline_changes_the_group() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Online));
    page.event(presence("bob", Presence::Offline));
    assert!(groups(&page).online.is_empty());
}

#[test]
fn a_new_name_is_shown_and_sorted_by() {
    let mut page = Page::signed_in();
    page.event(Event::ContactPresence {
        handle: handle("bob"),
        name: Some(name("zorro")),
        presence: Presence::Online,
    });
    page.event(presence("dave", Presence::Online));
    assert_eq!(labels(&groups(&page).online), ["Dave", "zorro"]);
}

#[test]
fn presence_of_somebody_on_no_list_is_ignored() {
    let mut page = Page::signed_in();
    page.event(presence("mallory", Presence::Online));
    assert!(groups(&page).online.is_empty());
}

#[test]
fn one_presence_leaves_the_other_contacts_untouched() {
    let mut page = Page::signed_in();
    let before = groups(&page);
    page.event(presence("bob", Presence::Online));
    let after = groups(&page);
    assert_eq!(before.not_online[1], after.not_online[0]);
    assert_ne!(before.not_online[0], after.online[0]);
}
