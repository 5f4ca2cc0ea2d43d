//! One WebSocket to the gateway. It reports facts and obeys; what they mean is decided elsewhere.

use core::fmt;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{ArrayBuffer, Uint8Array};
use msnp6::gateway::{CloseCode, SUBPROTOCOL};
use msnp6::messenger::CloseReason;
use msnp6::model::{LinkId, Secret};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

/// How long the gateway has to accept the WebSocket, and then to say `READY`, in milliseconds each.
const DEADLINE: u32 = 15_000;

/// What a socket reports.
pub(super) enum Fact {
    /// The WebSocket stands; the way to the server does not yet.
    Accepted,
    /// A text frame: words of the gateway.
    Line(String),
    /// A binary frame: bytes of the server.
    Bytes(Vec<u8>),
    /// It is over.
    Closed(CloseReason),
}

/// Offers the subprotocol, except in development: `trunk serve` passes a WebSocket on without an
/// answer to the offer, which browsers take for a refusal. No offer at all is fine with the gateway.
fn dial(address: &str) -> Option<WebSocket> {
    if cfg!(debug_assertions) {
        return WebSocket::new(address).ok();
    }
    WebSocket::new_with_str(address, SUBPROTOCOL).ok()
}

/// A socket and what listens to it; dropping it silences it at once.
pub(super) struct Socket {
    stream: WebSocket,
    deadline: Option<Timeout>,
    report: Report,
    _listeners: [EventListener; 3],
}

type Report = std::rc::Rc<dyn Fn(LinkId, Fact)>;

impl Socket {
    /// Begins to open a WebSocket to `address`; everything that follows is told to `report`.
    pub(super) fn open(address: &str, link: LinkId, report: Report) -> Option<Self> {
        let stream = dial(address)?;
        stream.set_binary_type(BinaryType::Arraybuffer);
        let on_open = report.clone();
        let on_message = report.clone();
        let on_close = report.clone();
        let listeners = [
            EventListener::new(&stream, "open", move |_| on_open(link, Fact::Accepted)),
            EventListener::new(&stream, "message", move |event| {
                if let Some(fact) = event.dyn_ref().and_then(content) {
                    on_message(link, fact);
                }
            }),
            EventListener::new(&stream, "close", move |event| {
                on_close(link, Fact::Closed(reason(event.dyn_ref())));
            }),
        ];
        let mut socket = Self {
            stream,
            deadline: None,
            report,
            _listeners: listeners,
        };
        socket.expect(link, CloseReason::Lost);
        Some(socket)
    }

    /// The gateway has to say `READY` within the deadline from now.
    pub(super) fn expect_ready(&mut self, link: LinkId) {
        self.expect(link, CloseReason::Code(CloseCode::ServerTimeout));
    }

    /// The gateway said it.
    pub(super) fn is_ready(&mut self) {
        self.deadline = None;
    }

    /// Sends one binary frame. A socket that is closing says so by itself a moment later.
    pub(super) fn send(&self, bytes: &Secret<Vec<u8>>) {
        let _ = self.stream.send_with_u8_array(bytes.expose());
    }

    /// Closes after everything that was sent. A socket that is not open yet is simply given up.
    pub(super) fn close(self) {
        let _ = self.stream.close_with_code(CloseCode::ServerClosed.code());
    }

    fn expect(&mut self, link: LinkId, otherwise: CloseReason) {
        let report = self.report.clone();
        let ring = move || report(link, Fact::Closed(otherwise));
        self.deadline = Some(Timeout::new(DEADLINE, ring));
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket").finish_non_exhaustive()
    }
}

fn content(event: &MessageEvent) -> Option<Fact> {
    let data = event.data();
    if let Some(line) = data.as_string() {
        return Some(Fact::Line(line));
    }
    let buffer = data.dyn_ref::<ArrayBuffer>()?;
    let bytes = Uint8Array::new(buffer).to_vec();
    (!bytes.is_empty()).then_some(Fact::Bytes(bytes))
}

fn reason(event: Option<&CloseEvent>) -> CloseReason {
    let Some(event) = event else {
        return CloseReason::Lost;
    };
    match CloseCode::from_code(event.code()) {
        // A word that is no number says nothing about how long.
        Some(CloseCode::Restarting) => CloseReason::Restarting {
            seconds: event.reason().parse().unwrap_or(0),
        },
        Some(code) => CloseReason::Code(code),
        None => CloseReason::Lost,
    }
}
