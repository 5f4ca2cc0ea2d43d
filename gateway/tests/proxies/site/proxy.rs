//! The real nginx or HAProxy: started, waited for, ended.

use super::{
    Instance, eventually,
    shipped::{self, Certificate},
};
use crate::support::free;
use std::{net::SocketAddr, path::Path, process::Stdio, time::Duration};
use tokio::{net::TcpStream, process::Child};

/// Which program, with which of its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Nginx,
    HaProxy,
    HaProxyTcp,
    /// The same file without its certificate, which the gateways have instead.
    HaProxyTlsThrough,
}

impl Kind {
    /// What operators are told to set at the gateways, besides `trusted_proxy`.
    pub(super) fn arguments(self, certificate: &Certificate) -> Vec<String> {
        let proxy_protocol = "--proxy-protocol".to_owned();
        match self {
            Self::Nginx | Self::HaProxy => Vec::new(),
            Self::HaProxyTcp => vec![proxy_protocol],
            Self::HaProxyTlsThrough => vec![
                proxy_protocol,
                format!("--tls-certificate={}", certificate.file),
                format!("--tls-key={}", certificate.key),
            ],
        }
    }
}

/// Where a proxy listens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doors {
    /// As shipped: with TLS.
    pub(crate) tls: SocketAddr,
    /// As shipped: whoever comes here is sent to the one with TLS.
    pub(crate) redirect: SocketAddr,
    /// Without TLS.
    pub(crate) plain: SocketAddr,
    /// Where each connection begins with a PROXY header that says who is calling: on loopback all have
    /// one address.
    pub(crate) named: SocketAddr,
}

/// A proxy that runs.
pub(crate) struct Proxy {
    pub(crate) doors: Doors,
    child: Child,
}

impl Proxy {
    /// Starts it before these gateways, and waits until it takes connections.
    pub(super) async fn start(
        kind: Kind,
        gateways: &[Instance; 2],
        certificate: &Certificate,
        folder: &Path,
        quiet: Duration,
    ) -> Self {
        let [tls, redirect, plain, named] = [(); 4].map(|()| free());
        let doors = Doors {
            tls,
            redirect,
            plain,
            named,
        };
        let mut command = if kind == Kind::Nginx {
            shipped::nginx(gateways, doors, certificate, folder, quiet)
        } else {
            shipped::haproxy(kind, gateways, doors, certificate, folder, quiet)
        };
        command.stdin(Stdio::null()).kill_on_drop(true);
        let child = command.spawn().expect("the proxy starts");
        for door in [tls, plain, named] {
            let opens = async || TcpStream::connect(door).await.is_ok();
            eventually("a connection to the proxy", opens).await;
        }
        Self { doors, child }
    }
}

impl Drop for Proxy {
    /// A master of nginx that is killed leaves its processes behind; one that is told to end does not.
    fn drop(&mut self) {
        let Some(pid) = self.child.id() else { return };
        let mut kill = std::process::Command::new("kill");
        let _ = kill.args(["-s", "TERM", &pid.to_string()]).status();
        for _ in 0..200 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
