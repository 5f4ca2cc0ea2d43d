//! A test's stage: starts gateways and browsers, and leaves nothing running behind.

use crate::{Browser, BuiltIn, Gateway, chromium::Driver, gateway};
use anyhow::{Context as _, Result};
use msnp6::server::Quirks;
use std::{fs, path::PathBuf, time::Duration};
use tempfile::TempDir;
use tokio::time::timeout;

/// Runs a test on a stage of its own.
///
/// When it fails, a picture of each browser is left in `target/e2e-screens/`.
pub async fn scene(name: &str, play: impl AsyncFnOnce(&mut Scene) -> Result<()>) -> Result<()> {
    let mut scene = Scene {
        name: name.to_owned(),
        driver: Driver::start()?,
        profiles: vec![],
        browsers: vec![],
    };
    let result = match timeout(DEADLINE, play(&mut scene)).await {
        Ok(result) => result,
        Err(_) => Err(anyhow::anyhow!("the scene was not over in {DEADLINE:?}")),
    };
    if result.is_err() {
        // The test has failed already; what goes wrong here would only hide why. A page that was left
        // frozen is never ready for a picture.
        let _ = timeout(PICTURES, scene.take_pictures()).await;
    }
    result
}

/// The stage.
#[derive(Debug)]
pub struct Scene {
    name: String,
    driver: Driver,
    profiles: Vec<TempDir>,
    browsers: Vec<Browser>,
}

impl Scene {
    /// Starts a gateway with the built-in server.
    pub fn demo(&self) -> Result<Gateway> {
        self.gateway(&["--demo"])
    }

    /// Starts a gateway with these arguments besides its address and the page.
    pub fn gateway(&self, arguments: &[&str]) -> Result<Gateway> {
        Gateway::start(arguments)
    }

    /// Starts the built-in server in this process, and a gateway that leads to it alone.
    pub async fn built_in(&self, quirks: Quirks) -> Result<(BuiltIn, Gateway)> {
        let server = BuiltIn::start(quirks).await?;
        let entry = format!("Odd={}", server.address());
        let gateway = self.gateway(&["--server", &entry])?;
        Ok((server, gateway))
    }

    /// Starts a browser with a fresh profile and opens the page of `gateway`.
    pub async fn browser(&mut self, name: &str, gateway: &Gateway) -> Result<Browser> {
        let browser = self.blank(name).await?;
        browser.open(gateway.address()).await?;
        Ok(browser)
    }

    /// Starts a browser in which an account of the demo is signed in.
    pub async fn session(&mut self, name: &str, gateway: &Gateway) -> Result<Browser> {
        let browser = self.browser(name, gateway).await?;
        browser
            .sign_in(&format!("{name}@example.com"), "demo")
            .await?;
        browser.see("button", "Sign out").await?;
        Ok(browser)
    }

    /// Starts a browser with a fresh profile, on no page yet.
    pub async fn blank(&mut self, name: &str) -> Result<Browser> {
        let profile = tempfile::tempdir().context("making a profile")?;
        let client = self.driver.browser(profile.path()).await?;
        let browser = Browser {
            client,
            name: name.to_owned(),
        };
        self.profiles.push(profile);
        self.browsers.push(browser.clone());
        Ok(browser)
    }

    async fn take_pictures(&self) -> Result<()> {
        let folder = pictures();
        fs::create_dir_all(&folder)?;
        for browser in &self.browsers {
            let path = folder.join(format!("{}-{}.png", self.name, browser.name));
            fs::write(&path, browser.picture().await?)?;
            eprintln!("{} is what {} saw at the end", path.display(), browser.name);
            for line in browser.console().await? {
                eprintln!("console of {}: {line}", browser.name);
            }
        }
        Ok(())
    }
}

/// In the target directory, which no version control looks at.
fn pictures() -> PathBuf {
    gateway::repository().join("target").join("e2e-screens")
}

/// Above the sum of what a scene waits for when all goes well, on a machine with much else to do.
const DEADLINE: Duration = Duration::from_mins(3);

/// What the pictures of a failed scene may take.
const PICTURES: Duration = Duration::from_secs(20);
