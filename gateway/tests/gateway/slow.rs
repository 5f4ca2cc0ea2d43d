//! Pages and servers that say everything byte by byte: whoever comes to an end in time is carried whole, whoever
//! does not ends at the deadline although bytes never stop, and a link beside them notices nothing.

use crate::{
    metrics::becomes,
    support::{
        Authority, FakeLink, FakeServer, Gate, Page, Pair, RawPage, dribbles, get, pace, soon,
    },
    tls::{self, NAME},
};
use msnp6_gateway::{Config, ServerEntry, tls::ServerTls};
use std::{
    cell::Cell,
    io,
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    join,
    net::{TcpListener, TcpStream},
    select,
    time::interval,
};

/// A deadline that is shorter than what is said byte by byte takes.
const SHORT: Duration = Duration::from_millis(200);

/// Somebody in between who hands on every byte by itself, both ways.
async fn slow_way_to(there: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut far = TcpStream::connect(there).await.expect("a connection");
                for stream in [&near, &far] {
                    stream.set_nodelay(true).expect("an option");
                }
                let ((near_reads, near_writes), (far_reads, far_writes)) =
                    (near.split(), far.split());
                join!(
                    hands_on(near_reads, far_writes),
                    hands_on(far_reads, near_writes)
                );
            });
        }
    });
    address
}

async fn hands_on(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) {
    let mut pace = pace();
    while let Ok(byte) = from.read_u8().await {
        pace.tick().await;
        if to.write_u8(byte).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}

/// A link of the same gateway that has nothing to do with it, and somebody who asks for a file now and then.
struct Neighbour {
    page: Page,
    link: FakeLink,
    gateway: SocketAddr,
}

impl Neighbour {
    async fn of(gate: &Gate, server: &FakeServer) -> Self {
        Self {
            page: Page::ready(gate, "").await,
            link: server.accept().await,
            gateway: gate.address,
        }
    }

    async fn goes_on(&mut self) {
        let Self {
            page,
            link,
            gateway,
        } = self;
        page.says("PNG\r\n").await;
        link.hears("PNG\r\n").await;
        link.says("QNG\r\n").await;
        page.hears_bytes("QNG\r\n").await;
        assert_eq!(get(*gateway, "/config.json", "").await.status, 200);
    }

    /// Goes on for as long as something slow does, without waiting for it.
    async fn is_not_held_up_by<T>(&mut self, slow: impl Future<Output = T>) -> T {
        let is_over = Cell::new(false);
        let slow = async {
            let outcome = slow.await;
            is_over.set(true);
            outcome
        };
        let goes_on = async {
            let (mut rounds, mut pace) = (0, interval(Duration::from_millis(10)));
            while !is_over.get() {
                self.goes_on().await;
                rounds += 1;
                pace.tick().await;
            }
            rounds
        };
        let (outcome, rounds) = join!(slow, goes_on);
        assert!(rounds >= 5, "{rounds} rounds beside something slow");
        outcome
    }
}

/// What frames a page is sent, up to the last one, and what that one says.
async fn until_closed(
    page: &mut RawPage<impl AsyncRead + AsyncWrite + Unpin>,
) -> (Vec<u8>, Vec<u8>) {
    soon("a close", async {
        let mut opcodes = Vec::new();
        loop {
            match page.reads_frame().await {
                (8, payload) => return (opcodes, payload),
                (opcode, _) => opcodes.push(opcode),
            }
        }
    })
    .await
}

/// A page is asked often, and has to give a sign of life within a second.
fn asked_often(config: &mut Config) {
    config.deadlines.ping = Duration::from_millis(50);
    config.deadlines.pong = Duration::from_secs(1);
}

#[tokio::test]
async fn a_page_that_says_everything_byte_by_byte_is_carried_whole() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, asked_often).await;
    let mut neighbour = Neighbour::of(&gate, &server).await;
    let mut page = RawPage::connect(gate.address).await;
    page.0.set_nodelay(true).expect("an option");
    let request = RawPage::request(gate.address, "");
    let asked = dribbles(&mut page.0, request.into_bytes());
    let asked = neighbour.is_not_held_up_by(asked).await;
    asked.expect("written");
    page.skips_head().await;
    let mut link = server.accept().await;
    // With a ping in the middle of a message, and a length of each kind.
    let long = "PNG\r\n".repeat(300);
    let mut frames = RawPage::frame(0x02, b"VER 1 ");
    frames.extend(RawPage::frame(0x89, b"?"));
    frames.extend(RawPage::frame(0x80, b"MSNP6 CVR0\r\n"));
    frames.extend(RawPage::frame(0x82, long.as_bytes()));
    let began = Instant::now();
    let said = neighbour.is_not_held_up_by(dribbles(&mut page.0, frames));
    said.await.expect("written");
    // It could answer no ping for longer than an answer may take; each byte is a sign of life.
    assert!(began.elapsed() > Duration::from_millis(1050));
    link.hears(&format!("VER 1 MSNP6 CVR0\r\n{long}")).await;
    link.says("OUT SSD\r\n").await;
    drop(link);
    let (opcodes, last) = until_closed(&mut page).await;
    assert_eq!(last[..2], 1000_u16.to_be_bytes());
    assert!(opcodes.contains(&10) && opcodes.contains(&9), "{opcodes:?}");
}

