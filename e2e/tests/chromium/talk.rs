//! Talking in style: colours, emoticons, links, earlier texts, several people, hostile words.

use anyhow::{Result, ensure};
use msnp6_e2e::{
    Browser, Gateway, Scene,
    key::{COPY, DOWN, ENTER, PASTE, TAB, UP},
    scene,
};
use serde_json::json;

async fn signed_in(scene: &mut Scene, gateway: &Gateway, who: &str) -> Result<Browser> {
    let browser = scene.browser(who, gateway).await?;
    browser
        .sign_in(&format!("{who}@example.com"), "demo")
        .await?;
    browser.see("button", "Sign out").await?;
    Ok(browser)
}

/// Bob and Carol, each with the conversation with the other in front.
async fn talking(scene: &mut Scene) -> Result<(Gateway, Browser, Browser)> {
    let gateway = scene.demo()?;
    let bob = signed_in(scene, &gateway, "bob").await?;
    let carol = signed_in(scene, &gateway, "carol").await?;
    bob.click("button", "Carol, Online").await?;
    carol.click("button", "Bob, Online").await?;
    Ok((gateway, bob, carol))
}

#[tokio::test]
async fn a_coloured_bold_text_with_an_emoticon_is_seen_by_the_other_one() -> Result<()> {
    scene("coloured", async |scene| {
        let (_gateway, bob, carol) = talking(scene).await?;
        bob.click("button", "Font and colour").await?;
        bob.click("button", "Bold").await?;
        bob.click("button", "Colour: Black").await?;
        bob.click("menuitemradio", "Purple").await?;
        bob.say("Look at that").await?;
        bob.click("button", "Emoticons").await?;
        bob.click("menuitem", "heart (L)").await?;
        bob.press(ENTER).await?;
        carol.read("log", Some("Messages"), "Look at that").await?;
        carol.see("image", "heart (L)").await?;
        let style = "const style = getComputedStyle(document.querySelector('.line__text')); \
            return [style.fontWeight, style.color];";
        carol.prefer("light").await?;
        let light = carol.evaluate(style).await?;
        ensure!(light == json!(["700", "rgb(128, 0, 128)"]), "{light}");
        carol.prefer("dark").await?;
        let dark = carol.evaluate(style).await?;
        ensure!(dark[0] == "700" && dark[1] != light[1], "{dark}");
        bob.reload().await?;
        bob.sign_in("bob@example.com", "demo").await?;
        bob.click("button", "Carol, Online").await?;
        bob.click("button", "Font and colour").await?;
        bob.see("button", "Colour: Purple").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn what_is_copied_from_the_transcript_is_what_was_written() -> Result<()> {
    scene("copied", async |scene| {
        const WORDS: &str = "look (L) at https://example.com/a?b=c  <b>";
        let (_gateway, bob, carol) = talking(scene).await?;
        bob.say(WORDS).await?;
        carol.see("image", "heart (L)").await?;
        let select = "document.querySelector('[role=log]').focus(); \
            getSelection().selectAllChildren(document.querySelector('.line__text'));";
        carol.evaluate(select).await?;
        carol.press(COPY).await?;
        let field = carol.see("textbox", "Message").await?;
        field.press(PASTE).await?;
        let pasted = field.value().await?;
        ensure!(pasted == WORDS, "{pasted:?}");
        // What was typed is not lost without a question.
        carol.click("button", "Close conversation").await?;
        carol
            .read("dialog", None, "This would be lost: a draft.")
            .await?;
        carol.press(ENTER).await?;
        carol.see_gone("button", "Discard").await?;
        ensure!(field.value().await? == WORDS);
        carol.click("button", "Close conversation").await?;
        carol.click("button", "Discard").await?;
        bob.read("log", Some("Messages"), "Carol has left the conversation.")
            .await?;
        carol.see_gone("textbox", "Message").await
    })
    .await
}

#[tokio::test]
async fn links_lead_away_safely_and_hostile_words_stay_words() -> Result<()> {
    const HOSTILE: [&str; 9] = [
        "<script>window.hurt = 1</script>",
        "<img src=x onerror='window.hurt = 1'>",
        "javascript:window.hurt=1 data:text/html,<script>1</script>",
        "http://a.example/'onmouseover=window.hurt=1//",
        "http://b.example/\"><svg onload=window.hurt=1>",
        "\u{202e}reversed \u{2066}isolated",
        "[c=4]coloured[/c] 4red \u{b7}$5purple \u{b7}#bold",
        "\u{200b}\u{200d}\u{feff} e\u{301}\u{301}\u{301}\u{301}\u{301}",
        "{{constructor.constructor('window.hurt = 1')()}} ${window.hurt = 1}",
    ];
    scene("hostile", async |scene| {
        let (_gateway, bob, carol) = talking(scene).await?;
        for text in HOSTILE {
            bob.say(text).await?;
        }
        bob.say("the last one: www.example.com").await?;
        carol.see("link", "www.example.com").await?;
        let found = carol
            .evaluate(
                "const log = document.querySelector('[role=log]'); \
                 const all = [...log.querySelectorAll('*')]; \
                 return { hurt: window.hurt ?? 0, \
                   odd: all.map(e => e.localName).filter(n => !'div p span time bdi a svg use'.split(' ').includes(n)), \
                   scripts: all.flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on')), \
                   links: [...log.querySelectorAll('a')].map(a => [a.protocol, a.rel, a.target].join(' ')), \
                   texts: [...log.querySelectorAll('.line__text')].map(e => e.textContent) };",
            )
            .await?;
        ensure!(found["hurt"] == 0, "something ran: {found}");
        ensure!(found["odd"] == json!([]), "markup came through: {found}");
        ensure!(found["scripts"] == json!([]), "a handler came through: {found}");
        let link = "http: noopener noreferrer nofollow _blank";
        ensure!(found["links"] == json!([link, link, link]), "{found}");
        for text in HOSTILE {
            let texts = found["texts"].as_array().into_iter().flatten();
            ensure!(texts.clone().any(|it| it == text), "{text:?} changed: {found}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_arrow_up_brings_back_what_was_sent() -> Result<()> {
    scene("recall", async |scene| {
        let (_gateway, bob, carol) = talking(scene).await?;
        bob.say("first").await?;
        bob.say("second").await?;
        carol.read("log", Some("Messages"), "second").await?;
        bob.see("textbox", "Message").await?.press(UP).await?;
        bob.press(UP).await?;
        let draft = bob.see("textbox", "Message").await?.value().await?;
        ensure!(draft == "first", "{draft:?}");
        bob.press(&["!", ENTER].concat()).await?;
        carol
            .read("log", Some("Messages"), "first!")
            .await
            .map(drop)
    })
    .await
}

#[tokio::test]
async fn three_people_talk_and_see_who_is_there_and_who_has_left() -> Result<()> {
    scene("three", async |scene| {
        let (gateway, bob, carol) = talking(scene).await?;
        let alice = signed_in(scene, &gateway, "alice").await?;
        bob.see("button", "Alice, Online").await?;
        bob.say("Hello Carol").await?;
        carol.read("log", Some("Messages"), "Hello Carol").await?;
        bob.click("button", "Invite someone").await?;
        bob.click("checkbox", "Alice (Online)").await?;
        bob.click("button", "Invite").await?;
        bob.see("list", "People here").await?;
        bob.say("Now we are three").await?;
        alice.open_last_tab().await?;
        alice
            .read("log", Some("Messages"), "Now we are three")
            .await?;
        alice.say("So we are").await?;
        carol.read("log", Some("Messages"), "So we are").await?;
        alice.click("button", "Close conversation").await?;
        bob.read("log", Some("Messages"), "Alice has left the conversation.")
            .await?;
        bob.see_gone("list", "People here").await
    })
    .await
}

#[tokio::test]
async fn three_people_talk_by_keyboard_alone() -> Result<()> {
    scene("three_by_keyboard", async |scene| {
        let gateway = scene.demo()?;
        let alice = signed_in(scene, &gateway, "alice").await?;
        let carol = signed_in(scene, &gateway, "carol").await?;
        let bob = scene.browser("bob", &gateway).await?;
        bob.see("button", "Sign in").await?;
        bob.walk(TAB, "textbox", "E-mail address").await?;
        bob.press("bob@example.com").await?;
        bob.walk(TAB, "textbox", "Password").await?;
        bob.press(&["demo", ENTER].concat()).await?;
        bob.see("button", "Sign out").await?;
        bob.see("button", "Carol, Online").await?;
        bob.see("button", "Alice, Online").await?;
        bob.walk(TAB, "button", "Alice, Online").await?;
        bob.walk(DOWN, "button", "Carol, Online").await?;
        bob.press(ENTER).await?;
        bob.see("region", "Conversation with Carol").await?;
        bob.press(&["Hello Carol", ENTER].concat()).await?;
        carol.see("button", "Bob, Online").await?;
        bob.walk(TAB, "button", "Invite someone").await?;
        bob.press(ENTER).await?;
        bob.see("dialog", "Invite someone").await?;
        bob.walk(TAB, "checkbox", "Alice (Online)").await?;
        bob.press(" ").await?;
        bob.walk(TAB, "button", "Invite").await?;
        bob.press(ENTER).await?;
        bob.see("list", "People here").await?;
        bob.walk(TAB, "button", "Emoticons").await?;
        bob.press(ENTER).await?;
        bob.press(&["\u{e014}", ENTER].concat()).await?;
        bob.press(&[" hello all", ENTER].concat()).await?;
        for other in [&alice, &carol] {
            other.walk_to_last_tab().await?;
            other.read("log", Some("Messages"), "hello all").await?;
            other.see("image", "laugh :-D").await?;
        }
        Ok(())
    })
    .await
}
