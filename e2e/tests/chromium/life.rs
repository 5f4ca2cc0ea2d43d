//! A session is lost and comes back, or does not: what was chosen, said and written before.

use anyhow::{Context as _, Result};
use msnp6::server::Quirks;
use msnp6_e2e::{Browser, scene, until};

const MESSAGES: Option<&str> = Some("Messages");
const BOB: &str = "bob@example.com";

async fn connection(browser: &Browser, words: &str) -> Result<()> {
    browser
        .read("status", Some("Connection"), words)
        .await
        .map(drop)
}

#[tokio::test]
async fn my_status_and_a_conversation_of_three_are_there_again_after_a_restart() -> Result<()> {
    scene("life_group", async |scene| {
        let (mut server, gateway) = scene.built_in(Quirks::NONE).await?;
        let alice = scene.session("alice", &gateway).await?;
        let carol = scene.session("carol", &gateway).await?;
        let bob = scene.session("bob", &gateway).await?;
        bob.click("button", "My status").await?;
        bob.click("menuitemradio", "Busy").await?;
        bob.click("button", "Carol, Online").await?;
        bob.say("Hello").await?;
        bob.click("button", "Invite someone").await?;
        bob.click("checkbox", "Alice (Online)").await?;
        bob.click("button", "Invite").await?;
        bob.see("list", "People here").await?;
        bob.say("Now we are three").await?;
        for other in [&alice, &carol] {
            other.open_last_tab().await?;
            other.read("log", MESSAGES, "Now we are three").await?;
        }
        carol.see("button", "Bob, Busy").await?;

        server.stop().await?;
        for browser in [&alice, &bob, &carol] {
            connection(browser, "refused the connection").await?;
        }
        bob.read("banner", None, "Busy when back").await?;
        server.start_again().await?;
        for browser in [&alice, &bob, &carol] {
            connection(browser, "Connected to").await?;
        }
        carol.see("button", "Bob, Busy").await?;
        alice.see("button", "Bob, Busy").await?;
        bob.see("button", "Alice, Online").await?;
        bob.see("button", "Carol, Online").await?;
        bob.say("Here again").await?;
        bob.see("list", "People here").await?;
        // To them Bob may have left first: then he has called them into a conversation of its own.
        for other in [&alice, &carol] {
            until("Bob is heard again", async || {
                other.open_last_tab().await?;
                let log = other.look("log", MESSAGES).await?;
                let said = log.context("no conversation")?.text().await?;
                Ok(said.contains("Here again").then_some(()))
            })
            .await?;
            other.see("list", "People here").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_session_ends_for_good_when_nothing_but_its_user_can_mend_it() -> Result<()> {
    scene("life_ends", async |scene| {
        let (mut server, gateway) = scene.built_in(Quirks::NONE).await?;
        let bob = scene.session("bob", &gateway).await?;
        bob.click("button", "Carol, Offline").await?;
        server.stop().await?;
        connection(&bob, "refused the connection").await?;
        bob.say("Meanwhile").await?;
        bob.read("list", Some("Waiting texts"), "Meanwhile").await?;
        // A reload ends it, and keeps what was written. Only the user knows whether that is still to be sent.
        bob.reload().await?;
        server.start_again().await?;
        bob.sign_in(BOB, "demo").await?;
        let carol = scene.session("carol", &gateway).await?;
        bob.click("button", "Carol, Online").await?;
        bob.read("log", MESSAGES, "Meanwhile").await?;
        bob.click("button", "Send again").await?;
        carol.open_last_tab().await?;
        carol.read("log", MESSAGES, "Meanwhile").await?;

        // The password is another one when the session would come back.
        server.stop().await?;
        connection(&bob, "refused the connection").await?;
        server.change_password(BOB, "another")?;
        server.start_again().await?;
        bob.read("alert", None, "The address or the password is wrong.")
            .await?;
        connection(&bob, "Not connected").await?;
        bob.read("log", MESSAGES, "Meanwhile").await?;
        bob.sign_in(BOB, "another").await?;
        bob.see("button", "Carol, Online").await?;

        // The account signs in elsewhere.
        let elsewhere = scene.browser("elsewhere", &gateway).await?;
        elsewhere.sign_in(BOB, "another").await?;
        bob.read("alert", None, "signed in somewhere else").await?;
        bob.read("alert", None, "Sign in again to move it back here.")
            .await?;
        connection(&bob, "Not connected").await?;
        bob.sign_in(BOB, "another").await?;
        elsewhere
            .read("alert", None, "signed in somewhere else")
            .await?;
        bob.see("button", "Carol, Online").await.map(drop)
    })
    .await
}
