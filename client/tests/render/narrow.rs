//! What a narrow page needs because it shows one pane at a time, and what leads to people on no list.

use super::*;

fn two_groups() -> Page {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(opened(2, &["bob", "carol"], false));
    page.event(opened(3, &["mallory"], false));
    page.event(text(2, "carol", "one"));
    page.event(text(2, "carol", "two"));
    page.event(text(3, "mallory", "buy"));
    page
}

#[test]
fn conversations_without_a_contact_stand_above_the_list_with_what_is_unread() {
    check_absent(&render(&Page::signed_in()), &["class=\"apart\""]);
    let html = render(&two_groups());
    let begin = html.find("class=\"apart\"").expect("a section");
    let end = begin + html[begin..].find("</nav>").expect("its end");
    assert_eq!(
        visible(&format!("<{}", &html[begin..end])),
        "Conversations (2) Bob and Carol 2 unread Mallory 1 unread"
    );
}

#[test]
fn the_way_back_says_how_many_texts_wait_elsewhere() {
    let mut page = two_groups();
    check(
        &render(&page),
        &["aria-label=\"Back to contacts, 3 unread in other conversations\""],
    );
    for id in [2, 3] {
        page.act(Action::ConversationShown(page.key(id)));
    }
    check(&render(&page), &["aria-label=\"Back to contacts\""]);
}

#[test]
fn everybody_in_a_conversation_has_a_menu() {
    let mut page = two_groups();
    page.act(Action::ConversationShown(page.key(3)));
    check(&render(&page), &["aria-label=\"More about Mallory\""]);
    page.act(Action::DialogOpened(DialogKind::Menu(handle("mallory"))));
    let html = render(&page);
    for word in [
        "Send a message",
        "Block",
        "Add to my contacts",
        "Properties",
    ] {
        check(&html, &[&format!("class=\"menu__item\">{word}</button>")]);
    }
    check_absent(&html, &[">Remove</button>"]);
    page.act(Action::DialogOpened(DialogKind::Properties(handle(
        "mallory",
    ))));
    check(
        &visible(&render(&page)),
        &[
            "Properties of Mallory E-mail address mallory@example.com Status status unknown Lists None",
        ],
    );
    page.act(Action::ConversationShown(page.key(2)));
    let html = render(&page);
    let people = &html[html.find("People here").expect("a list")..];
    check(people, &["More about Bob", "More about Carol"]);
}

#[test]
fn whoever_has_me_in_their_list_has_a_menu_in_the_privacy_window() {
    let mut page = Page::signed_in();
    page.event(listed("zoe", &[ListKind::Reverse]));
    page.act(Action::DialogOpened(DialogKind::Privacy));
    check(&render(&page), &["aria-label=\"More about Zoe\""]);
    page.act(Action::DialogOpened(DialogKind::Menu(handle("zoe"))));
    check(&render(&page), &[">Add to my contacts</button>"]);
}
