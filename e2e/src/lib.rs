//! What the end-to-end tests stand on: a browser that is asked by role and name, and a gateway.
//!
//! It knows nothing of the page but the words that a user hears and sees, and nothing of the
//! gateway but its command line. A server that a test makes odd or ends runs in the test's own
//! process. Every wait ends as soon as it can, and has a deadline.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! msnp6_e2e::scene("alice_signs_in", async |scene| {
//!     let gateway = scene.demo()?;
//!     let alice = scene.browser("alice", &gateway).await?;
//!     alice.sign_in("alice@example.com", "demo").await?;
//!     alice.see("button", "Sign out").await?;
//!     Ok(())
//! })
//! .await
//! # }
//! ```

mod appearance;
mod browser;
mod cable;
mod chromium;
mod clock;
mod crowd;
mod doorman;
mod element;
mod gateway;
pub mod key;
mod log;
pub mod moments;
mod person;
mod program;
mod scene;
mod server;
pub mod tour;
mod wait;

pub use browser::{Browser, Tab};
pub use cable::Cable;
pub use crowd::Crowd;
pub use doorman::Doorman;
pub use element::Element;
pub use gateway::Gateway;
pub use log::Frame;
pub use person::Person;
pub use scene::{Scene, scene};
pub use server::BuiltIn;
pub use wait::until;
