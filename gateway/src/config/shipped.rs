//! The configuration file that a package installs: that it passes, and that it is whole.

use super::{CommandLine, Config, Limits, file::FileKeys};
use crate::listen::ListenAddr;
use clap::Parser as _;
use std::collections::BTreeSet;

const SHIPPED: &str = include_str!("../../package/gateway.toml");

/// The file with every key that is commented out switched on, and without the one that names a file.
fn all_keys() -> String {
    let lines = SHIPPED.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if rest.starts_with([' ', '#']) || rest.is_empty() => "",
        Some(key) => key,
        None => line,
    });
    lines.fold(String::new(), |text, line| text + line + "\n")
}

fn defaults() -> String {
    let text = all_keys();
    let lines = text.lines().filter(|line| !NO_DEFAULT.contains(&key(line)));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

fn key(line: &str) -> &str {
    line.split(" = ").next().unwrap_or_default()
}

/// Those that are unset unless somebody sets them, where the file shows an example.
const NO_DEFAULT: [&str; 14] = [
    "redirect_listen",
    "server_tls",
    "tls_name",
    "tls_ca",
    "tls_certificate",
    "tls_key",
    "admin_listen",
    "web_root",
    "origin",
    "transfer_allow",
    "transfer_map",
    "ticket_key_file",
    "trusted_proxy",
    "send_proxy",
];

fn checked(text: &str) -> Config {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("written");
    let path = file.path().to_str().expect("a path");
    let line = CommandLine::try_parse_from(["msnp6-gateway", "--config", path]).expect("a line");
    Config::load(line).unwrap_or_else(|error| panic!("{error}"))
}

/// What an unknown key is answered with: every key that there is.
fn known() -> BTreeSet<String> {
    let refusal = FileKeys::parse("x = 1").expect_err("refused").to_string();
    let (_, names) = refusal.split_once("expected one of").expect("a list");
    let parts = names.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

#[test]
fn the_shipped_file_has_every_key_that_there_is() {
    let table: toml::Table = toml::from_str(&all_keys()).expect("TOML");
    let shipped: BTreeSet<String> = table.keys().cloned().collect();
    assert_eq!(shipped, known());
}

#[test]
fn what_is_commented_out_in_the_shipped_file_stands_at_its_default() {
    let config = checked(&defaults());
    let default = Config::new(Vec::new()).expect("random bytes");
    assert_eq!(config.limits, Limits::default());
    assert_eq!(config.listen, default.listen);
    assert_eq!(config.trust, default.trust);
    assert_eq!(config.allow_no_origin, default.allow_no_origin);
}

#[test]
fn every_example_in_the_shipped_file_is_taken() {
    let lines = all_keys();
    let lines = lines
        .lines()
        // They name what is there only on the machine where the package is installed, or need what does.
        .filter(|line| !matches!(key(line), "ticket_key_file" | "web_root"))
        .filter(|line| !key(line).starts_with("tls_") && key(line) != "redirect_listen");
    let config = checked(&lines.fold(String::new(), |text, line| text + line + "\n"));
    assert_eq!(config.servers.len(), 1);
    assert!(config.admin_listen.is_some_and(|at| at.ip().is_loopback()));
    assert_eq!((config.origins.len(), config.transfer.map.len()), (1, 1));
}

#[test]
fn the_shipped_file_opens_nothing_to_other_machines() {
    let lines = SHIPPED
        .lines()
        .filter(|line| key(line) != "ticket_key_file");
    let config = checked(&lines.fold(String::new(), |text, line| text + line + "\n"));
    let is_near = |at: &ListenAddr| matches!(at, ListenAddr::Tcp(at) if at.ip().is_loopback());
    assert!(config.listen.iter().all(is_near) && config.admin_listen.is_none());
    assert!(config.demo && config.servers.is_empty());
}
