//! Views rendered to text, without a browser: the names and roles that people and tests rely on, and
//! that nothing from outside becomes markup.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail; clippy sees only the marked functions as tests, not their helpers"
)]

mod common;

use common::*;
use msnp6::command::ErrorCode;
use msnp6::messenger::{
    CloseReason, Delivery, DeliveryFailure, Event, SignInFailure, SignInStep, SignOutReason,
};
use msnp6::model::{ConversationId, FriendlyName, Presence, Secret, TextId};
use msnp6_client::store::{Action, AppState, Config, ConfigFailure, DemoAccount, Server, Shared};
use msnp6_client::view::screen;
use tokio::task::LocalSet;
use yew::{Callback, Html, LocalServerRenderer, Properties, component};

#[derive(PartialEq, Properties)]
struct ScreenProps {
    state: Shared<AppState>,
}

#[component]
fn Screen(props: &ScreenProps) -> Html {
    screen(&props.state, &Callback::noop())
}

/// The whole page as the browser would get it.
fn render(page: &Page) -> String {
    let state = Shared::new(page.state.clone());
    let props = ScreenProps { state };
    let renderer = LocalServerRenderer::<Screen>::with_props(props).hydratable(false);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    LocalSet::new().block_on(&runtime.expect("a runtime"), renderer.render())
}

/// What of it is text, with one space wherever elements meet.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for c in html.chars() {
        match c {
            '<' => is_inside = true,
            '>' => {
                is_inside = false;
                text.push(' ');
            }
            c if !is_inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    for part in expected {
        assert!(html.contains(part), "missing: {part}\nfound: {html}");
    }
}

#[track_caller]
fn check_absent(html: &str, unwanted: &[&str]) {
    for part in unwanted {
        assert!(!html.contains(part), "unwanted: {part}\nfound: {html}");
    }
}

fn config(servers: &[&str], demo: &[&str]) -> Action {
    let servers = servers.iter().map(|name| Server {
        name: (*name).to_owned(),
        label: format!("The {name}"),
    });
    let demo_accounts = demo.iter().map(|who| DemoAccount {
        handle: handle(who).as_str().to_owned(),
        password: Secret::new("demo".to_owned()),
    });
    Action::ConfigAnswered(Ok(Config {
        servers: servers.collect(),
        demo_accounts: demo_accounts.collect(),
        version: "1.2.3".to_owned(),
    }))
}

// Sign-in

#[test]
fn the_form_has_the_names_that_stand() {
    let html = render(&Page::default());
    check(
        &html,
        &[
            "<label for=\"address\" class=\"field__label\">E-mail address</label>",
            "<label for=\"password\" class=\"field__label\">Password</label>",
            "<label for=\"status\" class=\"field__label\">Status</label>",
            "<span>Remember my address</span>",
            ">Sign in</button>",
            "role=\"status\" aria-label=\"Connection\"",
        ],
    );
    check_absent(&html, &["role=\"alert\"", ">Cancel</button>"]);
}

#[test]
fn the_server_is_asked_for_only_when_there_are_several() {
    let mut page = Page::default();
    page.act(config(&["one"], &[]));
    check_absent(&render(&page), &["for=\"server\""]);
    page.act(config(&["one", "two"], &[]));
    check(
        &render(&page),
        &[
            "for=\"server\" class=\"field__label\">Server</label>",
            ">The two</option>",
        ],
    );
}

#[test]
fn demo_accounts_are_offered_when_there_are_any() {
    let mut page = Page::default();
    page.act(config(&["demo"], &["alice", "bob"]));
    let html = render(&page);
    check(&html, &["aria-label=\"Fill in bob@example.com\""]);
    check(
        &visible(&html),
        &["Try it: alice@example.com , password demo"],
    );
    page.act(config(&["real"], &[]));
    check_absent(&render(&page), &["Try it"]);
}

#[test]
fn the_page_says_that_the_gateway_is_away_and_offers_to_try_again() {
    let mut page = Page::default();
    page.act(Action::ConfigAnswered(Err(ConfigFailure::Unreachable)));
    let html = render(&page);
    check(&html, &["role=\"alert\"", ">Try again</button>"]);
    check(&visible(&html), &["does not answer"]);
}

#[test]
fn a_sign_in_under_way_shows_its_steps_and_can_be_cancelled() {
    let mut page = Page::default();
    page.ask_sign_in("alice");
    page.event(Event::SignInProgress(SignInStep::Connecting));
    page.pass(48);
    page.event(Event::SignInProgress(SignInStep::Authenticating));
    let html = render(&page);
    check(
        &html,
        &[
            "aria-label=\"Progress\"",
            ">Cancel</button>",
            "<fieldset disabled",
        ],
    );
    check(
        &visible(&html),
        &[
            "Reaching the server 48 ms Checking your password",
            "Connecting to Demo: Checking your password",
        ],
    );
    check_absent(&html, &[">Sign in</button>"]);
}