#[tokio::test]
async fn a_server_that_says_everything_byte_by_byte_is_carried_whole() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, asked_often).await;
    let mut neighbour = Neighbour::of(&gate, &server).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    link.0.set_nodelay(true).expect("an option");
    let text = "XFR 9 SB\r\n".repeat(40);
    let before = format!("VER 1 MSNP6\r\nMSG a@b.c A {}\r\n{text}", text.len());
    let ring = format!("XFR 3 SB {} CKI 1.2\r\n", server.address);
    let said = format!("{before}{ring}");
    let heard = async {
        join!(dribbles(&mut link.0, said.into_bytes()), async {
            page.hears_bytes(&before).await;
            let ticket = page.ticket().await;
            page.hears_bytes(&ring).await;
            ticket
        })
    };
    let (said, ticket) = neighbour.is_not_held_up_by(heard).await;
    said.expect("written");
    // To a switchboard nobody reads along: each byte goes on as it comes.
    let mut room = Page::ready(&gate, &format!("?ticket={ticket}")).await;
    let mut link = server.accept().await;
    link.0.set_nodelay(true).expect("an option");
    let heard = async {
        let said = dribbles(&mut link.0, before.bytes());
        join!(said, room.hears_bytes(&before)).0
    };
    let said = neighbour.is_not_held_up_by(heard).await;
    said.expect("written");
}

/// Says something without end, byte by byte, until the other side has had enough: what it answered, and how
/// long that took.
async fn says_without_end(
    mut stream: TcpStream,
    beginning: &str,
) -> (io::Result<Vec<u8>>, Duration) {
    stream.set_nodelay(true).expect("an option");
    let (mut reads, mut writes) = stream.split();
    let began = Instant::now();
    let endless = beginning.bytes().chain(std::iter::repeat(b'x'));
    let mut answer = Vec::new();
    let read = async {
        select! {
            read = reads.read_to_end(&mut answer) => read.map(drop),
            said = dribbles(&mut writes, endless) => said,
        }
    };
    let ended = soon("the end", read).await;
    (ended.map(|()| answer), began.elapsed())
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_ends_at_its_deadline_however_long_it_would_go_on() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| config.deadlines.http_head = SHORT).await;
    let mut neighbour = Neighbour::of(&gate, &server).await;
    let handshake = RawPage::request(gate.address, "");
    let handshake = handshake.trim_end();
    for (address, head) in [
        (
            gate.address,
            "GET /config.json HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        ),
        (gate.address, handshake),
        (gate.admin, "GET /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: "),
    ] {
        let stream = RawPage::connect(address).await.0;
        let slow = says_without_end(stream, head);
        let (answer, after) = neighbour.is_not_held_up_by(slow).await;
        // It is no request, so that nothing answers it; with bytes under way its end is a reset.
        assert_eq!(answer.unwrap_or_default(), b"");
        assert!((SHORT..SHORT * 10).contains(&after), "{after:?}");
    }
    assert!(server.is_alone().await);
}

#[tokio::test]
async fn a_message_that_comes_byte_by_byte_without_end_does_not_keep_a_link_from_being_idle() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        asked_often(config);
        config.deadlines.idle = Some(Duration::from_secs(1));
    })
    .await;
    let mut neighbour = Neighbour::of(&gate, &server).await;
    let page = RawPage::ready(gate.address, "").await;
    let mut link = server.accept().await;
    let (reads, mut writes) = page.0.into_split();
    writes
        .write_all(&RawPage::frame(0x82, &vec![0; 60_000])[..8])
        .await
        .expect("written");
    let mut reads = RawPage(tokio::io::join(reads, tokio::io::sink()));
    let closed = async {
        select! {
            closed = until_closed(&mut reads) => closed.1,
            said = dribbles(&mut writes, std::iter::repeat(b'x')) => panic!("{said:?}"),
        }
    };
    let payload = neighbour.is_not_held_up_by(closed).await;
    assert_eq!(payload[..2], 4012_u16.to_be_bytes());
    assert!(payload.ends_with(b"nothing but pings moved"));
    drop((reads, writes));
    assert_eq!(link.hears_the_rest().await, b"");
}

