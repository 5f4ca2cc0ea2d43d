//! Where pages come in: TCP addresses, Unix sockets, and sockets that systemd has opened. Opens and
//! accepts; what is said on a connection is for others.

mod address;
mod inherited;

pub use address::{ListenAddr, ListenAddrError};
pub use inherited::Inherited;

use crate::{client::Peer, config::Config, stream::Stream};
use std::{io, net::SocketAddr};
use tokio::net::TcpListener;

/// Where the gateway listens.
#[derive(Debug)]
pub struct Listeners {
    /// For the page and its socket.
    pub page: Vec<PageListener>,
    /// For plain HTTP that is sent to TLS.
    pub redirect: Vec<PageListener>,
    /// For health and metrics; not for the public.
    pub admin: Option<TcpListener>,
}

impl Listeners {
    /// Opens what the configuration says. Sockets of systemd take the place of `listen`.
    pub async fn open(config: &Config, inherited: Inherited) -> io::Result<Self> {
        let mut page = inherited.open()?;
        if page.is_empty() {
            for address in &config.listen {
                page.push(PageListener::open(address).await?);
            }
        }
        let mut redirect = Vec::new();
        for &address in &config.redirect_listen {
            redirect.push(open("redirect_listen", address).await?.into());
        }
        let admin = match config.admin_listen {
            Some(address) => Some(open("admin_listen", address).await?),
            None => None,
        };
        Ok(Self {
            page,
            redirect,
            admin,
        })
    }
}

impl From<TcpListener> for Listeners {
    fn from(page: TcpListener) -> Self {
        Self {
            page: vec![page.into()],
            redirect: Vec::new(),
            admin: None,
        }
    }
}

/// One place where pages come in.
#[derive(Debug)]
pub struct PageListener(Kind);

#[derive(Debug)]
enum Kind {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(tokio::net::UnixListener, SocketFile),
}

impl PageListener {
    /// Listens at an address. A Unix socket that nobody listens at any more is replaced.
    pub async fn open(address: &ListenAddr) -> io::Result<Self> {
        match address {
            ListenAddr::Tcp(address) => open("listen", *address).await.map(Self::from),
            #[cfg(unix)]
            ListenAddr::Unix { path, mode } => {
                let opened = SocketFile::open(path, *mode).await;
                let (listener, file) =
                    opened.map_err(|error| explain("listen", &address.to_string(), &error))?;
                Ok(Self(Kind::Unix(listener, file)))
            }
        }
    }

    /// The TCP address, if it is one.
    pub fn tcp_addr(&self) -> Option<SocketAddr> {
        match &self.0 {
            Kind::Tcp(listener) => listener.local_addr().ok(),
            #[cfg(unix)]
            Kind::Unix(..) => None,
        }
    }

    /// As an address to go to.
    pub fn url(&self, config: &Config) -> String {
        let scheme = config.tls.as_ref().map_or("http", |_| "https");
        match &self.0 {
            Kind::Tcp(listener) => match listener.local_addr() {
                Ok(address) => format!("{scheme}://{address}/"),
                Err(_) => format!("{scheme}:"),
            },
            #[cfg(unix)]
            Kind::Unix(_, file) => format!("unix:{}", file.path.display()),
        }
    }

    pub(crate) async fn accept(&self) -> io::Result<(Stream, Peer)> {
        match &self.0 {
            Kind::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                // Frames are small and each matters at once.
                let _ = stream.set_nodelay(true);
                Ok((Stream::Tcp(stream), Peer::tcp(peer)))
            }
            #[cfg(unix)]
            Kind::Unix(listener, _) => {
                let (stream, _) = listener.accept().await?;
                Ok((Stream::Unix(stream), Peer::UNIX))
            }
        }
    }
}

impl From<TcpListener> for PageListener {
    fn from(listener: TcpListener) -> Self {
        Self(Kind::Tcp(listener))
    }
}

async fn open(key: &str, address: SocketAddr) -> io::Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| explain(key, &address.to_string(), &error))
}

fn explain(key: &str, address: &str, error: &io::Error) -> io::Error {
    let words = format!("{key} is {address}, where nobody can listen now: {error}");
    io::Error::new(error.kind(), words)
}

/// The file of a Unix socket. It goes with the listener, unless it is somebody else's.
#[cfg(unix)]
#[derive(Debug)]
struct SocketFile {
    path: std::path::PathBuf,
    is_ours: bool,
}

#[cfg(unix)]
impl SocketFile {
    async fn open(
        path: &std::path::Path,
        mode: u32,
    ) -> io::Result<(tokio::net::UnixListener, Self)> {
        use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
        use tokio::net::{UnixListener, UnixStream};
        let metadata = std::fs::symlink_metadata(path);
        if metadata.is_ok_and(|metadata| metadata.file_type().is_socket()) {
            // One of a gateway that was killed refuses; then it is in the way of this one only.
            let answer = UnixStream::connect(path).await;
            if answer.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused) {
                std::fs::remove_file(path)?;
            }
        }
        let listener = UnixListener::bind(path)?;
        let file = Self {
            path: path.to_owned(),
            is_ours: true,
        };
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))?;
        Ok((listener, file))
    }
}

#[cfg(unix)]
impl Drop for SocketFile {
    fn drop(&mut self) {
        if self.is_ours {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
