//! Servers over TLS: who is believed, and with which code a link closes when it is not.

use crate::{
    metrics::becomes,
    support::{Authority, FakeServer, Gate, Page},
};
use msnp6_gateway::{Config, ServerEntry, resolve::FixedResolver, tls::ServerTls};
use rcgen::{CertificateParams, date_time_ymd};
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

const NAME: &str = "ms.example.org";

/// What believes this authority alone.
fn believing(authority: &Authority) -> ServerTls {
    ServerTls::new(Some(authority.file().path())).expect("an authority")
}

/// A gateway whose server is spoken to over TLS at this port.
async fn gate(tls: ServerTls, address: SocketAddr, change: impl FnOnce(&mut Config)) -> Gate {
    let address = format!("{NAME}:{}", address.port());
    let mut server = ServerEntry::new("test", &address).expect("an address");
    server.tls = Some(tls);
    Gate::start(vec![server], |config| {
        config.resolver = Arc::new(FixedResolver::new(&[(NAME, &["127.0.0.1"])]));
        change(config);
    })
    .await
}

/// The words with which a link closes with 4005, counted by their cause.
async fn refused(gate: &Gate, cause: &str) -> String {
    let (code, words) = Page::open(gate, "").await.closed().await;
    assert_eq!(code, 4005, "{words}");
    let series = format!("msnp6_gateway_links_closed_total{{code=\"4005\",cause=\"{cause}\"}}");
    becomes(gate, &series, 1.0).await;
    words
}

#[tokio::test]
async fn a_link_to_a_server_over_tls_carries_both_ways_and_ends_well() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let front = authority.names(NAME).in_front_of(server.address).await;
    let gate = gate(believing(&authority), front, |_| {}).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    page.says("VER 1 MSNP6 CVR0\r\n").await;
    link.hears("VER 1 MSNP6 CVR0\r\n").await;
    let much = "NLN NLN a@b.c A\r\n".repeat(50_000);
    link.says(&much).await;
    drop(link);
    page.hears_bytes(&much).await;
    assert_eq!(page.closed().await.0, 1000);
}

#[tokio::test]
async fn what_a_page_said_last_reaches_a_server_over_tls() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let front = authority.names(NAME).in_front_of(server.address).await;
    let gate = gate(believing(&authority), front, |_| {}).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    let much = vec![b'x'; 60_000];
    for _ in 0..16 {
        page.says(much.clone()).await;
    }
    page.says("OUT\r\n").await;
    page.closes().await;
    let heard = link.hears_the_rest().await;
    assert_eq!(heard.len(), 16 * much.len() + 5);
    assert!(heard.ends_with(b"OUT\r\n"));
}

#[tokio::test]
async fn referrals_and_switchboards_of_such_a_server_are_over_tls_as_well() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let next = FakeServer::start().await;
    let pair = authority.names(NAME);
    let front = pair.in_front_of(server.address).await;
    let next_front = pair.in_front_of(next.address).await;
    let gate = gate(believing(&authority), front, |_| {}).await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    // By its literal address: there has to be who named it.
    let referral = format!("XFR 3 NS {next_front} 0\r\n");
    link.says(&referral).await;
    page.hears_bytes(&referral).await;
    page.hears_ready(next_front).await;
    let mut link = next.accept().await;
    page.says("VER 1 MSNP6 CVR0\r\n").await;
    link.hears("VER 1 MSNP6 CVR0\r\n").await;
    link.says(&format!("XFR 4 SB {front} CKI 1.2\r\n")).await;
    let ticket = page.ticket().await;
    let mut room = Page::ready(&gate, &format!("?ticket={ticket}")).await;
    let mut link = server.accept().await;
    room.says("USR 1 a@b.c 1.2\r\n").await;
    link.hears("USR 1 a@b.c 1.2\r\n").await;
}

#[tokio::test]
async fn a_certificate_of_a_stranger_closes_with_4005() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let stranger = Authority::new();
    let front = stranger.names(NAME).in_front_of(server.address).await;
    let gate = gate(believing(&authority), front, |_| {}).await;
    let words = refused(&gate, "tls_untrusted").await;
    assert!(words.contains("server.tls_ca"), "{words}");
    assert!(server.is_alone().await);
}

