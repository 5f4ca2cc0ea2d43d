//! The contact list.

use super::*;

#[test]
fn contacts_are_buttons_with_name_and_status_under_counted_headings() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::BeRightBack));
    let html = render(&page);
    check(
        &html,
        &[
            "aria-label=\"Contacts\"",
            ">Online (1)</h2>",
            ">Not online (2)</h2>",
            "aria-label=\"Bob, Be right back\"",
            "aria-label=\"Carol, Offline\"",
            "aria-label=\"My status\"",
            ">Sign out</button>",
        ],
    );
    check(&visible(&html), &["Bob (Be right back)"]);
}

#[test]
fn every_state_has_its_own_word_and_a_shape() {
    for state in Presence::ALL {
        if state == Presence::AppearOffline {
            continue;
        }
        let mut page = Page::signed_in();
        page.event(presence("bob", state));
        let html = render(&page);
        let word = msnp6_client::text::presence(state);
        check(&html, &[&format!("aria-label=\"Bob, {word}\"")]);
        let row = &html[html.find("aria-label=\"Bob,").expect("a row")..];
        check(&row[..400], &["figure--", "href=\"#figure"]);
    }
}

#[test]
fn unread_texts_are_counted_at_the_contact_without_changing_its_name() {
    let mut page = Page::signed_in();
    page.event(presence("bob", Presence::Online));
    page.event(opened(1, &["bob"], false));
    page.event(text(1, "bob", "hi"));
    let html = render(&page);
    check(
        &html,
        &[
            "aria-label=\"Bob, Online\"",
            "data-word=\"1\"",
            "id=\"more-bob@example.com\" hidden=\"hidden\">1 unread",
        ],
    );
}

#[test]
fn a_list_on_its_way_says_so() {
    let mut page = Page::default();
    page.sign_in("alice");
    check(&render(&page), &["Fetching your contacts"]);
}

#[test]
fn a_blocked_contact_is_marked_by_shape_and_word_without_changing_its_name() {
    let mut page = Page::signed_in();
    page.event(listed("bob", &[ListKind::Forward, ListKind::Block]));
    let html = render(&page);
    check(
        &html,
        &[
            "aria-label=\"Bob, Offline\"",
            "data-word=\"Blocked\"",
            "id=\"more-bob@example.com\" hidden=\"hidden\">Blocked",
            "href=\"#icon-blocked\"",
        ],
    );
}

#[test]
fn waiting_mail_is_counted_in_the_head() {
    let mut page = Page::signed_in();
    check_absent(&render(&page), &["unread e-mail"]);
    page.event(Event::Mail(MailNotice::Unread {
        inbox: 3,
        folders: 9,
    }));
    check(&visible(&render(&page)), &["3 unread e-mails"]);
}

#[test]
fn whoever_added_me_stands_above_the_list_until_a_decision() {
    let mut page = Page::signed_in();
    page.event(added_by("zoe"));
    page.event(added_by("yves"));
    let html = render(&page);
    check(
        &html,
        &[
            "role=\"dialog\" aria-labelledby=\"added-by\"",
            ">Allow</button>",
            ">Block</button>",
            "<input type=\"checkbox\" checked>",
            "class=\"notice notice--adder\"",
            ">Show</button>",
        ],
    );
    let text = visible(&html);
    check(
        &text,
        &[
            "Zoe has added you",
            "zoe@example.com wants",
            "Also add them to my contacts",
            "1 more waiting",
        ],
    );
    page.event(listed("zoe", &[ListKind::Allow, ListKind::Reverse]));
    check(&visible(&render(&page)), &["Yves has added you"]);
}

#[test]
fn every_empty_place_says_what_to_do() {
    let mut page = Page::default();
    page.sign_in("alice");
    page.event(contact_list(&[]));
    check(
        &visible(&render(&page)),
        &[
            "Your list is empty. Add somebody by their e-mail address.",
            "Add somebody to your contacts. Then start a conversation from there.",
        ],
    );
    page.event(contact_list(&["bob"]));
    check(
        &visible(&render(&page)),
        &[
            "Nobody is online now.",
            "Choose somebody from your contacts to start a conversation.",
        ],
    );
    page.event(presence("bob", Presence::Away));
    check_absent(&visible(&render(&page)), &["Nobody is online now."]);
}
