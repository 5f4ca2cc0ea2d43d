//! Runs the built-in server on ports: the sockets and the clock that it does not have itself. One task
//! owns the server; each connection has a task that only moves bytes.
//!
//! The gateway does so with `--demo`. Tests do so to have a server that is as odd as they want, and that
//! goes away and comes back:
//!
//! ```
//! use msnp6::server::{Role, Server, ServerConfig};
//! use msnp6_gateway::built_in::Doors;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let doors = Doors::open(Doors::ANYWHERE).await?;
//! let [dispatch, notification, switchboard] = doors.endpoints()?;
//! println!("sign in at {dispatch}");
//! let mut server = Server::new(ServerConfig::demo(notification, switchboard, 42));
//! doors.serve(&mut server, std::future::ready(())).await;
//! // It knows its accounts and their lists as before, and may be served again.
//! # Ok(())
//! # }
//! ```

use msnp6::{
    model::{Endpoint, LinkId, Timestamp},
    server::{Role, Server, ServerConfig, ServerInput, ServerOutput},
};
use std::{
    collections::HashMap,
    future::{self, Future},
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    select,
    sync::mpsc,
    time::{Instant, sleep_until, timeout},
};

/// Starts listening for the demo. Answers where sign-ins begin, and a future that serves until it is
/// dropped.
pub(crate) async fn start() -> io::Result<(Endpoint, impl Future<Output = ()> + Send)> {
    let doors = Doors::open(Doors::ANYWHERE).await?;
    let [dispatch, notification, switchboard] = doors.endpoints()?;
    let seed = getrandom::u64().map_err(io::Error::other)?;
    let mut server = Server::new(ServerConfig::demo(notification, switchboard, seed));
    let serving = async move { doors.serve(&mut server, future::pending()).await };
    Ok((dispatch, serving))
}

/// The ports of a server, open: who connects waits until somebody serves. In the order of dispatch,
/// notification and switchboard.
#[derive(Debug)]
pub struct Doors([TcpListener; 3]);

impl Doors {
    /// Free ports that only this machine reaches.
    pub const ANYWHERE: [SocketAddr; 3] = [SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0); 3];

    /// Opens ports; where a number is 0, a free one.
    pub async fn open([dispatch, notification, switchboard]: [SocketAddr; 3]) -> io::Result<Self> {
        Ok(Self([
            TcpListener::bind(dispatch).await?,
            TcpListener::bind(notification).await?,
            TcpListener::bind(switchboard).await?,
        ]))
    }

    /// Where they are. The first is where sign-ins begin; the server's configuration names the others.
    pub fn endpoints(&self) -> io::Result<[Endpoint; 3]> {
        let [dispatch, notification, switchboard] = &self.0;
        Ok([
            endpoint(dispatch)?,
            endpoint(notification)?,
            endpoint(switchboard)?,
        ])
    }

    /// Serves until `stop` completes. Then everybody is cut off, for the server as well: it forgets who was
    /// there and keeps what its accounts have become.
    pub async fn serve(self, server: &mut Server, stop: impl Future<Output = ()>) {
        let [dispatch, notification, switchboard] = &self.0;
        let (sender, events) = mpsc::channel(EVENTS);
        let door = Door {
            events: sender,
            last: Arc::default(),
        };
        let mut driver = Driver::new(server);
        select! {
            () = stop => {}
            () = driver.run(events) => {}
            () = door.accept(dispatch, Role::Dispatch) => {}
            () = door.accept(notification, Role::Notification) => {}
            () = door.accept(switchboard, Role::Switchboard) => {}
        }
        for link in 0..door.last.load(Ordering::Relaxed) {
            let link = LinkId(link);
            driver.turn(ServerInput::Closed { link });
        }
    }
}

fn endpoint(listener: &TcpListener) -> io::Result<Endpoint> {
    let at = listener.local_addr()?;
    Endpoint::new(&at.ip().to_string(), at.port()).map_err(io::Error::other)
}

/// What the connections tell the driver.
enum Event {
    /// Somebody connected; what they are to be sent goes into the outbox.
    Accepted(LinkId, Role, mpsc::Sender<Vec<u8>>),
    /// Anything else.
    Input(ServerInput),
}

/// Lets clients in.
#[derive(Clone)]
struct Door {
    events: mpsc::Sender<Event>,
    last: Arc<AtomicU32>,
}

