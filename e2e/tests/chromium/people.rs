//! Everything about people, once by mouse and once by keyboard alone.

use anyhow::Result;
use msnp6_e2e::{Person, Scene, scene};

async fn story(scene: &mut Scene, has_mouse: bool) -> Result<()> {
    let gateway = scene.demo()?;
    let bob = Person::sign_in(scene, "bob", &gateway, has_mouse).await?;
    let erin = Person::sign_in(scene, "erin", &gateway, has_mouse).await?;

    erin.press("button", "Add a contact").await?;
    erin.fill("E-mail address", "bob@example.com").await?;
    erin.press("button", "Add").await?;
    erin.browser.see_gone("dialog", "Add a contact").await?;
    bob.browser.see("dialog", "Erin has added you").await?;
    bob.press("button", "Allow").await?;
    bob.sees("Erin, Online").await?;
    erin.sees("Bob, Online").await?;

    bob.open_menu("Erin", "Erin, Online").await?;
    bob.press("menuitem", "Block").await?;
    erin.sees("Bob, Offline").await?;
    bob.open_menu("Erin", "Erin, Online").await?;
    bob.press("menuitem", "Unblock").await?;
    erin.sees("Bob, Online").await?;

    bob.press("button", "My name").await?;
    bob.fill("Your name", "Robert").await?;
    bob.fill("Mobile phone", "555 0100").await?;
    bob.press("button", "Save").await?;
    bob.browser
        .see_gone("dialog", "My name and numbers")
        .await?;
    erin.open_menu("Robert", "Robert, Online").await?;
    erin.press("menuitem", "Properties").await?;
    erin.browser
        .read("dialog", Some("Properties of Robert"), "555 0100")
        .await?;
    erin.press("button", "Close").await?;

    bob.press("button", "Privacy").await?;
    bob.moves("Erin", "May see and call me", "Block").await?;
    erin.sees("Robert, Offline").await?;
    bob.moves("Erin", "Blocked", "Allow").await?;
    erin.sees("Robert, Online").await?;
    bob.press("button", "Close").await?;

    bob.press("button", "My status").await?;
    bob.press("menuitemradio", "Out to lunch").await?;
    erin.sees("Robert, Out to lunch").await?;

    erin.open_menu("Robert", "Robert, Out to lunch").await?;
    erin.press("menuitem", "Remove").await?;
    erin.press("button", "Remove").await?;
    erin.browser
        .see_gone("button", "Robert, Out to lunch")
        .await
}

#[tokio::test]
async fn everything_about_people_is_done_by_mouse() -> Result<()> {
    scene("people_by_mouse", async |scene| story(scene, true).await).await
}

#[tokio::test]
async fn everything_about_people_is_done_by_keyboard_alone() -> Result<()> {
    scene("people_by_keyboard", async |scene| {
        story(scene, false).await
    })
    .await
}

#[tokio::test]
async fn options_are_kept_over_a_reload() -> Result<()> {
    scene("options", async |scene| {
        let gateway = scene.demo()?;
        let carol = Person::sign_in(scene, "carol", &gateway, true).await?;
        carol.press("button", "Options").await?;
        let order = carol.browser.see("combobox", "Order").await?;
        order.choose("By name").await?;
        carol.press("checkbox", "Hide who is not online").await?;
        carol.press("button", "Close").await?;
        carol.browser.see("heading", "All (2)").await?;
        carol.browser.reload().await?;
        carol.enter("carol").await?;
        carol.browser.see("heading", "All (2)").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn on_a_phone_a_conversation_leads_to_whoever_has_added_me() -> Result<()> {
    scene("added_on_a_phone", async |scene| {
        let gateway = scene.demo()?;
        let browser = scene.browser("alice", &gateway).await?;
        browser.resize(360, 740).await?;
        let alice = Person::at(browser, true);
        alice.enter("alice").await?;
        alice.press("button", "Echo, Online").await?;
        alice
            .browser
            .see_gone("dialog", "Dave has added you")
            .await?;
        alice.press("button", "Show").await?;
        alice
            .browser
            .see("dialog", "Dave has added you")
            .await
            .map(drop)
    })
    .await
}
