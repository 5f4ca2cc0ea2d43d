//! Hostile words, and what the security policy of the page forbids.

use super::*;

#[test]
fn names_and_texts_are_never_markup() {
    let mut page = Page::signed_in();
    let hostile = "<img src=x onerror=alert(1)>\"'&amp;";
    page.event(Event::ContactPresence {
        handle: handle("bob"),
        name: Some(FriendlyName::from_wire(
            hostile.replace(' ', "%20").as_bytes(),
        )),
        presence: Presence::Online,
    });
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", hostile));
    page.type_draft(1, "</textarea><script>alert(1)</script>");
    check_absent(&render(&page), &["<img", "<script", "onerror=alert(1)>\""]);
}

#[test]
fn names_are_isolated_from_the_words_around_them() {
    let mut page = Page::signed_in();
    page.event(Event::ContactPresence {
        handle: handle("bob"),
        name: Some(name("\u{202e}evil")),
        presence: Presence::Online,
    });
    page.event(opened(1, &["bob"], true));
    page.event(Event::TextReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
        name: name("\u{202e}evil"),
        format: msnp6::messenger::TextFormat::default(),
        text: "hello".to_owned(),
    });
    page.event(Event::TypingReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
    });
    let html = render(&page);
    check(&html, &["<bdi>\u{202e}evil</bdi> says:"]);
    check(&html, &["<bdi>\u{202e}evil</bdi> is typing"]);
    check(&html, &["<bdi class=\"contact__name\">\u{202e}evil</bdi>"]);
    let places = html.matches("<bdi>\u{202e}evil</bdi>").count();
    assert_eq!(places, 4, "tab, head, transcript and typing\n{html}");
}

#[test]
fn no_element_carries_a_style_or_a_script() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello"));
    for html in [render(&Page::default()), render(&page)] {
        check_absent(&html, &[" style=", "<style", "<script", " onclick="]);
    }
}
