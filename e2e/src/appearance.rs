//! How the page is shown: its size, what the system asks of it, pictures of it, and what axe finds in it.

use crate::Browser;
use anyhow::{Context as _, Result, bail};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use std::{env, fs};

impl Browser {
    /// Gives the page's viewport that size, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", size)
            .await
            .map(drop)
    }

    /// Makes the system setting for colours `light` or `dark`.
    pub async fn prefer(&self, colours: &str) -> Result<()> {
        self.wish(&[("prefers-color-scheme", colours)]).await
    }

    /// Makes the system settings these, by the names that style sheets have for them, and all others
    /// the usual ones.
    pub async fn wish(&self, wishes: &[(&str, &str)]) -> Result<()> {
        let features = wishes
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }));
        let features = json!({ "features": features.collect::<Vec<_>>() });
        self.chromium("Emulation.setEmulatedMedia", features)
            .await
            .map(drop)
    }

    /// A picture of what is shown, as PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// A smaller picture, as WebP.
    pub async fn small_picture(&self) -> Result<Vec<u8>> {
        let format = json!({ "format": "webp", "quality": 60 });
        let picture = self.chromium("Page.captureScreenshot", format).await?;
        let data = picture["data"].as_str().context("the picture's data")?;
        Ok(BASE64_STANDARD.decode(data)?)
    }

    /// What of the controls that are shown cannot be operated at this size, however one scrolls, and what
    /// sticks out sideways: one line for each.
    pub async fn out_of_reach(&self) -> Result<Vec<String>> {
        lines(&self.evaluate(include_str!("reach.js")).await?)
    }

    /// What axe finds against WCAG 2.2 AA and its own advice in what is shown, one line for each
    /// element: the rule, the element, and what would help.
    pub async fn faults(&self) -> Result<Vec<String>> {
        if self.evaluate("return typeof axe").await? != "object" {
            let Some(file) = env::var_os("AXE") else {
                bail!("AXE does not name axe-core: run these tests by `cargo xtask test e2e`");
            };
            self.evaluate(&fs::read_to_string(file)?).await?;
        }
        lines(&self.evaluate(include_str!("faults.js")).await?)
    }
}

fn lines(found: &Value) -> Result<Vec<String>> {
    let lines = found.as_array().context("the list of faults")?;
    let lines = lines.iter().filter_map(Value::as_str);
    Ok(lines.map(str::to_owned).collect())
}
