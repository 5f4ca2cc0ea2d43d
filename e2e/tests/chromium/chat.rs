//! Talking: with Echo, and from one browser to another.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, Scene, scene, until};

async fn alice_and_bob(scene: &mut Scene) -> Result<(msnp6_e2e::Gateway, Browser, Browser)> {
    let gateway = scene.demo()?;
    let alice = scene.browser("alice", &gateway).await?;
    let bob = scene.browser("bob", &gateway).await?;
    alice.sign_in("alice@example.com", "demo").await?;
    alice.see("button", "Sign out").await?;
    bob.sign_in("bob@example.com", "demo").await?;
    alice.see("button", "Bob, Online").await?;
    bob.see("button", "Alice, Online").await?;
    Ok((gateway, alice, bob))
}

#[tokio::test]
async fn echo_types_and_sends_every_text_back() -> Result<()> {
    scene("echo", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.click("button", "Echo, Online").await?;
        alice.see("region", "Conversation with Echo").await?;
        alice
            .say("Hello, Echo! Grüße \u{1f600} <b>&amp;</b>")
            .await?;
        alice.see("status", "Echo is typing").await?;
        alice.read("log", Some("Messages"), "Echo says:").await?;
        let log = alice.see("log", "Messages").await?.text().await?;
        let times = log
            .matches("Hello, Echo! Grüße \u{1f600} <b>&amp;</b>")
            .count();
        ensure!(times == 2, "said once and echoed once, but: {log}");
        alice.see_gone("status", "Echo is typing").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_browsers_see_each_other_come_and_go() -> Result<()> {
    scene("come_and_go", async |scene| {
        let (_gateway, alice, bob) = alice_and_bob(scene).await?;
        alice.see("heading", "Online (3)").await?;
        bob.click("button", "Sign out").await?;
        alice.see("button", "Bob, Offline").await?;
        alice.see("heading", "Online (2)").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_browsers_talk_both_ways_with_typing() -> Result<()> {
    scene("both_ways", async |scene| {
        let (_gateway, alice, bob) = alice_and_bob(scene).await?;
        alice.click("button", "Bob, Online").await?;
        alice.say("Hello Bob").await?;
        bob.click("button", "Alice, Online").await?;
        bob.read("log", Some("Messages"), "Hello Bob").await?;
        bob.see("textbox", "Message")
            .await?
            .press("Hello Al")
            .await?;
        alice.see("status", "Bob is typing").await?;
        bob.see("textbox", "Message").await?.press("ice\n").await?;
        alice.read("log", Some("Messages"), "Hello Alice").await?;
        alice.see_gone("status", "Bob is typing").await?;
        alice.see("textbox", "Message").await?.press("Bye").await?;
        bob.see("status", "Alice is typing").await?;
        alice.click("button", "Send").await?;
        bob.read("log", Some("Messages"), "Bye").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_text_in_another_conversation_is_marked_unread_until_it_is_shown() -> Result<()> {
    scene("unread", async |scene| {
        let (_gateway, alice, bob) = alice_and_bob(scene).await?;
        alice.click("button", "Echo, Online").await?;
        alice.see("region", "Conversation with Echo").await?;
        bob.click("button", "Alice, Online").await?;
        bob.say("Are you there?").await?;
        unread(&alice, 1).await?;
        bob.say("Hello?").await?;
        unread(&alice, 2).await?;
        alice.click("button", "Bob, Online").await?;
        alice
            .read("log", Some("Messages"), "Are you there?")
            .await?;
        unread(&alice, 0).await?;
        Ok(())
    })
    .await
}

/// Waits until the contact's button tells of that many texts.
async fn unread(alice: &Browser, count: u32) -> Result<()> {
    let words = format!("{count} unread");
    until(&format!("Bob's button tells of {words}"), async || {
        let Some(bob) = alice.look("button", Some("Bob, Online")).await? else {
            return Ok(None);
        };
        let is_so = match count {
            0 => !bob.description().contains("unread"),
            _ => bob.description() == words,
        };
        Ok(is_so.then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_text_to_somebody_who_has_just_left_is_marked_not_delivered() -> Result<()> {
    scene("not_delivered", async |scene| {
        let (_gateway, alice, bob) = alice_and_bob(scene).await?;
        alice.click("button", "Bob, Online").await?;
        bob.click("button", "Sign out").await?;
        alice.see("button", "Bob, Offline").await?;
        alice.say("Too late").await?;
        alice.read("log", Some("Messages"), "Not delivered").await?;
        Ok(())
    })
    .await
}
