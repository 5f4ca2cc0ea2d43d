//! A client for the command line, over plain TCP: signs in, prints who is online, and sends one text.
//!
//! ```text
//! MSNP6_PASSWORD=demo cargo run -p msnp6 --example sign_in -- HOST:PORT ADDRESS [--to WHO TEXT]
//! ```
//!
//! Without the variable the password is the first line of the standard input; it is never an argument,
//! which others on the machine could read. `msnp6-gateway --demo` runs a server to try it on, and logs where
//! that one listens.
#![allow(dead_code, reason = "a test calls `run` and not `main`")]

use std::collections::HashMap;
use std::error::Error;
use std::io::{Read as _, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use msnp6::gateway::CloseCode;
use msnp6::messenger::{
    CloseReason, Delivery, Destination, Event, Input, Intent, Messenger, Output,
};
use msnp6::model::{LinkId, Presence, Secret, Timestamp, UserHandle};

/// What the command line asks for.
pub(crate) struct Wish {
    pub(crate) server: String,
    pub(crate) handle: UserHandle,
    pub(crate) password: Secret<String>,
    /// To whom, and which text.
    pub(crate) text: Option<(UserHandle, String)>,
}

const USAGE: &str = "usage: sign_in HOST:PORT ADDRESS [--to WHO TEXT]";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (server, address, text) = match arguments.as_slice() {
        [server, address] => (server, address, None),
        [server, address, to, who, text] if to == "--to" => (
            server,
            address,
            Some((UserHandle::parse(who)?, text.clone())),
        ),
        _ => return Err(USAGE.into()),
    };
    let handle = UserHandle::parse(address)?;
    let password = if let Ok(password) = std::env::var("MSNP6_PASSWORD") {
        password
    } else {
        eprint!("Password: ");
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    let password = Secret::new(password);
    run(
        Wish {
            server: server.clone(),
            handle,
            password,
            text,
        },
        &mut std::io::stdout(),
    )
}

/// Does what is wished, and says so. Fails with the reason when the sign-in does.
pub(crate) fn run(wish: Wish, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut driver = Driver::new(wish.server);
    driver.input(Input::Intent(Intent::SignIn {
        handle: wish.handle,
        password: wish.password,
        presence: Presence::Online,
    }));
    let mut unsent = wish.text;
    let (mut has_outcome, mut is_leaving) = (unsent.is_none(), false);
    loop {
        let is_quiet = driver.wait();
        for event in std::mem::take(&mut driver.events) {
            match event {
                Event::SignedOut(_) => return Ok(()),
                Event::SignInFailed(why) => {
                    return Err(format!("the sign-in failed: {why:?}").into());
                }
                Event::ConversationOpened {
                    conversation,
                    is_mine: true,
                    ..
                } => {
                    if let Some((_, text)) = unsent.take() {
                        driver.input(Input::Intent(Intent::SendText { conversation, text }));
                    }
                }
                event => {
                    has_outcome |= is_outcome(&event);
                    tell(&event, out)?;
                }
            }
        }
        // Who is online comes at once after signing in, and so may an answer after a text; when nothing
        // more comes, it is time to go on.
        match &unsent {
            _ if !is_quiet || is_leaving => {}
            Some((who, _)) => {
                let open = Intent::OpenConversation { with: who.clone() };
                driver.input(Input::Intent(open));
            }
            None if has_outcome => {
                is_leaving = true;
                driver.input(Input::Intent(Intent::SignOut));
            }
            None => {}
        }
    }
}

/// Whether it says what became of the text.
fn is_outcome(event: &Event) -> bool {
    matches!(event, Event::TextDelivery { delivery, .. } if *delivery != Delivery::Sent)
}

fn tell(event: &Event, out: &mut impl Write) -> std::io::Result<()> {
    match event {
        Event::SignedIn { handle, name, .. } => writeln!(out, "signed in as {handle} ({name})"),
        Event::ContactPresence {
            handle,
            name,
            presence,
        } => {
            let name = name.as_ref().map_or("", |name| name.as_str());
            writeln!(out, "{handle} ({name}) is {presence:?}")
        }
        Event::TextDelivery { delivery, .. } if is_outcome(event) => {
            writeln!(out, "the text: {delivery:?}")
        }
        Event::TextReceived { handle, text, .. } => writeln!(out, "{handle} says: {text}"),
        Event::IntentRefused(why) => writeln!(out, "that cannot be now: {why:?}"),
        _ => Ok(()),
    }
}

/// The sockets and the clock that a [`Messenger`] does not have itself.
struct Driver {
    messenger: Messenger,
    server: String,
    start: Instant,
    wake: Option<Timestamp>,
    /// The sockets, each with the number of its connection: a link that is sent elsewhere gets another.
    links: HashMap<LinkId, (u32, TcpStream)>,
    last: u32,
    sender: Sender<(u32, Input)>,
    receiver: Receiver<(u32, Input)>,
    events: Vec<Event>,
}

impl Driver {
    /// How long nothing may happen until all is told.
    const QUIET: Duration = Duration::from_millis(1_500);

    fn new(server: String) -> Self {
        let (sender, receiver) = channel();
        Self {
            messenger: Messenger::new(),
            server,
            start: Instant::now(),
            wake: None,
            links: HashMap::new(),
            last: 0,
            sender,
            receiver,
            events: Vec::new(),
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp(u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    /// Waits for the next thing to happen, and says whether nothing did.
    fn wait(&mut self) -> bool {
        let now = self.now();
        let until_wake = self
            .wake
            .map(|at| Duration::from_millis(at.0.saturating_sub(now.0)));
        let patience = until_wake.map_or(Self::QUIET, |wake| wake.min(Self::QUIET));
        match self.receiver.recv_timeout(patience) {
            Ok((connection, input)) => {
                // What an earlier connection of a link still says is of no use.
                let is_current = |link| self.links.get(link).is_some_and(|it| it.0 == connection);
                match &input {
                    Input::Received { link, .. } | Input::Opened { link } if is_current(link) => {}
                    Input::Closed { link, .. } if connection == 0 || is_current(link) => {
                        self.links.remove(link);
                    }
                    _ => return false,
                }
                self.input(input);
                false
            }
            Err(_) if self.wake.is_some_and(|at| at <= self.now()) => {
                self.wake = None;
                self.input(Input::Woke);
                false
            }
            Err(_) => true,
        }
    }

    fn input(&mut self, input: Input) {
        self.messenger.handle(self.now(), input);
        while let Some(output) = self.messenger.poll() {
            match output {
                Output::Connect {
                    link,
                    to: Destination::Server,
                } => {
                    let server = self.server.clone();
                    self.dial(link, &server);
                }
                Output::Connect {
                    link,
                    to: Destination::Switchboard(to),
                }
                | Output::Redirect { link, to } => self.dial(link, &to.to_string()),
                Output::Transmit { link, bytes } => {
                    // A link that breaks is noticed by whoever reads it.
                    if let Some((_, stream)) = self.links.get_mut(&link) {
                        let _ = stream.write_all(bytes.expose());
                    }
                }
                Output::Disconnect { link } => {
                    if let Some((_, stream)) = self.links.remove(&link) {
                        let _ = stream.shutdown(Shutdown::Both);
                    }
                }
                // The operating system tells of a way that is gone.
                Output::Probe { .. } => {}
                Output::WakeAt(at) => self.wake = Some(at),
                Output::Event(event) => self.events.push(event),
            }
        }
    }

    fn dial(&mut self, link: LinkId, address: &str) {
        let Ok((stream, reader)) =
            TcpStream::connect(address).and_then(|it| Ok((it.try_clone()?, it)))
        else {
            let reason = CloseReason::Code(CloseCode::ServerRefused);
            let _ = self.sender.send((0, Input::Closed { link, reason }));
            return;
        };
        self.last += 1;
        let connection = self.last;
        if let Some((_, old)) = self.links.insert(link, (connection, stream)) {
            let _ = old.shutdown(Shutdown::Both);
        }
        let sender = self.sender.clone();
        let _ = sender.send((connection, Input::Opened { link }));
        thread::spawn(move || listen(link, connection, reader, &sender));
    }
}

/// Hands on what comes in until the link ends.
fn listen(link: LinkId, connection: u32, mut stream: TcpStream, sender: &Sender<(u32, Input)>) {
    let mut buffer = [0; 4096];
    loop {
        let input = match stream.read(&mut buffer) {
            Ok(0) => Input::Closed {
                link,
                reason: CloseReason::Code(CloseCode::ServerClosed),
            },
            Ok(count) => Input::Received {
                link,
                bytes: buffer[..count].to_vec(),
            },
            Err(_) => Input::Closed {
                link,
                reason: CloseReason::Lost,
            },
        };
        let is_last = matches!(input, Input::Closed { .. });
        if sender.send((connection, input)).is_err() || is_last {
            return;
        }
    }
}