#[tokio::test]
async fn a_certificate_for_another_name_closes_with_4005_unless_that_name_is_asked_for() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let front = authority.names("other.example.org");
    let front = front.in_front_of(server.address).await;
    let tls = believing(&authority);
    let words = refused(&gate(tls.clone(), front, |_| {}).await, "tls_wrong_name").await;
    assert!(words.contains("server.tls_name"), "{words}");
    let tls = tls.named("other.example.org").expect("a name");
    Page::ready(&gate(tls, front, |_| {}).await, "").await;
    server.accept().await;
}

#[tokio::test]
async fn a_certificate_that_has_expired_closes_with_4005() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let pair = authority.names(NAME);
    let mut params = CertificateParams::new([NAME.to_owned()]).expect("a name");
    params.not_after = date_time_ymd(2001, 1, 1);
    authority.issues(&pair, &params);
    let front = pair.in_front_of(server.address).await;
    let gate = gate(believing(&authority), front, |_| {}).await;
    refused(&gate, "tls_expired").await;
}

#[tokio::test]
async fn a_server_without_tls_closes_with_4005_whether_it_answers_or_not() {
    let authority = Authority::new();
    let server = FakeServer::start().await;
    let gate = gate(believing(&authority), server.address, |config| {
        config.deadlines.connect = Duration::from_millis(300);
    })
    .await;
    let (words, _link) = tokio::join!(refused(&gate, "tls_timed_out"), server.accept());
    assert!(words.contains("deadline"), "{words}");
    let (words, ()) = tokio::join!(refused(&gate, "tls_not_spoken"), async {
        server.accept().await.says("911 0\r\n").await;
    });
    assert!(words.contains("does not speak TLS"), "{words}");
}

/// Somebody in between a gateway and a server who does not speak TLS: carries bytes until told to, then says
/// something else, or with nothing to say cuts the connection off.
async fn between(front: SocketAddr, words: &'static [u8]) -> (SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (tell, told) = oneshot::channel();
    tokio::spawn(async move {
        let (mut outer, _) = listener.accept().await.expect("a connection");
        let mut inner = TcpStream::connect(front).await.expect("there");
        tokio::select! {
            _ = tokio::io::copy_bidirectional(&mut outer, &mut inner) => {}
            _ = told => {}
        }
        outer.write_all(words).await.expect("said");
        if words.is_empty() {
            outer.shutdown().await.expect("an end");
        }
        // The connection stands for as long as the test runs.
        std::future::pending::<()>().await;
    });
    (address, tell)
}

#[tokio::test]
async fn a_server_over_tls_whose_connection_is_cut_off_or_garbled_is_no_orderly_end() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let front = authority.names(NAME).in_front_of(server.address).await;
    for words in [&b""[..], b"\x17\x03\x03\x00\x05hello"] {
        let (address, tell) = between(front, words).await;
        let gate = gate(believing(&authority), address, |_| {}).await;
        let mut page = Page::ready(&gate, "").await;
        let _link = server.accept().await;
        tell.send(()).expect("somebody in between");
        let (code, reason) = page.closed().await;
        assert_eq!(code, 4002, "{reason}");
    }
}

/// What can be wrong with one address of a server; each is there for as long as the test runs.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    /// Nobody listens.
    Gone,
    /// It falls silent.
    Silent,
    /// It hangs up.
    Cut,
    /// It says something else.
    Plain,
    /// Its certificate is a stranger's.
    Stranger,
    /// Its certificate is for somebody else.
    OtherName,
}

impl Wrong {
    async fn address(self, authority: &Authority, server: &FakeServer) -> SocketAddr {
        match self {
            Self::Stranger => {
                let pair = Authority::new().names(NAME);
                return pair.in_front_of(server.address).await;
            }
            Self::OtherName => {
                let pair = authority.names("other.example.org");
                return pair.in_front_of(server.address).await;
            }
            Self::Gone | Self::Silent | Self::Cut | Self::Plain => {}
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        if matches!(self, Self::Gone) {
            return address;
        }
        tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((mut tcp, _)) = listener.accept().await {
                if matches!(self, Self::Plain) {
                    tcp.write_all(b"911 0\r\n").await.expect("said");
                }
                if !matches!(self, Self::Cut) {
                    held.push(tcp);
                }
            }
        });
        address
    }
}

