//! One entry of `listen`. Text in, address out.

use std::{fmt, net::SocketAddr, str::FromStr};

/// Where to listen for pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddr {
    /// A TCP address.
    Tcp(SocketAddr),
    /// A Unix socket.
    #[cfg(unix)]
    Unix {
        /// Its file.
        path: std::path::PathBuf,
        /// Who may connect: the permissions of the file.
        mode: u32,
    },
}

impl ListenAddr {
    /// The permissions of a socket when nobody says anything: for its owner and its group.
    pub const MODE: u32 = 0o660;
}

impl From<SocketAddr> for ListenAddr {
    fn from(address: SocketAddr) -> Self {
        Self::Tcp(address)
    }
}

impl FromStr for ListenAddr {
    type Err = ListenAddrError;

    fn from_str(text: &str) -> Result<Self, ListenAddrError> {
        #[cfg(unix)]
        if let Some(path) = text.strip_prefix("unix:") {
            let path = std::path::PathBuf::from(path);
            let mode = Self::MODE;
            // Relative to what depends on who starts it.
            return if path.is_absolute() {
                Ok(Self::Unix { path, mode })
            } else {
                Err(ListenAddrError)
            };
        }
        text.parse().map(Self::Tcp).map_err(|_| ListenAddrError)
    }
}

impl fmt::Display for ListenAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            #[cfg(unix)]
            Self::Unix { path, .. } => write!(f, "unix:{}", path.display()),
        }
    }
}

/// A text that is no place to listen at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address to listen at is an IP address with a port, or unix: and the path of a socket")]
pub struct ListenAddrError;
