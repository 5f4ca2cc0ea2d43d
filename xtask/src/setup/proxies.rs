//! nginx and HAProxy, which the gateway is tested behind: finds them, and on Debian installs them.

use super::debian;
use crate::process;
use anyhow::{Context as _, Result};
use std::{
    env,
    path::{Path, PathBuf},
};

/// Both proxies.
#[derive(Debug)]
pub(crate) struct Proxies {
    pub(crate) nginx: PathBuf,
    pub(crate) haproxy: PathBuf,
}

/// Finds them; installs both when one is missing and this is Debian with the right to do so. They come as
/// services, which do not start, now or later.
pub(crate) fn ensure() -> Result<Proxies> {
    if let Some(proxies) = find() {
        return Ok(proxies);
    }
    debian::install_without_services(&PACKAGES, &SERVICES, ADVICE)?;
    find().with_context(|| format!("apt-get succeeded, and yet: {ADVICE}"))
}

fn find() -> Option<Proxies> {
    process::on_path("openssl")?;
    Some(Proxies {
        nginx: program("NGINX", "nginx")?,
        haproxy: program("HAPROXY", "haproxy")?,
    })
}

/// Debian has them in a folder that is on the `PATH` of root alone.
fn program(variable: &str, name: &str) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from);
    let of_the_system = Path::new("/usr/sbin").join(name);
    named
        .or_else(|| process::on_path(name))
        .or(Some(of_the_system))
        .filter(|path| path.is_file())
}

/// With `openssl`, which makes their certificates.
const PACKAGES: [&str; 3] = ["nginx", "haproxy", "openssl"];
const SERVICES: [&str; 2] = ["nginx", "haproxy"];

const ADVICE: &str = "the gateway is tested behind nginx and HAProxy, with certificates made by openssl. Debian: \
    apt-get install nginx haproxy openssl. Elsewhere: install them and, where the first two are on no PATH, name \
    them in the environment as NGINX and HAPROXY. `cargo test --workspace` passes over those tests";
