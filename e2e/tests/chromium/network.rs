//! The network goes and comes back, the device sleeps, its clock jumps: the page says what happened and comes
//! back by itself, and no text is lost or sent twice.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, Cable, Gateway, Scene, Tab, scene, until};
use std::time::Duration;

/// How many times as fast as ours the clock of the page is: a minute of its time is ten seconds, and a server
/// still has two to answer.
const PACE: u32 = 6;

/// A dead link is noticed within this time. The rest is what a busy machine may take to show it.
const NOTICED: Duration = Duration::from_secs(35 + 5);

/// What a user calls at once, with what a busy machine adds.
const AT_ONCE: Duration = Duration::from_secs(10);

/// How long the lid is closed.
const NIGHT: Duration = Duration::from_hours(8);

/// Without waiting for silence: the clock is looked at every 5 seconds, and an answer may take 12.
const PROBED: Duration = Duration::from_secs(5 + 12 + 5);

/// Alice behind a cable and Bob, each with the conversation with the other in front.
async fn talking(scene: &mut Scene) -> Result<(Gateway, Cable, Browser, Browser)> {
    let gateway = scene.demo()?;
    let cable = Cable::to(&gateway).await?;
    let bob = scene.session("bob", &gateway).await?;
    let alice = scene.blank("alice").await?;
    alice.quicken(PACE).await?;
    alice.open(cable.address()).await?;
    alice.sign_in("alice@example.com", "demo").await?;
    alice.click("button", "Bob, Online").await?;
    bob.click("button", "Alice, Online").await?;
    alice.say("Before").await?;
    bob.read("log", Some("Messages"), "Before").await?;
    alice.see("image", "Delivered").await?;
    Ok((gateway, cable, alice, bob))
}

/// Waits until Alice is connected, and the two can talk.
async fn back(alice: &Browser, bob: &Browser) -> Result<()> {
    alice
        .read("status", Some("Connection"), "Connected to")
        .await?;
    alice.see("button", "Bob, Online").await?;
    alice.say("Here again").await?;
    bob.read("log", Some("Messages"), "Here again").await?;
    Ok(())
}

/// The texts of the other one in the conversation that is in front, in order.
async fn heard(browser: &Browser) -> Result<Vec<String>> {
    let texts = "return [...document.querySelectorAll('.line:not(.line--mine) .line__text')]\
        .map(line => line.innerText)";
    Ok(serde_json::from_value(browser.evaluate(texts).await?)?)
}

