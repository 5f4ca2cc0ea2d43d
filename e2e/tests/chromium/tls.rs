//! The page over HTTPS.

use anyhow::{Result, ensure};
use msnp6_e2e::scene;
use std::fs;

#[tokio::test]
async fn over_https_the_page_opens_its_socket_over_tls_and_people_talk() -> Result<()> {
    scene("https", async |scene| {
        let folder = tempfile::tempdir()?;
        let pair = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
        let (certificate, key) = (folder.path().join("crt"), folder.path().join("key"));
        fs::write(&certificate, pair.cert.pem())?;
        fs::write(&key, pair.signing_key.serialize_pem())?;
        let (certificate, key) = (certificate.to_string_lossy(), key.to_string_lossy());
        let tls = ["--tls-certificate", &certificate, "--tls-key", &key];
        let gateway = scene.gateway(&[&["--demo"], &tls[..]].concat())?;
        ensure!(
            gateway.address().starts_with("https://"),
            "{}",
            gateway.address()
        );
        let alice = scene.blank("alice").await?;
        alice.trust_any_certificate().await?;
        alice.open(gateway.address()).await?;
        alice.sign_in("alice@example.com", "demo").await?;
        alice.click("button", "Echo, Online").await?;
        alice.say("Hello over TLS").await?;
        alice.read("log", Some("Messages"), "Echo says:").await?;
        Ok(())
    })
    .await
}
