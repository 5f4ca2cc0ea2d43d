//! A way past every screen, window and menu of the page, for tests and pictures that have to see all of
//! them. It stops at each of them, and tells its name.

use crate::{Browser, Gateway, Scene, key::ESCAPE, until};
use anyhow::Result;
use tokio::net::TcpListener;

/// What is done at a stop: told the browser and the name of what it shows.
pub trait Look: AsyncFnMut(&Browser, &str) -> Result<()> {}

impl<T: AsyncFnMut(&Browser, &str) -> Result<()>> Look for T {}

/// The sign-in page: empty, with faults, while it connects, after it failed; and what can be opened there.
pub async fn sign_in(scene: &mut Scene, mut look: impl Look) -> Result<()> {
    let silent = TcpListener::bind("127.0.0.1:0").await?;
    let server = format!("Silent={}", silent.local_addr()?);
    let gateway = scene.gateway(&["--demo", "--server", &server])?;
    let alice = scene.browser("alice", &gateway).await?;
    alice.see("button", "Sign in").await?;
    look(&alice, "sign-in").await?;
    alice.click("button", "Sign in").await?;
    until("both fields are found to be empty", async || {
        let count = "return document.querySelectorAll('[aria-invalid=true]').length";
        Ok((alice.evaluate(count).await? == 2).then_some(()))
    })
    .await?;
    look(&alice, "sign-in-faults").await?;
    let server = alice.see("combobox", "Server").await?;
    server.choose("Built-in server").await?;
    alice.sign_in("alice@example.com", "wrong").await?;
    alice.read("alert", None, "wrong").await?;
    look(&alice, "sign-in-refused").await?;
    server.choose("Silent").await?;
    alice.sign_in("alice@example.com", "demo").await?;
    alice.see("button", "Cancel").await?;
    look(&alice, "connecting").await?;
    alice.click("button", "Cancel").await?;
    alice.click("button", "Replay a recording").await?;
    alice.see("dialog", "Replay a recording").await?;
    look(&alice, "replay").await?;
    alice.click("button", "Cancel").await?;
    alice.click("button", "Help").await?;
    alice.see("dialog", "Help").await?;
    alice
        .evaluate("document.querySelectorAll('dialog details').forEach(it => it.open = true)")
        .await?;
    look(&alice, "help").await
}

/// The list: with a question above it, in all colours, filtered, with its menus, and empty.
pub async fn list(scene: &mut Scene, mut look: impl Look) -> Result<()> {
    let gateway = scene.demo()?;
    let (alice, bob, carol) = company(scene, &gateway).await?;
    alice.see("dialog", "Dave has added you").await?;
    look(&alice, "list-asked").await?;
    alice.click("button", "Block").await?;
    carol.click("button", "Alice, Online").await?;
    carol.say("Are you there?").await?;
    status(&bob, "Busy").await?;
    status(&carol, "Away").await?;
    alice.see("button", "Bob, Busy").await?;
    choose(&alice, "Parrot", "Block").await?;
    look(&alice, "list").await?;
    let filter = alice.see("searchbox", "Find a contact").await?;
    filter.fill("o").await?;
    look(&alice, "list-filtered").await?;
    filter.press(ESCAPE).await?;
    alice.click("button", "More about Echo").await?;
    alice.see("menuitem", "Properties").await?;
    look(&alice, "menu-contact").await?;
    alice.press(ESCAPE).await?;
    alice.click("button", "My status").await?;
    alice.see("menuitemradio", "Busy").await?;
    look(&alice, "menu-status").await?;
    let erin = scene.session("erin", &gateway).await?;
    for bot in ["Echo", "Parrot"] {
        choose(&erin, bot, "Remove").await?;
        erin.click("button", "Remove").await?;
        erin.see_gone("dialog", &format!("Remove {bot}?")).await?;
    }
    look(&erin, "list-empty").await
}

/// A conversation: new, with texts of all kinds, of several people, with its tools, and ended.
pub async fn conversation(scene: &mut Scene, mut look: impl Look) -> Result<()> {
    let mut gateway = scene.demo()?;
    let (alice, bob, carol) = company(scene, &gateway).await?;
    alice.click("button", "Block").await?;
    alice.click("button", "Bob, Online").await?;
    bob.click("button", "Alice, Online").await?;
    look(&alice, "conversation-new").await?;
    talk(&alice, &bob).await?;
    look(&alice, "conversation").await?;
    alice.click("button", "Emoticons").await?;
    alice.see("menuitem", "heart (L)").await?;
    look(&alice, "emoticons").await?;
    alice.press(ESCAPE).await?;
    alice.click("button", "Font and colour").await?;
    alice.click("button", "Colour: Black").await?;
    alice.see("menuitemradio", "Teal").await?;
    look(&alice, "font-and-colour").await?;
    alice.press(ESCAPE).await?;
    alice.click("button", "Invite someone").await?;
    alice.click("checkbox", "Carol (Online)").await?;
    look(&alice, "invite").await?;
    alice.click("button", "Invite").await?;
    alice.see("list", "People here").await?;
    alice.say("Carol, Bob brings cake!").await?;
    carol.open_last_tab().await?;
    carol.say("Then count me in").await?;
    alice
        .read("log", Some("Messages"), "Then count me in")
        .await?;
    look(&alice, "conversation-of-three").await?;
    alice.click("button", "More about Bob").await?;
    alice.see("menuitem", "Properties").await?;
    look(&alice, "menu-person").await?;
    alice.press(ESCAPE).await?;
    several(&alice, &carol, &mut look).await?;
    ended(scene, &gateway, &carol, &mut look).await?;
    alice.fill("Message", "Wait for me").await?;
    gateway.kill()?;
    alice.see("button", "Now").await?;
    look(&alice, "connection-lost").await
}

