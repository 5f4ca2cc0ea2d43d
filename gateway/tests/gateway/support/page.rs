//! Pages: one with a WebSocket, one with bare TCP that can break every rule.

use super::{Gate, soon};
use futures_util::{SinkExt as _, StreamExt as _};
use msnp6::gateway::{GatewayLine, SUBPROTOCOL};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _, handshake::client::Request},
};

/// A page with a socket.
pub(crate) struct Page {
    pub(crate) socket: WebSocketStream<Box<dyn Io>>,
}

/// What a socket may stand on.
pub(crate) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// What a page hears.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    Bytes(Vec<u8>),
    Line(GatewayLine),
    Closed(u16, String),
    Lost,
}

impl Page {
    /// Opens a socket with a query such as `?server=test`, or none.
    pub(crate) async fn open(gate: &Gate, query: &str) -> Self {
        Self::open_at(gate.address, query).await
    }

    /// The same where the page comes from this address.
    pub(crate) async fn open_at(address: SocketAddr, query: &str) -> Self {
        let connected = soon("a connection", TcpStream::connect(address)).await;
        Self::over(connected.expect("a connection"), "http", address, query).await
    }

    /// The same on a connection that stands, where the page came by `http` or `https`.
    pub(crate) async fn over(
        stream: impl Io + 'static,
        scheme: &str,
        address: SocketAddr,
        query: &str,
    ) -> Self {
        let request = request_for_socket(scheme, &address.to_string(), query);
        let stream: Box<dyn Io> = Box::new(stream);
        let opened = soon("an open socket", client_async(request, stream)).await;
        let (socket, response) = opened.expect("an open socket");
        assert_eq!(response.headers()["sec-websocket-protocol"], SUBPROTOCOL);
        Self { socket }
    }

    /// Opens a socket and waits for `READY`.
    pub(crate) async fn ready(gate: &Gate, query: &str) -> Self {
        let mut page = Self::open(gate, query).await;
        let line = page.line().await;
        assert!(matches!(line, GatewayLine::Ready { .. }), "{line:?}");
        page
    }

    pub(crate) async fn says(&mut self, bytes: impl Into<Vec<u8>>) {
        self.send(Message::binary(bytes.into())).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        soon("sending", self.socket.send(message))
            .await
            .expect("sent");
    }

    /// The next thing that is no ping or pong.
    #[track_caller]
    pub(crate) fn hears(&mut self) -> impl Future<Output = Heard> {
        let caller = std::panic::Location::caller();
        async move {
            loop {
                let message = soon(&format!("a message for {caller}"), self.socket.next()).await;
                return match message {
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Binary(bytes))) => Heard::Bytes(bytes.to_vec()),
                    Some(Ok(Message::Text(text))) => {
                        Heard::Line(GatewayLine::decode(&text).expect("a line of the gateway"))
                    }
                    Some(Ok(Message::Close(Some(frame)))) => {
                        Heard::Closed(frame.code.into(), frame.reason.to_string())
                    }
                    Some(Ok(Message::Close(None) | Message::Frame(_)) | Err(_)) | None => {
                        Heard::Lost
                    }
                };
            }
        }
    }

    /// Hears exactly these bytes, in however many frames.
    #[track_caller]
    pub(crate) fn hears_bytes<'a>(&'a mut self, text: &'a str) -> impl Future<Output = ()> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let mut heard = Vec::new();
            while heard.len() < text.len() {
                match self.hears().await {
                    Heard::Bytes(bytes) => heard.extend(bytes),
                    other => panic!(
                        "{other:?} after {:?} instead of {text:?}, at {caller}",
                        heard.escape_ascii().to_string()
                    ),
                }
            }
            assert_eq!(String::from_utf8_lossy(&heard), text, "at {caller}");
        }
    }

    #[track_caller]
    pub(crate) fn line(&mut self) -> impl Future<Output = GatewayLine> {
        let caller = std::panic::Location::caller();
        async move {
            match self.hears().await {
                Heard::Line(line) => line,
                other => panic!("{other:?} instead of a line, at {caller}"),
            }
        }
    }

    #[track_caller]
    pub(crate) fn hears_ready(&mut self, address: SocketAddr) -> impl Future<Output = ()> {
        let line = self.line();
        async move { assert_eq!(line.await.encode(), format!("READY {address}")) }
    }

    /// The ticket that the next line holds.
    pub(crate) async fn ticket(&mut self) -> String {
        match self.line().await {
            GatewayLine::Ticket { ticket, .. } => ticket.expose().clone(),
            other => panic!("{other:?} instead of a ticket"),
        }
    }

    /// The code and reason of the close that comes next.
    #[track_caller]
    pub(crate) fn closed(&mut self) -> impl Future<Output = (u16, String)> {
        let caller = std::panic::Location::caller();
        async move {
            match self.hears().await {
                Heard::Closed(code, reason) => (code, reason),
                other => panic!("{other:?} instead of a close, at {caller}"),
            }
        }
    }

    pub(crate) async fn closes(&mut self) {
        soon("closing", self.socket.close(None))
            .await
            .expect("closed");
    }
}

