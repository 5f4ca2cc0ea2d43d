//! What the gateway closes a link with is told in words, with the next step.

use anyhow::Result;
use msnp6::gateway::CloseCode;
use msnp6_e2e::{Doorman, scene};

/// What is said of a code, and what is advised.
const WORDS: [(CloseCode, &str, &str); 9] = [
    (
        CloseCode::ServerRefused,
        "The server's machine refused the connection.",
        "The server is probably not running.",
    ),
    (
        CloseCode::ServerUnreachable,
        "The gateway found no way to the server.",
        "Try again in a few minutes.",
    ),
    (
        CloseCode::ServerTimeout,
        "The server did not answer in time.",
        "It may be busy.",
    ),
    (
        CloseCode::ServerNotFound,
        "The server's name could not be found.",
        "has to correct the server's address",
    ),
    (
        CloseCode::NoSuchServer,
        "The gateway does not know that server.",
        "Reload the page and choose a server again.",
    ),
    (
        CloseCode::TicketInvalid,
        "The gateway did not accept the pass to that address.",
        "sign out and in again",
    ),
    (
        CloseCode::TransferRefused,
        "to an address that the gateway does not allow",
        "can allow it in the gateway's settings",
    ),
    (
        CloseCode::TooManyConnections,
        "The gateway has no room for another connection.",
        "Close other tabs of this page",
    ),
    (
        CloseCode::Restarting,
        "The gateway is restarting.",
        "Wait a few seconds, then sign in again.",
    ),
];

#[tokio::test]
async fn what_a_gateway_ends_a_sign_in_with_is_told_with_the_next_step() -> Result<()> {
    scene("close_codes", async |scene| {
        let gateway = scene.demo()?;
        let doorman = Doorman::before(&gateway).await?;
        let alice = scene.blank("alice").await?;
        alice.open(doorman.address()).await?;
        for (code, what, next) in WORDS {
            doorman.says(code);
            alice.sign_in("alice@example.com", "demo").await?;
            alice.read("alert", None, what).await?;
            alice.read("alert", None, next).await?;
            alice
                .read("status", Some("Connection"), "Not connected")
                .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_gateway_that_restarts_says_so_and_is_found_again() -> Result<()> {
    scene("gateway_restarts", async |scene| {
        let mut gateway = scene.demo()?;
        let alice = scene.session("alice", &gateway).await?;
        gateway.stop()?;
        alice
            .read("status", Some("Connection"), "The gateway is restarting.")
            .await?;
        gateway.start_again()?;
        alice
            .read("status", Some("Connection"), "Connected to")
            .await?;
        alice.see("button", "Echo, Online").await.map(drop)
    })
    .await
}