impl Door {
    async fn accept(&self, listener: &TcpListener, role: Role) {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let _ = stream.set_nodelay(true);
            let link = LinkId(self.last.fetch_add(1, Ordering::Relaxed));
            let (outbox, inbox) = mpsc::channel(OUTBOX);
            if self
                .events
                .send(Event::Accepted(link, role, outbox))
                .await
                .is_err()
            {
                return;
            }
            tokio::spawn(carry(stream, link, inbox, self.events.clone()));
        }
    }
}

/// Moves the bytes of one connection until either side ends it.
async fn carry(
    mut stream: TcpStream,
    link: LinkId,
    mut inbox: mpsc::Receiver<Vec<u8>>,
    events: mpsc::Sender<Event>,
) {
    let mut buffer = vec![0; CHUNK];
    loop {
        select! {
            bytes = inbox.recv() => {
                let Some(bytes) = bytes else { break };
                if !matches!(timeout(STALL, stream.write_all(&bytes)).await, Ok(Ok(()))) {
                    break;
                }
            }
            count = stream.read(&mut buffer) => {
                let bytes = match count {
                    Ok(count) if count > 0 => buffer.get(..count).unwrap_or_default().to_vec(),
                    _ => break,
                };
                let input = ServerInput::Received { link, bytes };
                if events.send(Event::Input(input)).await.is_err() {
                    break;
                }
            }
        }
    }
    let _ = events
        .send(Event::Input(ServerInput::Closed { link }))
        .await;
    // What was said last arrives only if what the client still says is read.
    let _ = stream.shutdown().await;
    let _ = timeout(LINGER, async {
        while stream.read(&mut buffer).await.is_ok_and(|count| count > 0) {}
    })
    .await;
}

/// Turns the server's handle.
struct Driver<'a> {
    server: &'a mut Server,
    outboxes: HashMap<LinkId, mpsc::Sender<Vec<u8>>>,
    wake_at: Option<Timestamp>,
    started: Instant,
    /// What the server's clock showed then: milliseconds since 1970.
    epoch: Timestamp,
}

impl<'a> Driver<'a> {
    fn new(server: &'a mut Server) -> Self {
        Self {
            server,
            outboxes: HashMap::new(),
            wake_at: None,
            started: Instant::now(),
            epoch: Timestamp::default() + Duration::from_secs(crate::ticket::unix_now()),
        }
    }

    async fn run(&mut self, mut events: mpsc::Receiver<Event>) {
        // A server that was served before counts on a call that only the driver of then knows of.
        self.turn(ServerInput::Woke);
        loop {
            let wake_at = self.wake_at.map(|at| self.instant(at));
            let event = select! {
                event = events.recv() => event,
                () = sleep_until(wake_at.unwrap_or(self.started)), if wake_at.is_some() => {
                    self.wake_at = None;
                    Some(Event::Input(ServerInput::Woke))
                }
            };
            let input = match event {
                None => return,
                Some(Event::Input(input)) => input,
                Some(Event::Accepted(link, role, outbox)) => {
                    self.outboxes.insert(link, outbox);
                    ServerInput::Accepted { link, role }
                }
            };
            self.turn(input);
        }
    }

    fn turn(&mut self, input: ServerInput) {
        if let ServerInput::Closed { link } = &input {
            self.outboxes.remove(link);
        }
        self.server.handle(self.now(), input);
        while let Some(output) = self.server.poll() {
            match output {
                ServerOutput::Transmit { link, bytes } => self.transmit(link, bytes),
                // The connection ends once its outbox is empty.
                ServerOutput::Close { link } => drop(self.outboxes.remove(&link)),
                ServerOutput::WakeAt(at) => self.wake_at = Some(at),
            }
        }
    }

    fn transmit(&mut self, link: LinkId, bytes: Vec<u8>) {
        let outbox = self.outboxes.get(&link);
        if outbox.is_some_and(|outbox| outbox.try_send(bytes).is_err()) {
            // The client takes nothing; its connection ends, and says so.
            self.outboxes.remove(&link);
        }
    }

    fn now(&self) -> Timestamp {
        self.epoch + self.started.elapsed()
    }

    fn instant(&self, at: Timestamp) -> Instant {
        self.started + Duration::from_millis(at.0.saturating_sub(self.epoch.0))
    }
}

/// Inputs that wait for the server; more than that, and the connections wait.
const EVENTS: usize = 64;
/// Commands that wait for one client; more than that, and it is given up.
const OUTBOX: usize = 4096;
const CHUNK: usize = 4096;
const STALL: Duration = Duration::from_secs(30);
const LINGER: Duration = Duration::from_secs(2);
