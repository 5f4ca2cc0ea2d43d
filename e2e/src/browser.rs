//! A browser as its user: finds things by role and name, clicks, types, waits until it sees.

use crate::{
    element::{Element, Node},
    key,
    log::{self, Extension, Frame},
    until,
};
use anyhow::{Context as _, Result, bail};
use fantoccini::{
    Client, Locator,
    actions::{InputSource as _, KeyAction, KeyActions, WheelAction, WheelActions},
};
use serde_json::{Value, json};

/// A browser with a profile of its own, on the page of one gateway.
#[derive(Clone, Debug)]
pub struct Browser {
    pub(crate) client: Client,
    pub(crate) name: String,
}

/// One of a browser's tabs.
#[derive(Clone, Debug)]
pub struct Tab(fantoccini::wd::WindowHandle);

impl Browser {
    /// What the test calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens an address.
    pub async fn open(&self, address: &str) -> Result<()> {
        Ok(self.client.goto(address).await?)
    }

    /// Opens a new tab on an address and goes there. Gives the name of the one before.
    pub async fn open_tab(&self, address: &str) -> Result<Tab> {
        let before = Tab(self.client.window().await?);
        let opened = self.client.new_window(true).await?;
        self.show(&Tab(opened.handle)).await?;
        self.open(address).await?;
        Ok(before)
    }

    /// Goes to a tab. Gives the name of the one before.
    pub async fn show(&self, tab: &Tab) -> Result<Tab> {
        let before = Tab(self.client.window().await?);
        self.client.switch_to_window(tab.0.clone()).await?;
        Ok(before)
    }

    /// Puts the page to sleep, as browsers do with tabs that nobody looks at, or wakes it.
    pub async fn freeze(&self, is_frozen: bool) -> Result<()> {
        let state = if is_frozen { "frozen" } else { "active" };
        self.chromium("Page.setWebLifecycleState", json!({ "state": state }))
            .await
            .map(drop)
    }

    /// Lets nothing through to addresses of that form any more; to an empty one, everything again.
    pub async fn block(&self, form: &str) -> Result<()> {
        self.chromium("Network.enable", json!({})).await?;
        let forms: Vec<&str> = [form].into_iter().filter(|form| !form.is_empty()).collect();
        self.chromium("Network.setBlockedURLs", json!({ "urls": forms }))
            .await
            .map(drop)
    }

