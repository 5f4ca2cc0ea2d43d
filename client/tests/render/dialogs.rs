//! The window over the page.

use msnp6::messenger::Change;
use msnp6_client::store::DialogKind;

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
            "for=\"dialog-text\" class=\"field__label\">E-mail address</label>",
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
