//! What closing and signing out would take of mine, the question before it, and where the focus is afterwards.

use super::*;
use msnp6_client::requests::signs_out;
use msnp6_client::store::Losses;

fn talking() -> Page {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page
}

fn told(page: &mut Page, text_id: u32, delivery: Delivery) {
    page.event(Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(text_id),
        delivery,
    });
}

fn close(page: &mut Page) -> Vec<Intent> {
    let key = page.key(1);
    page.request(Request::CloseConversation(key))
}

fn question(page: &Page) -> Option<&DialogKind> {
    page.state.dialog.as_ref().map(|dialog| &dialog.kind)
}

fn discard(page: &mut Page) -> Vec<Intent> {
    page.request(Request::Answer(Answer::default()))
}

#[test]
fn what_would_be_lost_is_counted_by_kind() {
    let mut page = talking();
    page.type_draft(1, "half a thought");
    for number in 1..=4 {
        page.event(queued(1, number, "mine"));
    }
    told(&mut page, 1, Delivery::Delivered);
    told(&mut page, 2, Delivery::Unconfirmed);
    told(&mut page, 3, Delivery::Failed(DeliveryFailure::NoAnswer));
    page.event(opened(2, &["carol"], true));
    page.type_draft(2, "  \n");
    let expected = Losses {
        waiting: 1,
        failed: 1,
        drafts: 1,
    };
    assert_eq!(Losses::of(&page.state, Some(page.key(1))), expected);
    assert_eq!(Losses::of(&page.state, None), expected);
    assert!(Losses::of(&page.state, Some(page.key(2))).is_empty());
}

#[test]
fn a_draft_that_only_repeats_a_text_of_mine_is_no_loss() {
    let mut page = talking();
    page.event(queued(1, 1, "said"));
    told(&mut page, 1, Delivery::Delivered);
    let key = page.key(1);
    page.request(Request::RecallText {
        key,
        is_older: true,
    });
    assert_eq!(page.only().draft, "said");
    assert!(Losses::of(&page.state, None).is_empty());
}

#[test]
fn a_conversation_with_nothing_to_lose_closes_without_a_question() {
    let mut page = talking();
    page.event(text(1, "bob", "hello"));
    assert!(matches!(
        close(&mut page)[..],
        [Intent::CloseConversation { .. }]
    ));
    assert!(page.state.conversations.is_empty() && page.state.dialog.is_none());
}

#[test]
fn a_conversation_with_a_draft_closes_after_one_question() {
    let mut page = talking();
    page.type_draft(1, "half a thought");
    let key = page.key(1);
    assert!(close(&mut page).is_empty());
    assert_eq!(question(&page), Some(&DialogKind::Leave(Some(key))));
    page.request(Request::CloseDialog);
    assert_eq!(page.only().draft, "half a thought");

    close(&mut page);
    assert!(matches!(
        discard(&mut page)[..],
        [Intent::CloseConversation { .. }]
    ));
    assert!(page.state.conversations.is_empty() && page.state.dialog.is_none());
    assert_eq!(page.state.windows.focus.pane, Pane::List);
}

#[test]
fn signing_out_asks_when_a_text_waits_and_forgets_it_only_then() {
    let mut page = talking();
    page.event(queued(1, 1, "waiting"));
    assert!(!signs_out(&page.state, &Request::SignOut));
    assert!(page.request(Request::SignOut).is_empty());
    assert_eq!(question(&page), Some(&DialogKind::Leave(None)));
    let yes = Request::Answer(Answer::default());
    assert!(signs_out(&page.state, &yes));
    assert!(matches!(page.request(yes)[..], [Intent::SignOut]));
}

#[test]
fn signing_out_without_a_connection_asks_as_well() {
    let mut page = talking();
    page.event(Event::SignedOut(SignOutReason::TimedOut));
    let key = page.only().key;
    let text = "put off".to_owned();
    page.request(Request::SendText { key, text });
    page.request(Request::SignOut);
    assert_eq!(question(&page), Some(&DialogKind::Leave(None)));
    assert_eq!(page.state.phase, Phase::Interrupted);
    discard(&mut page);
    assert_eq!(page.state.phase, Phase::SignedOut { ending: None });
    assert!(page.state.conversations.is_empty());
}

#[test]
fn signing_out_with_nothing_to_lose_asks_nothing() {
    let mut page = talking();
    assert!(signs_out(&page.state, &Request::SignOut));
    assert!(matches!(
        page.request(Request::SignOut)[..],
        [Intent::SignOut]
    ));
}

#[test]
fn a_sign_in_that_is_cancelled_asks_nothing() {
    let mut page = talking();
    page.type_draft(1, "half a thought");
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    page.ask_sign_in("alice");
    assert!(matches!(
        page.request(Request::SignOut)[..],
        [Intent::SignOut]
    ));
}

#[test]
fn each_deed_that_takes_its_own_button_away_gives_the_focus_a_place() {
    let mut page = talking();
    let mut last = page.state.windows.focus;
    let mut ordered = |page: &Page, pane: Pane| {
        let now = page.state.windows.focus;
        assert!(
            now.serial > last.serial && now.pane == pane,
            "{now:?} after {last:?}"
        );
        last = now;
    };
    page.event(Event::MaintenanceAnnounced { minutes: 5 });
    page.request(Request::Dismiss(Notice::Maintenance { minutes: 5 }));
    ordered(&page, Pane::Conversation);

    page.event(queued(1, 1, "mine"));
    told(&mut page, 1, Delivery::Failed(DeliveryFailure::NoAnswer));
    let (key, line) = (page.key(1), line_key(&page, 0));
    page.request(Request::SendAgain { key, line });
    ordered(&page, Pane::Conversation);

    page.event(Event::SignedOut(SignOutReason::TimedOut));
    page.request(Request::ShowList);
    ordered(&page, Pane::List);
    page.request(Request::TryNow);
    ordered(&page, Pane::List);
    page.request(Request::StopTrying);
    ordered(&page, Pane::List);

    page.sign_in("alice");
    ordered(&page, Pane::List);
    page.event(Event::SignedOut(SignOutReason::Requested));
    ordered(&page, Pane::List);
}
