//! What the gateway is told, in three stages: texts as they stand on the command line, in the
//! environment and in the file (`cli`, `file`), then one [`Config`] whose every value was checked.
//! Flags win over the environment, the environment over the file.
//!
//! ```toml
//! listen = "127.0.0.1:8080"
//! admin_listen = "127.0.0.1:9090"
//! trusted_proxy = ["127.0.0.1"]
//! origin = ["https://chat.example.org"]
//! ticket_key_file = "/etc/msnp6-gateway/ticket.key"
//! transfer_map = ["10.0.0.5:1863=127.0.0.1:1863"]
//!
//! [[server]]
//! name = "escargot"
//! address = "ms.example.org:1863"
//! label = "Escargot"
//! ```

mod callers;
mod check;
mod cli;
mod deadlines;
mod file;
mod limits;
mod log_format;
mod origin;
mod server_entry;
mod servers;
#[cfg(test)]
mod shipped;
mod tls;

pub use callers::CallerFlags;
pub use check::ConfigError;
pub use cli::{CommandLine, LimitFlags};
pub use deadlines::{DeadlineFlags, Deadlines};
pub use limits::{Bound, Limit, Limits};
pub use log_format::LogFormat;
pub use origin::Origin;
pub(crate) use origin::host_and_port;
pub use server_entry::{ServerEntry, ServerName};
pub use tls::TlsFlags;

use crate::{
    client::Trust,
    listen::ListenAddr,
    resolve::{Resolve, SystemResolver},
    ticket::{KeyError, TicketKeys},
    tls::Certificate,
    transfer::TransferRules,
};
use std::{net::SocketAddr, path::PathBuf, sync::Arc};

/// Everything that [`run`](crate::run) needs to know, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the page and its socket are served.
    pub listen: Vec<ListenAddr>,
    /// What TLS on the TCP addresses of `listen` shows to pages; `None` for plain HTTP.
    pub tls: Option<Certificate>,
    /// Where plain HTTP is sent to TLS.
    pub redirect_listen: Vec<SocketAddr>,
    /// Who is believed about who is calling.
    pub trust: Trust,
    /// Where health and metrics are served, if anywhere.
    pub admin_listen: Option<SocketAddr>,
    /// The servers that a page may choose from; the first is the default.
    pub servers: Vec<ServerEntry>,
    /// Whether to run the built-in server as one more.
    pub demo: bool,
    /// Origins besides the page's own that may open a socket.
    pub origins: Vec<Origin>,
    /// Whether anybody may open a socket without saying where they come from.
    pub allow_no_origin: bool,
    /// What servers may name.
    pub transfer: TransferRules,
    /// What signs tickets.
    pub ticket_keys: TicketKeys,
    /// The folder of the page; `None` means the one inside the binary, if there is one.
    pub web_root: Option<PathBuf>,
    /// How much is too much.
    pub limits: Limits,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// How long to wait for what.
    pub deadlines: Deadlines,
    /// Turns names into addresses.
    pub resolver: Arc<dyn Resolve>,
}

impl Config {
    /// A configuration for these servers with every other value at its default.
    pub fn new(servers: Vec<ServerEntry>) -> Result<Self, KeyError> {
        Ok(Self {
            listen: vec![check::DEFAULT_LISTEN.into()],
            tls: None,
            redirect_listen: Vec::new(),
            trust: Trust::default(),
            admin_listen: None,
            servers,
            demo: false,
            origins: Vec::new(),
            allow_no_origin: false,
            transfer: TransferRules::default(),
            ticket_keys: TicketKeys::random()?,
            web_root: None,
            limits: Limits::default(),
            log_format: LogFormat::default(),
            deadlines: Deadlines::default(),
            resolver: Arc::new(SystemResolver::default()),
        })
    }
}
