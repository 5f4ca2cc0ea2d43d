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
mod file;
mod limits;
mod origin;
mod server_entry;
#[cfg(test)]
mod shipped;

pub use callers::CallerFlags;
pub use check::ConfigError;
pub use cli::{CommandLine, LimitFlags};
pub use limits::{Bound, Limit, Limits};
pub use origin::Origin;
pub use server_entry::{ServerEntry, ServerName};

use crate::{
    client::Trust,
    listen::ListenAddr,
    resolve::{Resolve, SystemResolver},
    ticket::{KeyError, TicketKeys},
    transfer::TransferRules,
};
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

/// Everything that [`run`](crate::run) needs to know, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the page and its socket are served.
    pub listen: Vec<ListenAddr>,
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
            deadlines: Deadlines::default(),
            resolver: Arc::new(SystemResolver::default()),
        })
    }
}

/// How long the gateway waits for what. Every wait that depends on somebody else has one.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// A request's head, from the first byte on; also how long an idle HTTP connection stays.
    pub http_head: Duration,
    /// A whole HTTP connection that does not become a WebSocket.
    pub http_connection: Duration,
    /// The connection to a server, name look-up apart.
    pub connect: Duration,
    /// A peer that takes no byte although some wait for it.
    pub stall: Duration,
    /// Between one ping to a page and the next.
    pub ping: Duration,
    /// A page that sends nothing for so long after a ping is given up.
    pub pong: Duration,
    /// The closing handshake with a page, and the last bytes to a server.
    pub close: Duration,
    /// All links together, once the gateway was told to stop.
    pub drain: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            http_head: seconds(10),
            http_connection: seconds(300),
            connect: seconds(10),
            stall: seconds(60),
            ping: seconds(25),
            pong: seconds(35),
            close: seconds(5),
            drain: seconds(10),
        }
    }
}
