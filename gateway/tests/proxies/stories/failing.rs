//! Gateways that go while pages are busy: what is lost is what they carried, and nobody finds a closed door.

use crate::{
    site::{Kind, Site, asked, eventually},
    support::{Heard, Page},
};
use futures_util::SinkExt as _;
use msnp6::gateway::GatewayLine;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_tungstenite::tungstenite::Message;

/// One gateway is killed under load. The pages of the other one go on, and whoever comes gets in.
pub(crate) async fn a_killed_gateway_takes_only_its_own_pages(kind: Kind) {
    if !asked() {
        return;
    }
    let mut site = Site::start(kind, &echo().await, &BUSY).await;
    let load = Load::start(site.proxy.doors.plain, 16).await;
    load.moves_on().await;
    let gone = site.instances[0].counts("msnp6_gateway_links{").await;
    assert_eq!(
        site.instances[1].counts("msnp6_gateway_links{").await,
        16 - gone
    );
    assert_eq!(site.instances[0].ends_by("KILL").await, None);
    for _ in 0..10 {
        comes_in(site.proxy.doors.plain).await.expect("let in");
    }
    load.moves_on().await;
    let lost = load.stop().await;
    assert!(lost.iter().all(|how| *how == Heard::Lost), "{lost:?}");
    assert_eq!(lost.len() as u64, gone);
}

/// One gateway is killed, found to be gone, and started again; then the other one goes, with nothing in between
/// but links that stay.
pub(crate) async fn a_gateway_that_is_back_is_believed_at_once(kind: Kind) {
    if !asked() {
        return;
    }
    let mut site = Site::start(kind, &echo().await, &BUSY).await;
    let door = site.proxy.doors.plain;
    site.instances[0].ends_by("KILL").await;
    let mut links = Vec::new();
    for _ in 0..3 {
        links.push(comes_in(door).await.expect("let in"));
    }
    site.instances[0].start().await;
    site.instances[1].ends_by("KILL").await;
    for _ in 0..3 {
        links.push(comes_in(door).await.expect("let in"));
    }
}

/// Both gateways are restarted, one after the other. Every page is told when to come back, and whoever comes
/// meanwhile gets in.
pub(crate) async fn a_rolling_restart_refuses_nobody(kind: Kind) {
    if !asked() {
        return;
    }
    let mut site = Site::start(kind, &echo().await, &BUSY).await;
    let door = site.proxy.doors.plain;
    let load = Load::start(door, 8).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let newcomers = tokio::spawn(come_and_go(door, Arc::clone(&is_over)));
    for at in 0..2 {
        load.moves_on().await;
        assert_eq!(site.instances[at].ends_by("TERM").await, Some(0));
        // The pages of the other one, while there is one, go on.
        load.moves_on().await;
        assert!(at == 1 || !load.is_over());
        site.instances[at].start().await;
        site.reaches(at).await;
    }
    eventually("the end of every page", async || load.is_over()).await;
    is_over.store(true, Ordering::Relaxed);
    assert!(newcomers.await.expect("nobody was refused") > 0);
    let told = load.stop().await;
    assert_eq!(told.len(), 8);
    for how in told {
        let Heard::Closed(4014, seconds) = how else {
            panic!("{how:?} instead of 4014");
        };
        let seconds: u32 = seconds.parse().expect("seconds");
        assert!((2..=10).contains(&seconds), "{seconds}");
    }
}

/// What busy pages would come up against.
const BUSY: [&str; 2] = ["--max-frames-per-second=0", "--max-bytes-per-second=0"];

/// A server that says everything back; answers with its entry for the gateway.
async fn echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut link, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut reader, mut writer) = link.split();
                let _ = tokio::io::copy(&mut reader, &mut writer).await;
            });
        }
    });
    format!("test={address}")
}

/// Comes in and out again until it is over; answers how often.
async fn come_and_go(door: SocketAddr, is_over: Arc<AtomicBool>) -> u32 {
    let mut times = 0;
    while !is_over.load(Ordering::Relaxed) {
        if let Err(how) = comes_in(door).await {
            // Let in by a gateway that was told to stop just then.
            assert!(matches!(how, Heard::Closed(4014, _)), "{how:?}");
        }
        times += 1;
    }
    times
}

/// Opens a link, which fails the test where it is refused, and uses it once.
async fn comes_in(door: SocketAddr) -> Result<Page, Heard> {
    let mut page = Page::open_at(door, "").await;
    match page.hears().await {
        Heard::Line(GatewayLine::Ready { .. }) => {}
        other => return Err(other),
    }
    echoes(&mut page).await?;
    Ok(page)
}

/// Says something and hears it back, or how the link ended.
async fn echoes(page: &mut Page) -> Result<(), Heard> {
    // On a link to a notification server whole lines are passed on.
    const WORDS: &[u8] =
        b"PNG with as many words behind it as somebody writes who has something to say\r\n";
    // Where this fails there is something to hear.
    let _ = page.socket.send(Message::binary(WORDS)).await;
    let mut heard = Vec::new();
    while heard.len() < WORDS.len() {
        match page.hears().await {
            Heard::Bytes(bytes) => heard.extend(bytes),
            how => {
                let _ = page.socket.close(None).await;
                return Err(how);
            }
        }
    }
    assert_eq!(heard, WORDS);
    Ok(())
}

/// Pages that say something without a pause.
struct Load {
    is_over: Arc<AtomicBool>,
    pages: Vec<Busy>,
}

/// One of them: how often it was answered, and how its link ended if it did.
struct Busy {
    rounds: Arc<AtomicU32>,
    running: JoinHandle<Result<(), Heard>>,
}

impl Load {
    async fn start(door: SocketAddr, pages: usize) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let mut started = Vec::new();
        for _ in 0..pages {
            let mut page = comes_in(door).await.expect("let in");
            let (is_over, rounds) = (Arc::clone(&is_over), Arc::new(AtomicU32::new(0)));
            let counter = Arc::clone(&rounds);
            let running = tokio::spawn(async move {
                while !is_over.load(Ordering::Relaxed) {
                    echoes(&mut page).await?;
                    counter.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            });
            started.push(Busy { rounds, running });
        }
        Self {
            is_over,
            pages: started,
        }
    }

    /// Waits until each page that is left has been served ten times more.
    async fn moves_on(&self) {
        let rounds = || {
            self.pages
                .iter()
                .map(|page| page.rounds.load(Ordering::Relaxed))
        };
        let before: Vec<u32> = rounds().collect();
        eventually("ten rounds of every page", async || {
            let gone = self.pages.iter().map(|page| page.running.is_finished());
            let mut pages = rounds().zip(&before).zip(gone);
            pages.all(|((now, before), is_gone)| is_gone || now >= before + 10)
        })
        .await;
    }

    /// Whether no page is left.
    fn is_over(&self) -> bool {
        self.pages.iter().all(|page| page.running.is_finished())
    }

    /// Ends it; answers how those links ended that have ended before.
    async fn stop(self) -> Vec<Heard> {
        self.is_over.store(true, Ordering::Relaxed);
        let mut ended = Vec::new();
        for page in self.pages {
            ended.extend(page.running.await.expect("no panic").err());
        }
        ended
    }
}
