//! The bodies of the fuzz targets: what has to hold whatever comes in from outside. `gateway/fuzz` feeds
//! them what a fuzzer thinks of, the tests here what is right and was then damaged, in every run.

use crate::{
    client::{Peer, Trust, TrustedHeader, TrustedProxy, proxy_protocol},
    config::{Config, ServerEntry},
    gateway::{Gateway, Live},
    http::{self, Purpose},
    stream::Stream,
    ticket::{Claims, TicketKeys},
};
use hyper::header::{HeaderMap, HeaderValue};
use msnp6::gateway::LinkKind;
use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, ReadBuf},
    net::UnixStream,
    runtime::{Builder, Runtime},
};

/// No text opens a link but a ticket that was signed, byte by byte: neither any text, nor a ticket of which
/// one byte is another one.
pub fn ticket(data: &[u8]) {
    let keys = TicketKeys::parse(&"k".repeat(TicketKeys::MIN_KEY)).expect("a key");
    let text = String::from_utf8_lossy(data);
    assert!(keys.verify(&text, NOW).is_err(), "{text:?} opens a link");
    let claims = Claims {
        kind: LinkKind::Switchboard,
        server: "escargot".to_owned(),
        endpoint: "203.0.113.9:1863".parse().expect("an endpoint"),
        expires: NOW + 120,
    };
    let signed = keys.sign(&claims).expose().clone();
    assert_eq!(keys.verify(&signed, NOW), Ok(claims));
    let [place, change, ..] = data else { return };
    let mut bytes = signed.clone().into_bytes();
    let place = usize::from(*place) % bytes.len();
    bytes[place] ^= change;
    let forged = String::from_utf8_lossy(&bytes);
    assert!(
        forged == signed || keys.verify(&forged, NOW).is_err(),
        "byte {place} of a ticket can be another one"
    );
}

/// A file is a configuration, or refused in words.
pub fn config(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // What a file names is not read: a fuzzer would name devices without an end.
    if ["_file", "_root", "tls"]
        .iter()
        .any(|key| text.contains(key))
    {
        return;
    }
    if let Err(refusal) = Config::check_text(&text) {
        assert!(!refusal.is_empty(), "a refusal without a word");
    }
}

/// Whatever a client puts into the header of proxies, it is not believed: what a proxy has appended is.
pub fn forwarded(data: &[u8]) {
    let proxy = |text: &str| text.parse::<TrustedProxy>().expect("a proxy");
    for (header, appended) in [
        (TrustedHeader::XForwardedFor, "203.0.113.9"),
        (TrustedHeader::Forwarded, "for=203.0.113.9"),
    ] {
        let joined = [data, b", ", appended.as_bytes()].concat();
        let Ok(value) = HeaderValue::from_bytes(&joined) else {
            return;
        };
        let mut headers = HeaderMap::new();
        headers.insert(header.name(), value);
        let trust = Trust {
            proxies: vec![proxy("127.0.0.1")],
            header,
            ..Trust::default()
        };
        let client = peer().client(&headers, &trust);
        assert_eq!(client.to_string(), "203.0.113.9", "of {joined:?}");
    }
}

/// The header of a balancer is the same in one piece and byte by byte, and nothing behind it is read.
pub fn proxy_header(data: &[u8]) {
    let read = |size| {
        let mut pieces = Pieces { rest: data, size };
        let said = runtime().block_on(proxy_protocol::read(&mut pieces));
        // After a refusal nothing is read, however much is left.
        said.ok().map(|said| (said, pieces.rest.len()))
    };
    let whole = read(usize::MAX);
    for size in [1, 3, 16] {
        assert_eq!(read(size), whole, "in pieces of {size}");
    }
}

/// A connection ends when its client's side has, and what was answered is HTTP; a socket opens only for who
/// asked for one.
pub fn handshake(data: &[u8]) {
    let answer = runtime().block_on(async {
        let server = ServerEntry::new("nowhere", "127.0.0.1:1").expect("an address");
        let mut config = Config::new(vec![server]).expect("random bytes");
        config.deadlines.close = Duration::from_millis(20);
        let gateway = Gateway::new(config);
        let tasks = gateway.tasks.clone();
        let live = Arc::new(Live::new(gateway));
        let (mut client, stream) = UnixStream::pair().expect("a pair of sockets");
        let serve = http::serve(Stream::Unix(stream), Peer::UNIX, Purpose::Page, live);
        let ask = async {
            // Refused in the middle, it may be closed before all was said.
            let _ = client.write_all(data).await;
            let _ = client.shutdown().await;
            let mut answer = Vec::new();
            let _ = client.read_to_end(&mut answer).await;
            answer
        };
        let ((), answer) = tokio::join!(serve, ask);
        tasks.close();
        tasks.wait().await;
        answer
    });
    assert!(
        answer.is_empty() || answer.starts_with(b"HTTP/1."),
        "{}",
        answer.escape_ascii()
    );
    let asked = data.to_ascii_lowercase();
    let has_asked = asked.windows(18).any(|at| at == b"sec-websocket-key:");
    assert!(has_asked || !answer.starts_with(b"HTTP/1.1 101"));
}

