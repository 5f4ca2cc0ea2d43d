//! Takes the pictures in `docs/screens/`. No test: run by `cargo xtask screens` when the page looks new.

use anyhow::{Context as _, Result};
use msnp6_e2e::{Browser, scene};
use std::{fs, path::Path};

#[tokio::test]
async fn pictures_of_a_conversation_with_echo() -> Result<()> {
    scene("screens", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.resize(1440, 900).await?;
        alice.see("button", "Sign in").await?;
        pictures(&alice, "sign-in").await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.click("button", "Echo, Online").await?;
        for (text, answers) in [
            ("Hello! Anybody there?", 1),
            ("It is 2001 again \u{1f642}", 2),
        ] {
            alice.say(text).await?;
            msnp6_e2e::until("Echo has answered", async || {
                let log = alice.see("log", "Messages").await?.text().await?;
                Ok((log.matches("Echo says:").count() == answers).then_some(()))
            })
            .await?;
        }
        alice.see_gone("status", "Echo is typing").await?;
        pictures(&alice, "chat").await
    })
    .await
}

async fn pictures(alice: &Browser, name: &str) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/screens");
    fs::create_dir_all(&folder)?;
    for colours in ["light", "dark"] {
        for (width, height) in [(1440, 900), (360, 740)] {
            alice.prefer(colours).await?;
            alice.resize(width, height).await?;
            let path = folder.join(format!("{name}-{colours}-{width}.png"));
            let picture = alice.picture().await?;
            fs::write(&path, picture).with_context(|| format!("writing {}", path.display()))?;
        }
    }
    alice.resize(1440, 900).await
}
