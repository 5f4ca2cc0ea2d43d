//! The whole chain on sockets: real messengers, the gateway, and the built-in server behind it.

use crate::support::{Gate, Person};
use msnp6::{
    messenger::{Event, Intent, SignInFailure},
    model::{Presence, Secret, UserHandle},
};

async fn demo() -> Gate {
    Gate::start(Vec::new(), |config| config.demo = true).await
}

fn handle(text: &str) -> UserHandle {
    UserHandle::parse(text).expect("a handle")
}

#[tokio::test]
async fn two_people_sign_in_and_talk_both_ways() {
    let gate = demo().await;
    let mut alice = Person::signed_in(&gate, "alice@example.com").await;
    let mut bob = Person::signed_in(&gate, "bob@example.com").await;
    let is_bob = |event: &Event| {
        matches!(event, Event::ContactPresence { handle, presence: Presence::Online, .. }
            if handle.as_str() == "bob@example.com")
    };
    alice.sees("bob online", is_bob).await;
    let with = handle("bob@example.com");
    alice.intends(Intent::OpenConversation { with });
    let opened = alice.sees("a conversation", |event| {
        matches!(event, Event::ConversationOpened { .. })
    });
    let Event::ConversationOpened { conversation, .. } = opened.await else {
        unreachable!("it was looked for");
    };
    let text = "Hello, Bob".to_owned();
    alice.intends(Intent::SendText { conversation, text });
    let says = |words: &'static str| move |event: &Event| matches!(event, Event::TextReceived { text, .. } if text == words);
    let (heard, _) = tokio::join!(
        bob.sees("alice's text", says("Hello, Bob")),
        alice.sees("delivery", |event| matches!(
            event,
            Event::TextDelivery { .. }
        )),
    );
    let Event::TextReceived { conversation, .. } = heard else {
        unreachable!("it was looked for");
    };
    let text = "Hello, Alice".to_owned();
    bob.intends(Intent::SendText { conversation, text });
    tokio::join!(
        alice.sees("bob's text", says("Hello, Alice")),
        bob.sees("delivery", |event| matches!(
            event,
            Event::TextDelivery { .. }
        )),
    );
}

#[tokio::test]
async fn a_wrong_password_is_refused_with_911() {
    let gate = demo().await;
    let mut person = Person::new(&gate);
    person.intends(Intent::SignIn {
        handle: handle("alice@example.com"),
        password: Secret::new("wrong".to_owned()),
        presence: Presence::Online,
    });
    let failed = person
        .sees("a refusal", |event| matches!(event, Event::SignInFailed(_)))
        .await;
    let is_911 =
        matches!(&failed, Event::SignInFailed(SignInFailure::Refused(code)) if code.0 == 911);
    assert!(is_911, "{failed:?}");
}
