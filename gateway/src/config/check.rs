//! From texts to a checked [`Config`]. Each refusal names the key, the value, and what is allowed.

use super::{
    CommandLine, Config, Deadlines, Limits, LogFormat, ServerEntry, callers::Callers,
    file::FileKeys, servers, tls::Tls,
};
use crate::{
    ticket::{KeyError, TicketKeys},
    tls::CertificateError,
};
use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    path::{Path, PathBuf},
    str::FromStr,
};

impl Config {
    /// Reads the file that the command line names, if it does, and checks every value.
    pub fn load(line: CommandLine) -> Result<Self, ConfigError> {
        let file = match &line.config {
            Some(path) => FileKeys::read(path)?,
            None => FileKeys::default(),
        };
        Self::check(line, file)
    }

    /// What a file of this text would be, without a command line; a refusal is in words.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn check_text(text: &str) -> Result<Self, String> {
        let file = FileKeys::parse(text).map_err(|error| error.to_string())?;
        Self::check(CommandLine::default(), file).map_err(|error| error.to_string())
    }

    fn check(line: CommandLine, file: FileKeys) -> Result<Self, ConfigError> {
        let demo = flag("demo", line.demo.as_deref(), file.demo)?;
        let limits = Limits::check(&line, &file)?;
        let callers = Callers::check(&line.callers, &file)?;
        let deadlines = Deadlines::check(&line.deadlines, &file)?;
        let tls = Tls::check(&line.tls, &file)?;
        let servers = servers::check(&line.server, file.server)?;
        let is_built_in = |server: &ServerEntry| server.name.as_str() == ServerEntry::BUILT_IN;
        if demo && servers.iter().any(is_built_in) {
            return Err(ConfigError::Twice(ServerEntry::BUILT_IN.to_owned()));
        }
        let key_file = line.ticket_key_file.or(file.ticket_key_file);
        let mut config = Self::new(servers).map_err(ConfigError::Randomness)?;
        if let Some(path) = key_file {
            config.ticket_keys = ticket_keys(&path)?;
        }
        callers.apply(&mut config)?;
        servers::set_tls(
            &mut config.servers,
            &[line.server_tls, file.server_tls].concat(),
        )?;
        tls.apply(&mut config);
        let admin = line.admin_listen.or(file.admin_listen);
        config.admin_listen = admin
            .map(|text| socket_address("admin_listen", &text))
            .transpose()?;
        config.limits = limits;
        config.deadlines = deadlines;
        if let Some(format) = line.log_format.or(file.log_format) {
            config.log_format = value("log_format", &format, LogFormat::ALLOWED)?;
        }
        config.demo = demo;
        config.allow_no_origin = flag(
            "allow_no_origin",
            line.allow_no_origin.as_deref(),
            file.allow_no_origin,
        )?;
        config.origins = list("origin", line.origin, file.origin, ORIGIN)?;
        let (allow, map) = (line.transfer_allow, line.transfer_map);
        config.transfer.allow = list("transfer_allow", allow, file.transfer_allow, ALLOW)?;
        config.transfer.map = list("transfer_map", map, file.transfer_map, MAP)?;
        config.web_root = line.web_root.or(file.web_root).map(folder).transpose()?;
        if config.servers.is_empty() && !demo {
            return Err(ConfigError::NoServer);
        }
        Ok(config)
    }
}

const ORIGIN: &str = "an origin, such as https://chat.example.org";
const ALLOW: &str =
    "a host, a host with a port, or a network, such as 10.0.0.5, sb.example.org:1864, 10.0.0.0/8";
const MAP: &str = "FROM=TO, such as 10.0.0.5:1863=127.0.0.1:1863";

/// Where the gateway listens when nobody says anything: for this machine only.
pub(super) const DEFAULT_LISTEN: SocketAddr =
    SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 8080));

fn ticket_keys(path: &Path) -> Result<TicketKeys, ConfigError> {
    let unreadable = |error| ConfigError::Unreadable {
        key: "ticket_key_file",
        path: path.to_owned(),
        error,
    };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    TicketKeys::parse(&text).map_err(|error| ConfigError::KeyFile {
        path: path.to_owned(),
        error,
    })
}

fn folder(path: PathBuf) -> Result<PathBuf, ConfigError> {
    if path.is_dir() {
        return Ok(path);
    }
    let value = path.display().to_string();
    Err(wrong(
        "web_root",
        &value,
        "a folder that is there, with the page's index.html",
    ))
}

