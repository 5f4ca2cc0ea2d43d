//! The same journey at servers that are as odd as those that people have run: who is who, who is there,
//! what is said and what is changed comes out the same.

use anyhow::{Result, ensure};
use msnp6::server::{Quirk, Quirks};
use msnp6_e2e::{Browser, Scene, scene};

/// Alice, Bob and Carol, who have each other as contacts.
struct Journey {
    quirks: Quirks,
    alice: Browser,
    bob: Browser,
    carol: Browser,
}

impl Journey {
    async fn sign_in(&self) -> Result<()> {
        for (browser, who) in [
            (&self.alice, "alice"),
            (&self.bob, "bob"),
            (&self.carol, "carol"),
        ] {
            browser
                .sign_in(&format!("{who}@example.com"), "demo")
                .await?;
            browser.see("button", "Sign out").await?;
            browser.see("button", "Echo, Online").await?;
        }
        self.alice.see("button", "Carol, Online").await?;
        self.bob.see("button", "Alice, Online").await?;
        self.carol.see("button", "Bob, Online").await.map(drop)
    }

    /// Waits until Carol sees that Bob is gone. One family does not say so.
    async fn carol_misses(&self, bob: &str) -> Result<()> {
        if self.quirks.has(Quirk::FlnNamesReceiver) {
            return Ok(());
        }
        self.carol.see("button", bob).await.map(drop)
    }

    async fn decide_about_dave(&self) -> Result<()> {
        self.alice.see("dialog", "Dave has added you").await?;
        self.alice.click("button", "Allow").await?;
        if self.quirks.has(Quirk::AddIsRefused) {
            // Two changes were asked for: to allow Dave, and to have him as a contact.
            for _ in 0..2 {
                dismiss(&self.alice, "dave@example.com was not").await?;
            }
            return Ok(());
        }
        self.alice.see_gone("dialog", "Dave has added you").await?;
        self.alice.see("button", "Dave, Offline").await.map(drop)
    }

    async fn presence(&self) -> Result<()> {
        for status in ["Busy", "Online"] {
            self.bob.click("button", "My status").await?;
            self.bob.click("menuitemradio", status).await?;
            self.carol.see("button", &format!("Bob, {status}")).await?;
        }
        Ok(())
    }

    async fn talk(&self) -> Result<()> {
        self.bob.click("button", "Carol, Online").await?;
        for text in ["Hello Carol", "How are you?"] {
            self.bob.say(text).await?;
        }
        self.carol.click("button", "Bob, Online").await?;
        self.carol.read("log", MESSAGES, "How are you?").await?;
        self.carol.say("Fine, Bob").await?;
        self.bob.read("log", MESSAGES, "Fine, Bob").await.map(drop)
    }

    async fn three_talk(&self) -> Result<()> {
        self.bob.click("button", "Invite someone").await?;
        self.bob.click("checkbox", "Alice (Online)").await?;
        self.bob.click("button", "Invite").await?;
        self.bob.see("list", "People here").await?;
        self.bob.say("Now we are three").await?;
        self.alice.open_last_tab().await?;
        self.alice.read("log", MESSAGES, "Now we are three").await?;
        self.alice.say("So we are").await?;
        self.carol.read("log", MESSAGES, "So we are").await?;
        self.carol.see("list", "People here").await?;
        self.alice.click("button", "Close conversation").await?;
        for other in [&self.bob, &self.carol] {
            // One family says that somebody has left, and names whoever stays.
            if !self.quirks.has(Quirk::ByeNamesReceiver) {
                let left = "Alice has left the conversation.";
                other.read("log", MESSAGES, left).await?;
            }
            let heard = texts(other).await?;
            ensure!(heard == TALK, "{} heard {heard:?}", other.name());
        }
        Ok(())
    }

    async fn lists(&self) -> Result<()> {
        let is_refused = self.quirks.has(Quirk::AddIsRefused);
        choose(&self.bob, "Carol", "Block").await?;
        if is_refused {
            dismiss(&self.bob, "carol@example.com was not blocked").await?;
        } else {
            self.carol_misses("Bob, Offline").await?;
            choose(&self.bob, "Carol", "Unblock").await?;
            self.carol.see("button", "Bob, Online").await?;
        }
        self.bob.see("button", "Carol, Online").await?;
        choose(&self.bob, "Carol", "Remove").await?;
        self.bob.see("dialog", "Remove Carol?").await?;
        self.bob.click("button", "Remove").await?;
        self.bob.see_gone("button", "Carol, Online").await?;
        self.bob.click("button", "Add a contact").await?;
        self.bob.fill("E-mail address", "carol@example.com").await?;
        self.bob.click("button", "Add").await?;
        if is_refused {
            let window = Some("Add a contact");
            self.bob.read("dialog", window, "was not added").await?;
            return self.bob.click("button", "Cancel").await;
        }
        self.bob.see_gone("dialog", "Add a contact").await?;
        self.bob.see("button", "Carol, Online").await.map(drop)
    }

