//! Installs packages of the system where that is Debian and there is the right to do so; elsewhere it
//! only says what to install.

use crate::{process, setup::about};
use anyhow::{Context as _, Result, bail};
use std::{process::Command, time::Instant};

/// Installs these, or fails with the advice.
pub(crate) fn install(packages: &[&str], advice: &'static str) -> Result<()> {
    let Some(root) = rights().filter(|_| process::on_path("apt-get").is_some()) else {
        bail!("{advice}");
    };
    println!(
        "Installing {} by apt-get (usually 40 s) …",
        packages.join(", ")
    );
    let started = Instant::now();
    apt(&root, &["update"], advice)?;
    let install = ["install", "--yes", "--no-install-recommends"];
    apt(&root, &[&install[..], packages].concat(), advice)?;
    println!("Installed them in {}.\n", about(started.elapsed()));
    Ok(())
}

/// The same where some of them bring services, which are not to start, now or with the machine.
#[cfg(unix)]
pub(crate) fn install_without_services(
    packages: &[&str],
    services: &[&str],
    advice: &'static str,
) -> Result<()> {
    // An installation asks this program, where there is one, whether it may start what it brings.
    const POLICY: &str = "/usr/sbin/policy-rc.d";
    if std::path::Path::new(POLICY).exists() {
        install(packages, advice)?;
    } else {
        let forbid = format!("printf '#!/bin/sh\\nexit 101\\n' >{POLICY} && chmod 755 {POLICY}");
        as_root(&["sh", "-c", &forbid], advice)?;
        let installed = install(packages, advice);
        as_root(&["rm", "-f", POLICY], advice)?;
        installed?;
    }
    if services.is_empty() || process::on_path("systemctl").is_none() {
        return Ok(());
    }
    as_root(
        &[&["systemctl", "--quiet", "disable"], services].concat(),
        advice,
    )
}

/// The words to put before `apt-get`: none for root, `sudo` where it asks for no password.
fn rights() -> Option<Vec<&'static str>> {
    let is_root = |id: &String| id.trim() == "0";
    if process::output(Command::new("id").arg("-u"))
        .as_ref()
        .is_ok_and(is_root)
    {
        return Some(vec![]);
    }
    let mut sudo = Command::new("sudo");
    let allowed = process::output(sudo.args(["--non-interactive", "true"])).is_ok();
    allowed.then(|| vec!["sudo", "--non-interactive"])
}

fn apt(root: &[&str], arguments: &[&str], advice: &'static str) -> Result<()> {
    let apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"];
    run(root, &[&apt[..], arguments].concat(), advice)
}

#[cfg(unix)]
fn as_root(words: &[&str], advice: &'static str) -> Result<()> {
    run(&rights().context(advice)?, words, advice)
}

fn run(root: &[&str], words: &[&str], advice: &'static str) -> Result<()> {
    let mut words = root.iter().chain(words);
    let mut command = Command::new(words.next().unwrap_or(&"true"));
    command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut command).context(advice)
}