const NOW: u64 = 1_000_000_000;

/// A proxy that is trusted.
fn peer() -> Peer {
    Peer::tcp(SocketAddr::from(([127, 0, 0, 1], 77)))
}

fn runtime() -> Runtime {
    let mut runtime = Builder::new_current_thread();
    runtime.enable_all().build().expect("a runtime")
}

/// Bytes that come so many at a time.
struct Pieces<'a> {
    rest: &'a [u8],
    size: usize,
}

impl AsyncRead for Pieces<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = self.rest.len().min(self.size).min(buffer.remaining());
        let (piece, rest) = self.rest.split_at(count);
        buffer.put_slice(piece);
        self.rest = rest;
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, sample::Index};

    const CONFIG: &str = include_str!("../package/gateway.toml");
    const HANDSHAKE: &str = "GET /msnp?server=nowhere HTTP/1.1\r\nHost: example.org\r\n\
        Origin: http://example.org\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    const REQUESTS: &str = "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n\
        0\r\n\r\nGET /config.json HTTP/1.1\r\nHost: a\r\nRange: bytes=0-\r\n\r\n";

    /// Something right with a few places changed: bytes replaced, left out, put in, or said twice.
    fn damaged(right: impl AsRef<[u8]>) -> impl Strategy<Value = Vec<u8>> {
        let right = right.as_ref().to_vec();
        let change = (0..4_u8, any::<Index>(), any::<u8>(), 0..40_usize);
        prop::collection::vec(change, 0..6).prop_map(move |changes| {
            let mut bytes = right.clone();
            for (kind, place, byte, length) in changes {
                let at = place.index(bytes.len() + 1);
                let end = bytes.len().min(at + length);
                match kind {
                    0 => bytes[at..end].fill(byte),
                    1 => drop(bytes.drain(at..end)),
                    2 => bytes.insert(at, byte),
                    _ => {
                        let twice = bytes[at..end].to_vec();
                        bytes.splice(at..at, twice).for_each(drop);
                    }
                }
            }
            bytes
        })
    }

    fn anything() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(any::<u8>(), 0..200)
    }

    fn proxy_headers() -> impl Strategy<Value = Vec<u8>> {
        let first = b"PROXY TCP4 203.0.113.9 10.0.0.1 77 80\r\nGET / HTTP/1.1\r\n";
        let second = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xcb\0q\x09\x0a\0\0\x01\0\x4d\0\x50GET /";
        prop_oneof![damaged(first), damaged(second), anything()]
    }

    proptest! {
        #[test]
        fn no_text_and_no_changed_ticket_opens_a_link(data in anything()) {
            ticket(&data);
        }

        #[test]
        fn a_damaged_configuration_is_taken_or_refused_in_words(data in damaged(CONFIG.replace("# ", ""))) {
            config(&data);
        }

        #[test]
        fn what_a_client_says_of_itself_is_not_believed(data in anything()) {
            forwarded(&data);
        }

        #[test]
        fn a_balancers_header_is_the_same_however_it_is_cut(data in proxy_headers()) {
            proxy_header(&data);
        }

        #[test]
        fn a_damaged_request_is_answered_in_http_and_its_connection_ends(
            data in prop_oneof![damaged(HANDSHAKE), damaged(REQUESTS), anything()]
        ) {
            handshake(&data);
        }
    }

    #[test]
    fn what_is_damaged_here_is_right_before() {
        assert!(
            Config::check_text(CONFIG).is_err(),
            "a server is to be named"
        );
        let read = |bytes: &[u8]| {
            runtime().block_on(proxy_protocol::read(&mut Pieces {
                rest: bytes,
                size: 1,
            }))
        };
        assert!(read(b"PROXY TCP4 203.0.113.9 10.0.0.1 77 80\r\n").is_ok());
    }
}
