//! The configurations that scripts are written against.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at what cannot be"
)]

use msnp6::model::{Endpoint, ListKind, UserHandle};
use msnp6::server::{AccountConfig, Quirk, ServerConfig};

/// The demo on the usual addresses.
pub(crate) fn demo_config() -> ServerConfig {
    let endpoint = |port| Endpoint::new("127.0.0.1", port).expect("an endpoint");
    ServerConfig::demo(endpoint(1864), endpoint(1865), 1)
}

/// The demo, changed for one account.
pub(crate) fn changed(name: &str, change: impl FnOnce(&mut AccountConfig)) -> ServerConfig {
    let mut config = demo_config();
    let who = handle(name);
    let account = config.accounts.iter_mut().find(|a| a.handle == who);
    change(account.expect("an account"));
    config
}

/// The demo, with quirks.
pub(crate) fn quirky(quirks: &[Quirk]) -> ServerConfig {
    let mut config = demo_config();
    config.quirks = quirks.iter().copied().collect();
    config
}

/// The handle of somebody in the demo.
pub(crate) fn handle(name: &str) -> UserHandle {
    UserHandle::parse(&format!("{name}@example.com")).expect("a handle")
}

/// Takes somebody off the allow list and puts them on the block list.
pub(crate) fn block(account: &mut AccountConfig, other: &str) {
    account.lists.remove(ListKind::Allow, &handle(other));
    let (other, name) = (handle(other), account.name.clone());
    account.lists.insert(ListKind::Block, &other, name);
}
