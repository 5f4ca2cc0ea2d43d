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

/// Finds them; installs what is missing when this is Debian with the right to do so. Proxies come as
/// services, which do not start, now or later.
pub(crate) fn ensure() -> Result<Proxies> {
    let is_missing = |name: &&str| program(name).is_none();
    let services: Vec<&str> = ["nginx", "haproxy"]
        .into_iter()
        .filter(is_missing)
        .collect();
    // It makes their certificates.
    let openssl: Vec<&str> = ["openssl"].into_iter().filter(is_missing).collect();
    let packages = [&services[..], &openssl].concat();
    if !packages.is_empty() {
        debian::install_without_services(&packages, &services, ADVICE)?;
    }
    let found =
        |name| program(name).with_context(|| format!("apt-get succeeded, and yet: {ADVICE}"));
    Ok(Proxies {
        nginx: found("nginx")?,
        haproxy: found("haproxy")?,
    })
}

/// Where a program is. A variable may say so, not by its bare name: `NGINX` is a word of nginx itself.
fn program(name: &str) -> Option<PathBuf> {
    let variable = format!("MSNP6_{}", name.to_ascii_uppercase());
    let named = env::var_os(variable).map(PathBuf::from);
    // Debian has proxies in a folder that is on the `PATH` of root alone.
    let of_root = Path::new("/usr/sbin").join(name);
    let program = named.or_else(|| process::on_path(name)).unwrap_or(of_root);
    program.is_file().then_some(program)
}

const ADVICE: &str = "the gateway is tested behind nginx and HAProxy, with certificates made by openssl. Debian: \
    apt-get install nginx haproxy openssl. Elsewhere: install them and, where the first two are on no PATH, name \
    them in the environment as MSNP6_NGINX and MSNP6_HAPROXY. `cargo test --workspace` passes over those tests";
