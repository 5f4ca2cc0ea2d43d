//! A list of a thousand contacts, with the wire view open beside it: found, walked, scrolled, changed, and talked
//! to.

use anyhow::{Result, ensure};
use msnp6_e2e::{
    Browser, Crowd, Gateway, Scene,
    key::{BACKSPACE, DOWN, END, ESCAPE},
    scene, until,
};

const CONTACTS: usize = 1000;

/// Signs in, and waits until the last row is there.
async fn signed_in(scene: &mut Scene, crowd: &Crowd) -> Result<(Gateway, Browser)> {
    let gateway = scene.gateway(&["--server", &format!("crowd={}", crowd.address())])?;
    let me = scene.browser("me", &gateway).await?;
    me.click("button", "Wire view").await?;
    me.sign_in("me@example.com", "any").await?;
    me.see("heading", "Online (334)").await?;
    me.see("heading", "Not online (666)").await?;
    until("there are a thousand rows", async || {
        let rows = "return document.querySelectorAll('.contact').length";
        Ok((me.evaluate(rows).await? == CONTACTS).then_some(()))
    })
    .await?;
    Ok((gateway, me))
}

#[tokio::test]
async fn among_a_thousand_contacts_one_is_found_walked_to_moved_and_talked_to() -> Result<()> {
    scene("thousand", async |scene| {
        let crowd = Crowd::start(CONTACTS).await?;
        let (_gateway, me) = signed_in(scene, &crowd).await?;
        find(&me).await?;
        walk(&me, &crowd).await?;
        scroll(&me).await?;
        talk(&me, &crowd).await
    })
    .await
}

/// By the search field.
async fn find(me: &Browser) -> Result<()> {
    let filter = me.see("searchbox", "Find a contact").await?;
    filter.fill(&Crowd::name(700)).await?;
    me.see_gone("heading", "Online (334)").await?;
    me.see("heading", "Not online (1)").await?;
    me.read("status", None, "1 found").await?;
    let found = format!("{}, Offline", Crowd::name(700));
    ensure!(me.see("button", &found).await?.is_in_sight().await?);
    filter.press(&"x".repeat(3)).await?;
    me.read("main", None, "Nobody on your list has that")
        .await?;
    filter.press(ESCAPE).await?;
    me.see("heading", "Not online (666)").await.map(drop)
}

/// By letters; and the focus goes along with a contact who comes online.
async fn walk(me: &Browser, crowd: &Crowd) -> Result<()> {
    let who = 500;
    let name = Crowd::name(who);
    me.press(DOWN).await?;
    me.press(&name).await?;
    let before = format!("{name}, Offline");
    me.see_focus("button", &before).await?;
    ensure!(me.see("button", &before).await?.is_in_sight().await?);
    crowd.tells_presence(who..who + 1, "BSY")?;
    me.see("heading", "Online (335)").await?;
    me.see("heading", "Not online (665)").await?;
    let after = format!("{name}, Busy");
    me.see_focus("button", &after).await?;
    ensure!(me.see("button", &after).await?.is_in_sight().await?);
    // The wire view has heard it, too.
    let filter = me.see("searchbox", "Filter").await?;
    filter.press("BSY").await?;
    let line = format!("NLN BSY contact-{who:04}@example.com");
    me.read("group", Some("Dialogue"), &line).await?;
    filter.press(&BACKSPACE.repeat(3)).await
}

/// To the end by wheel and by key.
async fn scroll(me: &Browser) -> Result<()> {
    // Without a screen reader Chromium keeps no account of rows that change out of sight; with one it does.
    let is_shown = async |row: &str| -> Result<bool> {
        let script = format!(
            "const row = document.querySelector('.contact[aria-label=\"{row}\"]').getBoundingClientRect();\
             const list = document.querySelector('.contacts').getBoundingClientRect();\
             return row.top >= list.top && row.bottom <= list.bottom"
        );
        Ok(me.evaluate(&script).await? == true)
    };
    let turn = async |pixels| me.turn_wheel("list", "Contacts", pixels).await;
    // By name, these are the first who is online and the last who is not.
    let (first, last) = ("Contact 0000, Online", "Contact 9990, Offline");
    turn(-100_000).await?;
    until("the first one is in sight", async || {
        Ok(is_shown(first).await?.then_some(()))
    })
    .await?;
    ensure!(!is_shown(last).await?);
    turn(100_000).await?;
    until("the last one is in sight", async || {
        Ok(is_shown(last).await?.then_some(()))
    })
    .await?;
    turn(-100_000).await?;
    me.click("button", first).await?;
    me.see("region", "Conversation with Contact 0000").await?;
    me.see("button", first).await?.press(END).await?;
    me.see_focus("button", last).await?;
    ensure!(is_shown(last).await?);
    Ok(())
}

/// One of the last ones is opened; and somebody calls meanwhile.
async fn talk(me: &Browser, crowd: &Crowd) -> Result<()> {
    me.click("button", "Contact 9990, Offline").await?;
    me.see("region", "Conversation with Contact 9990").await?;
    crowd.rings()?;
    crowd.writes(1)?;
    // See above: the row is sought where it is in sight.
    me.turn_wheel("list", "Contacts", -100_000).await?;
    me.click("button", "Contact 0000, Online").await?;
    me.read("log", Some("Messages"), "This is text 1").await?;
    me.click("button", "Close the wire view").await?;
    me.see_gone("region", "Wire view").await
}
