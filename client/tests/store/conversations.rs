//! Conversations: opening, reading, writing, typing, closing.

use super::*;

#[test]
fn a_conversation_that_i_open_comes_to_the_front_with_the_focus() {
    let mut page = Page::signed_in();
    let before = page.state.windows.focus.serial;
    page.event(opened(1, &["bob"], true));
    assert_eq!(page.state.windows.selected, Some(page.key(1)));
    assert_eq!(page.state.windows.focus.pane, Pane::Conversation);
    assert!(page.state.windows.focus.serial > before);
}

#[test]
fn a_conversation_that_others_open_moves_nothing() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let before = page.state.windows.clone();
    page.event(opened(2, &["carol"], false));
    page.event(text(2, "carol", "hi"));
    assert_eq!(page.state.windows, before);
}

#[test]
fn texts_are_unread_until_their_conversation_is_looked_at() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], false));
    page.event(text(1, "bob", "one"));
    page.event(text(1, "bob", "two"));
    assert_eq!(page.conversation(1).unread, 2);
    assert_eq!(select::page_title(&page.state), "(2) Messenger");
    assert_eq!(select::unread_from(&page.state), [(handle("bob"), 2)]);
    page.act(Action::ConversationShown(page.key(1)));
    assert_eq!(page.conversation(1).unread, 0);
    assert_eq!(select::page_title(&page.state), "Messenger");
}

#[test]
fn a_text_in_the_conversation_in_front_is_read_at_once() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "one"));
    assert_eq!(page.conversation(1).unread, 0);
}

#[test]
fn a_text_is_unread_while_the_page_is_hidden() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.act(Action::PageShown(false));
    page.event(text(1, "bob", "one"));
    assert_eq!(page.conversation(1).unread, 1);
    page.act(Action::PageShown(true));
    assert_eq!(page.conversation(1).unread, 0);
}

#[test]
fn on_a_narrow_page_a_text_is_unread_while_the_list_is_in_front() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.act(Action::ListShown);
    page.event(text(1, "bob", "one"));
    assert_eq!(page.conversation(1).unread, 1);
}

#[test]
fn each_conversation_keeps_its_own_draft() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(opened(2, &["carol"], true));
    page.type_draft(1, "for bob");
    page.type_draft(2, "for carol");
    assert_eq!(page.conversation(1).draft, "for bob");
    assert_eq!(page.conversation(2).draft, "for carol");
}

#[test]
fn a_draft_goes_when_its_text_was_taken_and_not_before() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "hello\n");
    page.event(Event::IntentRefused(IntentRefusal::Text));
    assert_eq!(page.conversation(1).draft, "hello\n");
    page.event(queued(1, 1, "hello"));
    assert_eq!(page.conversation(1).draft, "");
}

#[test]
fn a_draft_that_went_on_in_the_meantime_stays() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.type_draft(1, "something else");
    page.event(queued(1, 1, "hello"));
    assert_eq!(page.conversation(1).draft, "something else");
}

#[test]
fn the_fate_of_a_text_is_written_to_its_line() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 4, "hello"));
    assert_eq!(delivery(&page), None);
    for fate in [
        Delivery::Sent,
        Delivery::Delivered,
        Delivery::Failed(DeliveryFailure::Refused),
    ] {
        page.event(Event::TextDelivery {
            conversation: ConversationId(1),
            text_id: TextId(4),
            delivery: fate.clone(),
        });
        assert_eq!(delivery(&page), Some(fate));
    }
}

#[test]
fn sending_again_takes_the_failed_line_away_and_sends_its_text() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "first"));
    page.event(queued(1, 2, "second"));
    let line = line_key(&page, 0);
    let key = page.key(1);
    let plan = plan(&page.state, Request::SendAgain { key, line });
    assert!(
        matches!(&plan.intents[..], [Intent::SendText { text, .. }] if text == "first"),
        "{plan:?}"
    );
    for action in plan.actions {
        page.act(action);
    }
    assert_eq!(transcript(page.only()), ["second"]);
}

