//! A talk of two from beginning to end, once by mouse and once by keyboard alone: whoever begins it and whoever
//! is called.

use anyhow::{Result, ensure};
use msnp6_e2e::{Person, Scene, scene};
use serde_json::json;

async fn talk(scene: &mut Scene, has_mouse: bool) -> Result<()> {
    let gateway = scene.demo()?;
    let bob = Person::sign_in(scene, "bob", &gateway, has_mouse).await?;
    let carol = Person::sign_in(scene, "carol", &gateway, has_mouse).await?;
    bob.open("Carol", "Carol, Online").await?;
    coloured_text(&bob).await?;
    // Carol answers in a conversation that she has not begun.
    carol.open_last_tab().await?;
    carol.reads("Look at that").await?;
    carol.browser.see("image", "heart (L)").await?;
    let style = "const style = getComputedStyle(document.querySelector('.line__text')); \
        return [style.fontWeight, style.color];";
    carol.browser.prefer("light").await?;
    let style = carol.browser.evaluate(style).await?;
    ensure!(style == json!(["700", "rgb(128, 0, 128)"]), "{style}");
    carol.say("How nice").await?;
    bob.reads("How nice").await?;
    bob.press("button", "Nudge").await?;
    carol.reads("Bob sent you a nudge.").await?;

    carol.press("button", "Close conversation").await?;
    carol.browser.see_gone("log", "Messages").await?;
    bob.reads("Carol has left the conversation.").await?;
    carol.press("button", "Sign out").await?;
    bob.sees("Carol, Offline").await?;
    bob.say("One more thing").await?;
    bob.reads("Not delivered").await?;
    carol.enter("carol").await?;
    bob.sees("Carol, Online").await?;
    bob.press("button", "Send again").await?;
    carol.open_last_tab().await?;
    carol.reads("One more thing").await?;
    bob.browser.see_gone("button", "Send again").await?;
    bob.press("button", "Sign out").await?;
    bob.browser.see("button", "Sign in").await?;
    carol.sees("Bob, Offline").await
}

/// Bold, purple, with an emoticon from the picker.
async fn coloured_text(bob: &Person) -> Result<()> {
    bob.press("button", "Font and colour").await?;
    bob.press("button", "Bold").await?;
    bob.press("button", "Colour: Black").await?;
    bob.pick("menuitemradio", "Purple").await?;
    bob.fill("Message", "Look at that ").await?;
    bob.press("button", "Emoticons").await?;
    bob.pick("menuitem", "heart (L)").await?;
    bob.send().await
}

#[tokio::test]
async fn a_talk_goes_from_beginning_to_end_by_mouse() -> Result<()> {
    scene("talk_by_mouse", async |scene| talk(scene, true).await).await
}

#[tokio::test]
async fn a_talk_goes_from_beginning_to_end_by_keyboard_alone() -> Result<()> {
    scene("talk_by_keyboard", async |scene| talk(scene, false).await).await
}
