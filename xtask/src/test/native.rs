//! Kind `native`: unit, integration and documentation tests of every package.
//!
//! Without those in a browser: Cargo leaves out the end-to-end tests, as `e2e/Cargo.toml` says.

use super::count::Count;
use crate::process;
use anyhow::Result;

/// Runs them all, also after one has failed.
pub(super) fn run(count: &mut Count) -> Result<()> {
    let mut cargo = process::cargo(["test", "--workspace", "--no-fail-fast"]);
    #[cfg(unix)]
    {
        let proxies = crate::setup::proxies::ensure()?;
        cargo
            .env("MSNP6_TEST_PROXIES", "1")
            .env("MSNP6_NGINX", proxies.nginx)
            .env("MSNP6_HAPROXY", proxies.haproxy);
    }
    process::watch(&mut cargo, |line| count.read(line))
}
