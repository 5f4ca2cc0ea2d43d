//! Several people, texts of all lengths, and what the page does not do.

use anyhow::{Result, ensure};
use msnp6_e2e::{
    Browser, Crowd,
    key::{ENTER, SHIFT_ENTER},
    scene, until,
};
use serde_json::Value;

const MESSAGES: Option<&str> = Some("Messages");

/// What others said in the conversation in front.
async fn heard(browser: &Browser) -> Result<Vec<String>> {
    let texts = "return [...document.querySelectorAll('.line:not(.line--mine) .line__text')]\
        .map(line => line.innerText)";
    Ok(serde_json::from_value(browser.evaluate(texts).await?)?)
}

/// Too long for two messages.
fn long_text() -> String {
    let words = (0..600).map(|number| format!("w{number}"));
    words.collect::<Vec<_>>().join(" ")
}

/// Puts a text into the field at once, as pasting does.
async fn paste(browser: &Browser, text: &str) -> Result<()> {
    let script = format!(
        "document.querySelector('textarea').focus(); \
         return document.execCommand('insertText', false, {})",
        Value::from(text)
    );
    let is_in = browser.evaluate(&script).await?;
    ensure!(is_in == true, "the field took nothing");
    Ok(())
}

#[tokio::test]
async fn several_are_invited_at_once_and_what_they_type_and_write_arrives_whole() -> Result<()> {
    scene("company", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.session("alice", &gateway).await?;
        let carol = scene.session("carol", &gateway).await?;
        let bob = scene.session("bob", &gateway).await?;
        bob.see("button", "Alice, Online").await?;
        bob.click("button", "Carol, Online").await?;
        texts(&bob, &carol).await?;

        bob.click("button", "Invite someone").await?;
        bob.click("checkbox", "Alice (Online)").await?;
        bob.click("checkbox", "Parrot (Online)").await?;
        bob.click("button", "Invite").await?;
        bob.see("list", "People here").await?;
        for name in ["Alice", "Parrot"] {
            let joined = format!("{name} has joined the conversation.");
            bob.read("log", MESSAGES, &joined).await?;
        }
        bob.say("Welcome").await?;
        alice.open_last_tab().await?;
        alice.read("log", MESSAGES, "Welcome").await?;
        both_type(&bob, &alice, &carol).await
    })
    .await
}

/// One of two lines, and one that is cut into several messages, with the word for it while it grows.
async fn texts(bob: &Browser, carol: &Browser) -> Result<()> {
    bob.press(&["one", SHIFT_ENTER, "two", ENTER].concat())
        .await?;
    carol.open_last_tab().await?;
    carol.read("log", MESSAGES, "one\ntwo").await?;
    carol.read("log", MESSAGES, "Bob says:").await?;
    let day = "return document.querySelector('.day').textContent === \
        new Date().toLocaleDateString('en-GB', \
        { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).replace(/^(\\w+) /, '$1, ')";
    ensure!(carol.evaluate(day).await? == true, "no day line");
    let long = long_text();
    paste(bob, &long[..1380]).await?;
    bob.read("form", None, "20 left").await?;
    paste(bob, &long[1380..]).await?;
    bob.read("form", None, "Goes as 3 messages").await?;
    bob.press(ENTER).await?;
    carol.read("log", MESSAGES, "w599").await?;
    let pieces = heard(carol).await?.split_off(1);
    ensure!(pieces.len() == 3, "{} pieces", pieces.len());
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let arrived: Vec<_> = pieces
        .iter()
        .flat_map(|piece| words(piece.trim()))
        .collect();
    ensure!(arrived == words(&long), "{arrived:?}");
    Ok(())
}

/// Each goes on typing until it is seen that both do.
async fn both_type(bob: &Browser, alice: &Browser, carol: &Browser) -> Result<()> {
    alice.see("textbox", "Message").await?.press("x").await?;
    bob.see("status", "Alice is typing").await?;
    carol.see("textbox", "Message").await?.press("x").await?;
    until("Bob sees that both are typing", async || {
        for typist in [alice, carol] {
            typist.press("x").await?;
        }
        for name in ["Alice and Carol", "Carol and Alice"] {
            let status = format!("{name} are typing");
            if bob.look("status", Some(&status)).await?.is_some() {
                return Ok(Some(()));
            }
        }
        Ok(None)
    })
    .await
}

#[tokio::test]
async fn a_file_that_is_offered_is_named_and_declined_and_emoticons_can_be_words() -> Result<()> {
    scene("offered", async |scene| {
        let crowd = Crowd::start(3).await?;
        let gateway = scene.gateway(&["--server", &format!("crowd={}", crowd.address())])?;
        let me = scene.browser("me", &gateway).await?;
        me.sign_in("me@example.com", "any").await?;
        me.see("button", "Contact 0000, Online").await?;
        crowd.rings()?;
        crowd.offers("holiday.jpg", 20_480)?;
        me.open_last_tab().await?;
        me.read(
            "log",
            MESSAGES,
            " wanted to send you \u{201c}holiday.jpg\u{201d} (20 KB). This page cannot receive files",
        )
        .await?;
        until("an answer is sent", async || {
            let (_, frames) = me.network().await?;
            let is_no = |text: &str| {
                let is_for_it = text.contains("Invitation-Cookie: 4711");
                is_for_it && text.contains("Invitation-Command: CANCEL")
            };
            let mut sent = frames.iter().filter(|frame| frame.is_sent);
            let is_sent = sent.any(|frame| is_no(&String::from_utf8_lossy(&frame.payload)));
            Ok(is_sent.then_some(()))
        })
        .await?;

        crowd.speaks_as("Contact 0000", "well :-)")?;
        me.see("image", "smile :-)").await?;
        me.see("button", "Emoticons").await?;
        me.click("button", "Options").await?;
        me.click("checkbox", "Show emoticons as pictures").await?;
        me.click("button", "Close").await?;
        me.see_gone("image", "smile :-)").await?;
        me.see_gone("button", "Emoticons").await?;
        me.read("log", MESSAGES, "well :-)").await.map(drop)
    })
    .await
}
