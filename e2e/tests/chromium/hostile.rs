//! Two hundred hostile names and texts in a real browser: each is shown, none runs, none becomes an element, none
//! moves what stands around it.

use anyhow::{Result, ensure};
use msnp6_e2e::{Browser, Crowd, scene, until};
use serde_json::{Value, json};

#[path = "../../../client/tests/common/hostile_names.rs"]
mod corpus;

/// Notes whatever a name or a text could make run, and whatever the policy of the page had to stop.
const TRAPS: &str = "window.ran = []; window.alert = (it) => window.ran.push(`alert ${it}`); \
    addEventListener('error', (it) => window.ran.push(`error ${it.message}`), true); \
    document.addEventListener('securitypolicyviolation', (it) => \
        window.ran.push(`policy ${it.violatedDirective} ${it.blockedURI}`));";

#[tokio::test]
async fn two_hundred_hostile_names_and_texts_are_shown_and_do_nothing() -> Result<()> {
    scene("hostile_names", async |scene| {
        let crowd = Crowd::start(3).await?;
        let server = format!("crowd={}", crowd.address());
        let gateway = scene.gateway(&["--server", &server])?;
        let me = scene.blank("me").await?;
        me.before_pages(TRAPS).await?;
        me.open(gateway.address()).await?;
        me.sign_in("me@example.com", "any").await?;
        let caller = format!("{}, Online", Crowd::caller());
        me.see("button", &caller).await?;
        crowd.rings()?;
        crowd.speaks_as("Robert", "hello #0")?;
        me.click("button", "Robert, Online").await?;
        me.click("button", "More about Robert").await?;
        let usual = seen(&me, "hello #0", None).await?;
        let mut count = 0;
        for name in corpus::names() {
            count += 1;
            let text = format!("{name} #{count}");
            crowd.speaks_as(&name, &text)?;
            seen(&me, &text, Some(&usual)).await?;
        }
        ensure!(count == 200, "{count} names");
        let console = me.console().await?;
        ensure!(console.is_empty(), "{console:?}");
        Ok(())
    })
    .await
}

/// Waits for the text, and tells how the page looks with it and the name of its writer: as usual, once
/// both are there, for they come over two links.
async fn seen(me: &Browser, text: &str, usual: Option<&Value>) -> Result<Value> {
    until(&format!("{text:?} is shown"), async || {
        let now = me.evaluate(include_str!("hostile.js")).await?;
        let is_there = now["text"] == text && now["missing"] == json!([]);
        ensure!(is_there, "{now}");
        let odd = usual.and_then(|usual| strange(usual, &now));
        ensure!(odd.is_none(), "{odd:?}");
        Ok(Some(now))
    })
    .await
}

/// What differs from the usual looks of the page.
fn strange(usual: &Value, now: &Value) -> Option<String> {
    let names = now["names"].as_object()?;
    let is_known = |bone: &&Value| {
        !usual["bones"]
            .as_array()
            .is_some_and(|it| it.contains(bone))
    };
    let new: Vec<_> = now["bones"].as_array()?.iter().filter(is_known).collect();
    let is_one = names.values().all(|it| it == &names["row"]);
    let looks = [
        (new.is_empty(), format!("new in the page: {new:?}")),
        (is_one, format!("names differ: {names:?}")),
        (now["ran"] == json!([]), format!("ran: {}", now["ran"])),
        (now["wide"] == 0, format!("sticks out by {}", now["wide"])),
        (now["isBehind"] == true, "is not isolated".to_owned()),
        (
            now["heights"] == usual["heights"],
            format!(
                "heights were {} and are {}",
                usual["heights"], now["heights"]
            ),
        ),
    ];
    let odd: Vec<_> = looks.into_iter().filter(|(is_well, _)| !is_well).collect();
    let odd = odd.into_iter().map(|(_, what)| what).collect::<Vec<_>>();
    (!odd.is_empty()).then(|| odd.join("; "))
}