fn socket_address(key: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    value(key, text, ADDRESS)
}

pub(super) const ADDRESS: &str = "an IP address with a port, such as 127.0.0.1:8080 or [::]:8080";

pub(super) fn flag(
    key: &'static str,
    line: Option<&str>,
    file: Option<bool>,
) -> Result<bool, ConfigError> {
    match line {
        None | Some("") => Ok(file.unwrap_or_default()),
        Some("true" | "1" | "yes") => Ok(true),
        Some("false" | "0" | "no") => Ok(false),
        Some(text) => Err(wrong(key, text, "true or false")),
    }
}

pub(super) fn list<T: FromStr>(
    key: &'static str,
    line: Vec<String>,
    file: Vec<String>,
    allowed: &'static str,
) -> Result<Vec<T>, ConfigError> {
    let texts = if line.is_empty() { file } else { line };
    texts.iter().map(|text| value(key, text, allowed)).collect()
}

pub(super) fn value<T: FromStr>(
    key: &'static str,
    text: &str,
    allowed: &'static str,
) -> Result<T, ConfigError> {
    text.parse().map_err(|_| wrong(key, text, allowed))
}

pub(super) fn wrong(key: &'static str, value: &str, allowed: &'static str) -> ConfigError {
    ConfigError::Value {
        key,
        value: value.to_owned(),
        allowed,
    }
}

