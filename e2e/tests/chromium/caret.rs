//! Nothing that others do moves the caret of somebody who writes; and it is told once to those who hear the page.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, key::LEFT, scene, until};
use serde_json::json;

/// What is typed so far, where the caret is, and whether it is in the text field.
async fn typed(browser: &Browser) -> Result<serde_json::Value> {
    let state = "const area = document.querySelector('textarea'); \
        return [area.value, area.selectionStart, document.activeElement === area]";
    browser.evaluate(state).await
}

#[tokio::test]
async fn whoever_writes_comes_and_goes_leaves_the_caret_where_it_is_and_is_told_once() -> Result<()>
{
    scene("caret", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.session("alice", &gateway).await?;
        alice
            .read("main", None, "Choose somebody from your contacts")
            .await?;
        let bob = scene.session("bob", &gateway).await?;
        alice.click("button", "Echo, Online").await?;
        alice.see_focus("textbox", "Message").await?;
        alice.press("Once upon time").await?;
        alice.press(&LEFT.repeat(4)).await?;
        bob.click("button", "Alice, Online").await?;
        bob.say("Are you there? (L)").await?;
        until("Alice is told", async || {
            let bobs = alice.look("button", Some("Bob, Online")).await?;
            let is_told = bobs.is_some_and(|bob| bob.description() == "1 unread");
            Ok(is_told.then_some(()))
        })
        .await?;
        alice.press("a").await?;
        let carol = scene.session("carol", &gateway).await?;
        alice.see("button", "Carol, Online").await?;
        alice.press(" ").await?;
        bob.click("button", "Nudge").await?;
        bob.fill("Message", "I am wri").await?;
        carol.click("button", "Sign out").await?;
        alice.see("button", "Carol, Offline").await?;
        let state = typed(&alice).await?;
        ensure!(state == json!(["Once upon a time", 12, true]), "{state}");

        let told = "return [...document.querySelectorAll('[aria-live=polite] > p')]\
            .map(line => line.textContent)";
        let told = alice.evaluate(told).await?;
        let expected = json!(["Bob: Are you there? heart", "Bob sent you a nudge."]);
        ensure!(told == expected, "{told}");
        alice.click("button", "Send").await?;
        alice
            .read("log", Some("Messages"), "Once upon a time")
            .await?;
        alice.click("button", "Bob, Online").await?;
        alice
            .read("log", Some("Messages"), "New since you left")
            .await?;
        Ok(())
    })
    .await
}