#[test]
fn a_wrong_password_is_an_alert_that_mentions_old_clients() {
    let mut page = Page::default();
    page.ask_sign_in("alice");
    let failure = SignInFailure::Refused(ErrorCode::AUTHENTICATION_FAILED);
    page.event(Event::SignInFailed(failure));
    let html = render(&page);
    check(&html, &["role=\"alert\""]);
    check(
        &visible(&html),
        &["The address or the password is wrong.", "old clients"],
    );
}

#[test]
fn an_ended_session_says_why_beside_what_it_leaves_behind() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "still here"));
    page.type_draft(1, "unsent");
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    let html = render(&page);
    check(
        &html,
        &[
            "role=\"alert\"",
            "still here",
            ">unsent</textarea>",
            "readonly",
            "value=\"alice@example.com\"",
        ],
    );
    check(&visible(&html), &["signed in somewhere else"]);
}

// Contacts

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
            "id=\"unread-bob@example.com\" class=\"hidden\">1 unread",
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
fn controls_of_later_do_not_stand_around() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    check_absent(
        &render(&page),
        &["Add a contact", "Invite", "Block", "Remove"],
    );
}

// Conversations

#[test]
fn a_conversation_has_the_names_that_stand() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let html = render(&page);
    check(
        &html,
        &[
            "aria-label=\"Conversation with Bob\"",
            "role=\"log\" aria-label=\"Messages\"",
            "aria-label=\"Message\"",
            ">Send</button>",
            "aria-label=\"Close conversation\"",
        ],
    );
}

#[test]
fn texts_stand_under_who_said_them_with_the_time_and_the_day() {
    let mut page = Page::signed_in();
    page.set_clock(23, 14, 2);
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "hello"));
    page.event(queued(1, 1, "hi\nthere"));
    page.set_clock(24, 0, 5);
    page.event(text(1, "bob", "late"));
    check(
        &visible(&render(&page)),
        &[
            "Monday, 23 November 2026 Bob says: 14:02 hello Alice says: 14:02 hi there Sending\u{2026} \
           Tuesday, 24 November 2026 Bob says: 00:05 late",
        ],
    );
}

#[test]
fn a_failed_text_says_why_and_can_be_sent_again() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "hello"));
    page.event(Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(1),
        delivery: Delivery::Failed(DeliveryFailure::Link(CloseReason::Lost)),
    });
    let html = render(&page);
    check(&html, &[">Send again</button>"]);
    check(
        &visible(&html),
        &["Not delivered: The connection was lost."],
    );
}

#[test]
fn a_text_that_arrived_says_nothing() {
    for fate in [Delivery::Delivered, Delivery::Unconfirmed] {
        let mut page = Page::signed_in();
        page.event(opened(1, &["bob"], true));
        page.event(queued(1, 1, "hello"));
        page.event(Event::TextDelivery {
            conversation: ConversationId(1),
            text_id: TextId(1),
            delivery: fate,
        });
        check_absent(&render(&page), &["line__fate"]);
    }
}

#[test]
fn who_is_typing_is_a_status() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    check_absent(&render(&page), &["is typing"]);
    page.event(Event::TypingReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
    });
    check(
        &render(&page),
        &["role=\"status\" aria-label=\"Bob is typing\""],
    );
}

#[test]
fn nothing_can_be_sent_that_is_empty_or_too_long() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let sendable = |page: &Page| {
        let html = render(page);
        let button = html.find(">Send</button>").expect("a button");
        let start = html[..button].rfind("<button").expect("its start");
        !html[start..button].contains("disabled")
    };
    assert!(!sendable(&page));
    page.type_draft(1, "   ");
    assert!(!sendable(&page));
    page.type_draft(1, "hello");
    assert!(sendable(&page));
    page.type_draft(1, &"é".repeat(701));
    assert!(!sendable(&page));
    check(
        &visible(&render(&page)),
        &["Too long for one message by 2."],
    );
}

#[test]
fn the_room_left_is_shown_near_the_limit_only() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, &"a".repeat(1000));
    check_absent(&visible(&render(&page)), &["left"]);
    page.type_draft(1, &"a".repeat(1390));
    check(&visible(&render(&page)), &["10 left"]);
}

// Hostile words

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
    page.event(text(1, "bob", "hello"));
    let html = render(&page);
    let places = html.matches("<bdi>\u{202e}evil</bdi>").count();
    assert!(places >= 3, "list, tab and head: {places}\n{html}");
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
