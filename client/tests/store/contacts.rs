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
fn a_name_that_came_with_presence_outlives_a_change_of_lists_but_not_of_the_listed_name() {
    let mut page = Page::signed_in();
    page.event(Event::ContactPresence {
        handle: handle("bob"),
        name: Some(name("Robert")),
        presence: Presence::Online,
    });
    page.event(listed("bob", &[ListKind::Forward, ListKind::Block]));
    assert_eq!(labels(&groups(&page).online), ["Robert"]);
    let mut bob = msnp6::model::Contact::new(handle("bob"), name("Bobby"));
    bob.membership.insert(ListKind::Forward);
    page.event(Event::Lists(ListEvent::ContactChanged(bob)));
    assert_eq!(labels(&groups(&page).online), ["Bobby"]);
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

#[test]
fn somebody_who_is_added_appears_and_somebody_who_is_removed_goes() {
    let mut page = Page::signed_in();
    page.event(listed("zoe", &[ListKind::Forward, ListKind::Allow]));
    page.event(listed("bob", &[ListKind::Allow]));
    page.event(Event::Lists(ListEvent::ContactRemoved(handle("dave"))));
    assert_eq!(labels(&groups(&page).not_online), ["Carol", "Zoe"]);
}

#[test]
fn a_change_of_lists_keeps_the_presence_that_is_known() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Busy));
    page.event(listed("bob", &[ListKind::Forward, ListKind::Block]));
    let online = groups(&page).online;
    assert_eq!(online[0].presence, Presence::Busy);
    assert!(online[0].is_blocked());
}

#[test]
fn somebody_added_again_is_offline_until_the_server_says_otherwise() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Busy));
    page.event(listed("bob", &[ListKind::Allow]));
    page.event(listed("bob", &[ListKind::Allow, ListKind::Forward]));
    assert!(groups(&page).online.is_empty());
}

#[test]
fn own_name_and_settings_follow_the_server() {
    let mut page = Page::signed_in();
    page.event(Event::Lists(ListEvent::OwnName(name("Al"))));
    page.event(Event::Lists(ListEvent::Privacy(PrivacyDefault::Block)));
    page.event(Event::Lists(ListEvent::Prompt(ReverseListPrompt::Never)));
    assert_eq!(page.state.account.as_ref().unwrap().name, name("Al"));
    assert_eq!(page.state.privacy, PrivacyDefault::Block);
    assert_eq!(page.state.prompt, ReverseListPrompt::Never);
}

#[test]
fn a_change_that_failed_is_told() {
    let mut page = Page::signed_in();
    page.event(refused(Change::Block(handle("bob")), 500));
    let is_told = matches!(
        &page.state.notices[..],
        [Notice::ChangeFailed { change: Change::Block(who), .. }] if *who == handle("bob")
    );
    assert!(is_told, "{:?}", page.state.notices);
}

#[test]
fn a_filter_finds_names_and_addresses_in_any_case() {
    let mut page = Page::signed_in();
    page.event(Event::ContactPresence {
        handle: handle("bob"),
        name: Some(name("Élodie")),
        presence: Presence::Online,
    });
    for (filter, expected) in [
        (" éLO ", &["Élodie"][..]),
        ("BOB@", &["Élodie"]),
        ("example", &["Élodie", "Carol", "Dave"]),
        ("nobody", &[]),
    ] {
        let groups = found(&page, filter);
        let all = [labels(&groups.online), labels(&groups.not_online)].concat();
        assert_eq!(all, expected, "{filter:?}");
    }
}

#[test]
fn contacts_can_be_sorted_by_name_alone() {
    let mut page = Page::signed_in();
    page.event(presence("dave", Presence::Online));
    page.act(Action::SettingChanged(Setting::Sort(ContactSort::Name)));
    let groups = groups(&page);
    assert_eq!(labels(&groups.all), ["Bob", "Carol", "Dave"]);
    assert_eq!(groups.len(), 3);
}

#[test]
fn who_is_not_online_can_be_hidden_and_is_found_nevertheless() {
    let mut page = Page::signed_in();
    page.event(presence("dave", Presence::Online));
    page.act(Action::SettingChanged(Setting::HideOffline(true)));
    let shown = groups(&page);
    assert_eq!(labels(&shown.online), ["Dave"]);
    assert_eq!((shown.not_online.len(), shown.hidden), (0, 2));
    assert_eq!(labels(&found(&page, "carol").not_online), ["Carol"]);
}

#[test]
fn whoever_has_unread_texts_is_not_hidden() {
    let mut page = Page::signed_in();
    page.act(Action::SettingChanged(Setting::HideOffline(true)));
    page.event(opened(1, &["bob"], false));
    page.event(text(1, "bob", "before I went"));
    let shown = groups(&page);
    assert_eq!(labels(&shown.not_online), ["Bob"]);
    assert_eq!(shown.hidden, 2);
}

#[test]
fn a_conversation_stands_apart_when_no_row_of_the_list_leads_to_it() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], false));
    page.event(opened(2, &["bob", "carol"], false));
    page.event(opened(3, &["mallory"], false));
    let apart = |page: &Page| {
        let all = select::apart(&page.state);
        let keys = all.iter().map(|c| c.key).collect::<Vec<_>>();
        [1, 2, 3].map(|id| keys.contains(&page.key(id)))
    };
    assert_eq!(apart(&page), [false, true, true]);
    page.event(listed("mallory", &[ListKind::Forward]));
    assert_eq!(apart(&page), [false, true, false]);
    page.act(Action::SettingChanged(Setting::HideOffline(true)));
    assert_eq!(apart(&page), [true, true, true]);
    page.event(text(1, "bob", "hello"));
    assert_eq!(apart(&page), [false, true, true]);
}