/// Why there is no configuration. Each says what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value is not what its key wants.
    #[error("{key} is {value:?}, which is not {allowed}")]
    Value {
        /// The key in the file; with `--` and `-` for `_` it is the flag.
        key: &'static str,
        /// What stands there.
        value: String,
        /// What may stand there.
        allowed: &'static str,
    },
    /// Two servers have one name.
    #[error("server {0:?} is there twice; give each server a name of its own")]
    Twice(String),
    /// There is nowhere to connect to.
    #[error(
        "no server is configured; name one, such as --server escargot=ms.example.org:1863, \
         or try the built-in one with --demo"
    )]
    NoServer,
    /// A file cannot be read.
    #[error("{key} is {path:?}, which cannot be read: {error}")]
    Unreadable {
        /// The key that names the file.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file is no TOML, or has a key that is not known.
    #[error("{path:?}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// Where and why.
        error: Box<toml::de::Error>,
    },
    /// The key file holds no good key.
    #[error(
        "ticket_key_file is {path:?}: {error}; write a line of 32 or more random letters into it, \
         such as `openssl rand -hex 32` prints"
    )]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        error: KeyError,
    },
    /// There is no certificate to show to pages.
    #[error(transparent)]
    Certificate(CertificateError),
    /// No random bytes for a key.
    #[error("no key for tickets: {0}")]
    Randomness(KeyError),
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use clap::Parser as _;

    pub(in crate::config) fn check(arguments: &[&str], toml: &str) -> Result<Config, String> {
        let line = ["msnp6-gateway"].iter().chain(arguments);
        let line = CommandLine::try_parse_from(line).map_err(|error| error.to_string())?;
        let file = FileKeys::parse(toml).map_err(|error| error.to_string())?;
        Config::check(line, file).map_err(|error| error.to_string())
    }

    pub(in crate::config) fn refusal(arguments: &[&str], toml: &str) -> String {
        check(arguments, toml).expect_err("refused")
    }

    #[test]
    fn a_server_is_enough() {
        let config = check(&["--server", "escargot=ms.example.org:1863"], "").expect("fine");
        assert_eq!(config.listen[0].to_string(), "127.0.0.1:8080");
        assert_eq!(
            config.servers[0].endpoint.to_string(),
            "ms.example.org:1863"
        );
        assert!(!config.demo && !config.allow_no_origin && config.admin_listen.is_none());
    }

    #[test]
    fn every_key_of_the_file_is_taken() {
        let toml = r#"
            listen = "[::]:80"
            admin_listen = "127.0.0.1:9090"
            demo = true
            origin = ["https://chat.example.org"]
            allow_no_origin = true
            transfer_allow = ["10.0.0.0/8"]
            transfer_map = ["10.0.0.5:1863=127.0.0.1:1863"]
            [[server]]
            name = "one"
            address = "192.0.2.1"
            label = "The first"
            [[server]]
            name = "two"
            address = "192.0.2.2:99"
        "#;
        let config = check(&[], toml).expect("fine");
        assert_eq!(config.listen[0].to_string(), "[::]:80");
        assert_eq!(config.admin_listen.map(|at| at.port()), Some(9090));
        assert!(config.demo && config.allow_no_origin);
        assert_eq!(config.origins.len(), 1);
        assert_eq!(
            (config.transfer.allow.len(), config.transfer.map.len()),
            (1, 1)
        );
        let labels: Vec<_> = config.servers.iter().map(|server| &server.label).collect();
        assert_eq!(labels, ["The first", "two"]);
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let toml = "listen = '127.0.0.1:1'\ndemo = true\n[[server]]\nname='f'\naddress='f'";
        let arguments = ["--listen", "127.0.0.1:2", "--server", "l=l", "--demo=false"];
        let config = check(&arguments, toml).expect("fine");
        assert_eq!(config.listen[0].to_string(), "127.0.0.1:2");
        assert_eq!(config.servers[0].name.as_str(), "l");
        assert!(!config.demo);
    }

    #[test]
    fn without_a_server_it_says_how_to_name_one() {
        assert!(refusal(&[], "").contains("--server escargot=ms.example.org:1863"));
        assert!(check(&["--demo"], "").is_ok());
    }

    #[test]
    fn a_wrong_value_is_named_with_its_key_and_what_is_allowed() {
        for (arguments, parts) in [
            (
                ["--listen", "8080"],
                ["listen", "\"8080\"", "127.0.0.1:8080"],
            ),
            (
                ["--admin-listen", "x"],
                ["admin_listen", "\"x\"", "[::]:8080"],
            ),
            (
                ["--server", "a b=c"],
                ["server", "\"a b=c\"", "NAME=HOST:PORT"],
            ),
            (
                ["--server", "nameless"],
                ["server", "\"nameless\"", "NAME=HOST:PORT"],
            ),
            (
                ["--demo=maybe", "--check"],
                ["demo", "\"maybe\"", "true or false"],
            ),
            (
                ["--log-format", "xml"],
                ["log_format", "\"xml\"", "text or json"],
            ),
            (
                ["--web-root", "/nowhere"],
                ["web_root", "/nowhere", "index.html"],
            ),
        ] {
            let refusal = refusal(&arguments, "");
            for part in parts {
                assert!(refusal.contains(part), "{refusal}");
            }
        }
        for (flag, wrong) in [
            ("--origin", "chat.example.org"),
            ("--transfer-allow", "10.0.0.0/99"),
            ("--transfer-map", "10.0.0.5"),
        ] {
            let refusal = refusal(&["--demo", flag, wrong], "");
            assert!(
                refusal.contains(wrong) && refusal.contains("such as"),
                "{refusal}"
            );
        }
    }

    #[test]
    fn an_unknown_key_is_named_with_those_that_are_known() {
        let refusal = refusal(&[], "lisen = '127.0.0.1:80'");
        assert!(
            refusal.contains("lisen") && refusal.contains("admin_listen"),
            "{refusal}"
        );
    }

    #[test]
    fn one_name_for_two_servers_is_refused() {
        let refusal = refusal(&["--server", "a=b:1,a=c:1"], "");
        assert!(refusal.contains("\"a\" is there twice"), "{refusal}");
    }

    #[test]
    fn a_key_file_that_is_missing_or_weak_is_named() {
        let refusal = refusal(&["--demo", "--ticket-key-file", "/nowhere/key"], "");
        assert!(refusal.contains("ticket_key_file") && refusal.contains("/nowhere/key"));
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), "weak").expect("written");
        let path = file.path().to_str().expect("a path");
        let refusal = self::refusal(&["--demo", "--ticket-key-file", path], "");
        assert!(refusal.contains("openssl rand -hex 32"), "{refusal}");
    }

    #[test]
    fn a_server_of_the_file_has_one_address_or_a_list_of_them() {
        let toml =
            "[[server]]\nname = \"one\"\naddress = [\"a.example.org:1863\", \"192.0.2.1:1863\"]";
        let config = check(&[], toml).expect("fine");
        assert_eq!(config.servers[0].endpoints().count(), 2);
        let toml = "[[server]]\nname = \"one\"\naddress = []";
        assert!(refusal(&[], toml).starts_with("server.address is \"[]\""));
    }
}
