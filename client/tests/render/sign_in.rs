//! The sign-in page.

use super::*;

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

#[test]
fn a_session_in_another_tab_can_be_moved_here() {
    let mut page = Page::default();
    page.act(Action::DialogOpened(DialogKind::OtherTab(handle("alice"))));
    let html = render(&page);
    check(
        &visible(&html),
        &[
            "Messenger is open in another tab as alice@example.com",
            "the other tab signs out",
        ],
    );
    check(&html, &[">Use it here</button>", ">Cancel</button>"]);
}

#[test]
fn a_session_that_moved_away_can_be_taken_back() {
    let mut page = Page::signed_in();
    check_absent(&render(&page), &["Use it here"]);
    page.act(Action::OtherTab(true));
    let html = render(&page);
    check(
        &html,
        &[
            "role=\"alert\"",
            ">Use it here</button>",
            ">Sign in</button>",
        ],
    );
    check(
        &visible(&html),
        &["You are using Messenger in another tab."],
    );
}
