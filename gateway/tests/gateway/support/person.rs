//! Somebody who uses the real `Messenger` through the gateway: what the page's driver does, natively.

use super::{Gate, request_for_socket, soon};
use futures_util::{SinkExt as _, StreamExt as _};
use msnp6::{
    gateway::{CloseCode, GatewayLine, TicketBook, TicketError},
    messenger::{CloseReason, Destination, Event, Input, Intent, Messenger, Output},
    model::{Endpoint, LinkId, Presence, Secret, Timestamp, UserHandle},
};
use std::{
    collections::{HashMap, VecDeque},
    net::SocketAddr,
    time::Duration,
};
use tokio::{
    select,
    sync::mpsc,
    time::{Instant, sleep_until},
};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, handshake::client::Request},
};

pub(crate) struct Person {
    messenger: Messenger,
    gate: SocketAddr,
    links: HashMap<LinkId, mpsc::UnboundedSender<Vec<u8>>>,
    news: mpsc::UnboundedReceiver<(LinkId, News)>,
    reporter: mpsc::UnboundedSender<(LinkId, News)>,
    book: TicketBook,
    started: Instant,
    wake_at: Option<Instant>,
    events: VecDeque<Event>,
}

/// What happened on a link.
enum News {
    Line(GatewayLine),
    Bytes(Vec<u8>),
    Closed(CloseReason),
}

impl Person {
    pub(crate) fn new(gate: &Gate) -> Self {
        Self::at(gate.address)
    }

    /// Whose page comes from this address.
    pub(crate) fn at(gate: SocketAddr) -> Self {
        let (reporter, news) = mpsc::unbounded_channel();
        Self {
            messenger: Messenger::new(),
            gate,
            links: HashMap::new(),
            news,
            reporter,
            book: TicketBook::default(),
            started: Instant::now(),
            wake_at: None,
            events: VecDeque::new(),
        }
    }

    /// Signs in with the password of the demo, up to the contact list.
    pub(crate) async fn signed_in(gate: &Gate, handle: &str) -> Self {
        Self::signed_in_at(gate.address, handle).await
    }

    /// The same where the page comes from this address.
    pub(crate) async fn signed_in_at(gate: SocketAddr, handle: &str) -> Self {
        let mut person = Self::at(gate);
        person.intends(Intent::SignIn {
            handle: UserHandle::parse(handle).expect("a handle"),
            password: Secret::new("demo".to_owned()),
            presence: Presence::Online,
        });
        person
            .sees("own presence", |event| {
                matches!(event, Event::OwnPresenceChanged(_))
            })
            .await;
        person
    }

    pub(crate) fn intends(&mut self, intent: Intent) {
        self.turn(Input::Intent(intent));
    }

    /// Goes on until an event is the one that is waited for; those before are gone.
    pub(crate) async fn sees(&mut self, what: &str, is_it: impl Fn(&Event) -> bool) -> Event {
        soon(what, async {
            loop {
                while let Some(event) = self.events.pop_front() {
                    if is_it(&event) {
                        return event;
                    }
                    let is_failure = matches!(event, Event::SignInFailed(_) | Event::Oddity { .. });
                    assert!(!is_failure, "{event:?} instead of {what}");
                }
                self.next().await;
            }
        })
        .await
    }

    async fn next(&mut self) {
        let wake_at = self.wake_at;
        let input = select! {
            news = self.news.recv() => {
                let (link, news) = news.expect("we hold a sender");
                self.read(link, news)
            }
            () = sleep_until(wake_at.unwrap_or(self.started)), if wake_at.is_some() => {
                self.wake_at = None;
                Some(Input::Woke)
            }
        };
        if let Some(input) = input {
            self.turn(input);
        }
    }

    fn read(&mut self, link: LinkId, news: News) -> Option<Input> {
        match news {
            // A link that was given up may have had something to say still.
            _ if !self.links.contains_key(&link) => None,
            News::Line(GatewayLine::Ready { .. }) => Some(Input::Opened { link }),
            News::Line(line) => {
                self.book.record(self.now(), &line);
                None
            }
            News::Bytes(bytes) => Some(Input::Received { link, bytes }),
            News::Closed(reason) => {
                self.links.remove(&link);
                Some(Input::Closed { link, reason })
            }
        }
    }

    fn turn(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            self.messenger.handle(self.now(), input);
            while let Some(output) = self.messenger.poll() {
                match output {
                    Output::Connect { link, to } => inputs.extend(self.connect(link, &to)),
                    // The gateway follows by itself, and says READY.
                    Output::Redirect { .. } | Output::Probe { .. } => {}
                    Output::Transmit { link, bytes } => {
                        if let Some(sender) = self.links.get(&link) {
                            let _ = sender.send(bytes.expose().clone());
                        }
                    }
                    Output::Disconnect { link } => drop(self.links.remove(&link)),
                    Output::WakeAt(at) => {
                        self.wake_at = Some(self.started + Duration::from_millis(at.0));
                    }
                    Output::Event(event) => self.events.push_back(event),
                }
            }
        }
    }

    fn connect(&mut self, link: LinkId, to: &Destination) -> Option<Input> {
        let query = match self.query(to) {
            Ok(query) => query,
            Err(error) => {
                let code = match error {
                    TicketError::Expired => CloseCode::TicketExpired,
                    TicketError::Missing | TicketError::Denied => CloseCode::TransferRefused,
                };
                let reason = CloseReason::Code(code);
                return Some(Input::Closed { link, reason });
            }
        };
        let request = request_for_socket("http", &self.gate.to_string(), &query);
        let (sender, receiver) = mpsc::unbounded_channel();
        self.links.insert(link, sender);
        tokio::spawn(carry(request, link, receiver, self.reporter.clone()));
        None
    }

    fn query(&self, to: &Destination) -> Result<String, TicketError> {
        let ticket = |endpoint: &Endpoint| self.book.ticket(self.now(), endpoint);
        match to {
            Destination::Server => Ok(String::new()),
            Destination::Switchboard(endpoint) => {
                ticket(endpoint).map(|ticket| format!("?ticket={}", ticket.expose()))
            }
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp::default() + self.started.elapsed()
    }
}

/// Carries one link until either side ends it.
async fn carry(
    request: Request,
    link: LinkId,
    mut orders: mpsc::UnboundedReceiver<Vec<u8>>,
    reporter: mpsc::UnboundedSender<(LinkId, News)>,
) {
    let report = |news| drop(reporter.send((link, news)));
    let Ok((mut socket, _)) = connect_async(request).await else {
        return report(News::Closed(CloseReason::Lost));
    };
    loop {
        select! {
            bytes = orders.recv() => match bytes {
                Some(bytes) => drop(socket.send(Message::binary(bytes)).await),
                None => return drop(socket.close(None).await),
            },
            message = socket.next() => match message {
                Some(Ok(Message::Binary(bytes))) => report(News::Bytes(bytes.to_vec())),
                Some(Ok(Message::Text(text))) => {
                    report(News::Line(GatewayLine::decode(&text).expect("a line")));
                }
                Some(Ok(Message::Close(Some(frame)))) => {
                    let code = CloseCode::from_code(frame.code.into());
                    return report(News::Closed(code.map_or(CloseReason::Lost, CloseReason::Code)));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return report(News::Closed(CloseReason::Lost)),
            },
        }
    }
}
