//! What goes wrong is said in words, with the next step.

use anyhow::{Context as _, Result, ensure};
use msnp6_e2e::{Crowd, scene, until};
use std::net::TcpListener;

#[tokio::test]
async fn a_wrong_password_is_told_and_can_be_corrected() -> Result<()> {
    scene("wrong_password", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in("alice@example.com", "not it").await?;
        alice
            .read("alert", None, "The address or the password is wrong.")
            .await?;
        alice.read("alert", None, "old clients").await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.see("button", "Sign out").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_server_that_is_down_is_told() -> Result<()> {
    scene("server_down", async |scene| {
        // A port that was free a moment ago; nobody listens there.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let gateway = scene.gateway(&["--server", &format!("gone={address}")])?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.read("alert", None, "refused the connection").await?;
        alice.see("button", "Sign in").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_server_that_never_answers_can_be_given_up() -> Result<()> {
    scene("cancel", async |scene| {
        let silent = TcpListener::bind("127.0.0.1:0")?;
        let gateway = scene.gateway(&["--server", &format!("silent={}", silent.local_addr()?)])?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice
            .read("status", Some("Connection"), "Connecting")
            .await?;
        alice.click("button", "Cancel").await?;
        alice.see("button", "Sign in").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_killed_gateway_is_told_and_the_conversation_stays() -> Result<()> {
    scene("gateway_killed", async |scene| {
        let mut gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.click("button", "Echo, Online").await?;
        alice.say("Before the end").await?;
        alice.read("log", Some("Messages"), "Echo says:").await?;
        gateway.kill()?;
        alice
            .read("status", Some("Connection"), "connection was lost")
            .await?;
        alice.click("button", "Stop").await?;
        alice
            .read(
                "region",
                Some("Conversation with Echo"),
                "connection was lost",
            )
            .await?;
        alice
            .read("log", Some("Messages"), "Before the end")
            .await?;
        alice.see("button", "Sign in").await?;
        // Beside a conversation a narrow screen has no room for the form.
        alice.resize(360, 740).await?;
        alice.click("button", "Sign in again").await?;
        alice.see("button", "Sign in").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_of_several_servers_can_be_chosen() -> Result<()> {
    scene("two_servers", async |scene| {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let gateway = scene.gateway(&["--demo", "--server", &format!("gone={address}")])?;
        let alice = scene.browser("alice", &gateway).await?;
        let server = alice.see("combobox", "Server").await?;
        server
            .choose("gone")
            .await
            .context("the configured server is offered")?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.read("alert", None, "refused the connection").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_gateway_that_comes_back_is_found_and_what_was_written_meanwhile_arrives_once()
-> Result<()> {
    scene("gateway_restarted", async |scene| {
        let mut gateway = scene.demo()?;
        let alice = scene.session("alice", &gateway).await?;
        alice.click("button", "Echo, Online").await?;
        alice.say("Before").await?;
        alice.read("log", Some("Messages"), "Echo says:").await?;
        gateway.kill()?;
        alice
            .read("status", Some("Connection"), "Trying again")
            .await?;
        alice.see("button", "Echo, status unknown").await?;
        for text in ["First meanwhile", "Second meanwhile"] {
            alice.say(text).await?;
        }
        alice
            .read("list", Some("Waiting texts"), "Second meanwhile")
            .await?;
        gateway.start_again()?;
        alice
            .read("status", Some("Connection"), "Connected to")
            .await?;
        alice.see("button", "Echo, Online").await?;
        alice.see_gone("list", "Waiting texts").await?;
        let echoes = "return [...document.querySelectorAll('.line:not(.line--mine) .line__text')]\
            .map(line => line.innerText).join('|')";
        until("Echo has answered each text once", async || {
            let answered = alice.evaluate(echoes).await?;
            Ok((answered == "Before|First meanwhile|Second meanwhile").then_some(()))
        })
        .await
    })
    .await
}

/// Time runs ten times as fast for the page.
const HURRY: &str = "{ const { setTimeout, performance } = window, now = performance.now.bind(performance); \
    window.setTimeout = (call, wait, ...more) => setTimeout(call, wait / 10, ...more); \
    performance.now = () => now() * 10; }";

#[tokio::test]
async fn a_gateway_that_falls_silent_is_noticed_although_the_server_never_answers_a_ping()
-> Result<()> {
    scene("gateway_silent", async |scene| {
        let crowd = Crowd::without_qng(3).await?;
        let gateway = scene.gateway(&["--server", &format!("crowd={}", crowd.address())])?;
        let me = scene.blank("me").await?;
        me.before_pages(HURRY).await?;
        me.open(gateway.address()).await?;
        me.sign_in("me@example.com", "any").await?;
        me.see("button", "Sign out").await?;
        let began = "window.began = performance.now()";
        me.evaluate(began).await?;
        gateway.freeze()?;
        me.read("status", Some("Connection"), "connection was lost")
            .await?;
        let seconds = "return (performance.now() - window.began) / 1000";
        let seconds = me.evaluate(seconds).await?.as_f64().unwrap_or(f64::MAX);
        // Each look of the test costs as many seconds of the page as tenths of its own.
        ensure!(seconds < 60.0, "it took {seconds} s");
        Ok(())
    })
    .await
}
