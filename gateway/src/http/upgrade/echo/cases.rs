//! RFC 6455, case by case, after the numbers of the Autobahn test suite, which needs a Python that is no more:
//! `framing` has its groups 1 to 5, 9 and 10, `meaning` 6 and 7. Each case is played whole, in pieces, and byte by
//! byte where that takes no time.

mod framing;
mod meaning;

use super::{LONGEST, serve};
use crate::page::masked::{BINARY, FINAL, PING, TEXT, masked as frame};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

const CONTINUATION: u8 = 0;
const CLOSE: u8 = 8;
const PONG: u8 = 10;

/// The longest case that is played byte by byte.
const SHORT: usize = 2000;
/// Pieces as the suite has them: no divisor of any length.
const PIECE: usize = 997;
/// No case takes longer, on a busy machine either.
const PATIENCE: Duration = Duration::from_mins(1);

/// A frame that came back: its opcode and its payload.
type Heard = (u8, Vec<u8>);

/// What is sent, and what has to come back before the end.
struct Case {
    name: String,
    sent: Vec<u8>,
    heard: Vec<Heard>,
    end: End,
}

/// How a case ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The echo agrees to close, with this code.
    Closed(u16),
    /// With a close frame of no code.
    ClosedWithoutCode,
    /// The echo says that a rule was broken.
    Failed,
}

fn whole(opcode: u8, payload: &[u8]) -> Vec<u8> {
    frame(FINAL | opcode, payload)
}

/// A message in fragments of this size.
fn fragments(opcode: u8, payload: &[u8], size: usize) -> Vec<u8> {
    let mut sent = Vec::new();
    let count = payload.chunks(size).count();
    for (index, part) in payload.chunks(size).enumerate() {
        let opcode = if index == 0 { opcode } else { CONTINUATION };
        let last = if index + 1 == count { FINAL } else { 0 };
        sent.extend(frame(last | opcode, part));
    }
    sent
}

fn close(payload: &[u8]) -> Vec<u8> {
    whole(CLOSE, payload)
}

fn good_bye() -> Vec<u8> {
    close(&1000_u16.to_be_bytes())
}

/// All is well, and comes back.
fn fine(name: impl Into<String>, sent: Vec<u8>, heard: &[(u8, &[u8])]) -> Case {
    let heard = heard
        .iter()
        .map(|(opcode, bytes)| (*opcode, bytes.to_vec()));
    Case {
        name: name.into(),
        sent: [sent, good_bye()].concat(),
        heard: heard.collect(),
        end: End::Closed(1000),
    }
}

/// A rule is broken: what was said before comes back, and nothing of what was said after.
fn fails(name: impl Into<String>, sent: Vec<u8>, heard: &[(u8, &[u8])]) -> Case {
    let after = [whole(PING, b"after"), whole(TEXT, b"after")].concat();
    Case {
        end: End::Failed,
        ..fine(name, [sent, after].concat(), heard)
    }
}

/// Plays cases one after the other, each in all ways.
async fn play(cases: Vec<Case>) {
    let echo = serve().await;
    for case in cases {
        let mut sizes = vec![usize::MAX, PIECE];
        if case.sent.len() <= SHORT {
            sizes.push(1);
        }
        for size in sizes {
            let what = format!("{}, in pieces of {size}", case.name);
            let played = timeout(PATIENCE, play_one(echo, &case, size)).await;
            let (heard, end) = played.unwrap_or_else(|_| panic!("{what}: no end"));
            let words: Vec<_> = heard.iter().map(|(opcode, b)| (opcode, b.len())).collect();
            assert!(heard == case.heard, "{what}: {words:?}");
            assert_eq!(end, Some(case.end), "{what}");
        }
    }
}

/// Sends, and reads to the end at the same time.
async fn play_one(echo: SocketAddr, case: &Case, size: usize) -> (Vec<Heard>, Option<End>) {
    let mut stream = TcpStream::connect(echo).await.expect("a connection");
    stream.set_nodelay(true).expect("an option");
    let request = "GET / HTTP/1.1\r\nHost: echo\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
    assert!(
        head.starts_with(b"HTTP/1.1 101 "),
        "{}",
        head.escape_ascii()
    );
    let (mut reader, mut writer) = stream.split();
    let send = async {
        for piece in case.sent.chunks(size.min(case.sent.len())) {
            // Whoever has broken a rule may find the connection closed.
            if writer.write_all(piece).await.is_err() {
                return;
            }
        }
        // Or the echo would wait for a while before it closes a connection on which a rule was broken.
        let _ = writer.shutdown().await;
    };
    let receive = async {
        let mut bytes = Vec::new();
        let _ = reader.read_to_end(&mut bytes).await;
        read(&bytes)
    };
    tokio::join!(send, receive).1
}

/// All frames that came back: unmasked, whole, and nothing behind a close.
fn read(mut bytes: &[u8]) -> (Vec<Heard>, Option<End>) {
    let mut heard = Vec::new();
    while let [first, length, rest @ ..] = bytes {
        let (length, rest) = match length {
            126 => {
                let (length, rest) = rest.split_first_chunk().expect("a length");
                (u64::from(u16::from_be_bytes(*length)), rest)
            }
            127 => {
                let (length, rest) = rest.split_first_chunk().expect("a length");
                (u64::from_be_bytes(*length), rest)
            }
            length => (u64::from(*length), rest),
        };
        assert!(first & 0xf0 == FINAL, "{first:x} is no whole frame");
        let length = usize::try_from(length).expect("a length");
        let (payload, rest) = rest.split_at(length);
        bytes = rest;
        let opcode = first & 0x0f;
        if opcode == CLOSE {
            assert!(bytes.is_empty(), "something behind a close");
            let end = match payload {
                [] => End::ClosedWithoutCode,
                [0x03, 0xea, ..] => End::Failed,
                [high, low, ..] => End::Closed(u16::from_be_bytes([*high, *low])),
                [_] => panic!("half a code"),
            };
            return (heard, Some(end));
        }
        heard.push((opcode, payload.to_vec()));
    }
    (heard, None)
}
