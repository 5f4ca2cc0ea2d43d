//! Lists: adding, deciding, blocking, removing, one's own name; and asking others into a conversation.

use anyhow::Result;
use msnp6_e2e::{Browser, Gateway, Scene, scene};

async fn signed_in(scene: &mut Scene, gateway: &Gateway, who: &str) -> Result<Browser> {
    let browser = scene.browser(who, gateway).await?;
    browser
        .sign_in(&format!("{who}@example.com"), "demo")
        .await?;
    browser.see("button", "Sign out").await?;
    Ok(browser)
}

/// Opens the menu of a contact and chooses.
async fn choose(browser: &Browser, name: &str, item: &str) -> Result<()> {
    browser
        .click("button", &format!("More about {name}"))
        .await?;
    browser.click("menuitem", item).await
}

#[tokio::test]
async fn somebody_is_added_and_allows_it_and_both_see_each_other() -> Result<()> {
    scene("add", async |scene| {
        let gateway = scene.demo()?;
        let bob = signed_in(scene, &gateway, "bob").await?;
        let erin = signed_in(scene, &gateway, "erin").await?;
        erin.click("button", "Add a contact").await?;
        erin.see("dialog", "Add a contact").await?;
        erin.fill("E-mail address", "nobody@example.com").await?;
        erin.click("button", "Add").await?;
        erin.read("dialog", Some("Add a contact"), "was not added")
            .await?;
        erin.fill("E-mail address", "bob@example.com").await?;
        erin.click("button", "Add").await?;
        erin.see_gone("dialog", "Add a contact").await?;
        bob.see("dialog", "Erin has added you").await?;
        bob.click("button", "Allow").await?;
        bob.see("button", "Erin, Online").await?;
        erin.see("button", "Bob, Online").await?;
        bob.see_gone("dialog", "Erin has added you").await
    })
    .await
}

#[tokio::test]
async fn whoever_added_me_while_i_was_away_is_asked_about_at_sign_in() -> Result<()> {
    scene("added_by", async |scene| {
        let gateway = scene.demo()?;
        let alice = signed_in(scene, &gateway, "alice").await?;
        alice.see("dialog", "Dave has added you").await?;
        alice.click("button", "Block").await?;
        alice.see_gone("dialog", "Dave has added you").await?;
        let dave = signed_in(scene, &gateway, "dave").await?;
        dave.see("button", "Alice, Offline").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_contact_is_blocked_unblocked_and_removed() -> Result<()> {
    scene("block", async |scene| {
        let gateway = scene.demo()?;
        let bob = signed_in(scene, &gateway, "bob").await?;
        let carol = signed_in(scene, &gateway, "carol").await?;
        carol.see("button", "Bob, Online").await?;
        choose(&bob, "Carol", "Block").await?;
        carol.see("button", "Bob, Offline").await?;
        choose(&bob, "Carol", "Unblock").await?;
        carol.see("button", "Bob, Online").await?;
        choose(&bob, "Carol", "Properties").await?;
        bob.read("dialog", Some("Properties of Carol"), "carol@example.com")
            .await?;
        bob.click("button", "Close").await?;
        choose(&bob, "Carol", "Remove").await?;
        bob.see("dialog", "Remove Carol?").await?;
        bob.click("button", "Remove").await?;
        bob.see_gone("button", "More about Carol").await
    })
    .await
}

#[tokio::test]
async fn a_new_name_is_seen_by_others() -> Result<()> {
    scene("rename", async |scene| {
        let gateway = scene.demo()?;
        let bob = signed_in(scene, &gateway, "bob").await?;
        let carol = signed_in(scene, &gateway, "carol").await?;
        carol.click("button", "My name").await?;
        carol.fill("Your name", "Carol of the Bells").await?;
        carol.click("button", "Save").await?;
        carol.see_gone("dialog", "My name").await?;
        bob.see("button", "Carol of the Bells, Online")
            .await
            .map(drop)
    })
    .await
}

#[tokio::test]
async fn a_third_one_is_invited_and_all_read_what_is_said() -> Result<()> {
    scene("invite", async |scene| {
        let gateway = scene.demo()?;
        let alice = signed_in(scene, &gateway, "alice").await?;
        let bob = signed_in(scene, &gateway, "bob").await?;
        let carol = signed_in(scene, &gateway, "carol").await?;
        bob.click("button", "Alice, Online").await?;
        bob.say("Hello Alice").await?;
        alice.see("button", "Bob, Online").await?;
        bob.click("button", "Invite someone").await?;
        bob.click("checkbox", "Carol (Online)").await?;
        bob.click("button", "Invite").await?;
        bob.see("region", "Conversation with Alice and Carol")
            .await?;
        bob.say("Now we are three").await?;
        carol.open_last_tab().await?;
        carol
            .read("log", Some("Messages"), "Now we are three")
            .await
            .map(drop)
    })
    .await
}

#[tokio::test]
async fn a_nudge_arrives_and_one_to_nobody_is_refused_in_words() -> Result<()> {
    scene("nudge", async |scene| {
        let gateway = scene.demo()?;
        let bob = signed_in(scene, &gateway, "bob").await?;
        let carol = signed_in(scene, &gateway, "carol").await?;
        bob.click("button", "Carol, Online").await?;
        bob.click("button", "Nudge").await?;
        bob.read("alert", None, "Nobody is there to be nudged")
            .await?;
        bob.say("Hello").await?;
        carol.click("button", "Bob, Online").await?;
        carol.read("log", Some("Messages"), "Hello").await?;
        bob.click("button", "Nudge").await?;
        carol
            .read("log", Some("Messages"), "sent you a nudge")
            .await
            .map(drop)
    })
    .await
}