/// A gateway whose server has several addresses, and is spoken to over TLS at all of them.
async fn gate_with_several(authority: &Authority, addresses: &[SocketAddr]) -> Gate {
    let addresses: Vec<_> = addresses.iter().map(SocketAddr::to_string).collect();
    let mut server = ServerEntry::new("test", &addresses.join("+")).expect("addresses");
    server.tls = believing(authority).named(NAME);
    Gate::start(vec![server], |config| {
        config.deadlines.connect = CONNECT;
    })
    .await
}

const CONNECT: Duration = Duration::from_secs(1);

#[tokio::test]
async fn the_next_address_is_taken_where_tls_with_the_first_fails_in_whatever_way() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let front = authority.names(NAME).in_front_of(server.address).await;
    for wrong in [
        Wrong::Gone,
        Wrong::Silent,
        Wrong::Cut,
        Wrong::Plain,
        Wrong::Stranger,
        Wrong::OtherName,
    ] {
        let first = wrong.address(&authority, &server).await;
        let gate = gate_with_several(&authority, &[first, front]).await;
        let asked = Instant::now();
        let mut page = Page::open(&gate, "").await;
        page.hears_ready(front).await;
        assert!(asked.elapsed() < CONNECT, "{wrong:?}");
        let mut link = server.accept().await;
        page.says("VER 1 MSNP6 CVR0\r\n").await;
        link.hears("VER 1 MSNP6 CVR0\r\n").await;
        link.says("VER 1 MSNP6 CVR0\r\n").await;
        page.hears_bytes("VER 1 MSNP6 CVR0\r\n").await;
    }
}

#[tokio::test]
async fn when_tls_fails_at_every_address_the_most_telling_failure_is_told_in_time() {
    let (server, authority) = (FakeServer::start().await, Authority::new());
    for (wrong, cause) in [
        ([Wrong::Stranger, Wrong::Gone], "tls_untrusted"),
        ([Wrong::Gone, Wrong::Stranger], "tls_untrusted"),
        ([Wrong::Silent, Wrong::Stranger], "tls_untrusted"),
        ([Wrong::Stranger, Wrong::Silent], "tls_untrusted"),
        ([Wrong::OtherName, Wrong::Stranger], "tls_wrong_name"),
        ([Wrong::Cut, Wrong::Plain], "tls_not_spoken"),
        ([Wrong::Silent, Wrong::Gone], "tls_timed_out"),
        ([Wrong::Silent, Wrong::Silent], "tls_timed_out"),
    ] {
        let [first, second] = wrong;
        let addresses = [
            first.address(&authority, &server).await,
            second.address(&authority, &server).await,
        ];
        let gate = gate_with_several(&authority, &addresses).await;
        let asked = Instant::now();
        refused(&gate, cause).await;
        // With a deadline for each address it were twice as long.
        assert!(asked.elapsed() < CONNECT * 9 / 5, "{wrong:?}");
    }
    assert!(server.is_alone().await);
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn the_next_address_of_a_switchboard_is_taken_where_tls_with_the_first_fails() {
    const ROOM: &str = "room.example.org";
    let (server, authority) = (FakeServer::start().await, Authority::new());
    let front = authority.names(NAME).in_front_of(server.address).await;
    // The same port of another address of this machine.
    let other = SocketAddr::from(([127, 0, 0, 2], front.port()));
    let other = TcpListener::bind(other).await.expect("a port");
    let tls = believing(&authority).named(NAME).expect("a name");
    let gate = gate(tls, front, |config| {
        let hosts: [(&str, &[&str]); 2] =
            [(NAME, &["127.0.0.1"]), (ROOM, &["127.0.0.2", "127.0.0.1"])];
        config.resolver = Arc::new(FixedResolver::new(&hosts));
    })
    .await;
    let mut page = Page::ready(&gate, "").await;
    let mut link = server.accept().await;
    let line = format!("XFR 4 SB {ROOM}:{} CKI 1.2\r\n", front.port());
    link.says(&line).await;
    let ticket = page.ticket().await;
    let query = format!("?ticket={ticket}");
    let opened = Page::open(&gate, &query);
    let (mut room, ()) = tokio::join!(opened, async {
        drop(other.accept().await.expect("a connection"));
    });
    let line = room.line().await.encode();
    assert_eq!(line, format!("READY {ROOM}:{}", front.port()));
    let mut link = server.accept().await;
    room.says("USR 1 a@b.c 1.2\r\n").await;
    link.hears("USR 1 a@b.c 1.2\r\n").await;
}
