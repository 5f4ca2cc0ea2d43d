//! Kind `package`, only when it is named: the package for Debian, installed by dpkg in a root of its own with
//! nothing but a minimal Debian, run there, and purged. It takes some minutes, and needs Linux and root.

mod program;
mod root;

use super::count::Count;
use crate::{packages, process};
use anyhow::{Context as _, Result, bail, ensure};
use program::Running;
use root::Root;
use std::{fs, os::unix::fs::MetadataExt as _, path::Path, process::Command};

/// Makes the package and runs all of it, up to the first failure: each goes on where the last one ended.
pub(super) fn run(count: &mut Count) -> Result<()> {
    Root::may_be()?;
    let package = packages::deb::in_folder(&packages::make()?)?;
    let root = Root::new(&package)?;
    for (name, test) in TESTS {
        println!("{name} …");
        if let Err(error) = test(&root) {
            count.failed += 1;
            return Err(error.context(name.replace('_', " ")));
        }
        count.passed += 1;
    }
    root.remove()
}

type Test = (&'static str, fn(&Root) -> Result<()>);

macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        const TESTS: &[Test] = &[$((stringify!($name), $name)),*];
    };
}

tests![
    it_installs_where_nothing_else_is,
    its_files_and_its_user_are_there,
    its_key_is_for_the_service_alone,
    its_service_starts_with_the_machine,
    its_service_has_an_exposure_of_at_most_two,
    its_shipped_configuration_passes,
    it_serves_the_page_and_ends_well,
    installing_it_again_keeps_key_and_configuration,
    removing_it_keeps_key_and_configuration,
    purging_it_leaves_nothing,
];

fn it_installs_where_nothing_else_is(root: &Root) -> Result<()> {
    root.run(&["dpkg", "--install", root::PACKAGE]).map(drop)
}

fn its_files_and_its_user_are_there(root: &Root) -> Result<()> {
    for file in FILES {
        ensure!(root.path(file).is_file(), "{file} is not there");
    }
    let user = root.run(&["getent", "passwd", NAME])?;
    ensure!(user.contains("nologin"), "{user} could sign in");
    let damage = root.run(&["dpkg", "--verify", NAME])?;
    ensure!(damage.is_empty(), "{damage}");
    let status = root.run(&["dpkg-query", "--show", "--showformat=${Conffiles}", NAME])?;
    ensure!(status.contains(CONFIG), "{CONFIG} is no conffile: {status}");
    Ok(())
}

fn its_key_is_for_the_service_alone(root: &Root) -> Result<()> {
    let key = fs::metadata(root.path(KEY)).context("the key")?;
    let mode = key.mode() & 0o777;
    ensure!(mode == 0o640, "the key's mode is {mode:o}");
    let group = root.run(&["stat", "--format=%U:%G", KEY])?;
    ensure!(group.trim() == format!("root:{NAME}"), "it is of {group}");
    // 32 bytes as hexadecimal digits, and the end of the line.
    ensure!(key.len() == 65, "the key file has {} bytes", key.len());
    Ok(())
}

fn its_service_starts_with_the_machine(root: &Root) -> Result<()> {
    let link = "/etc/systemd/system/multi-user.target.wants/msnp6-gateway.service";
    let link = fs::read_link(root.path(link)).context("the service is not enabled")?;
    ensure!(root.path(link).is_file(), "the link leads nowhere");
    Ok(())
}

fn its_service_has_an_exposure_of_at_most_two(root: &Root) -> Result<()> {
    let analyze = "systemd-analyze";
    process::on_path(analyze).context("systemd-analyze is not on PATH: install systemd")?;
    let mut analyze = Command::new(analyze);
    analyze.args(["security", "--offline=true", "--no-pager", "--threshold=20"]);
    let said = process::output(analyze.arg(root.path(UNIT)))?;
    println!("  {}", said.lines().last().unwrap_or_default());
    Ok(())
}

fn its_shipped_configuration_passes(root: &Root) -> Result<()> {
    let said = process::output(&mut root.as_service(&[PROGRAM, "--config", CONFIG, "--check"]))?;
    ensure!(said.contains("the configuration is fine"), "{said}");
    Ok(())
}

fn it_serves_the_page_and_ends_well(root: &Root) -> Result<()> {
    let arguments = [PROGRAM, "--config", CONFIG, "--demo"];
    let listen = ["--listen", "127.0.0.1:0"];
    let running = Running::start(&mut root.as_service(&[&arguments[..], &listen].concat()))?;
    let page = running.get("/")?;
    ensure!(page.starts_with("HTTP/1.1 200 "), "{page}");
    ensure!(
        page.contains("<!DOCTYPE html>") || page.contains("<!doctype html>"),
        "{page}"
    );
    let config = running.get("/config.json")?;
    ensure!(config.contains("\"demo\""), "{config}");
    running.stop()
}

fn installing_it_again_keeps_key_and_configuration(root: &Root) -> Result<()> {
    let config = fs::read_to_string(root.path(CONFIG))? + "# Somebody's own line.\n";
    fs::write(root.path(CONFIG), &config)?;
    let key = fs::read(root.path(KEY))?;
    it_installs_where_nothing_else_is(root)?;
    ensure!(fs::read(root.path(KEY))? == key, "the key is another one");
    let now = fs::read_to_string(root.path(CONFIG))?;
    ensure!(now == config, "the configuration was overwritten");
    Ok(())
}

fn removing_it_keeps_key_and_configuration(root: &Root) -> Result<()> {
    root.run(&["dpkg", "--remove", NAME])?;
    ensure!(!root.path(PROGRAM).exists(), "the program stayed");
    ensure!(!root.path(UNIT).exists(), "the service stayed");
    for file in [CONFIG, KEY] {
        ensure!(root.path(file).is_file(), "{file} is gone");
    }
    Ok(())
}

fn purging_it_leaves_nothing(root: &Root) -> Result<()> {
    root.run(&["dpkg", "--purge", NAME])?;
    let left = root.run(&[
        "find", "/etc", "/usr", "/var/lib", "-xdev", "-name", "*msnp6*",
    ])?;
    ensure!(left.is_empty(), "it left {left}");
    let users = fs::read_to_string(root.path("/etc/passwd"))?;
    let groups = fs::read_to_string(root.path("/etc/group"))?;
    if users.contains(NAME) || groups.contains(NAME) {
        bail!("it left its user");
    }
    Ok(())
}

const NAME: &str = "msnp6-gateway";
const PROGRAM: &str = "/usr/bin/msnp6-gateway";
const CONFIG: &str = "/etc/msnp6-gateway/gateway.toml";
const KEY: &str = "/etc/msnp6-gateway/ticket.key";
const UNIT: &str = "/lib/systemd/system/msnp6-gateway.service";

const FILES: [&str; 8] = [
    PROGRAM,
    CONFIG,
    KEY,
    UNIT,
    "/usr/share/doc/msnp6-gateway/copyright",
    "/usr/share/doc/msnp6-gateway/packages.md",
    "/usr/share/doc/msnp6-gateway/proxies/nginx.conf",
    "/usr/share/doc/msnp6-gateway/proxies/haproxy.cfg",
];

/// Whether a path of the system can be one of a root: it has to begin at its own.
fn below(root: &Path, path: &Path) -> std::path::PathBuf {
    root.join(path.strip_prefix("/").unwrap_or(path))
}
