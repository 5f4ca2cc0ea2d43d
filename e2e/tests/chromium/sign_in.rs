//! In, out, and in again.

use anyhow::{Result, ensure};
use msnp6_e2e::scene;

#[tokio::test]
async fn alice_signs_in_and_sees_her_contacts() -> Result<()> {
    scene("signs_in", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.see("list", "Contacts").await?;
        alice.see("button", "Echo, Online").await?;
        alice.see("button", "Bob, Offline").await?;
        alice.see("heading", "Online (2)").await?;
        alice.see("heading", "Not online (2)").await?;
        alice
            .read("status", Some("Connection"), "Connected")
            .await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_reload_asks_for_the_password_again_and_keeps_the_address_if_told_to() -> Result<()> {
    scene("remembers", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.click("checkbox", "Remember my address").await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.see("button", "Sign out").await?;
        alice.reload().await?;
        let address = alice.see("textbox", "E-mail address").await?;
        ensure!(address.value().await? == "alice@example.com");
        ensure!(
            alice
                .see("textbox", "Password")
                .await?
                .value()
                .await?
                .is_empty()
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn signing_out_leads_back_to_the_form_and_others_see_it() -> Result<()> {
    scene("signs_out", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        let bob = scene.browser("bob", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        bob.sign_in("bob@example.com", "demo").await?;
        bob.see("button", "Alice, Online").await?;
        alice.click("button", "Sign out").await?;
        alice.see("button", "Sign in").await?;
        bob.see("button", "Alice, Offline").await?;
        alice.sign_in("alice@example.com", "demo").await?;
        bob.see("button", "Alice, Online").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_second_sign_in_ends_the_first_one_and_says_so() -> Result<()> {
    scene("elsewhere", async |scene| {
        let gateway = scene.demo()?;
        let first = scene.browser("first", &gateway).await?;
        let second = scene.browser("second", &gateway).await?;
        first.sign_in("alice@example.com", "demo").await?;
        first.see("button", "Sign out").await?;
        second.sign_in("alice@example.com", "demo").await?;
        first
            .read("alert", None, "signed in somewhere else")
            .await?;
        second.see("button", "Sign out").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_status_chosen_at_sign_in_is_what_others_see() -> Result<()> {
    scene("status", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        let bob = scene.browser("bob", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        bob.see("combobox", "Status").await?.choose("Busy").await?;
        bob.sign_in("bob@example.com", "demo").await?;
        alice.see("button", "Bob, Busy").await?;
        bob.click("button", "My status").await?;
        bob.click("menuitemradio", "Away").await?;
        alice.see("button", "Bob, Away").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_unverified_address_is_warned_about() -> Result<()> {
    scene("unverified", async |scene| {
        let gateway = scene.demo()?;
        let user = scene.browser("user", &gateway).await?;
        user.sign_in("unverified@example.com", "demo").await?;
        user.read("alert", None, "not verified").await?;
        user.see("button", "Sign out").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_browser_has_nothing_to_complain_about() -> Result<()> {
    scene("console", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.click("button", "Echo, Online").await?;
        alice.say("Hello").await?;
        alice.read("log", Some("Messages"), "Echo says:").await?;
        alice.click("button", "Sign out").await?;
        alice.see("button", "Sign in").await?;
        let complaints = alice.console().await?;
        ensure!(complaints.is_empty(), "the console has: {complaints:?}");
        Ok(())
    })
    .await
}
