//! The wire view and the help.

use msnp6::transcript::{Recorded, Side};
use msnp6_client::store::{DialogFault, DialogKind};
use msnp6_client::view::Request;

use super::*;

fn recorded(side: Side, text: &str) -> Action {
    let text = text.to_owned();
    Action::WireRecorded(vec![Recorded { side, text }])
}

#[test]
fn the_wire_view_is_offered_before_and_after_signing_in() {
    check(&render(&Page::default()), &[">Wire view</button>"]);
    let mut page = Page::signed_in();
    check_absent(&render(&page), &["Wire view"]);
    page.act(Action::DialogOpened(DialogKind::Options));
    check(&render(&page), &[">Wire view</button>"]);
}

#[test]
fn the_wire_view_shows_who_said_what_and_can_be_closed() {
    let mut page = Page::default();
    page.act(Action::WireShown(true));
    let html = render(&page);
    check(
        &html,
        &[
            "<section aria-label=\"Wire view\"",
            "aria-label=\"Filter\"",
            ">Pause</button>",
            ">Clear</button>",
            ">Copy</button>",
            "aria-label=\"Close the wire view\"",
        ],
    );
    check(&visible(&html), &["Nothing has been said"]);
    page.act(recorded(Side::Client, "C: VER 1 MSNP6"));
    page.act(recorded(Side::Server, "S: <b>"));
    check(
        &render(&page),
        &[
            "<li class=\"wire__client\">C: VER 1 MSNP6</li>",
            "<li class=\"wire__server\">S: &lt;b&gt;</li>",
        ],
    );
    page.act(Action::WireShown(false));
    check_absent(&render(&page), &["<section aria-label=\"Wire view\""]);
}

#[test]
fn of_a_long_dialogue_the_latest_lines_are_shown_and_what_is_left_out_is_said() {
    let mut page = Page::default();
    page.act(Action::WireShown(true));
    for number in 0..1_002 {
        page.act(recorded(Side::Server, &format!("S: QNG {number}.")));
    }
    let html = render(&page);
    check(&html, &[">S: QNG 2.</li>", ">S: QNG 1001.</li>"]);
    check_absent(&html, &[">S: QNG 1.</li>"]);
    check(
        &visible(&html),
        &["The latest 1,000 lines are shown; a copy has all"],
    );
    page.act(recorded(Side::Server, &"y".repeat(3_600_000)));
    check(
        &visible(&render(&page)),
        &["lines after the beginning are missing"],
    );
}

#[test]
fn a_copy_says_what_is_in_it() {
    let mut page = Page::default();
    page.act(Action::WireShown(true));
    page.act(Action::WireCopied(true));
    check(&visible(&render(&page)), &["Copied, with all texts"]);
    page.act(Action::WireCopied(false));
    check(&visible(&render(&page)), &["did not allow the copy"]);
}

#[test]
fn help_has_the_keys_the_states_what_is_safe_and_every_failure() {
    check(&render(&Page::default()), &[">Help</button>"]);
    let mut page = Page::signed_in();
    check(&render(&page), &["aria-label=\"Help\""]);
    page.request(Request::Help);
    let html = render(&page);
    check(&html, &["<bdi>Help</bdi>", "<details open"]);
    check(
        &visible(&html),
        &[
            "Shift+Enter, on a touch screen Enter Begin a new line",
            "On the phone is talking to somebody else",
            "Never give out your password",
            "The gateway is restarting. Wait a few seconds",
            "The connection was lost.",
        ],
    );
}

#[test]
fn the_help_key_leaves_an_open_window_alone() {
    let mut page = Page::signed_in();
    page.act(Action::DialogOpened(DialogKind::Add));
    page.request(Request::Help);
    check(&render(&page), &["<bdi>Add a contact</bdi>"]);
}

#[test]
fn a_recording_is_chosen_in_a_window_before_signing_in() {
    let mut page = Page::default();
    check(&render(&page), &[">Replay a recording</button>"]);
    page.act(Action::DialogOpened(DialogKind::Replay));
    let html = render(&page);
    check(
        &html,
        &[
            "<bdi>Replay a recording</bdi>",
            "field__label\">Recording</span><textarea",
            "type=\"file\"",
            ">Replay</button>",
        ],
    );
    page.act(Action::DialogAnswered(Err(DialogFault::NoRecording)));
    check(&visible(&render(&page)), &["Nobody signs in in that text."]);
}

#[test]
fn a_replay_says_that_it_is_one_and_how_to_stop_it() {
    let mut page = Page::default();
    page.act(Action::ReplayBegan(handle("alice")));
    let html = render(&page);
    check(&html, &[">Stop the replay</button>"]);
    check(
        &visible(&html),
        &[
            "Replay of a recording. Nothing is sent anywhere.",
            "Connecting to a recording",
        ],
    );
    page.act(Action::ReplayOver);
    check(&visible(&render(&page)), &["Replay is over."]);
    page.act(Action::ReplayStopped);
    check_absent(&render(&page), &["Stop the replay"]);
}

#[test]
fn no_recording_is_offered_while_signed_in() {
    let mut page = Page::signed_in();
    page.act(Action::WireShown(true));
    check_absent(&render(&page), &[">Replay</button>"]);
    page.event(Event::SignedOut(SignOutReason::Requested));
    check(&render(&page), &[">Replay</button>"]);
}