#[tokio::test]
async fn a_page_that_stops_in_the_middle_of_a_frame_is_asked_and_given_up() {
    let server = FakeServer::start().await;
    let gate = Gate::with(&server, |config| {
        config.deadlines.ping = Duration::from_millis(50);
        config.deadlines.pong = SHORT;
    })
    .await;
    for length in [1, 5, 9] {
        let mut page = RawPage::ready(gate.address, "").await;
        let mut link = server.accept().await;
        page.writes(&RawPage::frame(0x82, b"OUT\r\n")[..length])
            .await;
        let (opcodes, payload) = until_closed(&mut page).await;
        assert!(opcodes.contains(&9));
        assert_eq!(payload[..2], 4012_u16.to_be_bytes());
        assert!(payload.ends_with(b"no sign of life"));
        drop(page);
        assert_eq!(link.hears_the_rest().await, b"");
    }
}

/// A page over TLS whose every byte comes alone.
async fn page_over_slow_tls(gate: &Gate, authority: &Authority) -> io::Result<Page> {
    let tcp = TcpStream::connect(slow_way_to(gate.address).await).await?;
    let stream = authority.over(tcp, NAME).await?;
    Ok(Page::over(stream, "https", gate.address, "").await)
}

#[tokio::test]
async fn a_page_whose_tls_comes_byte_by_byte_gets_in_before_the_deadline_and_not_after() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let pair = authority.names(NAME);
    let gate = Gate::with(&server, tls::with(&pair)).await;
    let mut page = page_over_slow_tls(&gate, &authority).await.expect("TLS");
    page.hears_ready(server.address).await;
    let mut link = server.accept().await;
    page.says("VER 1 MSNP6 CVR0\r\n").await;
    link.hears("VER 1 MSNP6 CVR0\r\n").await;
    let gate = Gate::with(&server, |config| {
        tls::with(&pair)(config);
        config.deadlines.http_head = SHORT;
    })
    .await;
    assert!(page_over_slow_tls(&gate, &authority).await.is_err());
    let late = "msnp6_gateway_tls_handshakes_total{result=\"late\"}";
    becomes(&gate, late, 1.0).await;
    assert!(server.is_alone().await);
}

/// A gateway before a server over TLS whose every byte comes alone, and before one that is well.
async fn before_slow_tls(
    authority: &Authority,
    pair: &Pair,
    server: &FakeServer,
    change: impl FnOnce(&mut Config),
) -> Gate {
    let front = slow_way_to(pair.in_front_of(server.address).await).await;
    let entry = |name, address: SocketAddr| ServerEntry::new(name, &address.to_string());
    let well = entry("well", server.address).expect("a server");
    let mut slow = entry("slow", front).expect("a server");
    let tls = ServerTls::new(Some(authority.file().path())).expect("an authority");
    slow.tls = tls.named(NAME);
    Gate::start(vec![well, slow], change).await
}

#[tokio::test]
async fn a_server_whose_tls_comes_byte_by_byte_is_reached_before_the_deadline_and_not_after() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let pair = authority.names(NAME);
    let gate = before_slow_tls(&authority, &pair, &server, |_| {}).await;
    let mut neighbour = Neighbour::of(&gate, &server).await;
    let opened = Box::pin(async {
        let page = Page::ready(&gate, "?server=slow").await;
        (page, server.accept().await)
    });
    let (mut page, mut link) = neighbour.is_not_held_up_by(opened).await;
    page.says("VER 1 MSNP6 CVR0\r\n").await;
    link.hears("VER 1 MSNP6 CVR0\r\n").await;
    link.says("VER 1 MSNP6 CVR0\r\n").await;
    page.hears_bytes("VER 1 MSNP6 CVR0\r\n").await;
    let gate = before_slow_tls(&authority, &pair, &server, |config| {
        config.deadlines.connect = SHORT;
    })
    .await;
    let mut neighbour = Neighbour::of(&gate, &server).await;
    let mut page = Page::open(&gate, "?server=slow").await;
    let (code, words) = neighbour.is_not_held_up_by(page.closed()).await;
    assert_eq!(code, 4005, "{words}");
    assert!(
        words.ends_with("no handshake before the deadline"),
        "{words}"
    );
}
