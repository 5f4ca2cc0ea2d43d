//! One thing on the page, as a screen reader would present it, and what a hand can do to it.

use anyhow::{Context as _, Result};
use fantoccini::{Client, elements};
use serde_json::Value;
use std::fmt::{self, Display};

/// A node of the accessibility tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// The browser's number for the element behind it.
    pub(crate) number: u64,
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) description: String,
}

impl Node {
    /// Reads one from the answer to `Accessibility.queryAXTree`; hidden ones are none.
    pub(crate) fn read(node: &Value) -> Option<Self> {
        if node["ignored"].as_bool()? {
            return None;
        }
        let text = |field: &str| node[field]["value"].as_str().unwrap_or_default().to_owned();
        Some(Self {
            number: node["backendDOMNodeId"].as_u64()?,
            role: text("role"),
            name: text("name"),
            description: text("description"),
        })
    }
}

impl Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} \"{}\"", self.role, self.name)
    }
}

/// An element that was found by role and name.
#[derive(Clone, Debug)]
pub struct Element {
    element: elements::Element,
    node: Node,
}

impl Element {
    /// The element behind a node. `root` is the document's own element in the same page.
    pub(crate) fn new(client: &Client, root: &elements::Element, node: Node) -> Result<Self> {
        // Chromium's driver calls an element by its frame, its document and the browser's number.
        let root = root.element_id();
        let (document, _) = root
            .rsplit_once('.')
            .context("the driver names elements in another way than before")?;
        let name = elements::ElementRef::from(format!("{document}.{}", node.number));
        Ok(Self {
            element: elements::Element::from_element_id(client.clone(), name),
            node,
        })
    }

    /// Its accessible name.
    pub fn name(&self) -> &str {
        &self.node.name
    }

    /// Its accessible description.
    pub fn description(&self) -> &str {
        &self.node.description
    }

    /// The text that it shows.
    pub async fn text(&self) -> Result<String> {
        Ok(self.element.text().await?)
    }

    /// What a text field holds.
    pub async fn value(&self) -> Result<String> {
        Ok(self.element.prop("value").await?.unwrap_or_default())
    }

    /// Whether it can be used.
    pub async fn is_enabled(&self) -> Result<bool> {
        Ok(self.element.is_enabled().await?)
    }

    /// Whether keys go to it.
    pub(crate) async fn has_focus(&self, client: &Client) -> Result<bool> {
        let this = serde_json::to_value(&self.element)?;
        let script = "return document.activeElement === arguments[0]";
        let answer = client.execute(script, vec![this]).await?;
        Ok(answer == Value::Bool(true))
    }

    /// The middle of the part of it that is on the screen, in whole pixels, and whether nothing covers that.
    pub(crate) async fn middle(&self) -> Result<(i64, i64, bool)> {
        let this = serde_json::to_value(&self.element)?;
        let client = self.element.clone().client();
        let middle = client
            .execute(include_str!("middle.js"), vec![this])
            .await?;
        Ok(serde_json::from_value(middle)?)
    }

    /// Whether it is before the eyes: at least in part on the screen, and nothing covers that.
    pub async fn is_in_sight(&self) -> Result<bool> {
        let (.., is_in_sight) = self.middle().await?;
        Ok(is_in_sight)
    }

    /// Clicks into its middle; fails when something covers it.
    pub async fn click(&self) -> Result<()> {
        Ok(self.element.click().await?)
    }

    /// Presses keys in it, one after the other.
    pub async fn press(&self, keys: &str) -> Result<()> {
        Ok(self.element.send_keys(keys).await?)
    }

    /// Replaces what a text field holds.
    pub async fn fill(&self, text: &str) -> Result<()> {
        self.element.clear().await?;
        self.press(text).await
    }

    /// Chooses the option with that text from a list of choices.
    pub async fn choose(&self, option: &str) -> Result<()> {
        Ok(self.element.select_by_label(option).await?)
    }
}