/// What a browser sends for a page that comes from this host, by `http` or `https`.
pub(crate) fn request_for_socket(scheme: &str, host: &str, query: &str) -> Request {
    let url = format!("ws://{host}/msnp{query}");
    let mut request = url.into_client_request().expect("a request");
    let origin = format!("{scheme}://{host}");
    for (name, value) in [("sec-websocket-protocol", SUBPROTOCOL), ("origin", &origin)] {
        let value = value.parse().expect("a value");
        request.headers_mut().insert(name, value);
    }
    request
}

/// A page that writes and reads bytes as it likes.
pub(crate) struct RawPage<S = TcpStream>(pub(crate) S);

/// A handshake without subprotocol.
const HANDSHAKE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\n\
     Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

impl RawPage {
    /// Connects with a small receive buffer, and says nothing.
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(16 * 1024).expect("an option");
        Self(
            soon("a connection", socket.connect(address))
                .await
                .expect("a connection"),
        )
    }

    /// The request that opens a socket.
    pub(crate) fn request(address: SocketAddr, query: &str) -> String {
        format!("GET /msnp{query} HTTP/1.1\r\nHost: {address}\r\n{HANDSHAKE}\r\n")
    }

    /// Connects, opens a socket, and reads `READY`.
    pub(crate) async fn ready(address: SocketAddr, query: &str) -> Self {
        let mut page = Self::connect(address).await;
        page.writes(Self::request(address, query).as_bytes()).await;
        page.skips_head().await;
        let (opcode, payload) = page.reads_frame().await;
        assert_eq!((opcode, &payload[..6]), (1, &b"READY "[..]));
        page
    }

    /// A masked frame with these first bits.
    pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [0x37, 0xfa, 0x21, 0x3d];
        let mut frame = vec![first];
        match u8::try_from(payload.len()) {
            Ok(length) if length < 126 => frame.push(0x80 | length),
            _ => {
                frame.push(0xfe);
                let length = u16::try_from(payload.len()).expect("a short payload");
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend(mask);
        frame.extend(
            payload
                .iter()
                .zip(mask.iter().cycle())
                .map(|(byte, mask)| byte ^ mask),
        );
        frame
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> RawPage<S> {
    pub(crate) async fn writes(&mut self, bytes: &[u8]) {
        soon("writing", self.0.write_all(bytes))
            .await
            .expect("written");
    }

    /// Reads the head of the response to the handshake.
    pub(crate) async fn skips_head(&mut self) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(
                soon("a byte of the head", self.0.read_u8())
                    .await
                    .expect("a byte"),
            );
        }
        assert!(
            head.starts_with(b"HTTP/1.1 101 "),
            "{}",
            head.escape_ascii()
        );
    }

    /// Reads one frame: its opcode and payload.
    pub(crate) async fn reads_frame(&mut self) -> (u8, Vec<u8>) {
        soon("a frame", async {
            let first = self.0.read_u8().await.expect("a header");
            let length = match self.0.read_u8().await.expect("a length") {
                126 => self.0.read_u16().await.expect("two bytes of length"),
                length => length.into(),
            };
            let mut payload = vec![0; length.into()];
            self.0.read_exact(&mut payload).await.expect("a payload");
            (first & 0x0f, payload)
        })
        .await
    }

    /// The close code that the next frame brings.
    pub(crate) async fn closed(&mut self) -> u16 {
        let (opcode, payload) = self.reads_frame().await;
        assert_eq!(opcode, 8, "{}", payload.escape_ascii());
        u16::from_be_bytes([payload[0], payload[1]])
    }
}
