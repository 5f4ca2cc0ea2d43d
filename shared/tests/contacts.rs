//! Lists, names and settings: what is sent for each change, what comes of it, and the ways in which
//! servers answer otherwise than they should.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[path = "support/dialogue.rs"]
mod dialogue;

use dialogue::{Dialogue, handle};
use msnp6::command::ErrorCode;
use msnp6::messenger::{
    Change, ChangeFailure, Event, Intent, IntentRefusal, ListEvent, MailNotice,
};
use msnp6::model::{
    FriendlyName, ListKind, Presence, PrivacyDefault, Property, PropertyValue, ReverseListPrompt,
};

fn news(it: &mut Dialogue) -> Vec<ListEvent> {
    let pick = |event| match event {
        Event::Lists(event) => Some(event),
        _ => None,
    };
    it.events.drain(..).filter_map(pick).collect()
}

fn change(it: &mut Dialogue, change: Change) {
    it.intent(Intent::Change(change));
}

/// The lists that somebody is on after the last news.
#[track_caller]
fn lists_of(it: &mut Dialogue, who: &str) -> Vec<ListKind> {
    let news = news(it);
    let Some(ListEvent::ContactChanged(contact)) = news.last() else {
        panic!("{news:?}")
    };
    assert_eq!(contact.handle, handle(who));
    ListKind::ALL
        .into_iter()
        .filter(|&kind| contact.membership.contains(kind))
        .collect()
}

fn refused(change: Change, code: u16) -> ListEvent {
    ListEvent::ChangeFailed {
        change,
        failure: ChangeFailure::Refused(ErrorCode(code)),
    }
}

#[test]
fn a_new_contact_goes_to_the_allow_list_before_the_forward_list() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::AddContact(handle("dave@example.com")));
    it.client("ADD 7 AL dave@example.com dave%40example.com\r\nADD 8 FL dave@example.com dave%40example.com\r\n");
    it.server(
        "ADD 7 AL 257 dave@example.com dave@example.com\r\nADD 8 FL 258 dave@example.com Dave\r\n",
    );
    assert_eq!(
        lists_of(&mut it, "dave@example.com"),
        [ListKind::Forward, ListKind::Allow]
    );
}

#[test]
fn a_blocked_contact_stays_blocked_when_added() {
    let mut it = Dialogue::signed_in();
    it.server("ADD 0 BL 10 dave@example.com Dave\r\n");
    it.forget();
    change(&mut it, Change::AddContact(handle("dave@example.com")));
    it.client("ADD 7 FL dave@example.com Dave\r\n");
}

#[test]
fn a_contact_is_removed_from_the_forward_list_alone() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::RemoveContact(handle("bob@example.com")));
    it.client("REM 7 FL bob@example.com\r\n");
    it.server("REM 7 FL 10 bob@example.com\r\n");
    assert_eq!(lists_of(&mut it, "bob@example.com"), [ListKind::Allow]);
}

#[test]
fn the_request_says_whom_an_answer_is_about_even_when_the_server_names_me() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::RemoveContact(handle("bob@example.com")));
    it.server("REM 7 FL 10 alice@example.com\r\n");
    assert_eq!(lists_of(&mut it, "bob@example.com"), [ListKind::Allow]);
}

#[test]
fn blocking_moves_from_one_list_to_the_other_and_allowing_moves_back() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::Block(handle("bob@example.com")));
    it.client("REM 7 AL bob@example.com\r\nADD 8 BL bob@example.com Bob\r\n");
    it.server("REM 7 AL 10 bob@example.com\r\nADD 8 BL 11 bob@example.com Bob\r\n");
    assert_eq!(
        lists_of(&mut it, "bob@example.com"),
        [ListKind::Forward, ListKind::Block]
    );
    change(&mut it, Change::Allow(handle("bob@example.com")));
    it.client("REM 9 BL bob@example.com\r\nADD 10 AL bob@example.com Bob\r\n");
}

#[test]
fn blocking_leaves_the_room_that_one_shares_with_them_alone() {
    let (mut it, room, _) = Dialogue::in_a_room();
    change(&mut it, Change::Block(handle("bob@example.com")));
    assert!(it.is_closed(room));
}

