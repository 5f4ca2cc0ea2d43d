//! The page is loaded anew in the middle of things.

use anyhow::{Context as _, Result, ensure};
use msnp6_e2e::{Browser, Gateway, Scene, scene};

const ADDRESS: &str = "alice@example.com";

#[tokio::test]
async fn a_draft_and_a_text_that_waits_survive_a_reload_and_nothing_is_sent_twice() -> Result<()> {
    scene("reload", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.click("button", "Echo, Online").await?;
        alice.say("Once only").await?;
        alice.read("log", Some("Messages"), "Echo says:").await?;
        alice.fill("Message", "half a thought").await?;
        // To somebody who is not there: the server has not said so by the time of the reload, or it has.
        alice.click("button", "Bob, Offline").await?;
        alice.say("For when you are back").await?;
        alice
            .read("log", Some("Messages"), "For when you are back")
            .await?;
        alice.reload().await?;

        let bob = scene.browser("bob", &gateway).await?;
        bob.sign_in("bob@example.com", "demo").await?;
        bob.see("button", "Sign out").await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.click("button", "Echo, Online").await?;
        let draft = alice.see("textbox", "Message").await?;
        ensure!(draft.value().await? == "half a thought");
        let log = alice.look("log", Some("Messages")).await?;
        let texts = log.context("the transcript")?.text().await?;
        ensure!(
            !texts.contains("Once only"),
            "kept what had arrived: {texts}"
        );

        alice.click("button", "Bob, Online").await?;
        alice
            .read("log", Some("Messages"), "For when you are back")
            .await?;
        alice.read("log", Some("Messages"), "Not delivered").await?;
        alice.click("button", "Send again").await?;
        bob.click("button", "Alice, Online").await?;
        bob.read("log", Some("Messages"), "For when you are back")
            .await?;
        alice.see("image", "Delivered").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn signing_out_leaves_nothing_for_the_next_sign_in() -> Result<()> {
    scene("reload_sign_out", async |scene| {
        let gateway = scene.demo()?;
        let alice = write_a_draft(scene, &gateway).await?;
        alice.reload().await?;
        // Somebody else at the same page gets none of it; neither does whoever signs out.
        alice.sign_in("bob@example.com", "demo").await?;
        alice.click("button", "Sign out").await?;
        alice.see("button", "Sign in").await?;
        let kept = alice
            .evaluate("return JSON.stringify(sessionStorage)")
            .await?;
        ensure!(kept == "{}", "{kept}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_draft_is_kept_by_its_tab_and_not_by_the_browser() -> Result<()> {
    scene("reload_kept", async |scene| {
        let gateway = scene.demo()?;
        let alice = write_a_draft(scene, &gateway).await?;
        alice.reload().await?;
        let has_draft = async |storage: &str| {
            let script = format!("return JSON.stringify({storage}).includes('half a thought')");
            alice.evaluate(&script).await
        };
        ensure!(has_draft("sessionStorage").await? == true);
        ensure!(has_draft("localStorage").await? == false);
        Ok(())
    })
    .await
}

async fn write_a_draft(scene: &mut Scene, gateway: &Gateway) -> Result<Browser> {
    let alice = scene.browser("alice", gateway).await?;
    alice.sign_in(ADDRESS, "demo").await?;
    alice.click("button", "Echo, Online").await?;
    alice.fill("Message", "half a thought").await?;
    Ok(alice)
}
