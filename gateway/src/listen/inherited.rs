//! Sockets that somebody else has opened for this program: socket activation of systemd
//! (`LISTEN_FDS`). So the gateway needs no right to low ports, and a restart refuses nobody.

use super::PageListener;
use std::io;

/// The sockets that came with the program's start.
#[derive(Debug, Default)]
pub struct Inherited(#[cfg(unix)] Vec<Socket>);

#[cfg(unix)]
#[derive(Debug)]
enum Socket {
    Tcp(std::net::TcpListener),
    Unix(std::os::unix::net::UnixListener),
}

#[cfg(unix)]
impl Inherited {
    /// Takes the sockets that the environment names, if it means this process. Clears those
    /// variables, so it has to come before any thread.
    pub fn take() -> io::Result<Self> {
        let mut passed = listenfd::ListenFd::from_env();
        let mut sockets = Vec::new();
        for number in 0..passed.len() {
            sockets.push(
                if let Ok(Some(listener)) = passed.take_tcp_listener(number) {
                    Socket::Tcp(listener)
                } else if let Ok(Some(listener)) = passed.take_unix_listener(number) {
                    Socket::Unix(listener)
                } else {
                    let words = format!(
                        "socket {number} of LISTEN_FDS is none for pages; it has to be \
                         ListenStream= with a TCP address or a path"
                    );
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, words));
                },
            );
        }
        Ok(Self(sockets))
    }

    /// The same for tokio, which has to run.
    pub(super) fn open(self) -> io::Result<Vec<PageListener>> {
        use super::{Kind, SocketFile};
        let open = |socket| {
            let kind = match socket {
                Socket::Tcp(listener) => {
                    listener.set_nonblocking(true)?;
                    Kind::Tcp(tokio::net::TcpListener::from_std(listener)?)
                }
                Socket::Unix(listener) => {
                    listener.set_nonblocking(true)?;
                    let address = listener.local_addr()?;
                    let path = address.as_pathname().unwrap_or("?".as_ref()).to_owned();
                    // It stays for whoever is started next.
                    let is_ours = false;
                    let listener = tokio::net::UnixListener::from_std(listener)?;
                    Kind::Unix(listener, SocketFile { path, is_ours })
                }
            };
            Ok(PageListener(kind))
        };
        self.0.into_iter().map(open).collect()
    }
}

#[cfg(not(unix))]
impl Inherited {
    /// There are none on this system.
    pub fn take() -> io::Result<Self> {
        Ok(Self::default())
    }

    pub(super) fn open(self) -> io::Result<Vec<PageListener>> {
        Ok(Vec::new())
    }
}