#[test]
fn nothing_is_taken_away_when_it_cannot_be_sent_again() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(queued(1, 1, "first"));
    page.event(Event::TextDelivery {
        conversation: ConversationId(1),
        text_id: TextId(1),
        delivery: Delivery::Failed(DeliveryFailure::NotReachable),
    });
    page.event(Event::SignedOut(SignOutReason::ElsewhereSignedIn));
    let (key, line) = (page.only().key, line_key(&page, 0));
    let plan = plan(&page.state, Request::SendAgain { key, line });
    assert!(plan.actions.is_empty() && plan.intents.is_empty());
}

#[test]
fn typing_is_shown_until_its_time_is_over() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::TypingReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
    });
    let contacts = page.state.contacts.as_ref();
    assert_eq!(
        select::typing_words(contacts, page.conversation(1)),
        Some(("Bob".to_owned(), " is typing"))
    );
    assert_eq!(select::next_expiry(&page.state), Some(Timestamp(8000)));
    page.pass(8000);
    assert_eq!(select::typing_words(None, page.conversation(1)), None);
    // What comes next is that I look idle.
    assert_eq!(select::next_expiry(&page.state), Some(Timestamp(300_000)));
}

#[test]
fn typing_ends_with_the_text() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::TypingReceived {
        conversation: ConversationId(1),
        handle: handle("bob"),
    });
    page.event(text(1, "bob", "hello"));
    assert!(page.conversation(1).typing.is_empty());
}

#[test]
fn closing_a_conversation_brings_its_neighbour_to_the_front() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(opened(2, &["carol"], true));
    page.act(Action::ConversationClosed(page.key(2)));
    assert_eq!(page.state.windows.selected, Some(page.key(1)));
}

#[test]
fn closing_the_last_conversation_leads_back_to_the_list() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.act(Action::ConversationClosed(page.key(1)));
    assert_eq!(page.state.windows.selected, None);
    assert_eq!(page.state.windows.pane, Pane::List);
    assert_eq!(page.state.windows.focus.pane, Pane::List);
}

#[test]
fn opening_a_conversation_that_is_there_only_shows_it() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], false));
    let plan = plan(&page.state, Request::OpenConversation(handle("bob")));
    assert!(plan.intents.is_empty());
    assert!(matches!(plan.actions[..], [Action::ConversationShown(key)] if key == page.key(1)));
}

#[test]
fn typing_is_told_to_others_only_when_something_is_typed() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    let key = page.key(1);
    let intents = |text: &str| {
        let text = text.to_owned();
        plan(&page.state, Request::EditDraft { key, text })
            .intents
            .len()
    };
    assert_eq!(intents("a"), 1);
    assert_eq!(intents(" \n"), 0);
}

#[test]
fn people_who_come_and_go_in_a_conversation_of_three_are_named() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::ParticipantJoined {
        conversation: ConversationId(1),
        participant: participant("carol"),
    });
    let contacts = page.state.contacts.as_ref();
    assert_eq!(
        select::title(contacts, page.conversation(1)),
        "Bob and Carol"
    );
    page.event(Event::ParticipantLeft {
        conversation: ConversationId(1),
        handle: handle("bob"),
        is_idle: false,
    });
    assert_eq!(transcript(page.only()), ["joined", "left"]);
    assert_eq!(page.only().partner(), Some(&handle("carol")));
}

#[test]
fn the_partner_of_two_stays_when_they_leave() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(Event::ParticipantLeft {
        conversation: ConversationId(1),
        handle: handle("bob"),
        is_idle: false,
    });
    assert_eq!(page.only().partner(), Some(&handle("bob")));
    assert!(page.only().lines.is_empty());
}

#[test]
fn a_partner_who_closes_the_conversation_is_named_once_and_an_idle_end_is_not_told() {
    let mut page = Page::signed_in();
    page.event(opened(1, &["bob"], true));
    page.event(text(1, "bob", "bye"));
    let left = |is_idle| Event::ParticipantLeft {
        conversation: ConversationId(1),
        handle: handle("bob"),
        is_idle,
    };
    page.event(left(true));
    assert_eq!(transcript(page.only()), ["bye"]);
    page.act(Action::PageShown(false));
    page.event(left(false));
    page.event(left(false));
    assert_eq!(transcript(page.only()), ["bye", "left"]);
    assert_eq!(page.only().unread, 0);
    assert_eq!(page.only().partner(), Some(&handle("bob")));
}
