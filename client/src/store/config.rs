//! What the gateway tells the page about itself. Not how it is fetched: that is the driver's.

use msnp6::model::{Presence, Secret};

use super::Shared;

/// The gateway's `/config.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The servers to choose from, the first one being the default.
    pub servers: Vec<Server>,
    /// Accounts that anybody may try; none on a real server.
    pub demo_accounts: Vec<DemoAccount>,
    /// The gateway's version, such as `0.1.0`.
    pub version: String,
}

/// One server that the gateway leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// What the query `?server=` takes.
    pub name: String,
    /// What people read.
    pub label: String,
}

/// An account of the built-in server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    /// Its address.
    pub handle: String,
    /// Its password: public, yet treated like any other.
    pub password: Secret<String>,
}

/// How far the fetching of the configuration is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ConfigState {
    /// It is on its way.
    #[default]
    Loading,
    /// It did not come.
    Failed(ConfigFailure),
    /// It is here.
    Ready(Shared<Config>),
}

/// Why there is no configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigFailure {
    /// Nobody answered.
    Unreachable,
    /// The answer was an HTTP error.
    Status(u16),
    /// The answer is no configuration.
    Malformed,
}

impl ConfigState {
    /// The configuration, once it is here.
    pub fn ready(&self) -> Option<&Shared<Config>> {
        match self {
            Self::Ready(config) => Some(config),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// The last sign-in, as far as the browser remembers it: never a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// The address.
    pub address: String,
    /// The name of the server, if there was a choice.
    pub server: Option<String>,
    /// How to appear.
    pub presence: Presence,
}
