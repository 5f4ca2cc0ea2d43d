//! The password stays in the page: no frame, no storage, no address, no console, no log has it.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, Gateway, scene};

/// Found nowhere else, and wrong: whatever has it, has it from the field.
const PASSWORD: &str = "Zq7-umbrella-Xylophone";

#[tokio::test]
async fn a_password_leaves_the_page_only_as_a_digest() -> Result<()> {
    scene("secrets", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.click("checkbox", "Remember my address").await?;
        alice.sign_in("alice@example.com", PASSWORD).await?;
        alice.read("alert", None, "password is wrong").await?;
        no_trace_on_the_network(&alice).await?;
        no_trace_in_the_browser(&alice).await?;
        no_trace_in_the_log(&gateway)
    })
    .await
}

#[tokio::test]
async fn the_right_password_is_in_no_frame_either() -> Result<()> {
    scene("right_password", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.browser("alice", &gateway).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.see("button", "Echo, Online").await?;
        let (_, frames) = alice.network().await?;
        ensure!(frames.iter().any(|frame| contains(&frame.payload, "USR")));
        for frame in frames {
            ensure!(
                !contains(&frame.payload, "demo"),
                "a frame has the password: {frame:?}"
            );
        }
        Ok(())
    })
    .await
}

async fn no_trace_on_the_network(alice: &Browser) -> Result<()> {
    let (entries, frames) = alice.network().await?;
    let answers = frames
        .iter()
        .filter(|frame| frame.is_sent && contains(&frame.payload, "USR"));
    ensure!(
        answers.count() > 0,
        "the recording misses the sign-in itself"
    );
    for frame in frames {
        let text = String::from_utf8_lossy(&frame.payload).into_owned();
        ensure!(
            !contains(&frame.payload, PASSWORD),
            "a frame has the password: {text}"
        );
    }
    for entry in entries {
        ensure!(
            !entry.contains(PASSWORD),
            "a request has the password: {entry}"
        );
    }
    Ok(())
}

async fn no_trace_in_the_browser(alice: &Browser) -> Result<()> {
    let kept = alice
        .evaluate(
            "return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, \
             location.href, history.state, document.documentElement.outerHTML, \
             [...document.querySelectorAll('input')].map(input => input.value)])",
        )
        .await?;
    let kept = kept.as_str().unwrap_or_default();
    ensure!(
        kept.contains("alice@example.com"),
        "the address is remembered, as it was told to be"
    );
    ensure!(
        !kept.contains(PASSWORD),
        "the page keeps the password: {kept}"
    );
    for line in alice.console().await? {
        ensure!(
            !line.contains(PASSWORD),
            "the console has the password: {line}"
        );
    }
    Ok(())
}

fn no_trace_in_the_log(gateway: &Gateway) -> Result<()> {
    let log = gateway.log();
    ensure!(
        log.lines().count() > 1,
        "the gateway logs links, but has logged only: {log}"
    );
    ensure!(
        !log.contains(PASSWORD),
        "the gateway's log has the password: {log}"
    );
    Ok(())
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}
