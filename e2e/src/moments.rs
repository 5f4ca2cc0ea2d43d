//! The rest of the way past every screen: what a person sees seldom, when something has gone wrong or wants
//! to be decided.

use crate::{Scene, tour::Look};
use anyhow::Result;
use serde_json::Value;

/// A conversation at a real server, as it was recorded.
const RECORDING: &str = include_str!("../../shared/tests/transcripts/17-chat-two.txt");

/// At the sign-in page: no configuration, a session in another tab, a replay, a notice.
pub async fn before_and_beside(scene: &mut Scene, mut look: impl Look) -> Result<()> {
    let gateway = scene.demo()?;
    let alice = scene.blank("alice").await?;
    alice.block("*/config.json*").await?;
    alice.open(gateway.address()).await?;
    alice.see("button", "Try again").await?;
    look(&alice, "no-configuration").await?;
    alice.block("").await?;
    alice.reload().await?;
    alice.click("button", "Replay a recording").await?;
    alice.see("dialog", "Replay a recording").await?;
    let text = Value::from(RECORDING);
    let script = format!("document.querySelector('textarea').value = {text}");
    alice.evaluate(&script).await?;
    alice.click("button", "Replay").await?;
    alice.read("log", Some("Messages"), "second line").await?;
    look(&alice, "replaying").await?;
    alice.click("button", "Stop the replay").await?;
    alice.sign_in("unverified@example.com", "demo").await?;
    alice.read("alert", None, "not verified").await?;
    look(&alice, "notice").await?;
    let first = alice.open_tab(gateway.address()).await?;
    alice.sign_in("unverified@example.com", "demo").await?;
    let asked = "Messenger is open in another tab as unverified@example.com";
    alice.see("dialog", asked).await?;
    look(&alice, "other-tab").await?;
    alice.click("button", "Use it here").await?;
    alice.see("button", "Sign out").await?;
    alice.show(&first).await?;
    alice.see("button", "Use it here").await?;
    look(&alice, "used-elsewhere").await
}

/// In conversations: a text that failed, what would be lost, somebody's menu, texts that wait.
pub async fn in_doubt(scene: &mut Scene, mut look: impl Look) -> Result<()> {
    let mut gateway = scene.demo()?;
    let alice = scene.session("alice", &gateway).await?;
    alice.click("button", "Bob, Offline").await?;
    alice.say("For when you are back").await?;
    alice.read("log", Some("Messages"), "Not delivered").await?;
    look(&alice, "not-delivered").await?;
    alice.click("button", "Close conversation").await?;
    alice.see("button", "Discard").await?;
    look(&alice, "before-it-is-lost").await?;
    alice.click("button", "Keep").await?;
    alice.click("button", "Echo, Online").await?;
    alice.say("Before").await?;
    alice.read("log", Some("Messages"), "Echo says:").await?;
    gateway.kill()?;
    alice.see("button", "Now").await?;
    alice.say("Meanwhile").await?;
    alice
        .read("list", Some("Waiting texts"), "Meanwhile")
        .await?;
    look(&alice, "waiting-texts").await
}