    async fn rename(&self) -> Result<()> {
        self.bob.click("button", "My name").await?;
        self.bob.fill("Your name", "Robert ☕").await?;
        self.bob.click("button", "Save").await?;
        self.bob.see_gone("dialog", "My name and numbers").await?;
        self.alice.see("button", "Robert ☕, Online").await?;
        self.carol
            .see("button", "Robert ☕, Online")
            .await
            .map(drop)
    }

    async fn leave_and_return(&self) -> Result<()> {
        self.bob.click("button", "Sign out").await?;
        self.bob.see("button", "Sign in").await?;
        self.carol_misses("Robert ☕, Offline").await?;
        self.bob.sign_in("bob@example.com", "demo").await?;
        self.bob.see("button", "Alice, Online").await?;
        self.carol.see("button", "Robert ☕, Online").await?;
        for browser in [&self.alice, &self.bob, &self.carol] {
            browser.click("button", "Sign out").await?;
            browser.see("button", "Sign in").await?;
            let complaints = browser.console().await?;
            ensure!(complaints.is_empty(), "the console has: {complaints:?}");
        }
        Ok(())
    }
}

async fn journey(scene: &mut Scene, quirks: Quirks) -> Result<()> {
    let (_server, gateway) = scene.built_in(quirks).await?;
    let journey = Journey {
        quirks,
        alice: scene.browser("alice", &gateway).await?,
        bob: scene.browser("bob", &gateway).await?,
        carol: scene.browser("carol", &gateway).await?,
    };
    journey.sign_in().await?;
    journey.decide_about_dave().await?;
    journey.presence().await?;
    journey.talk().await?;
    journey.three_talk().await?;
    journey.lists().await?;
    journey.rename().await?;
    journey.leave_and_return().await
}

async fn choose(browser: &Browser, name: &str, item: &str) -> Result<()> {
    let more = format!("More about {name}");
    browser.click("button", &more).await?;
    browser.click("menuitem", item).await
}

/// Reads what went wrong, and clears it away.
async fn dismiss(browser: &Browser, what: &str) -> Result<()> {
    browser.read("alert", None, what).await?;
    browser.click("button", "Dismiss").await
}

/// What was said in the conversation in front, by anybody.
async fn texts(browser: &Browser) -> Result<Vec<String>> {
    let said = "return [...document.querySelectorAll('.line__text')].map(it => it.innerText)";
    Ok(serde_json::from_value(browser.evaluate(said).await?)?)
}

const MESSAGES: Option<&str> = Some("Messages");

const TALK: [&str; 5] = [
    "Hello Carol",
    "How are you?",
    "Fine, Bob",
    "Now we are three",
    "So we are",
];

#[tokio::test]
async fn the_journey_comes_out_the_same_at_an_escargot_like_server() -> Result<()> {
    scene("escargot", async |scene| {
        journey(scene, Quirks::ESCARGOT).await
    })
    .await
}

#[tokio::test]
async fn the_journey_comes_out_the_same_at_a_funmsnp_like_server() -> Result<()> {
    scene("funmsnp", async |scene| {
        journey(scene, Quirks::FUN_MSNP).await
    })
    .await
}

#[tokio::test]
async fn the_journey_comes_out_the_same_at_an_ntx86_like_server() -> Result<()> {
    scene("ntx86", async |scene| journey(scene, Quirks::NTX86).await).await
}

#[tokio::test]
async fn the_journey_comes_out_the_same_at_a_pinto_like_server() -> Result<()> {
    scene("pinto", async |scene| journey(scene, Quirks::PINTO).await).await
}

#[tokio::test]
async fn the_journey_comes_out_the_same_at_servers_of_2001() -> Result<()> {
    scene("servers_of_2001", async |scene| {
        journey(scene, Quirks::REAL_2001).await
    })
    .await
}

#[tokio::test]
async fn the_journey_comes_out_the_same_at_a_server_with_every_quirk_that_goes_with_the_others()
-> Result<()> {
    scene("strangest", async |scene| {
        journey(scene, Quirks::STRANGEST).await
    })
    .await
}