#[test]
fn what_is_so_already_counts_as_done() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::AddContact(handle("dave@example.com")));
    it.server("215 7\r\n215 8\r\n");
    assert_eq!(
        lists_of(&mut it, "dave@example.com"),
        [ListKind::Forward, ListKind::Allow]
    );
    change(&mut it, Change::RemoveContact(handle("bob@example.com")));
    it.server("216 9\r\n");
    assert_eq!(lists_of(&mut it, "bob@example.com"), [ListKind::Allow]);
    change(&mut it, Change::Privacy(PrivacyDefault::Allow));
    it.server("218 10\r\n");
    assert_eq!(news(&mut it), [ListEvent::Privacy(PrivacyDefault::Allow)]);
    change(&mut it, Change::Prompt(ReverseListPrompt::Ask));
    it.server("218 11\r\n");
    assert_eq!(news(&mut it), [ListEvent::Prompt(ReverseListPrompt::Ask)]);
}

#[test]
fn who_is_on_the_opposite_list_is_taken_off_there_first() {
    let mut it = Dialogue::signed_in();
    it.server("ADD 0 BL 10 dave@example.com Dave\r\n");
    it.server("REM 0 BL 11 dave@example.com\r\n");
    it.forget();
    change(&mut it, Change::Block(handle("bob@example.com")));
    it.forget();
    it.server("219 8\r\n");
    it.client("REM 9 AL bob@example.com\r\nADD 10 BL bob@example.com Bob\r\n");
}

#[test]
fn a_refused_change_is_told_with_its_code() {
    let mut it = Dialogue::signed_in();
    let dave = || handle("dave@example.com");
    change(&mut it, Change::AddContact(dave()));
    it.server("ADD 7 AL 257 dave@example.com Dave\r\n205 8\r\n");
    assert_eq!(
        news(&mut it).last(),
        Some(&refused(Change::AddContact(dave()), 205))
    );
    change(
        &mut it,
        Change::Rename(FriendlyName::parse("Bad word").expect("a name")),
    );
    it.server("209 9\r\n");
    let rename = Change::Rename(FriendlyName::parse("Bad word").expect("a name"));
    assert_eq!(news(&mut it), [refused(rename, 209)]);
}

#[test]
fn a_removal_that_may_have_happened_is_looked_up() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::RemoveContact(handle("bob@example.com")));
    it.forget();
    it.server("205 7\r\n");
    it.client("SYN 8 0\r\n");
    assert_eq!(news(&mut it), [], "nobody is told what may be wrong");
    it.server(
        "SYN 8 1\r\nLST 8 FL 1 0 0\r\nLST 8 AL 1 0 0\r\nLST 8 BL 1 0 0\r\nLST 8 RL 1 0 0\r\n",
    );
    let Some(Event::ContactListReceived { contacts, .. }) = it.events.last() else {
        panic!("{:?}", it.events)
    };
    assert_eq!(contacts.iter().count(), 0, "replaced, not merged");
}

#[test]
fn a_removal_that_the_server_denies_has_failed_if_the_lists_still_have_them() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::RemoveContact(handle("bob@example.com")));
    it.server(
        "205 7\r\nSYN 8 1\r\nLST 8 FL 1 1 1 bob@example.com Bob\r\n\
         LST 8 AL 1 0 0\r\nLST 8 BL 1 0 0\r\nLST 8 RL 1 0 0\r\n",
    );
    let failed = refused(Change::RemoveContact(handle("bob@example.com")), 205);
    assert_eq!(news(&mut it), [failed]);
}

#[test]
fn a_second_copy_of_the_lists_does_not_make_anybody_look_offline() {
    let mut it = Dialogue::signed_in();
    it.server("NLN BSY bob@example.com Bob\r\nNLN NLN old@example.com Old\r\n");
    change(&mut it, Change::RemoveContact(handle("dave@example.com")));
    it.server("205 7\r\nSYN 8 1\r\nLST 8 FL 1 1 1 bob@example.com Bob\r\nLST 8 AL 1 0 0\r\n");
    it.events.clear();
    it.server("LST 8 BL 1 0 0\r\nLST 8 RL 1 0 0\r\n");
    let told = it.events.iter().skip(1).collect::<Vec<_>>();
    let [
        Event::ContactPresence {
            handle: who,
            presence,
            ..
        },
    ] = told[..]
    else {
        panic!("who is on the list is told, and nobody else: {told:?}")
    };
    assert_eq!(
        (who, *presence),
        (&handle("bob@example.com"), Presence::Busy)
    );
}

