//! What axe finds: nothing, on no screen, in no window and no menu, in no colours and at no width.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, moments, scene, tour};
use std::collections::BTreeMap;

/// How the system may want the page to look.
const WISHES: [&[(&str, &str)]; 5] = [
    &[("prefers-color-scheme", "light")],
    &[("prefers-color-scheme", "dark")],
    &[("forced-colors", "active")],
    &[("prefers-contrast", "more")],
    &[
        ("prefers-contrast", "more"),
        ("prefers-color-scheme", "dark"),
    ],
];

#[tokio::test]
async fn axe_finds_nothing_in_the_sign_in_page() -> Result<()> {
    scene("axe_sign_in", async |scene| {
        let mut found = BTreeMap::new();
        tour::sign_in(scene, async |browser, stop| {
            look(browser, stop, &mut found).await
        })
        .await?;
        none(&found)
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_in_the_list() -> Result<()> {
    scene("axe_list", async |scene| {
        let mut found = BTreeMap::new();
        tour::list(scene, async |browser, stop| {
            look(browser, stop, &mut found).await
        })
        .await?;
        none(&found)
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_in_conversations() -> Result<()> {
    scene("axe_conversation", async |scene| {
        let mut found = BTreeMap::new();
        tour::conversation(scene, async |browser, stop| {
            look(browser, stop, &mut found).await
        })
        .await?;
        none(&found)
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_in_windows() -> Result<()> {
    scene("axe_windows", async |scene| {
        let mut found = BTreeMap::new();
        tour::windows(scene, async |browser, stop| {
            look(browser, stop, &mut found).await
        })
        .await?;
        none(&found)
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_beside_a_session() -> Result<()> {
    scene("axe_beside", async |scene| {
        let mut found = BTreeMap::new();
        moments::before_and_beside(scene, async |browser, stop| {
            look(browser, stop, &mut found).await
        })
        .await?;
        none(&found)
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_where_something_went_wrong() -> Result<()> {
    scene("axe_in_doubt", async |scene| {
        let mut found = BTreeMap::new();
        moments::in_doubt(scene, async |browser, stop| {
            look(browser, stop, &mut found).await
        })
        .await?;
        none(&found)
    })
    .await
}

/// Notes what axe finds; the tour goes on, so that one run tells all of it.
async fn look(browser: &Browser, stop: &str, found: &mut Found) -> Result<()> {
    for wishes in WISHES {
        browser.wish(wishes).await?;
        for width in [360, 1280] {
            browser.resize(width, 800).await?;
            let faults = browser.faults().await?;
            for fault in faults {
                let wishes: Vec<&str> = wishes.iter().map(|wish| wish.1).collect();
                let place = format!("{stop} ({}, {width} px)", wishes.join(", "));
                found.entry(fault).or_default().push(place);
            }
        }
    }
    browser.prefer("light").await
}

fn none(found: &Found) -> Result<()> {
    let lines = found.iter().map(|(fault, places)| {
        let at = places.join(", ");
        format!("{fault}\n    at {at}\n")
    });
    let lines: String = lines.collect();
    ensure!(lines.is_empty(), "axe found:\n{lines}");
    Ok(())
}

/// Each fault, and where it was found.
type Found = BTreeMap<String, Vec<String>>;
