//! The command line and the environment, as texts. Nothing is checked here but the names of flags.

use super::{CallerFlags, DeadlineFlags, TlsFlags};
use clap::{Args, Parser};
use std::path::PathBuf;

/// Serves the MSN Messenger page and carries its bytes to MSNP6 servers.
///
/// Every flag is also a key of the TOML file, with `_` for `-`, and an environment variable.
#[derive(Clone, Debug, Default, Parser)]
#[command(
    name = "msnp6-gateway",
    version,
    after_help = "Example: msnp6-gateway --server escargot=ms.example.org:1863\n\n\
                  MSNP6_GATEWAY_LOG sets how much is logged to standard error: \
                  off, error, warn, info, debug or trace."
)]
pub struct CommandLine {
    /// Read this TOML file as well
    #[arg(long, env = "MSNP6_GATEWAY_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Who is calling, and where.
    #[command(flatten)]
    pub callers: CallerFlags,
    /// TLS towards pages.
    #[command(flatten)]
    pub tls: TlsFlags,
    /// A server that the page may choose; the first is the default. With +HOST:PORT for each further address
    #[arg(
        long,
        env = "MSNP6_GATEWAY_SERVER",
        value_name = "NAME=HOST:PORT",
        value_delimiter = ','
    )]
    pub server: Vec<String>,
    /// A server that is spoken to over TLS; the file has more to say about it
    #[arg(
        long,
        env = "MSNP6_GATEWAY_SERVER_TLS",
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub server_tls: Vec<String>,
    /// Run the built-in server as one more, with accounts to try
    #[arg(long, env = "MSNP6_GATEWAY_DEMO", value_name = "BOOL", num_args = 0..=1,
          require_equals = true, default_missing_value = "true")]
    pub demo: Option<String>,
    /// Serve health and metrics here
    #[arg(long, env = "MSNP6_GATEWAY_ADMIN_LISTEN", value_name = "ADDR")]
    pub admin_listen: Option<String>,
    /// An origin besides the page's own that may open a socket
    #[arg(
        long,
        env = "MSNP6_GATEWAY_ORIGIN",
        value_name = "URL",
        value_delimiter = ','
    )]
    pub origin: Vec<String>,
    /// Let anybody open a socket who does not say where they come from
    #[arg(long, env = "MSNP6_GATEWAY_ALLOW_NO_ORIGIN", value_name = "BOOL", num_args = 0..=1,
          require_equals = true, default_missing_value = "true")]
    pub allow_no_origin: Option<String>,
    /// An address that servers may name although it is not public
    #[arg(
        long,
        env = "MSNP6_GATEWAY_TRANSFER_ALLOW",
        value_name = "HOST[:PORT]|CIDR",
        value_delimiter = ','
    )]
    pub transfer_allow: Vec<String>,
    /// Dial TO where a server names FROM
    #[arg(
        long,
        env = "MSNP6_GATEWAY_TRANSFER_MAP",
        value_name = "FROM=TO",
        value_delimiter = ','
    )]
    pub transfer_map: Vec<String>,
    /// Sign tickets with the key in this file, shared by all instances
    #[arg(long, env = "MSNP6_GATEWAY_TICKET_KEY_FILE", value_name = "FILE")]
    pub ticket_key_file: Option<PathBuf>,
    /// Serve the page from this folder
    #[arg(long, env = "MSNP6_GATEWAY_WEB_ROOT", value_name = "DIR")]
    pub web_root: Option<PathBuf>,
    /// How log lines are written: text or json [default: text]
    #[arg(long, env = "MSNP6_GATEWAY_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<String>,
    /// How long to wait for what.
    #[command(flatten)]
    pub deadlines: DeadlineFlags,
    /// How much is too much.
    #[command(flatten)]
    pub limits: LimitFlags,
    /// Check the configuration, say what is wrong with it, and exit
    #[arg(long)]
    pub check: bool,
}

/// The limits, each a whole number; 0 is none.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Limits (0 for none)")]
pub struct LimitFlags {
    /// Links in all [default: 10000]
    #[arg(long, env = "MSNP6_GATEWAY_MAX_LINKS", value_name = "NUMBER")]
    pub max_links: Option<String>,
    /// Links of one client, an IPv4 address or an IPv6 /64; not of this machine, where a proxy stands for everybody [default: 100]
    #[arg(
        long,
        env = "MSNP6_GATEWAY_MAX_LINKS_PER_CLIENT",
        value_name = "NUMBER"
    )]
    pub max_links_per_client: Option<String>,
    /// Links to one server [default: 0]
    #[arg(
        long,
        env = "MSNP6_GATEWAY_MAX_LINKS_PER_SERVER",
        value_name = "NUMBER"
    )]
    pub max_links_per_server: Option<String>,
    /// New links of one client within a minute, likewise [default: 120]
    #[arg(
        long,
        env = "MSNP6_GATEWAY_MAX_NEW_LINKS_PER_MINUTE",
        value_name = "NUMBER"
    )]
    pub max_new_links_per_minute: Option<String>,
    /// Bytes that one page may send within a second; ten times as many at once [default: 262144]
    #[arg(
        long,
        env = "MSNP6_GATEWAY_MAX_BYTES_PER_SECOND",
        value_name = "NUMBER"
    )]
    pub max_bytes_per_second: Option<String>,
    /// Messages that one page may send within a second; ten times as many at once [default: 200]
    #[arg(
        long,
        env = "MSNP6_GATEWAY_MAX_FRAMES_PER_SECOND",
        value_name = "NUMBER"
    )]
    pub max_frames_per_second: Option<String>,
}