#[test]
fn a_second_copy_of_the_lists_that_does_not_come_leaves_the_first_one() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::RemoveContact(handle("dave@example.com")));
    it.server("205 7\r\n");
    it.events.clear();
    it.pass(31);
    let Some(Event::ContactListReceived { contacts, .. }) = it.events.first() else {
        panic!("{:?}", it.events)
    };
    assert!(contacts.is_on(ListKind::Forward, &handle("bob@example.com")));
}

#[test]
fn a_change_that_nobody_answers_is_unconfirmed_and_the_session_goes_on() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::RemoveContact(handle("bob@example.com")));
    it.pass(19);
    assert_eq!(news(&mut it), []);
    it.pass(2);
    let (change, failure) = (
        Change::RemoveContact(handle("bob@example.com")),
        ChangeFailure::Unconfirmed,
    );
    assert_eq!(news(&mut it), [ListEvent::ChangeFailed { change, failure }]);
    assert!(it.others.is_empty());
}

#[test]
fn my_name_is_what_the_server_says_it_is() {
    let mut it = Dialogue::signed_in();
    change(
        &mut it,
        Change::Rename(FriendlyName::parse("Alice ☕").expect("a name")),
    );
    it.client("REA 7 alice@example.com Alice%20%E2%98%95\r\n");
    it.server("REA 7 259 alice@example.com Alice%20%E2%98%95\r\n");
    assert_eq!(
        news(&mut it),
        [ListEvent::OwnName(
            FriendlyName::parse("Alice ☕").expect("a name")
        )]
    );
}

#[test]
fn the_name_of_a_contact_can_change_without_their_presence() {
    let mut it = Dialogue::signed_in();
    it.server("REA 99 19 bob@example.com Robert\r\n");
    let news = news(&mut it);
    let [ListEvent::ContactChanged(bob)] = news.as_slice() else {
        panic!("{news:?}")
    };
    assert_eq!(bob.name.as_str(), "Robert");
}

#[test]
fn settings_take_the_value_that_was_asked_for_when_the_answer_has_none() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::Privacy(PrivacyDefault::Block));
    it.client("BLP 7 BL\r\n");
    it.server("BLP 7 256\r\n");
    assert_eq!(news(&mut it), [ListEvent::Privacy(PrivacyDefault::Block)]);
    change(&mut it, Change::Prompt(ReverseListPrompt::Never));
    it.client("GTC 8 N\r\n");
    it.server("GTC 8 257 N\r\n");
    assert_eq!(news(&mut it), [ListEvent::Prompt(ReverseListPrompt::Never)]);
}

#[test]
fn settings_that_the_server_changes_by_itself_are_taken() {
    let mut it = Dialogue::signed_in();
    it.server("BLP 0 300 BL\r\nGTC 0 301 N\r\n");
    assert_eq!(
        news(&mut it),
        [
            ListEvent::Privacy(PrivacyDefault::Block),
            ListEvent::Prompt(ReverseListPrompt::Never)
        ]
    );
}

#[test]
fn my_telephone_numbers_are_set_and_cleared() {
    let mut it = Dialogue::signed_in();
    let value = PropertyValue::parse("555 123").expect("a number");
    change(
        &mut it,
        Change::Property(Property::HomePhone, value.clone()),
    );
    it.client("PRP 7 PHH 555%20123\r\n");
    it.server("PRP 7 2 PHH 555%20123\r\n");
    assert_eq!(
        news(&mut it),
        [ListEvent::OwnProperty {
            property: Property::HomePhone,
            value
        }]
    );
    change(
        &mut it,
        Change::Property(Property::HomePhone, PropertyValue::default()),
    );
    it.client("PRP 8 PHH\r\n");
}

