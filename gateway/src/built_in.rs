//! Runs the built-in server on ports of this machine: the sockets and the clock that it does not have
//! itself. One task owns the server; each connection has a task that only moves bytes.

use msnp6::{
    model::{Endpoint, LinkId, Timestamp},
    server::{Role, Server, ServerConfig, ServerInput, ServerOutput},
};
use std::{
    collections::HashMap,
    future::Future,
    io,
    net::Ipv4Addr,
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

/// Starts listening. Answers where sign-ins begin, and a future that serves until it is dropped.
pub(crate) async fn start() -> io::Result<(Endpoint, impl Future<Output = ()> + Send)> {
    let (dispatch, at) = listen().await?;
    let (notification, notification_at) = listen().await?;
    let (switchboard, switchboard_at) = listen().await?;
    let seed = getrandom::u64().map_err(io::Error::other)?;
    let config = ServerConfig::demo(notification_at, switchboard_at, seed);
    let (sender, events) = mpsc::channel(EVENTS);
    let door = Door {
        events: sender,
        last: Arc::default(),
    };
    let serving = async move {
        let mut driver = Driver::new(Server::new(config));
        select! {
            () = driver.run(events) => {}
            () = door.accept(&dispatch, Role::Dispatch) => {}
            () = door.accept(&notification, Role::Notification) => {}
            () = door.accept(&switchboard, Role::Switchboard) => {}
        }
    };
    Ok((at, serving))
}

async fn listen() -> io::Result<(TcpListener, Endpoint)> {
    let host = Ipv4Addr::LOCALHOST;
    let listener = TcpListener::bind((host, 0)).await?;
    let port = listener.local_addr()?.port();
    let endpoint = Endpoint::new(&host.to_string(), port).map_err(io::Error::other)?;
    Ok((listener, endpoint))
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
struct Driver {
    server: Server,
    outboxes: HashMap<LinkId, mpsc::Sender<Vec<u8>>>,
    wake_at: Option<Timestamp>,
    started: Instant,
    /// What the server's clock showed then: milliseconds since 1970.
    epoch: Timestamp,
}

impl Driver {
    fn new(server: Server) -> Self {
        Self {
            server,
            outboxes: HashMap::new(),
            wake_at: None,
            started: Instant::now(),
            epoch: Timestamp::default() + Duration::from_secs(crate::ticket::unix_now()),
        }
    }

    async fn run(&mut self, mut events: mpsc::Receiver<Event>) {
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
