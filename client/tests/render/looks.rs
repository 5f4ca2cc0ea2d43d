//! How texts look: fonts, colours, effects, links and emoticons.

use super::*;
use msnp6::messenger::{Colour, Effects, TextFormat};
use msnp6_client::store::Setting;

fn said(words: &str, format: TextFormat) -> Page {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(looking(1, "bob", words, format));
    page
}

fn html_of(words: &str) -> String {
    render(&said(words, TextFormat::default()))
}

/// The last tag of a kind before that.
fn tag<'a>(html: &'a str, begin: &str, end: &str) -> &'a str {
    let end = html.find(end).unwrap_or_else(|| panic!("{end}: {html}"));
    &html[html[..end].rfind(begin).expect("a tag")..end]
}

const RED: Colour = Colour {
    red: 255,
    green: 0,
    blue: 0,
};

#[test]
fn a_text_has_the_effects_the_font_and_the_direction_of_its_writer() {
    let format = TextFormat {
        font: Some("Comic Sans MS".to_owned()),
        effects: Effects {
            is_bold: true,
            is_struck: true,
            ..Effects::default()
        },
        colour: RED,
        is_right_to_left: true,
        ..TextFormat::default()
    };
    let html = render(&said("hello", format));
    let text = tag(&html, "<div ", ">hello<");
    check(
        text,
        &[
            "line__text",
            "data-effects=\"BS\"",
            "dir=\"rtl\"",
            "data-look=\"#",
        ],
    );
    check(&html, &[" Comic Sans MS\""]);
    check_absent(&html, &[" style=", "<font"]);
}

#[test]
fn a_font_that_tries_to_be_more_stays_a_name() {
    let format = TextFormat {
        font: Some("x\"; background: url(//evil.example) ;\"".to_owned()),
        ..TextFormat::default()
    };
    let html = render(&said("hello", format));
    check(
        &html,
        &["data-look=\"  x; background: url(//evil.example) ;\""],
    );
}

#[test]
fn a_text_without_a_look_has_the_pages_own() {
    let html = html_of("hello");
    let text = tag(&html, "<div ", ">hello<");
    check(text, &["class=\"line__text\""]);
    check_absent(text, &["data-look"]);
}

#[test]
fn my_own_texts_and_the_composer_have_my_look() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.act(Action::SettingChanged(Setting::TextFormat(
        "FN=Arial; EF=I; CO=ff".to_owned(),
    )));
    page.event(queued(1, 1, "mine"));
    let html = render(&page);
    assert_eq!(html.matches("data-effects=\"I\"").count(), 2, "{html}");
    assert_eq!(html.matches(" Arial\"").count(), 2, "{html}");
}

#[test]
fn a_link_leads_away_without_telling_where_from() {
    let html = html_of("see www.example.com, or javascript:alert(1)");
    let link = tag(
        &html,
        "<a ",
        ">www.example.com</a>, or javascript:alert(1)<",
    );
    check(
        link,
        &[
            "href=\"http://www.example.com\"",
            "target=\"_blank\"",
            "rel=\"noopener noreferrer nofollow\"",
        ],
    );
    assert_eq!(html.matches("<a ").count(), 1);
}

#[test]
fn an_emoticon_is_a_picture_with_a_name_and_keeps_its_code() {
    let html = html_of("hi :) there");
    check(&html, &["role=\"img\" aria-label=\"smile :)\""]);
    check(
        &html,
        &[
            "<use href=\"emoticons.svg#e-smile\"></use></svg><span class=\"emoticon__code\">:)</span></span> there",
        ],
    );
}

#[test]
fn emoticons_can_be_switched_off() {
    let mut page = said("hi :)", TextFormat::default());
    page.act(Action::SettingChanged(Setting::Emoticons(false)));
    let html = render(&page);
    check(&html, &[">hi :)</div>"]);
    check_absent(&html, &["role=\"img\"", ">Emoticons<"]);
}