#[test]
fn telephone_numbers_of_contacts_come_with_and_without_their_handle() {
    let mut it = Dialogue::accepted();
    it.server("SYN 5 9\r\n");
    it.server("PRP 9 MOB N\r\nLST 5 FL 9 1 2 bob@example.com Bob\r\nBPR 9 PHH 555\r\n");
    it.server("LST 5 FL 9 2 2 carol@example.com Carol\r\nBPR 9 bob@example.com PHW 777\r\nBPR 9 MOB Y\r\n");
    it.server("LST 5 AL 9 0 0\r\nLST 5 BL 9 0 0\r\nLST 5 RL 9 0 0\r\n");
    let lists = it.events.iter().find_map(|event| match event {
        Event::ContactListReceived { contacts, .. } => Some(contacts),
        _ => None,
    });
    let of = |who: &str, property: Property| {
        let contact = lists
            .and_then(|contacts| contacts.get(&handle(who)))
            .expect(who);
        contact.properties.get(&property).map(PropertyValue::as_str)
    };
    assert_eq!(of("bob@example.com", Property::HomePhone), Some("555"));
    assert_eq!(of("bob@example.com", Property::WorkPhone), Some("777"));
    assert_eq!(of("bob@example.com", Property::Paging), None);
    assert_eq!(of("carol@example.com", Property::Paging), Some("Y"));
    it.events.clear();
    it.server("BPR 10 carol@example.com MOB\r\n");
    let news = news(&mut it);
    let [ListEvent::ContactChanged(carol)] = news.as_slice() else {
        panic!("{news:?}")
    };
    assert!(carol.properties.is_empty(), "an empty value clears it");
}

#[test]
fn who_has_added_me_and_waits_for_my_decision_is_told_at_sign_in_and_live() {
    let mut it = Dialogue::accepted();
    it.server("SYN 5 9\r\nGTC 5 9 A\r\n");
    it.server("LST 5 FL 9 0 0\r\nLST 5 AL 9 1 1 bob@example.com Bob\r\nLST 5 BL 9 0 0\r\n");
    it.server("LST 5 RL 9 1 2 bob@example.com Bob\r\nLST 5 RL 9 2 2 dave@example.com Dave\r\n");
    let added = |who: &str, name: &str| {
        let name = FriendlyName::parse(name).expect(name);
        ListEvent::AddedBy {
            handle: handle(who),
            name,
        }
    };
    assert_eq!(news(&mut it), [added("dave@example.com", "Dave")]);
    it.server("ADD 0 RL 260 erin@example.com Erin\r\n");
    assert_eq!(
        news(&mut it).last(),
        Some(&added("erin@example.com", "Erin"))
    );
    it.server("ADD 0 RL 261 bob@example.com Bob\r\n");
    assert!(
        !news(&mut it).contains(&added("bob@example.com", "Bob")),
        "he is allowed already"
    );
}

#[test]
fn who_adds_me_is_allowed_without_asking_when_that_is_my_setting() {
    let mut it = Dialogue::signed_in();
    it.server("GTC 0 10 N\r\n");
    it.forget();
    it.server("ADD 0 RL 260 erin@example.com Erin\r\n");
    it.client("ADD 7 AL erin@example.com Erin\r\n");
}

#[test]
fn who_removed_me_and_is_on_no_other_list_is_forgotten() {
    let mut it = Dialogue::signed_in();
    it.server("ADD 0 RL 260 erin@example.com Erin\r\n");
    it.forget();
    it.server("REM 0 RL 261 erin@example.com\r\n");
    assert_eq!(
        news(&mut it),
        [ListEvent::ContactRemoved(handle("erin@example.com"))]
    );
}

#[test]
fn nobody_puts_oneself_on_a_list() {
    let mut it = Dialogue::signed_in();
    change(&mut it, Change::AddContact(handle("alice@example.com")));
    assert_eq!(it.events, [Event::IntentRefused(IntentRefusal::Oneself)]);
    it.client("");
}

#[test]
fn mail_and_alerts_are_told() {
    let mut it = Dialogue::signed_in();
    let body = "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsinitialemailnotification; charset=UTF-8\r\n\r\n\
        Inbox-Unread: 1\r\nFolders-Unread: 0\r\nInbox-URL: /cgi-bin/HoTMaiL\r\nFolders-URL: /cgi-bin/folders\r\n\
        Post-URL: http://www.hotmail.com\r\n\r\n";
    assert_eq!(body.len(), 221);
    it.server(&format!("MSG Hotmail Hotmail 221\r\n{body}"));
    assert_eq!(
        it.events,
        [Event::Mail(MailNotice::Unread {
            inbox: 1,
            folders: 0
        })]
    );
    it.events.clear();
    it.server("IPG 16\r\n<TEXT>hey</TEXT>NOT 3\r\nxxx");
    let [Event::Alerted(alert)] = it.events.as_slice() else {
        panic!("{:?}", it.events)
    };
    assert_eq!(alert.text, "hey");
}