/// Several conversations: their tabs, and the list of a phone that leads to the one of three. She goes back to
/// that one.
async fn several(alice: &Browser, carol: &Browser, look: &mut impl Look) -> Result<()> {
    carol.click("button", "Alice, Online").await?;
    carol.say("And a candle?").await?;
    alice.click("button", "Echo, Online").await?;
    alice.say("Does anybody hear me?").await?;
    alice.read("log", Some("Messages"), "Echo says:").await?;
    look(alice, "conversation-several").await?;
    alice.resize(360, 740).await?;
    alice
        .click(
            "button",
            "Back to contacts, 1 unread in other conversations",
        )
        .await?;
    alice.see("heading", "Conversations (1)").await?;
    look(alice, "list-conversations").await?;
    alice.click("button", "Bob and Carol").await?;
    alice.resize(1280, 900).await
}

/// Carol signs in at another place, which ends the session here.
async fn ended(
    scene: &mut Scene,
    gateway: &Gateway,
    carol: &Browser,
    look: &mut impl Look,
) -> Result<()> {
    let elsewhere = scene.session("carol", gateway).await?;
    carol.read("alert", None, "somewhere else").await?;
    look(carol, "conversation-ended").await?;
    elsewhere.close().await
}

/// The windows over the page, and the wire view.
pub async fn windows(scene: &mut Scene, mut look: impl Look) -> Result<()> {
    let gateway = scene.demo()?;
    let bob = scene.session("bob", &gateway).await?;
    bob.see("button", "Echo, Online").await?;
    for (opener, window) in [
        ("Add a contact", "Add a contact"),
        ("Privacy", "Privacy"),
        ("My name", "My name and numbers"),
        ("Options", "Options"),
    ] {
        bob.click("button", opener).await?;
        bob.see("dialog", window).await?;
        if opener == "Add a contact" {
            bob.fill("E-mail address", "nobody@example.com").await?;
            bob.click("button", "Add").await?;
            bob.read("dialog", Some(window), "was not added").await?;
        }
        look(&bob, &window.to_lowercase().replace(' ', "-")).await?;
        bob.press(ESCAPE).await?;
        bob.see_gone("dialog", window).await?;
    }
    for (item, window) in [
        ("Properties", "Properties of Echo"),
        ("Remove", "Remove Echo?"),
    ] {
        choose(&bob, "Echo", item).await?;
        bob.see("dialog", window).await?;
        look(&bob, &item.to_lowercase()).await?;
        bob.press(ESCAPE).await?;
        bob.see_gone("dialog", window).await?;
    }
    bob.click("button", "Options").await?;
    bob.click("button", "Wire view").await?;
    bob.see("region", "Wire view").await?;
    bob.click("button", "Echo, Online").await?;
    bob.say("Hello over the wire").await?;
    bob.read("log", Some("Messages"), "Echo says:").await?;
    look(&bob, "wire-view").await
}

/// Alice, Bob and Carol, who see each other.
async fn company(scene: &mut Scene, gateway: &Gateway) -> Result<(Browser, Browser, Browser)> {
    let bob = scene.session("bob", gateway).await?;
    let carol = scene.session("carol", gateway).await?;
    let alice = scene.session("alice", gateway).await?;
    alice.see("button", "Bob, Online").await?;
    alice.see("button", "Carol, Online").await?;
    Ok((alice, bob, carol))
}

/// Texts of both, with looks, emoticons, a link and many words; and one of them is writing.
async fn talk(alice: &Browser, bob: &Browser) -> Result<()> {
    bob.click("button", "Font and colour").await?;
    bob.click("button", "Bold").await?;
    bob.click("button", "Colour: Black").await?;
    bob.click("menuitemradio", "Purple").await?;
    bob.say("hey!! long time no see :)").await?;
    alice
        .read("log", Some("Messages"), "long time no see")
        .await?;
    alice
        .say("Bob! Are you coming to the reunion on Friday? Everything about it: https://example.com/reunion")
        .await?;
    bob.read("log", Some("Messages"), "the reunion").await?;
    bob.click("button", "Bold").await?;
    bob.say("Of course (Y) I bring the cake (^) and everybody else brings something to drink, so that \
             nobody has to go out again as we had to the last time, when it rained as it seldom does.")
        .await?;
    alice.read("log", Some("Messages"), "seldom does").await?;
    bob.click("button", "Nudge").await?;
    alice.read("log", Some("Messages"), "nudge").await?;
    bob.fill("Message", "And").await?;
    alice.see("status", "Bob is typing").await.map(drop)
}

async fn status(browser: &Browser, word: &str) -> Result<()> {
    browser.click("button", "My status").await?;
    browser.click("menuitemradio", word).await
}

async fn choose(browser: &Browser, name: &str, item: &str) -> Result<()> {
    browser
        .click("button", &format!("More about {name}"))
        .await?;
    browser.click("menuitem", item).await
}
