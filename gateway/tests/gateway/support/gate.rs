//! A gateway in this process, stopped when dropped, and plain HTTP requests to it.

use super::{FakeServer, soon};
use msnp6_gateway::{Config, Limits, Listeners, Reloader, ServerEntry, run_reloading};
use std::{collections::HashMap, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

pub(crate) struct Gate {
    pub(crate) address: SocketAddr,
    pub(crate) admin: SocketAddr,
    /// Where plain HTTP is sent to TLS.
    pub(crate) plain: SocketAddr,
    reloader: Reloader,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<std::io::Result<()>>,
}

impl Gate {
    /// A gateway in front of one server, which is named `test`.
    pub(crate) async fn before(server: &FakeServer) -> Self {
        Self::with(server, |_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(server: &FakeServer, change: impl FnOnce(&mut Config)) -> Self {
        let address = server.address.to_string();
        let server = ServerEntry::new("test", &address).expect("an address");
        Self::start(vec![server], change).await
    }

    /// A gateway with these servers.
    pub(crate) async fn start(servers: Vec<ServerEntry>, change: impl FnOnce(&mut Config)) -> Self {
        let config = Self::config(servers, change);
        let page = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let admin = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let redirect = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let plain = addr(&redirect);
        let (stop, stopped) = oneshot::channel();
        let (reloader, reloads) = Reloader::new();
        let (address, admin_address) = (addr(&page), addr(&admin));
        let listeners = Listeners {
            page: vec![page.into()],
            redirect: vec![redirect.into()],
            admin: Some(admin),
        };
        let shutdown = async {
            let _ = stopped.await;
        };
        Self {
            address,
            admin: admin_address,
            plain,
            stop: Some(stop),
            running: tokio::spawn(run_reloading(listeners, config, reloads, shutdown)),
            reloader,
        }
    }

    fn config(servers: Vec<ServerEntry>, change: impl FnOnce(&mut Config)) -> Config {
        let mut config = Config::new(servers).expect("random bytes");
        config.deadlines.close = Duration::from_secs(2);
        config.limits = Limits::NONE;
        change(&mut config);
        config
    }

    /// Puts another configuration in force, and says whether it is.
    pub(crate) async fn reload(
        &self,
        servers: Vec<ServerEntry>,
        change: impl FnOnce(&mut Config),
    ) -> bool {
        let config = Self::config(servers, change);
        soon("a reload", self.reloader.reload(Ok(config))).await
    }

    /// Tells it to stop.
    pub(crate) fn stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits until it has stopped.
    pub(crate) async fn stopped(&mut self) {
        let running = soon("the gateway's end", &mut self.running).await;
        running.expect("no panic").expect("no error");
    }
}

fn addr(listener: &TcpListener) -> SocketAddr {
    listener.local_addr().expect("an address")
}

/// A response: status, headers in lower case, body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no {name} in {self:?}"))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// `GET`, with further header lines.
pub(crate) async fn get(address: SocketAddr, path: &str, headers: &str) -> Answer {
    request(
        address,
        &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{headers}"),
    )
    .await
}

/// Sends a head without its end, and reads the response until the connection ends.
pub(crate) async fn request(address: SocketAddr, head: &str) -> Answer {
    soon("an answer", async {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let head = format!("{head}Connection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("read");
        parse(&bytes)
    })
    .await
}

fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no head in {:?}", bytes.escape_ascii().to_string()));
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.get(9..12)?.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status.expect("a status"),
        headers: headers
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect(),
        body: bytes[end + 4..].to_vec(),
    }
}
