//! What the system asks of the page's looks: nothing moves when nothing is to move, and where colours are the
//! system's, controls keep an edge that can be seen.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, scene, tour};
use serde_json::{Value, json};

#[tokio::test]
async fn nothing_moves_where_motion_is_to_be_reduced() -> Result<()> {
    // What only switches something on once does not move, and neither does a number that counts.
    const MOVING: &str = "return document.getAnimations()\
        .filter(it => it.effect.getComputedTiming().duration > 10 && it.animationName !== 'seconds')\
        .map(it => it.animationName)";
    scene("reduced_motion", async |scene| {
        let mut usual = 0;
        let look = async |browser: &Browser, stop: &str| {
            browser
                .wish(&[("prefers-reduced-motion", "reduce")])
                .await?;
            let moving = browser.evaluate(MOVING).await?;
            ensure!(moving == json!([]), "{stop}: {moving}");
            browser.wish(&[]).await?;
            let moving = browser.evaluate(MOVING).await?;
            usual += moving.as_array().map_or(0, Vec::len);
            Ok(())
        };
        tour::sign_in(scene, look).await?;
        ensure!(usual > 0, "there was nothing to be reduced");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn controls_keep_an_edge_in_colours_of_the_system() -> Result<()> {
    // By the computed colours, which are those of the system then.
    const EDGELESS: &str = "const canvas = getComputedStyle(document.body).backgroundColor;\
        return [...document.querySelectorAll('.button, .menu__button, input, select, textarea')]\
        .filter(it => it.checkVisibility() && !it.matches('[type=checkbox], [type=file]'))\
        .filter(it => { const style = getComputedStyle(it); \
            return style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) < 1 \
                || [canvas, 'rgba(0, 0, 0, 0)'].includes(style.borderTopColor); })\
        .map(it => it.outerHTML.slice(0, 120))";
    scene("forced_colours", async |scene| {
        let look = async |browser: &Browser, stop: &str| {
            browser.wish(&[("forced-colors", "active")]).await?;
            let edgeless: Value = browser.evaluate(EDGELESS).await?;
            ensure!(edgeless == json!([]), "{stop}: {edgeless}");
            browser.wish(&[]).await
        };
        tour::conversation(scene, look).await?;
        tour::windows(scene, look).await
    })
    .await
}

#[tokio::test]
async fn a_pressed_button_under_the_mouse_has_the_colours_of_what_is_selected() -> Result<()> {
    const COLOURS: &str = "const it = document.querySelector('[aria-label=Bold]');\
        const probe = document.body.appendChild(document.createElement('i'));\
        probe.style.cssText = 'forced-color-adjust: none; background: Highlight; color: HighlightText';\
        const pair = it => { const style = getComputedStyle(it); return [style.backgroundColor, style.color]; };\
        const pairs = [it.matches(':hover'), pair(it), pair(probe)];\
        probe.remove();\
        return pairs";
    scene("pressed_in_forced_colours", async |scene| {
        let gateway = scene.demo()?;
        let alice = scene.session("alice", &gateway).await?;
        alice.wish(&[("forced-colors", "active")]).await?;
        alice.click("button", "Echo, Online").await?;
        alice.click("button", "Font and colour").await?;
        // The mouse stays there.
        alice.click("button", "Bold").await?;
        let colours = alice.evaluate(COLOURS).await?;
        ensure!(colours[0] == true, "the mouse is not over the button");
        ensure!(colours[1] == colours[2], "{colours}");
        Ok(())
    })
    .await
}
