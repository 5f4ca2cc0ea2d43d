//! The server goes away and comes back behind a gateway that stays.

use anyhow::{Result, ensure};
use msnp6::server::Quirks;
use msnp6_e2e::{Browser, scene};

/// What was said in the conversation in front, by everybody.
async fn texts(browser: &Browser) -> Result<Vec<String>> {
    let said = "return [...document.querySelectorAll('.line__text')].map(it => it.innerText)";
    Ok(serde_json::from_value(browser.evaluate(said).await?)?)
}

#[tokio::test]
async fn a_server_that_restarts_is_found_again_and_what_was_written_meanwhile_arrives_once()
-> Result<()> {
    scene("server_restarted", async |scene| {
        let (mut server, gateway) = scene.built_in(Quirks::NONE).await?;
        let bob = scene.session("bob", &gateway).await?;
        let carol = scene.session("carol", &gateway).await?;
        bob.click("button", "Carol, Online").await?;
        bob.say("Before").await?;
        carol.click("button", "Bob, Online").await?;
        carol.read("log", Some("Messages"), "Before").await?;
        server.stop().await?;
        for (browser, other) in [(&bob, "Carol"), (&carol, "Bob")] {
            browser
                .read("status", Some("Connection"), "refused the connection")
                .await?;
            let unknown = format!("{other}, status unknown");
            browser.see("button", &unknown).await?;
        }
        for text in ["First meanwhile", "Second meanwhile"] {
            bob.say(text).await?;
        }
        bob.read("list", Some("Waiting texts"), "Second meanwhile")
            .await?;
        carol.say("Third meanwhile").await?;
        server.start_again().await?;
        for (browser, other) in [(&bob, "Carol"), (&carol, "Bob")] {
            browser
                .read("status", Some("Connection"), "Connected to")
                .await?;
            browser.see("button", &format!("{other}, Online")).await?;
            browser.see_gone("list", "Waiting texts").await?;
        }
        carol
            .read("log", Some("Messages"), "Second meanwhile")
            .await?;
        bob.read("log", Some("Messages"), "Third meanwhile").await?;
        // Whatever was sent twice would have come before this.
        bob.say("After").await?;
        carol.read("log", Some("Messages"), "After").await?;
        for browser in [&bob, &carol] {
            let mut heard = texts(browser).await?;
            let carols = heard.extract_if(.., |text| text == "Third meanwhile");
            ensure!(carols.count() == 1, "{heard:?}");
            let bobs = ["Before", "First meanwhile", "Second meanwhile", "After"];
            ensure!(heard == bobs, "{heard:?}");
        }
        Ok(())
    })
    .await
}
