//! The page while there is no connection, or none for certain: what it says is unknown.

use msnp6_client::store::{ContactSort, Setting};

use super::*;

fn lose(page: &mut Page) {
    let lost = SignOutReason::Link(CloseReason::Lost);
    page.event(Event::SignedOut(lost));
}

fn own(page: &mut Page, state: Presence) {
    page.act(Action::PresenceChosen(state));
    page.event(Event::OwnPresenceChanged(state));
}

#[test]
fn everybody_stands_in_one_group_whose_state_is_unknown() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Online));
    page.act(Action::SettingChanged(Setting::HideOffline(true)));
    lose(&mut page);
    let html = render(&page);
    check(
        &html,
        &[
            ">Status unknown (3)</h2>",
            "aria-label=\"Bob, status unknown\"",
        ],
    );
    check_absent(&html, &[">Online (", ">Not online (", "is hidden."]);
    let text = visible(&html);
    check(
        &text,
        &["Nobody knows who is online until the connection is back."],
    );
    check_absent(&text, &["(status unknown)"]);
}

#[test]
fn sorted_by_name_each_row_says_the_state_in_a_word() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Online));
    check(
        &visible(&render(&page)),
        &["Online (1) Bob Not online (2) Carol"],
    );
    page.act(Action::SettingChanged(Setting::Sort(ContactSort::Name)));
    check(
        &visible(&render(&page)),
        &["All (3) Bob (Online) Carol (Offline) Dave (Offline)"],
    );
    lose(&mut page);
    check(
        &visible(&render(&page)),
        &["Bob (status unknown)", "Nobody knows who is online"],
    );
}

#[test]
fn my_own_state_is_the_one_for_when_the_connection_is_back() {
    let mut page = Page::signed_in();
    own(&mut page, Presence::Away);
    check(
        &render(&page),
        &["data-word=\"Away\"", "figure--away figure--large"],
    );
    lose(&mut page);
    let html = render(&page);
    check(
        &html,
        &[
            "data-word=\"Away when back\"",
            "figure--unknown figure--large",
        ],
    );
    check(&visible(&html), &["Away when back"]);
}

#[test]
fn properties_and_people_of_a_conversation_are_unknown_in_words() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob", "carol"], true));
    lose(&mut page);
    check(
        &visible(&render(&page)),
        &["Bob (status unknown) Carol (status unknown)"],
    );
    page.act(Action::DialogOpened(DialogKind::Properties(handle("bob"))));
    check(&visible(&render(&page)), &["Status status unknown Lists"]);
}

#[test]
fn a_device_without_a_network_says_so_at_once() {
    let mut page = Page::signed_in();
    page.act(Action::NetworkChanged(false));
    let text = visible(&render(&page));
    check(
        &text,
        &["This device is offline. Checking whether Demo still answers"],
    );
    check_absent(&text, &["Connected to"]);
    page.act(Action::NetworkChanged(true));
    check(&visible(&render(&page)), &["Connected to Demo"]);
}

#[test]
fn a_wish_that_needs_a_connection_is_told_in_its_window() {
    let mut page = Page::signed_in();
    page.act(Action::DialogOpened(DialogKind::Add));
    lose(&mut page);
    page.answer("zoe@example.com");
    let html = render(&page);
    check(
        &visible(&html),
        &["There is no connection to the server now. Wait until it is back"],
    );
    check_absent(&html, &["Asking the server", "readonly"]);
}

#[test]
fn a_new_mail_is_an_alert_with_sender_and_subject() {
    let mut page = Page::signed_in();
    page.event(Event::Mail(MailNotice::Arrived {
        from: "Zoe".to_owned(),
        from_address: "zoe@example.com".to_owned(),
        subject: "Lunch".to_owned(),
        is_inbox: true,
    }));
    let html = render(&page);
    check(&html, &["role=\"alert\""]);
    check(
        &visible(&html),
        &[
            "New e-mail from \u{2068}Zoe\u{2069}: \u{2068}Lunch\u{2069}",
            "1 unread e-mail",
        ],
    );
}
