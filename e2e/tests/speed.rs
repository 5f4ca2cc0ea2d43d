//! Measures the page in a real Chromium and prints a table. No test: run by `cargo xtask bench page`.

use anyhow::{Context as _, Result};
use msnp6_e2e::{Browser, Crowd, Gateway, Scene, scene};
use serde_json::Value;

const CONTACTS: usize = 1000;
const LINES: usize = 10_000;
const LOADS: usize = 7;
const SIGN_INS: usize = 5;
const CHANGES: usize = 40;

#[tokio::test]
async fn the_page_is_measured() -> Result<()> {
    scene("speed", async |scene| {
        let crowd = Crowd::start(CONTACTS).await?;
        let server = format!("crowd={}", crowd.address());
        let gateway = scene.gateway(&["--server", &server])?;
        let mut table = Table::default();
        first_load(scene, &gateway, &mut table).await?;
        let me = scene.blank("me").await?;
        me.before_pages(include_str!("speed.js")).await?;
        me.open(gateway.address()).await?;
        me.see("button", "Sign in").await?;
        me.drop_tree().await?;
        lists(&me, &mut table).await?;
        presence(&me, &crowd, &mut table).await?;
        conversation(&me, &crowd, &mut table).await?;
        memory(&me, &mut table).await?;
        println!(
            "\n| what | measured |\n| --- | --- |\n{}",
            table.lines.join("\n")
        );
        Ok(())
    })
    .await
}

/// Each load is the first one of a fresh profile.
async fn first_load(scene: &mut Scene, gateway: &Gateway, table: &mut Table) -> Result<()> {
    let mut usable = Vec::new();
    let mut bytes = 0.0;
    for load in 0..LOADS {
        let browser = scene.blank(&format!("load {load}")).await?;
        browser.before_pages(include_str!("speed.js")).await?;
        browser.open(gateway.address()).await?;
        usable.push(number(&browser, "return bench.usable").await?);
        bytes = number(&browser, "return bench.bytes()").await?;
        browser.close().await?;
    }
    table.bytes("first load, all files, as transferred", bytes);
    table.times("navigation to a sign-in form that can be used", usable);
    Ok(())
}

async fn lists(me: &Browser, table: &mut Table) -> Result<()> {
    let (mut work, mut painted, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..SIGN_INS {
        if round > 0 {
            me.evaluate("return bench.quiet()").await?;
            me.click("button", "Sign out").await?;
        }
        me.evaluate(&format!("bench.expect_list({CONTACTS})"))
            .await?;
        me.sign_in("me@example.com", "any").await?;
        let it = me.evaluate("return bench.result").await?;
        work.push(part(&it, "work")?);
        painted.push(part(&it, "painted")?);
        let it = me.evaluate("return bench.all").await?;
        all.push(part(&it, "painted")?);
    }
    let bytes = number(me, "return bench.bytes()").await?;
    table.bytes("all that is loaded once signed in, as transferred", bytes);
    table.times("last LST of 1,000 contacts: list laid out", work);
    table.times("last LST of 1,000 contacts: list painted", painted);
    table.times("last LST of 1,000 contacts: the last row painted", all);
    Ok(())
}

async fn presence(me: &Browser, crowd: &Crowd, table: &mut Table) -> Result<()> {
    me.evaluate("return bench.quiet()").await?;
    me.drop_tree().await?;
    let (mut work, mut painted) = (Vec::new(), Vec::new());
    for change in 1..=CHANGES {
        // Half of them come online, which moves them to the other group. The caller stays as they are.
        let who = change * 3 + change % 2;
        let label = format!("{}, Busy", Crowd::name(who));
        me.evaluate(&format!("bench.expect({label:?})")).await?;
        crowd.tells_presence(who..who + 1, "BSY")?;
        let it = me.evaluate("return bench.result").await?;
        work.push(part(&it, "work")?);
        painted.push(part(&it, "painted")?);
    }
    let label = format!("{}, Away", Crowd::name(CONTACTS - 1));
    me.evaluate(&format!("bench.expect({label:?})")).await?;
    crowd.tells_presence(CONTACTS / 2..CONTACTS, "AWY")?;
    let it = me.evaluate("return bench.result").await?;
    table.times("one presence change: laid out", work);
    table.times(
        "one presence change: painted, with the wait for a frame",
        painted,
    );
    table.times(
        "500 presence changes at once: the last one laid out",
        vec![part(&it, "work")?],
    );
    Ok(())
}

async fn conversation(me: &Browser, crowd: &Crowd, table: &mut Table) -> Result<()> {
    crowd.rings()?;
    crowd.writes(LINES)?;
    let name = format!("{}, Online", Crowd::caller());
    me.see("button", &name).await?;
    me.evaluate(&format!("return bench.unread({LINES})"))
        .await?;
    me.evaluate("bench.long.length = 0").await?;
    me.evaluate(&format!("bench.expect_text('This is text {LINES} ')"))
        .await?;
    me.click("button", &name).await?;
    me.drop_tree().await?;
    let it = me.evaluate("return bench.result").await?;
    table.times(
        "10,000 lines: from the click to the end of them",
        vec![part(&it, "painted")?],
    );
    let task = number(me, "return bench.grown()").await?;
    table.times(
        "10,000 lines: longest task until the first of them is there",
        vec![task],
    );
    let first = "return document.querySelector('[role=log]').textContent.includes('text 1 of')";
    let is_whole = me.evaluate(first).await?;
    anyhow::ensure!(
        is_whole == true,
        "the log does not reach back to the first text"
    );
    let it = me.evaluate("return bench.scroll()").await?;
    table.times(
        "10,000 lines scrolled through: longest frame",
        vec![part(&it, "frame")?],
    );
    table.times(
        "10,000 lines scrolled through: longest task",
        vec![part(&it, "task")?],
    );
    let (long, frames) = (part(&it, "long")?, part(&it, "frames")?);
    table.lines.push(format!(
        "| 10,000 lines scrolled through: tasks over 50 ms | {long} in {frames} frames |"
    ));
    Ok(())
}

async fn memory(me: &Browser, table: &mut Table) -> Result<()> {
    let heap = me.heap().await?;
    table.bytes("JavaScript heap after all that", heap);
    let wasm = number(me, "return bench.memory.buffer.byteLength").await?;
    table.bytes("WebAssembly memory after all that", wasm);
    Ok(())
}

#[derive(Default)]
struct Table {
    lines: Vec<String>,
}

impl Table {
    /// Milliseconds: the median and the worst.
    fn times(&mut self, what: &str, mut all: Vec<f64>) {
        all.sort_by(f64::total_cmp);
        let median = all.get(all.len() / 2).copied().unwrap_or_default();
        let worst = all.last().copied().unwrap_or_default();
        self.lines.push(if all.len() > 1 {
            format!(
                "| {what} | {median:.1} ms, at worst {worst:.1} ms ({} times) |",
                all.len()
            )
        } else {
            format!("| {what} | {median:.1} ms |")
        });
    }

    fn bytes(&mut self, what: &str, bytes: f64) {
        self.lines
            .push(format!("| {what} | {:.1} KB |", bytes / 1000.0));
    }
}

async fn number(browser: &Browser, script: &str) -> Result<f64> {
    let value = browser.evaluate(script).await?;
    value
        .as_f64()
        .with_context(|| format!("`{script}` gave {value}"))
}

fn part(value: &Value, name: &str) -> Result<f64> {
    let part = value[name].as_f64();
    part.with_context(|| format!("no `{name}` in {value}"))
}