#[tokio::test]
async fn a_network_that_is_gone_for_a_minute_costs_no_text_and_doubles_none() -> Result<()> {
    scene("network_gone", async |scene| {
        let (_gateway, cable, alice, bob) = talking(scene).await?;
        let pulled = alice.age().await?;
        cable.hold();
        alice.say("Into the dark").await?;
        alice
            .read("status", Some("Connection"), "went silent")
            .await?;
        let noticed = alice.age().await? - pulled;
        ensure!(noticed < NOTICED, "noticed after {noticed:?}");
        alice.see("button", "Bob, status unknown").await?;
        for text in ["First meanwhile", "Second meanwhile"] {
            alice.say(text).await?;
        }
        alice
            .read("list", Some("Waiting texts"), "Second meanwhile")
            .await?;
        until("a minute is over for the page", async || {
            let is_over = alice.age().await? - pulled > Duration::from_mins(1);
            Ok(is_over.then_some(()))
        })
        .await?;
        cable.mend();
        back(&alice, &bob).await?;
        alice.see_gone("list", "Waiting texts").await?;
        // What was under way when the network went came through, or its writer is told that it did not.
        let mut texts = heard(&bob).await?;
        texts.retain(|text| text != "Into the dark");
        let expected = [
            "Before",
            "First meanwhile",
            "Second meanwhile",
            "Here again",
        ];
        ensure!(texts == expected, "{texts:?}");
        let times = heard(&bob).await?.len() - expected.len();
        ensure!(times <= 1, "heard {times} times");
        alice.read("log", Some("Messages"), "Into the dark").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_without_a_network_waits_for_one_and_comes_back_at_once() -> Result<()> {
    scene("network_offline", async |scene| {
        let (_gateway, cable, alice, bob) = talking(scene).await?;
        alice.has_network(false).await?;
        cable.cut();
        alice
            .read("status", Some("Connection"), "You are offline")
            .await?;
        alice.see("button", "Bob, status unknown").await?;
        alice.say("Meanwhile").await?;
        alice
            .read("list", Some("Waiting texts"), "Meanwhile")
            .await?;
        cable.mend();
        // Nothing is tried as long as there is no network: only its return can be what brings it back.
        alice.has_network(true).await?;
        back(&alice, &bob).await?;
        let texts = heard(&bob).await?;
        ensure!(texts == ["Before", "Meanwhile", "Here again"], "{texts:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_device_that_calls_itself_offline_loses_no_session_that_still_works() -> Result<()> {
    scene("network_said_gone", async |scene| {
        let (_gateway, _cable, alice, bob) = talking(scene).await?;
        // Not the browser's own way to be offline, which stops its WebSockets.
        let tell = "dispatchEvent(new Event('offline'))";
        alice.evaluate(tell).await?;
        alice.say("Still here").await?;
        bob.read("log", Some("Messages"), "Still here").await?;
        alice.evaluate(&tell.replace("offline", "online")).await?;
        back(&alice, &bob).await?;
        ensure!(heard(&bob).await? == ["Before", "Still here", "Here again"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_closed_lid_is_opened_again_to_a_session_that_comes_back_at_once() -> Result<()> {
    scene("network_lid", async |scene| {
        let (_gateway, cable, alice, bob) = talking(scene).await?;
        alice.fill("Message", "half a thought").await?;
        let lid = close_lid(&alice).await?;
        cable.cut();
        bob.see("button", "Alice, Offline").await?;
        cable.mend();
        open_lid(&alice, lid).await?;
        alice
            .read("status", Some("Connection"), "Connected to")
            .await?;
        let took = alice.awake().await?;
        ensure!(took < AT_ONCE, "it took {took:?}");
        let draft = alice.see("textbox", "Message").await?;
        ensure!(draft.value().await? == "half a thought");
        back(&alice, &bob).await
    })
    .await
}

#[tokio::test]
async fn a_link_that_died_in_silence_while_the_lid_was_closed_is_found_out_first() -> Result<()> {
    scene("network_lid_silent", async |scene| {
        let (_gateway, cable, alice, bob) = talking(scene).await?;
        let lid = close_lid(&alice).await?;
        cable.hold();
        open_lid(&alice, lid).await?;
        alice.see("button", "Bob, status unknown").await?;
        let noticed = alice.awake().await?;
        ensure!(noticed < PROBED, "noticed after {noticed:?}");
        cable.mend();
        back(&alice, &bob).await
    })
    .await
}

#[tokio::test]
async fn a_clock_that_jumps_makes_the_page_look_after_its_link_and_go_on() -> Result<()> {
    const HOUR: i64 = 60 * 60;
    scene("network_clock", async |scene| {
        let (_gateway, _cable, alice, bob) = talking(scene).await?;
        for jump in [HOUR, -2 * HOUR, HOUR] {
            // By itself the page asks again 20 seconds after this at the earliest.
            asked(&alice).await?;
            let before = alice.age().await?;
            alice.set_wall_clock(jump).await?;
            if jump > 0 {
                asked(&alice).await?;
                let took = alice.age().await? - before;
                ensure!(took < Duration::from_secs(15), "asked after {took:?}");
            }
            let text = format!("After {jump}");
            alice.say(&text).await?;
            bob.read("log", Some("Messages"), &text).await?;
            ensure!(alice.look("button", Some("Bob, Online")).await?.is_some());
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_clock_that_jumps_finds_a_dead_link_out_and_the_session_comes_back() -> Result<()> {
    scene("network_clock_dead", async |scene| {
        let (_gateway, cable, alice, bob) = talking(scene).await?;
        cable.hold();
        let before = alice.age().await?;
        alice.set_wall_clock(60 * 60).await?;
        alice.see("button", "Bob, status unknown").await?;
        let noticed = alice.age().await? - before;
        ensure!(noticed < PROBED, "noticed after {noticed:?}");
        cable.mend();
        back(&alice, &bob).await
    })
    .await
}

/// The tab sleeps for a night; the driver has another one meanwhile, as it cannot wait at one that sleeps.
async fn close_lid(alice: &Browser) -> Result<Tab> {
    let page = alice.open_tab("about:blank").await?;
    let other = alice.show(&page).await?;
    alice.will_sleep(NIGHT).await?;
    alice.freeze(true).await?;
    alice.show(&other).await
}

async fn open_lid(alice: &Browser, page: Tab) -> Result<()> {
    alice.show(&page).await?;
    alice.freeze(false).await
}

/// Waits until the page asks the server whether it is there.
async fn asked(alice: &Browser) -> Result<()> {
    until("the server is asked", async || {
        let (_, frames) = alice.network().await?;
        let is_asked = frames
            .iter()
            .any(|frame| frame.is_sent && frame.payload == b"PNG\r\n");
        Ok(is_asked.then_some(()))
    })
    .await
}