    /// Gives the browser a network, or takes it away: it tells the page, opens nothing and lets nothing of
    /// its `WebSockets` through.
    pub async fn has_network(&self, is_there: bool) -> Result<()> {
        let conditions = json!({
            "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.chromium("Network.emulateNetworkConditions", conditions)
            .await
            .map(drop)
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    /// The address that is shown.
    pub async fn address(&self) -> Result<String> {
        Ok(self.client.current_url().await?.to_string())
    }

    /// Waits until something with that role and exactly that name is there.
    pub async fn see(&self, role: &str, name: &str) -> Result<Element> {
        let what = format!("{} sees {role} \"{name}\"", self.name);
        let seen = until(&what, async || self.look(role, Some(name)).await).await;
        self.explain(seen).await
    }

    /// Waits until there is nothing with that role and name.
    pub async fn see_gone(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("{} sees no {role} \"{name}\"", self.name);
        let gone = until(&what, async || {
            Ok(self.look(role, Some(name)).await?.is_none().then_some(()))
        });
        self.explain(gone.await).await
    }

    /// Waits until an element of that role shows that text; without a name, any element.
    pub async fn read(&self, role: &str, name: Option<&str>, text: &str) -> Result<Element> {
        let of = name.map(|name| format!(" \"{name}\"")).unwrap_or_default();
        let what = format!("{} reads \"{text}\" in {role}{of}", self.name);
        let read = until(&what, async || {
            let Some(element) = self.look(role, name).await? else {
                return Ok(None);
            };
            let shown = element.text().await?;
            if !shown.contains(text) {
                bail!("it says: {shown}");
            }
            Ok(Some(element))
        });
        self.explain(read.await).await
    }

    /// Clicks what has that role and name, once it is there and can be clicked.
    pub async fn click(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("{} clicks {role} \"{name}\"", self.name);
        let clicked = until(&what, async || {
            let Some(element) = self.look(role, Some(name)).await? else {
                return Ok(None);
            };
            element.click().await.map(Some)
        });
        self.explain(clicked.await).await
    }

    /// Replaces the text in the field of that name.
    pub async fn fill(&self, field: &str, text: &str) -> Result<()> {
        self.see("textbox", field).await?.fill(text).await
    }

    /// Fills in the form and presses the button; does not wait for what follows.
    pub async fn sign_in(&self, address: &str, password: &str) -> Result<()> {
        self.fill("E-mail address", address).await?;
        self.fill("Password", password).await?;
        self.click("button", "Sign in").await
    }

    /// Writes a message in the conversation that is in front, and sends it.
    pub async fn say(&self, text: &str) -> Result<()> {
        self.fill("Message", text).await?;
        self.click("button", "Send").await
    }

    /// Presses keys where the focus is, one after the other.
    pub async fn press(&self, keys: &str) -> Result<()> {
        Ok(self.client.active_element().await?.send_keys(keys).await?)
    }

    /// Turns the mouse's wheel over what has that role and name; downwards by a positive number of pixels.
    pub async fn turn_wheel(&self, role: &str, name: &str, pixels: i64) -> Result<()> {
        let over = self.see(role, name).await?;
        let (x, y, _) = over.middle().await?;
        let scroll = WheelAction::Scroll {
            duration: None,
            x,
            y,
            delta_x: 0,
            delta_y: pixels,
        };
        let wheel = WheelActions::new("wheel".to_owned()).then(scroll);
        Ok(self.client.perform_actions(wheel).await?)
    }

    /// Presses a key again and again until the focus is on what has that role and name.
    pub async fn walk(&self, key: &str, role: &str, name: &str) -> Result<()> {
        self.see(role, name).await?;
        let what = format!("{role} \"{name}\"");
        self.walk_to(key, &what, async || self.look(role, Some(name)).await)
            .await
    }

    /// Brings the conversation that was opened last to the front, whatever its name is: that of several has
    /// its people in the order of the server.
    pub async fn open_last_tab(&self) -> Result<()> {
        let what = format!("{} clicks the last tab", self.name);
        let clicked = until(&what, async || match self.last_tab().await? {
            Some(tab) => tab.click().await.map(Some),
            None => Ok(None),
        });
        self.explain(clicked.await).await
    }

    /// Brings it to the front by keyboard alone.
    pub async fn walk_to_last_tab(&self) -> Result<()> {
        let what = format!("{} has a tab", self.name);
        let there = until(&what, async || self.last_tab().await);
        self.explain(there.await).await?;
        self.walk_to(key::TAB, "the last tab", async || self.last_tab().await)
            .await?;
        self.press(key::ENTER).await
    }

    async fn last_tab(&self) -> Result<Option<Element>> {
        let mut tabs = self
            .within("navigation", "Open conversations", "button")
            .await?;
        Ok(tabs.pop())
    }

    async fn walk_to(
        &self,
        key: &str,
        what: &str,
        look: impl AsyncFn() -> Result<Option<Element>>,
    ) -> Result<()> {
        for _ in 0..MAX_STEPS {
            if let Some(wanted) = look().await?
                && wanted.has_focus(&self.client).await?
            {
                return Ok(());
            }
            self.strike(key).await?;
        }
        let what = format!("{} does not get to {what} by keys", self.name);
        self.explain(Err(anyhow::anyhow!(what))).await
    }

    /// Presses keys wherever the focus is: also in a field for files, into which the driver types no keys.
    async fn strike(&self, keys: &str) -> Result<()> {
        let mut strokes = KeyActions::new("keys".to_owned());
        for value in keys.chars() {
            strokes = strokes
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        Ok(self.client.perform_actions(strokes).await?)
    }

    /// Waits until the focus is on what has that role and name.
    pub async fn see_focus(&self, role: &str, name: &str) -> Result<()> {
        let what = format!("{}'s focus is on {role} \"{name}\"", self.name);
        let focused = until(&what, async || {
            let Some(element) = self.look(role, Some(name)).await? else {
                return Ok(None);
            };
            Ok(element.has_focus(&self.client).await?.then_some(()))
        });
        self.explain(focused.await).await
    }

    /// What is there now with that role and, if given, that name.
    pub async fn look(&self, role: &str, name: Option<&str>) -> Result<Option<Element>> {
        let mut query = json!({ "role": role });
        if let Some(name) = name {
            query["accessibleName"] = json!(name);
        }
        let nodes = self.nodes(query).await?;
        let elements = self.elements(nodes.into_iter().take(1)).await?;
        Ok(elements.into_iter().next())
    }

    /// What is there now with a role, in order, within what has another role and that name.
    pub async fn within(&self, role: &str, name: &str, inner: &str) -> Result<Vec<Element>> {
        let outer = self
            .nodes(json!({ "role": role, "accessibleName": name }))
            .await?;
        let Some(outer) = outer.first() else {
            return Ok(vec![]);
        };
        let nodes = self
            .nodes_below(outer.number, json!({ "role": inner }))
            .await?;
        self.elements(nodes).await
    }

    async fn elements(&self, nodes: impl IntoIterator<Item = Node>) -> Result<Vec<Element>> {
        let root = self.client.find(Locator::Css("html")).await?;
        let element = |node| Element::new(&self.client, &root, node);
        nodes.into_iter().map(element).collect()
    }

    /// Takes the certificates of tests for good.
    pub async fn trust_any_certificate(&self) -> Result<()> {
        self.chromium(
            "Security.setIgnoreCertificateErrors",
            json!({ "ignore": true }),
        )
        .await
        .map(drop)
    }

    /// Lets the browser drop the tree for screen readers that it has kept up to date since something was first
    /// looked for by its role. Whoever uses none has no such tree.
    pub async fn drop_tree(&self) -> Result<()> {
        self.chromium("Accessibility.disable", json!({}))
            .await
            .map(drop)
    }

    /// Runs JavaScript in the page.
    pub async fn evaluate(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// Runs JavaScript in every page from now on, before anything of the page itself.
    pub async fn before_pages(&self, script: &str) -> Result<()> {
        let script = json!({ "source": script });
        self.chromium("Page.addScriptToEvaluateOnNewDocument", script)
            .await
            .map(drop)
    }

    /// How many bytes of JavaScript's objects are in use, after what is not has been cleared away.
    pub async fn heap(&self) -> Result<f64> {
        self.chromium("HeapProfiler.collectGarbage", json!({}))
            .await?;
        let usage = self.chromium("Runtime.getHeapUsage", json!({})).await?;
        usage["usedSize"].as_f64().context("the size of the heap")
    }

    /// Ends the browser; it can do nothing more.
    pub async fn close(&self) -> Result<()> {
        Ok(self.client.clone().close().await?)
    }

    /// What the page has said to the console since the last look.
    pub async fn console(&self) -> Result<Vec<String>> {
        log::entries(&self.client, "browser").await
    }

    /// What the browser has recorded of the network since the last look: entries, and the frames
    /// among them.
    pub async fn network(&self) -> Result<(Vec<String>, Vec<Frame>)> {
        let entries = log::entries(&self.client, "performance").await?;
        let frames = log::frames(&entries)?;
        Ok((entries, frames))
    }

    async fn nodes(&self, query: Value) -> Result<Vec<Node>> {
        let document = self
            .chromium("DOM.getDocument", json!({ "depth": 0 }))
            .await?;
        let document = document["root"]["backendNodeId"].as_u64();
        self.nodes_below(document.context("the document's number")?, query)
            .await
    }

    async fn nodes_below(&self, number: u64, mut query: Value) -> Result<Vec<Node>> {
        query["backendNodeId"] = json!(number);
        let tree = self.chromium("Accessibility.queryAXTree", query).await?;
        let nodes = tree["nodes"]
            .as_array()
            .context("the tree is a list of nodes")?;
        Ok(nodes.iter().filter_map(Node::read).collect())
    }

    /// Adds to a failure what was on the page instead.
    async fn explain<T>(&self, result: Result<T>) -> Result<T> {
        let Err(error) = result else { return result };
        let nodes = self.nodes(json!({})).await.unwrap_or_default();
        let named = nodes
            .iter()
            .filter(|node| !node.name.is_empty() && node.role != "InlineTextBox");
        let there: Vec<String> = named.map(ToString::to_string).collect();
        Err(error.context(format!(
            "on the page of {} were: {}",
            self.name,
            there.join(", ")
        )))
    }

    pub(crate) async fn chromium(&self, command: &str, parameters: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": parameters });
        let extension = Extension {
            path: "goog/cdp/execute",
            body,
        };
        let answer = self.client.issue_cmd(extension).await;
        answer.with_context(|| command.to_owned())
    }
}

/// How many keys lead anywhere at most.
const MAX_STEPS: usize = 60;
