//! Somebody at a browser who uses the mouse alone, or the keyboard alone. The same story is told with both.

use crate::{
    Browser, Gateway, Scene,
    key::{DOWN, ENTER, SELECT_ALL, TAB},
};
use anyhow::Result;

/// A person.
#[derive(Debug)]
pub struct Person {
    /// Where they sit.
    pub browser: Browser,
    has_mouse: bool,
}

impl Person {
    /// Somebody who has not done anything so far.
    pub const fn at(browser: Browser, has_mouse: bool) -> Self {
        Self { browser, has_mouse }
    }

    /// Starts a browser in which somebody with an account of the demo signs in.
    pub async fn sign_in(
        scene: &mut Scene,
        name: &str,
        gateway: &Gateway,
        has_mouse: bool,
    ) -> Result<Self> {
        let person = Self::at(scene.browser(name, gateway).await?, has_mouse);
        person.enter(name).await?;
        Ok(person)
    }

    /// Signs in with an account of the demo, at the form.
    pub async fn enter(&self, name: &str) -> Result<()> {
        let address = format!("{name}@example.com");
        self.fill("E-mail address", &address).await?;
        self.fill("Password", "demo").await?;
        self.press("button", "Sign in").await?;
        self.browser.see("button", "Sign out").await.map(drop)
    }

    /// Presses what has that role and name.
    pub async fn press(&self, role: &str, name: &str) -> Result<()> {
        if self.has_mouse {
            return self.browser.click(role, name).await;
        }
        // In a menu the Tab key is a way out.
        let key = if role.starts_with("menuitem") {
            DOWN
        } else {
            TAB
        };
        self.browser.walk(key, role, name).await?;
        self.browser.press(ENTER).await
    }

    /// Chooses from a menu of pictures: by keyboard with the first letter of their names, as arrows go by
    /// rows and columns there.
    pub async fn pick(&self, role: &str, name: &str) -> Result<()> {
        if self.has_mouse {
            return self.browser.click(role, name).await;
        }
        let letter = name.get(..1).unwrap_or_default();
        self.browser.walk(letter, role, name).await?;
        self.browser.press(ENTER).await
    }

    /// Replaces the text in the field of that name.
    pub async fn fill(&self, field: &str, text: &str) -> Result<()> {
        if self.has_mouse {
            return self.browser.fill(field, text).await;
        }
        self.browser.walk(TAB, "textbox", field).await?;
        self.browser.press(&format!("{SELECT_ALL}{text}")).await
    }

    /// Sends what is written in the conversation that is in front.
    pub async fn send(&self) -> Result<()> {
        if self.has_mouse {
            return self.browser.click("button", "Send").await;
        }
        self.browser.walk(TAB, "textbox", "Message").await?;
        self.browser.press(ENTER).await
    }

    /// Writes a message in the conversation that is in front, and sends it.
    pub async fn say(&self, text: &str) -> Result<()> {
        self.fill("Message", text).await?;
        self.send().await
    }

    /// Opens the conversation with a contact of that name and status.
    pub async fn open(&self, name: &str, row: &str) -> Result<()> {
        if !self.has_mouse {
            self.step_to(name, row).await?;
            return self.browser.press(ENTER).await;
        }
        self.browser.click("button", row).await
    }

    /// Opens the menu of the contact with that name and status.
    pub async fn open_menu(&self, name: &str, row: &str) -> Result<()> {
        if !self.has_mouse {
            self.step_to(name, row).await?;
        }
        let more = format!("More about {name}");
        self.press("button", &more).await
    }

    /// Brings the conversation that was opened last, by whomever, to the front.
    pub async fn open_last_tab(&self) -> Result<()> {
        if self.has_mouse {
            return self.browser.open_last_tab().await;
        }
        self.browser.walk_to_last_tab().await
    }

    /// Chooses somebody from a list of people, and presses the button that moves them.
    pub async fn moves(&self, name: &str, list: &str, button: &str) -> Result<()> {
        if self.has_mouse {
            self.browser.see("listbox", list).await?;
            self.browser.click("option", name).await?;
        } else {
            self.browser.walk(TAB, "listbox", list).await?;
            self.browser.press(name).await?;
        }
        self.press("button", button).await
    }

    /// Waits until the contact is shown with that name and status.
    pub async fn sees(&self, contact: &str) -> Result<()> {
        self.browser.see("button", contact).await.map(drop)
    }

    /// Waits until the conversation in front says that.
    pub async fn reads(&self, words: &str) -> Result<()> {
        let log = Some("Messages");
        self.browser.read("log", log, words).await.map(drop)
    }

    /// Goes to a contact by arrows and letters.
    async fn step_to(&self, name: &str, row: &str) -> Result<()> {
        self.browser
            .walk(TAB, "searchbox", "Find a contact")
            .await?;
        self.browser.press(DOWN).await?;
        self.browser.press(name).await?;
        self.browser.walk(name, "button", row).await
    }
}
