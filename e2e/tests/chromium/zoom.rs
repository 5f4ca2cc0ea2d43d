//! A window of 1280 × 1024 at 400 %: 320 × 256 pixels are left of it, and all of the page can still be used.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, scene, tour};

#[tokio::test]
async fn at_400_percent_everything_in_the_sign_in_page_can_be_operated() -> Result<()> {
    scene("zoom_sign_in", async |scene| {
        let mut found = vec![];
        let look = async |browser: &Browser, stop: &str| look(browser, stop, &mut found).await;
        tour::sign_in(scene, look).await?;
        none(&found)
    })
    .await
}

#[tokio::test]
async fn at_400_percent_everything_in_the_list_can_be_operated() -> Result<()> {
    scene("zoom_list", async |scene| {
        let mut found = vec![];
        let look = async |browser: &Browser, stop: &str| look(browser, stop, &mut found).await;
        tour::list(scene, look).await?;
        none(&found)
    })
    .await
}

#[tokio::test]
async fn at_400_percent_everything_in_conversations_can_be_operated() -> Result<()> {
    scene("zoom_conversation", async |scene| {
        let mut found = vec![];
        let look = async |browser: &Browser, stop: &str| look(browser, stop, &mut found).await;
        tour::conversation(scene, look).await?;
        none(&found)
    })
    .await
}

#[tokio::test]
async fn at_400_percent_everything_in_windows_can_be_operated() -> Result<()> {
    scene("zoom_windows", async |scene| {
        let mut found = vec![];
        let look = async |browser: &Browser, stop: &str| look(browser, stop, &mut found).await;
        tour::windows(scene, look).await?;
        none(&found)
    })
    .await
}

/// Notes what is out of reach; the tour goes on, so that one run tells all of it.
async fn look(browser: &Browser, stop: &str, found: &mut Vec<String>) -> Result<()> {
    browser.resize(320, 256).await?;
    let faults = browser.out_of_reach().await?;
    found.extend(faults.into_iter().map(|fault| format!("{stop}: {fault}")));
    browser.resize(1280, 900).await
}

fn none(found: &[String]) -> Result<()> {
    ensure!(found.is_empty(), "at 400 %:\n{}", found.join("\n"));
    Ok(())
}
