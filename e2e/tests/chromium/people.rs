//! Everything about people, once by mouse and once by keyboard alone.

use anyhow::Result;
use msnp6_e2e::{Browser, Scene, scene};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const SELECT_ALL: &str = "\u{e009}a\u{e000}";

/// Somebody at a browser who uses one of the two alone.
struct Person {
    browser: Browser,
    has_mouse: bool,
}

impl Person {
    async fn press(&self, role: &str, name: &str) -> Result<()> {
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

    async fn fill(&self, field: &str, text: &str) -> Result<()> {
        if self.has_mouse {
            return self.browser.fill(field, text).await;
        }
        self.browser.walk(TAB, "textbox", field).await?;
        self.browser.press(&format!("{SELECT_ALL}{text}")).await
    }

    /// Opens the menu of the contact with that name and status.
    async fn open_menu(&self, name: &str, row: &str) -> Result<()> {
        if !self.has_mouse {
            self.browser
                .walk(TAB, "searchbox", "Find a contact")
                .await?;
            self.browser.press(DOWN).await?;
            self.browser.press(name).await?;
            self.browser.walk(name, "button", row).await?;
        }
        let more = format!("More about {name}");
        self.press("button", &more).await
    }

    /// Chooses somebody from a list of people, and presses the button that moves them.
    async fn moves(&self, name: &str, list: &str, button: &str) -> Result<()> {
        if self.has_mouse {
            self.browser.see("listbox", list).await?;
            self.browser.click("option", name).await?;
        } else {
            self.browser.walk(TAB, "listbox", list).await?;
            self.browser.press(name).await?;
        }
        self.press("button", button).await
    }

    async fn sees(&self, contact: &str) -> Result<()> {
        self.browser.see("button", contact).await.map(drop)
    }
}

async fn signed_in(browser: Browser, who: &str, has_mouse: bool) -> Result<Person> {
    let person = Person { browser, has_mouse };
    let address = format!("{who}@example.com");
    person.fill("E-mail address", &address).await?;
    person.fill("Password", "demo").await?;
    person.press("button", "Sign in").await?;
    person.browser.see("button", "Sign out").await?;
    Ok(person)
}

async fn story(scene: &mut Scene, has_mouse: bool) -> Result<()> {
    let gateway = scene.demo()?;
    let browser = scene.browser("bob", &gateway).await?;
    let bob = signed_in(browser, "bob", has_mouse).await?;
    let browser = scene.browser("erin", &gateway).await?;
    let erin = signed_in(browser, "erin", has_mouse).await?;

    erin.press("button", "Add a contact").await?;
    erin.fill("E-mail address", "bob@example.com").await?;
    erin.press("button", "Add").await?;
    erin.browser.see_gone("dialog", "Add a contact").await?;
    bob.browser.see("dialog", "Erin has added you").await?;
    bob.press("button", "Allow").await?;
    bob.sees("Erin, Online").await?;
    erin.sees("Bob, Online").await?;

    bob.open_menu("Erin", "Erin, Online").await?;
    bob.press("menuitem", "Block").await?;
    erin.sees("Bob, Offline").await?;
    bob.open_menu("Erin", "Erin, Online").await?;
    bob.press("menuitem", "Unblock").await?;
    erin.sees("Bob, Online").await?;

    bob.press("button", "My name").await?;
    bob.fill("Your name", "Robert").await?;
    bob.fill("Mobile phone", "555 0100").await?;
    bob.press("button", "Save").await?;
    bob.browser
        .see_gone("dialog", "My name and numbers")
        .await?;
    erin.open_menu("Robert", "Robert, Online").await?;
    erin.press("menuitem", "Properties").await?;
    erin.browser
        .read("dialog", Some("Properties of Robert"), "555 0100")
        .await?;
    erin.press("button", "Close").await?;

    bob.press("button", "Privacy").await?;
    bob.moves("Erin", "May see and call me", "Block").await?;
    erin.sees("Robert, Offline").await?;
    bob.moves("Erin", "Blocked", "Allow").await?;
    erin.sees("Robert, Online").await?;
    bob.press("button", "Close").await?;

    bob.press("button", "My status").await?;
    bob.press("menuitemradio", "Out to lunch").await?;
    erin.sees("Robert, Out to lunch").await?;

    erin.open_menu("Robert", "Robert, Out to lunch").await?;
    erin.press("menuitem", "Remove").await?;
    erin.press("button", "Remove").await?;
    erin.browser
        .see_gone("button", "Robert, Out to lunch")
        .await
}

#[tokio::test]
async fn everything_about_people_is_done_by_mouse() -> Result<()> {
    scene("people_by_mouse", async |scene| story(scene, true).await).await
}

#[tokio::test]
async fn everything_about_people_is_done_by_keyboard_alone() -> Result<()> {
    scene("people_by_keyboard", async |scene| {
        story(scene, false).await
    })
    .await
}

#[tokio::test]
async fn options_are_kept_over_a_reload() -> Result<()> {
    scene("options", async |scene| {
        let gateway = scene.demo()?;
        let browser = scene.browser("carol", &gateway).await?;
        let carol = signed_in(browser, "carol", true).await?;
        carol.press("button", "Options").await?;
        let order = carol.browser.see("combobox", "Order").await?;
        order.choose("By name").await?;
        carol.press("checkbox", "Hide who is not online").await?;
        carol.press("button", "Close").await?;
        carol.browser.see("heading", "All (2)").await?;
        carol.browser.reload().await?;
        let carol = signed_in(carol.browser, "carol", true).await?;
        carol.browser.see("heading", "All (2)").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn on_a_phone_a_conversation_leads_to_whoever_has_added_me() -> Result<()> {
    scene("added_on_a_phone", async |scene| {
        let gateway = scene.demo()?;
        let browser = scene.browser("alice", &gateway).await?;
        browser.resize(360, 740).await?;
        let alice = signed_in(browser, "alice", true).await?;
        alice.press("button", "Echo, Online").await?;
        alice
            .browser
            .see_gone("dialog", "Dave has added you")
            .await?;
        alice.press("button", "Show").await?;
        alice
            .browser
            .see("dialog", "Dave has added you")
            .await
            .map(drop)
    })
    .await
}
