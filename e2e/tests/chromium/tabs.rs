//! Two tabs of one browser, one account.

use anyhow::{Result, ensure};
use msnp6_e2e::scene;

const ADDRESS: &str = "alice@example.com";
const ASKED: &str = "Messenger is open in another tab as alice@example.com";

#[tokio::test]
async fn a_second_tab_asks_takes_the_session_over_and_gives_it_back() -> Result<()> {
    scene("two_tabs", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.click("button", "Echo, Online").await?;
        alice.fill("Message", "half a thought").await?;
        let first = alice.open_tab(gateway.address()).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.see("dialog", ASKED).await?;
        alice.click("button", "Use it here").await?;
        alice.see("button", "Sign out").await?;

        let second = alice.show(&first).await?;
        alice.read("alert", None, "in another tab").await?;
        alice.click("button", "Use it here").await?;
        alice.see("button", "Sign out").await?;
        let draft = alice.see("textbox", "Message").await?;
        ensure!(draft.value().await? == "half a thought");

        alice.show(&second).await?;
        alice.read("alert", None, "in another tab").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_second_tab_leaves_the_first_alone_when_told_to() -> Result<()> {
    scene("two_tabs_cancel", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.see("button", "Sign out").await?;
        let first = alice.open_tab(gateway.address()).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.see("dialog", ASKED).await?;
        alice.click("button", "Cancel").await?;
        alice.see_gone("dialog", ASKED).await?;
        // Somebody else has a session of their own.
        alice.sign_in("bob@example.com", "demo").await?;
        alice.see("button", "Alice, Online").await?;
        alice.show(&first).await?;
        alice.see("button", "Bob, Online").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_tab_that_signs_out_forgets_the_password_in_the_one_it_came_from() -> Result<()> {
    scene("two_tabs_sign_out", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.see("button", "Sign out").await?;
        let first = alice.open_tab(gateway.address()).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.click("button", "Use it here").await?;
        alice.click("button", "Sign out").await?;
        alice.see("button", "Sign in").await?;
        let second = alice.show(&first).await?;
        alice.see_gone("button", "Use it here").await?;
        alice.see("button", "Sign in").await?;
        alice.show(&second).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.see("button", "Sign out").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_tab_that_sleeps_is_not_waited_for_and_goes_on_where_it_was() -> Result<()> {
    scene("two_tabs_asleep", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.resize(360, 740).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.click("button", "Echo, Online").await?;
        alice.fill("Message", "half a thought").await?;
        let first = alice.open_tab(gateway.address()).await?;
        let second = alice.show(&first).await?;
        alice.freeze(true).await?;
        alice.show(&second).await?;
        alice.sign_in(ADDRESS, "demo").await?;
        alice.click("button", "Use it here").await?;
        alice.see("button", "Sign out").await?;

        // Awake again, it knows what happened, and beside a conversation there is a way back, too.
        alice.show(&first).await?;
        alice.freeze(false).await?;
        alice
            .read("region", Some("Conversation with Echo"), "in another tab")
            .await?;
        alice.click("button", "Use it here").await?;
        alice.click("button", "Send").await?;
        alice
            .read("log", Some("Messages"), "half a thought")
            .await?;
        alice.show(&second).await?;
        alice.read("alert", None, "in another tab").await?;
        Ok(())
    })
    .await
}
