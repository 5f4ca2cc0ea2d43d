//! The window over the page.

use msnp6::messenger::{Change, ListEvent};
use msnp6::model::{Contact, PrivacyDefault, Property, PropertyValue};
use msnp6_client::store::{DialogKind, Setting};
use msnp6_client::view::Request;

use super::*;

fn open(kind: DialogKind) -> Page {
    let mut page = Page::signed_in();
    page.act(Action::DialogOpened(kind));
    page
}

#[test]
fn adding_asks_for_an_address() {
    check_absent(&render(&Page::signed_in()), &["<dialog"]);
    let html = render(&open(DialogKind::Add));
    check(
        &html,
        &[
            "<dialog aria-labelledby=\"dialog-title\"",
            "id=\"dialog-title\" class=\"dialog__title\"><bdi>Add a contact</bdi>",
            "class=\"field__label\">E-mail address</span><input id=\"dialog-text\"",
            "type=\"submit\" class=\"button button--main\">Add</button>",
            ">Cancel</button>",
        ],
    );
}

#[test]
fn waiting_for_the_server_and_its_refusal_are_told_in_the_window() {
    let mut page = open(DialogKind::Add);
    page.answer("zoe@example.com");
    check(&visible(&render(&page)), &["Asking the server"]);
    page.event(refused(Change::AddContact(handle("zoe")), 205));
    let html = render(&page);
    check(&html, &["aria-invalid=\"true\""]);
    check(&visible(&html), &["zoe@example.com was not added."]);
}

#[test]
fn a_change_that_failed_is_an_alert_with_the_next_step() {
    let mut page = Page::signed_in();
    page.event(refused(Change::RemoveContact(handle("bob")), 500));
    let html = render(&page);
    check(&html, &["role=\"alert\""]);
    check(
        &visible(&html),
        &["bob@example.com was not removed.", "Try again."],
    );
}

#[test]
fn the_menu_of_a_contact_offers_what_can_be_done() {
    let mut page = open(DialogKind::Menu(handle("bob")));
    let html = render(&page);
    check(&html, &["aria-label=\"More about Bob\"", "role=\"menu\""]);
    for word in ["Send a message", "Block", "Remove", "Properties"] {
        check(&html, &[&format!("class=\"menu__item\">{word}</button>")]);
    }
    page.event(listed("bob", &[ListKind::Forward, ListKind::Block]));
    check(&render(&page), &[">Unblock</button>"]);
}

#[test]
fn properties_tell_address_lists_and_telephone_numbers() {
    let mut page = open(DialogKind::Properties(handle("bob")));
    let mut bob = Contact::new(handle("bob"), name("Bob"));
    bob.membership.insert(ListKind::Forward);
    bob.membership.insert(ListKind::Reverse);
    let number = PropertyValue::parse("555 0100").expect("a number");
    bob.properties.insert(Property::MobilePhone, number);
    page.event(Event::Lists(ListEvent::ContactChanged(bob)));
    check(
        &visible(&render(&page)),
        &[
            "Properties of Bob E-mail address bob@example.com",
            "On your contact list Has you on their contact list",
            "Mobile phone 555 0100",
        ],
    );
}

#[test]
fn removing_is_confirmed_by_name() {
    let html = render(&open(DialogKind::Remove(handle("bob"))));
    check(
        &html,
        &[
            "<bdi>Remove Bob?</bdi>",
            ">Remove</button>",
            ">Cancel</button>",
        ],
    );
}

#[test]
fn a_window_about_somebody_who_is_gone_is_not_shown() {
    check_absent(
        &render(&open(DialogKind::Menu(handle("mallory")))),
        &["<dialog"],
    );
}

#[test]
fn my_name_is_changed_in_a_window() {
    let html = render(&open(DialogKind::Rename));
    check(
        &html,
        &[
            "aria-label=\"My name\"",
            ">Your name</span>",
            "data-begin=\"Alice\"",
            ">Mobile phone</span>",
            ">Save</button>",
        ],
    );
}

#[test]
fn those_who_can_be_invited_have_a_box_each() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(presence("carol", Presence::Away));
    check(
        &render(&page),
        &["aria-label=\"Invite someone\"", "aria-label=\"Nudge\""],
    );
    page.act(Action::DialogOpened(DialogKind::Invite(page.key(1))));
    let html = render(&page);
    check(
        &html,
        &[
            "type=\"checkbox\"",
            "value=\"carol@example.com\"",
            ">Invite</button>",
        ],
    );
    check(&visible(&html), &["Carol (Away)"]);
    page.event(presence("carol", Presence::Offline));
    check(
        &visible(&render(&page)),
        &["Nobody else on your list is online now."],
    );
}

#[test]
fn options_show_what_is_in_force() {
    let mut page = open(DialogKind::Options);
    let html = render(&page);
    check(
        &html,
        &[
            "<bdi>Options</bdi>",
            "<option selected=\"selected\">After 5 minutes</option>",
            "<input checked type=\"checkbox\"><span>Show emoticons",
        ],
    );
    page.request(Request::Set(Setting::IdleMinutes(0)));
    page.request(Request::Set(Setting::Emoticons(false)));
    let html = render(&page);
    check(&html, &["<option selected=\"selected\">Never</option>"]);
    check_absent(&html, &["<input checked"]);
}

#[test]
fn privacy_shows_both_lists_with_all_others_in_one_of_them() {
    let mut page = open(DialogKind::Privacy);
    page.event(listed("bob", &[ListKind::Allow, ListKind::Reverse]));
    page.event(listed("dave", &[ListKind::Block]));
    let html = render(&page);
    check(
        &html,
        &[
            "<bdi>Privacy</bdi>",
            ">May see and call me</label>",
            "<option value=\"*\">All others</option><option title=\"bob@example.com\"",
            ">Blocked</label>",
            "value=\"block\" class=\"button\">Block</button>",
            "value=\"allow\" class=\"button\">Allow</button>",
            "<input checked type=\"checkbox\"><span>Ask me when somebody adds me",
            "Who has me in their list (1)",
        ],
    );
    page.event(Event::Lists(ListEvent::Privacy(PrivacyDefault::Block)));
    check(
        &render(&page),
        &["<option value=\"*\">All others</option><option title=\"dave@example.com\""],
    );
}

#[test]
fn a_removal_offers_to_block_whoever_is_not_blocked() {
    let mut page = open(DialogKind::Remove(handle("bob")));
    check(&visible(&render(&page)), &["Also block them"]);
    page.event(listed("bob", &[ListKind::Forward, ListKind::Block]));
    check_absent(&visible(&render(&page)), &["Also block them"]);
}
