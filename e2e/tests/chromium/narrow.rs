//! A phone: one pane at a time, and nothing that the list does not lead to.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, scene, until};

/// The first button above the contacts: its name has the people in the order of the server.
const APART: &str = "document.querySelector('.apart button')";

#[tokio::test]
async fn a_group_is_found_again_on_a_phone_with_what_is_unread() -> Result<()> {
    scene("phone_group", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.session("alice", &gateway).await?;
        let bob = scene.session("bob", &gateway).await?;
        let carol = scene.session("carol", &gateway).await?;
        carol.resize(360, 740).await?;
        bob.click("button", "Alice, Online").await?;
        bob.say("Hello Alice").await?;
        alice.see("button", "Bob, Online").await?;
        bob.click("button", "Invite someone").await?;
        bob.click("checkbox", "Carol (Online)").await?;
        bob.click("button", "Invite").await?;
        bob.see("region", "Conversation with Alice and Carol")
            .await?;
        bob.say("Now we are three").await?;
        says(&carol, "1 unread").await?;
        // By keyboard alone: there, back, and the focus is where it was.
        carol.evaluate(&format!("{APART}.focus()")).await?;
        carol.press("\u{e007}").await?;
        carol
            .read("log", Some("Messages"), "Now we are three")
            .await?;
        carol.click("button", "Back to contacts").await?;
        until("the focus is back above the list", async || {
            let focused = format!("return {APART} === document.activeElement");
            Ok((carol.evaluate(&focused).await? == true).then_some(()))
        })
        .await?;
        carol.click("button", "Echo, Online").await?;
        bob.say("And you?").await?;
        carol
            .see(
                "button",
                "Back to contacts, 1 unread in other conversations",
            )
            .await?;
        carol.resize(1440, 900).await?;
        let shown = format!("return {APART}.getClientRects().length");
        ensure!(carol.evaluate(&shown).await? == 0, "a wide page has tabs");
        Ok(())
    })
    .await
}

async fn says(who: &Browser, words: &str) -> Result<()> {
    until("the group stands above the list", async || {
        let said = who
            .evaluate(&format!("return {APART}?.textContent"))
            .await?;
        let is_said = said.as_str().is_some_and(|said| said.contains(words));
        Ok(is_said.then_some(()))
    })
    .await
}
