//! Two people who talk, although what belongs to one conversation is spread over the gateways.

use crate::{
    site::{Kind, Site, asked},
    support::Person,
};
use msnp6::{
    messenger::{Event, Intent},
    model::{ConversationId, Presence, UserHandle},
    server::{Server, ServerConfig},
};
use msnp6_gateway::built_in::Doors;

/// Serves the built-in server until the test ends; answers where sign-ins begin.
async fn server() -> String {
    let doors = Doors::open(Doors::ANYWHERE).await.expect("ports");
    let [dispatch, notification, switchboard] = doors.endpoints().expect("addresses");
    let mut server = Server::new(ServerConfig::demo(notification, switchboard, 7));
    tokio::spawn(async move { doors.serve(&mut server, std::future::pending()).await });
    format!("test={dispatch}")
}

/// Both sign in at the first gateway, the only one then. With the second one there, one of the links of their
/// conversation at least leads through it, with a ticket that the first one signed.
pub(crate) async fn goes_on_at_the_other_gateway(kind: Kind) {
    if !asked() {
        return;
    }
    let mut site = Site::with_one(kind, &server().await, &[]).await;
    let mut alice = Person::signed_in_at(site.proxy.doors.plain, "alice@example.com").await;
    let mut bob = Person::signed_in_at(site.proxy.doors.plain, "bob@example.com").await;
    site.instances[1].start().await;
    site.reaches(1).await;
    let is_bob = |event: &Event| {
        matches!(event, Event::ContactPresence { handle, presence: Presence::Online, .. }
            if handle.as_str() == "bob@example.com")
    };
    alice.sees("bob online", is_bob).await;
    let with = UserHandle::parse("bob@example.com").expect("a handle");
    alice.intends(Intent::OpenConversation { with });
    let opened = |event: &Event| matches!(event, Event::ConversationOpened { .. });
    let Event::ConversationOpened { conversation, .. } = alice.sees("a conversation", opened).await
    else {
        unreachable!("it was looked for");
    };
    let conversation = says(&mut alice, conversation, &mut bob, "Hello, Bob").await;
    says(&mut bob, conversation, &mut alice, "Hello, Alice").await;
    let here = site.instances[0].counts("msnp6_gateway_links{").await;
    let there = site.instances[1].counts("msnp6_gateway_links{").await;
    assert!(here + there == 4 && there >= 1, "{here} and {there}");
}

/// One says something to the other, who answers with their name of the conversation.
async fn says(
    one: &mut Person,
    conversation: ConversationId,
    other: &mut Person,
    words: &str,
) -> ConversationId {
    let text = words.to_owned();
    one.intends(Intent::SendText { conversation, text });
    let is_it = |event: &Event| matches!(event, Event::TextReceived { text, .. } if text == words);
    let is_delivered = |event: &Event| matches!(event, Event::TextDelivery { .. });
    let (heard, _) = tokio::join!(
        other.sees("the text", is_it),
        one.sees("its delivery", is_delivered),
    );
    let Event::TextReceived { conversation, .. } = heard else {
        unreachable!("it was looked for");
    };
    conversation
}
