//! What the server tells besides people and texts, and looking idle.

use anyhow::Result;
use msnp6_e2e::{Crowd, key::SHIFT, scene};

/// How many times as fast as ours the clock of the page is: a minute of its time is ten seconds, and a server
/// still has two to answer.
const PACE: u32 = 6;

#[tokio::test]
async fn mail_is_counted_and_maintenance_is_announced() -> Result<()> {
    scene("notices", async |scene| {
        let crowd = Crowd::start(3).await?;
        let server = format!("crowd={}", crowd.address());
        let gateway = scene.gateway(&["--demo", "--server", &server])?;
        let carol = scene.browser("carol", &gateway).await?;
        let server = carol.see("combobox", "Server").await?;
        server.choose("Built-in server").await?;
        carol.sign_in("carol@example.com", "demo").await?;
        carol.read("banner", None, "2 unread e-mails").await?;
        carol.click("button", "Sign out").await?;
        let server = carol.see("combobox", "Server").await?;
        server.choose("crowd").await?;
        carol.sign_in("me@example.com", "any").await?;
        carol.see("button", "Sign out").await?;
        crowd.announces_maintenance(5)?;
        carol
            .read("alert", None, "goes down for maintenance in 5 minutes")
            .await?;
        carol.click("button", "Dismiss").await?;
        carol.see_gone("button", "Dismiss").await
    })
    .await
}

#[tokio::test]
async fn who_leaves_the_page_alone_is_idle_to_others_until_they_are_back() -> Result<()> {
    scene("idle", async |scene| {
        let gateway = scene.demo()?;
        let carol = scene.session("carol", &gateway).await?;
        let bob = scene.blank("bob").await?;
        bob.quicken(PACE).await?;
        bob.open(gateway.address()).await?;
        bob.sign_in("bob@example.com", "demo").await?;
        bob.click("button", "Options").await?;
        let idle = bob.see("combobox", "Show me as idle").await?;
        idle.choose("After 1 minute").await?;
        bob.click("button", "Close").await?;
        carol.see("button", "Bob, Idle").await?;
        bob.read("banner", None, "Idle").await?;
        bob.press(SHIFT).await?;
        carol.see("button", "Bob, Online").await.map(drop)
    })
    .await
}
