//! The TOML file, as texts. Unknown keys are errors here; values are checked later.

use super::ConfigError;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The keys of the file: those of the command line, with servers as tables.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileKeys {
    pub(super) listen: Option<Addresses>,
    pub(super) listen_mode: Option<String>,
    pub(super) tls_certificate: Option<PathBuf>,
    pub(super) tls_key: Option<PathBuf>,
    pub(super) redirect_listen: Option<Addresses>,
    #[serde(default)]
    pub(super) trusted_proxy: Vec<String>,
    pub(super) trusted_header: Option<String>,
    pub(super) proxy_protocol: Option<bool>,
    #[serde(default)]
    pub(super) send_proxy: Vec<String>,
    pub(super) admin_listen: Option<String>,
    #[serde(default)]
    pub(super) server: Vec<Server>,
    #[serde(default)]
    pub(super) server_tls: Vec<String>,
    pub(super) demo: Option<bool>,
    #[serde(default)]
    pub(super) origin: Vec<String>,
    pub(super) allow_no_origin: Option<bool>,
    #[serde(default)]
    pub(super) transfer_allow: Vec<String>,
    #[serde(default)]
    pub(super) transfer_map: Vec<String>,
    pub(super) ticket_key_file: Option<PathBuf>,
    pub(super) web_root: Option<PathBuf>,
    pub(super) log_format: Option<String>,
    pub(super) connect_seconds: Option<i64>,
    pub(super) stall_seconds: Option<i64>,
    pub(super) ping_seconds: Option<i64>,
    pub(super) pong_seconds: Option<i64>,
    pub(super) idle_seconds: Option<i64>,
    pub(super) lifetime_seconds: Option<i64>,
    pub(super) http_head_seconds: Option<i64>,
    pub(super) http_connection_seconds: Option<i64>,
    pub(super) drain_seconds: Option<i64>,
    pub(super) max_links: Option<u32>,
    pub(super) max_links_per_client: Option<u32>,
    pub(super) max_links_per_server: Option<u32>,
    pub(super) max_new_links_per_minute: Option<u32>,
    pub(super) max_bytes_per_second: Option<u32>,
    pub(super) max_frames_per_second: Option<u32>,
}

/// One `[[server]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Server {
    pub(super) name: String,
    pub(super) address: Addresses,
    pub(super) label: Option<String>,
    pub(super) proxy_protocol: Option<String>,
    pub(super) tls: Option<bool>,
    pub(super) tls_name: Option<String>,
    pub(super) tls_ca: Option<PathBuf>,
}

/// One address, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Addresses {
    One(String),
    Several(Vec<String>),
}

impl Addresses {
    /// As a list, whatever it was.
    pub(super) fn into_list(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::Several(texts) => texts,
        }
    }
}

impl FileKeys {
    pub(super) fn read(path: &Path) -> Result<Self, ConfigError> {
        let unreadable = |error| ConfigError::Unreadable {
            key: "config",
            path: path.to_owned(),
            error,
        };
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        Self::parse(&text).map_err(|error| ConfigError::File {
            path: path.to_owned(),
            error: Box::new(error),
        })
    }

    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
