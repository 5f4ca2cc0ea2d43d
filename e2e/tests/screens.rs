//! Takes the pictures in `docs/screens/`. No test: run by `cargo xtask screens` when the page looks new.

use anyhow::{Context as _, Result};
use msnp6_e2e::{Browser, moments, scene, tour};
use std::{fs, path::Path};

#[tokio::test]
async fn pictures_of_the_sign_in_page() -> Result<()> {
    scene("screens_sign_in", async |scene| {
        tour::sign_in(scene, pictures).await
    })
    .await
}

#[tokio::test]
async fn pictures_of_the_list() -> Result<()> {
    scene("screens_list", async |scene| {
        tour::list(scene, pictures).await
    })
    .await
}

#[tokio::test]
async fn pictures_of_conversations() -> Result<()> {
    scene("screens_conversation", async |scene| {
        tour::conversation(scene, pictures).await
    })
    .await
}

#[tokio::test]
async fn pictures_of_windows() -> Result<()> {
    scene("screens_windows", async |scene| {
        tour::windows(scene, pictures).await
    })
    .await
}

#[tokio::test]
async fn pictures_beside_a_session() -> Result<()> {
    scene("screens_beside", async |scene| {
        moments::before_and_beside(scene, pictures).await
    })
    .await
}

#[tokio::test]
async fn pictures_of_what_went_wrong() -> Result<()> {
    scene("screens_in_doubt", async |scene| {
        moments::in_doubt(scene, pictures).await
    })
    .await
}

/// One of each width, in light and in dark.
async fn pictures(browser: &Browser, name: &str) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/screens");
    fs::create_dir_all(&folder)?;
    for (width, height) in SIZES {
        browser.resize(width, height).await?;
        for colours in ["light", "dark"] {
            browser.prefer(colours).await?;
            let path = folder.join(format!("{name}-{width}-{colours}.webp"));
            let picture = browser.small_picture().await?;
            fs::write(&path, picture).with_context(|| format!("writing {}", path.display()))?;
        }
    }
    browser.resize(1280, 900).await
}

/// A phone, a tablet and a wide screen; the last one leaves the page as the journey goes on with it.
const SIZES: [(u32, u32); 3] = [(360, 740), (768, 900), (1440, 900)];
