//! What the page loads only when it is wanted: windows, the wire view, the drawings of emoticons.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, scene, until};

/// What was loaded so far, of what is loaded later.
async fn loaded(browser: &Browser) -> Result<String> {
    let names = "return performance.getEntriesByType('resource').map(it => it.name.split('/').pop())\
        .filter(it => /^later-|^emoticons/.test(it)).join(' ')";
    let names = browser.evaluate(names).await?;
    Ok(names.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn windows_are_loaded_with_the_first_sign_in_and_emoticons_with_the_first_conversation()
-> Result<()> {
    scene("parts_in_time", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.see("button", "Sign in").await?;
        ensure!(loaded(&alice).await?.is_empty());
        alice.sign_in("alice@example.com", "demo").await?;
        alice.see("button", "Sign out").await?;
        until("the windows are loaded", async || {
            let names = loaded(&alice).await?;
            let is_one = names.starts_with("later-") && !names.contains(' ');
            Ok(is_one.then_some(()))
        })
        .await?;
        alice.click("button", "Echo, Online").await?;
        until("the emoticons are loaded", async || {
            let names = loaded(&alice).await?;
            Ok(names.contains(" emoticons.svg").then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test]
async fn a_part_that_cannot_be_loaded_is_told_and_comes_when_it_is_asked_for_again() -> Result<()> {
    scene("parts_missing", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.see("button", "Sign in").await?;
        alice.block("*/later-*").await?;
        alice.click("button", "Help").await?;
        alice.read("alert", None, "could not be loaded").await?;
        ensure!(alice.look("dialog", Some("Help")).await?.is_none());
        alice.block("").await?;
        alice.click("button", "Help").await?;
        alice.see("dialog", "Help").await?;
        Ok(())
    })
    .await
}
