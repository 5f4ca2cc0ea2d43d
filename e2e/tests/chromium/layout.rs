//! From a small phone to a wide screen: nothing sticks out sideways, everything can be reached.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, scene};

#[tokio::test]
async fn nothing_sticks_out_at_360_pixels() -> Result<()> {
    scene("narrow", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.resize(360, 740).await?;
        journey(&alice).await?;
        alice.click("button", "Back to contacts").await?;
        alice.see("button", "Echo, Online").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nothing_sticks_out_at_1440_pixels() -> Result<()> {
    scene("wide", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.resize(1440, 900).await?;
        journey(&alice).await?;
        alice.see("button", "Echo, Online").await?;
        Ok(())
    })
    .await
}

/// Through every screen, with a word that is longer than a line of the wide screen.
async fn journey(alice: &Browser) -> Result<()> {
    alice.see("button", "Sign in").await?;
    fits(alice, "the form").await?;
    alice.sign_in("alice@example.com", "wrong").await?;
    alice.read("alert", None, "wrong").await?;
    fits(alice, "the form with a failure").await?;
    alice.sign_in("alice@example.com", "demo").await?;
    alice.see("button", "Echo, Online").await?;
    fits(alice, "the contacts").await?;
    alice.click("button", "Echo, Online").await?;
    let word = "w".repeat(300);
    alice.say(&word).await?;
    alice.read("log", Some("Messages"), "Echo says:").await?;
    fits(alice, "a conversation").await
}

async fn fits(alice: &Browser, what: &str) -> Result<()> {
    let measure = "return document.documentElement.scrollWidth - window.innerWidth";
    let too_wide = alice.evaluate(measure).await?.as_i64();
    ensure!(
        too_wide.is_some_and(|pixels| pixels <= 0),
        "{what} sticks out by {too_wide:?} px"
    );
    Ok(())
}
