//! The wire view, and a recording that is played without any server.

use anyhow::{Result, ensure};
use msnp6_e2e::{
    Browser, Person,
    key::{BACKSPACE, PASTE, TAB},
    scene,
};
use serde_json::Value;

/// A conversation at a real server, as it was recorded.
const RECORDING: &str = include_str!("../../../shared/tests/transcripts/17-chat-two.txt");

#[tokio::test]
async fn the_wire_view_shows_the_dialogue_without_its_secrets() -> Result<()> {
    scene("wire_view", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.click("button", "Wire view").await?;
        alice.sign_in("alice@example.com", "demo").await?;
        // The list takes the focus when it comes.
        alice.see("button", "Sign out").await?;
        // What is scrolled away is not seen; the filter brings it before the eyes.
        let dialogue = Some("Dialogue");
        let filter = alice.see("searchbox", "Filter").await?;
        filter.press("ver 1").await?;
        alice.read("group", dialogue, "C: VER 1 MSNP6").await?;
        filter.press(&BACKSPACE.repeat(5)).await?;
        alice.click("button", "Echo, Online").await?;
        alice.say("over the wire").await?;
        filter.press("over").await?;
        alice.read("group", dialogue, "C: MSG").await?;
        alice.read("group", dialogue, "| over the wire").await?;
        filter.press(&BACKSPACE.repeat(4)).await?;
        alice.read("group", dialogue, "ACK").await?;
        let shown = alice
            .evaluate("return document.querySelector('[aria-label=Dialogue]').textContent")
            .await?;
        let shown = shown.as_str().unwrap_or_default();
        let hidden = "*".repeat(32);
        ensure!(
            shown.contains(&format!("MD5 S {hidden}")),
            "no digest: {shown}"
        );
        for secret in secrets(&alice).await? {
            ensure!(!shown.contains(&secret), "{secret} is in {shown}");
        }
        alice.click("button", "Copy").await?;
        alice.read("region", Some("Wire view"), "Copied").await?;
        alice.click("button", "Close the wire view").await?;
        alice.see_gone("region", "Wire view").await
    })
    .await
}

/// The digest and the cookies that went over the browser's sockets.
async fn secrets(browser: &Browser) -> Result<Vec<String>> {
    let (_, frames) = browser.network().await?;
    let text = |payload: &Vec<u8>| String::from_utf8_lossy(payload).into_owned();
    let all: Vec<_> = frames.iter().map(|frame| text(&frame.payload)).collect();
    let behind = |mark: &str| {
        let lines = all.iter().flat_map(|text| text.lines());
        let found = lines
            .filter_map(|line| line.split_once(mark))
            .map(|(_, rest)| rest);
        let word = |rest: &str| rest.split(' ').next().unwrap_or_default().to_owned();
        found.map(word).collect::<Vec<_>>()
    };
    let digest: Vec<_> = behind(" MD5 S ")
        .into_iter()
        .filter(|it| it.len() == 32)
        .collect();
    let cookies = behind(" CKI ");
    ensure!(
        digest.len() == 1 && !cookies.is_empty(),
        "{digest:?} {cookies:?}"
    );
    Ok([digest, cookies].concat())
}

#[tokio::test]
async fn a_recording_is_played_without_a_word_to_any_server() -> Result<()> {
    scene("replay", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.click("button", "Replay a recording").await?;
        alice.see("dialog", "Replay a recording").await?;
        alice.click("button", "Replay").await?;
        alice
            .read("dialog", Some("Replay a recording"), "Nobody signs in")
            .await?;
        let text = Value::from(RECORDING);
        let script = format!("document.querySelector('textarea').value = {text}");
        alice.evaluate(&script).await?;
        alice.click("button", "Replay").await?;
        alice.see("button", "Stop the replay").await?;
        alice.see("button", "Bob Builder, Online").await?;
        let log = Some("Messages");
        alice.read("log", log, "hello bob").await?;
        alice.read("log", log, "second line").await?;
        alice
            .read("status", None, "Nothing is sent anywhere")
            .await?;
        let (entries, frames) = alice.network().await?;
        let is_socket = |entry: &String| entry.contains("webSocketCreated");
        ensure!(frames.is_empty() && !entries.iter().any(is_socket));
        alice.click("button", "Stop the replay").await?;
        alice.see("button", "Sign in").await?;
        alice
            .see_gone("region", "Conversation with Bob Builder")
            .await
    })
    .await
}

#[tokio::test]
async fn a_session_is_copied_pasted_and_played_again_by_keyboard_alone() -> Result<()> {
    scene("replay_copied", async |scene| {
        let gateway = scene.demo()?;
        let alice = Person::at(scene.browser("alice", &gateway).await?, false);
        alice.press("button", "Wire view").await?;
        alice.browser.see("region", "Wire view").await?;
        alice.enter("alice").await?;
        alice.open("Echo", "Echo, Online").await?;
        alice.say("over the wire (L)").await?;
        alice.reads("Echo says:").await?;
        alice.press("button", "Copy").await?;
        alice
            .browser
            .read("region", Some("Wire view"), "Copied")
            .await?;
        alice.press("button", "Sign out").await?;
        alice.browser.see("button", "Sign in").await?;
        alice.browser.network().await?;

        alice.press("button", "Replay").await?;
        alice.browser.walk(TAB, "textbox", "Recording").await?;
        alice.browser.press(PASTE).await?;
        alice.press("button", "Replay").await?;
        alice.sees("Echo, Online").await?;
        alice.open_last_tab().await?;
        alice.reads("Echo says:").await?;
        alice.browser.see("image", "heart (L)").await?;
        let (_, frames) = alice.browser.network().await?;
        ensure!(frames.is_empty(), "{} frames", frames.len());
        alice.press("button", "Stop the replay").await?;
        alice.browser.see("button", "Sign in").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn help_opens_by_its_key_wherever_the_focus_is() -> Result<()> {
    scene("help", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        let field = alice.see("textbox", "E-mail address").await?;
        field.press("\u{e031}").await?;
        alice
            .read("dialog", Some("Help"), "Begin a new line")
            .await?;
        alice.click("button", "Close").await?;
        alice.see_gone("dialog", "Help").await
    })
    .await
}
